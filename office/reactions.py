"""When this happens, do that."""

from typing import Any

from office.core.events import Event

REACTIONS: dict[type[Event], list[Any]] = {}
