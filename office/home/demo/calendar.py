"""Which days the demo works, and its own today."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from office.scheduling.rules.holidays import holidays_between

OPENS, CLOSES = time(8), time(16, 30)
OUTSIDE_HOURS = time(10, 40)


def days_between(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def working_day(today: date) -> date:
    """Return today when the office works today, else the next day on which it does."""
    soon = list(days_between(today, today + timedelta(days=14)))
    closed = holidays_between(soon[0], soon[-1])
    return next(day for day in soon if day.weekday() < 5 and day not in closed)


def as_of(today: date, now: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the demo's day stands: now within office hours, otherwise 10:40 in the office's zone."""
    local = now.astimezone(zone)
    if local.date() == today and OPENS <= local.time() <= CLOSES:
        return local.replace(second=0, microsecond=0)
    return datetime.combine(today, OUTSIDE_HOURS, zone)
