"""Argon2id at a size and a number that a login storm on a two-core machine survives."""

import os
from threading import BoundedSemaphore
from typing import Any

from django.contrib.auth.hashers import Argon2PasswordHasher

PATIENCE = 8  # seconds that a sign-in waits for its turn

_turns = BoundedSemaphore(os.cpu_count() or 1)


class Busy(Exception):
    """Too many people sign in at this moment: answered 429, try again."""


class _Turn:
    """One of as many hashings at a time as there are cores: more at once would only be slower and take more memory."""

    def __enter__(self) -> None:
        if not _turns.acquire(timeout=PATIENCE):
            raise Busy

    def __exit__(self, *fault: object) -> None:
        _turns.release()


class OfficeArgon2PasswordHasher(Argon2PasswordHasher):
    """19 MiB, two passes, one lane: OWASP's minimum.

    Django's default of 100 MiB took 441 ms for each sign-in: a thousand at once held two cores for 220 s.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _Turn():
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> Any:
        with _Turn():
            return super().verify(password, encoded)
