"""Something happened; whoever must do something about it is listed in office/reactions.py."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Event:
    """A fact in the past tense. Fields are ids and plain values only: they travel through the job queue."""


@cache
def _reactions() -> Mapping[type[Event], Sequence[Any]]:
    found: Mapping[type[Event], Sequence[Any]] = import_string(settings.OFFICE_WIRING["reactions"])
    return found


def announce(event: Event) -> None:
    """Enqueue every reaction to the event, in the running transaction: a rollback takes them back."""
    for task in _reactions().get(type(event), ()):
        task.enqueue(**asdict(event))
