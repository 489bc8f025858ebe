"""How a process of a measurement begins: it imports nothing of the office, which wants Django to be set up first."""

from multiprocessing.synchronize import Barrier

import django

_together: list[Barrier] = []


def set_up(together: Barrier) -> None:
    """Set Django up, and keep what the processes wait at."""
    django.setup()
    _together.append(together)


def wait_for_all() -> None:
    """Return once every process is there."""
    _together[0].wait()
