"""At this time, do that, in the practice's zone."""

from typing import Any

TIMETABLE: list[Any] = []
