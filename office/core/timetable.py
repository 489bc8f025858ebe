"""At this time, do that: the lines of office/timetable.py, enqueued by whichever worker comes first."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from office.core.models import TimetableSlot

#: A slot later than its next time by more than this was written by a clock that ran far ahead.
CLOCK_FAULT = timedelta(days=2)


@dataclass(frozen=True)
class Line:
    """A job and when it is due, as a cron expression in the practice's zone."""

    cron: str
    task: Any

    @property
    def name(self) -> str:
        return f"{self.cron} {self.task.module_path}"

    def next_after(self, moment: datetime, zone: ZoneInfo) -> datetime:
        """Return the first time after ``moment``. In the hour that a clock skips, a daily time comes right after it;
        in the hour that comes twice it comes once."""
        found: datetime = next(CronSim(self.cron, moment.astimezone(zone)))
        return found


def Daily(at: str, task: Any) -> Line:  # noqa: N802 (a line reads like a sentence)
    """A line for every day at ``at``, such as ``06:30``."""
    hour, minute = at.split(":")
    return Line(f"{int(minute)} {int(hour)} * * *", task)


def Every(span: str, task: Any) -> Line:  # noqa: N802
    """A line for every ``1m`` to ``30m`` (a divisor of 60) or ``1h`` to ``12h`` (a divisor of 24)."""
    match = re.fullmatch(r"(\d+)([mh])", span)
    count, unit = (int(match[1]), match[2]) if match else (0, "")
    if count < 1 or (60 if unit == "m" else 24) % count:
        raise ValueError(f"A job cannot be due every {span!r}.")
    return Line(f"*/{count} * * * *" if unit == "m" else f"0 */{count} * * *", task)


@dataclass(frozen=True)
class Timetable:
    """All lines, and the zone that their times are told in."""

    lines: Sequence[Line] = field(default_factory=list)
    zone: Callable[[], str] = lambda: "UTC"


@cache
def timetable() -> Timetable:
    found: Timetable = import_string(settings.OFFICE_WIRING["timetable"])
    return found


def enqueue_due(table: Timetable | None = None) -> int:
    """Enqueue each line that is due, once for all workers together; return how many.

    A time that passed while no worker ran is made up for once. A clock set back does not make a line due again.
    """
    table = table or timetable()
    zone, now = ZoneInfo(table.zone()), timezone.now()
    slots = {slot.name: slot.due_at for slot in TimetableSlot.objects.all()}
    return sum(
        _enqueue(line, zone, now)
        for line in table.lines
        if (due := slots.get(line.name)) is None or due <= now or due > now + CLOCK_FAULT
    )


def _enqueue(line: Line, zone: ZoneInfo, now: datetime) -> bool:
    upcoming = line.next_after(now, zone)
    with transaction.atomic():
        slot, is_new = TimetableSlot.objects.select_for_update().get_or_create(
            name=line.name, defaults={"due_at": upcoming}
        )
        if is_new or now < slot.due_at <= upcoming + CLOCK_FAULT:
            return False
        is_due = slot.due_at <= now
        slot.due_at = upcoming
        slot.save(update_fields=["due_at"])
        if is_due:
            line.task.enqueue()
        return is_due
