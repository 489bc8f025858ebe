"""Which days an office works: US federal holidays (5 U.S.C. 6103) and the demo's own today."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, CLOSES = time(8), time(16, 30)
OUTSIDE_HOURS = time(10, 40)


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _observed(day: date) -> date:
    """A holiday on a Saturday is kept on the Friday, one on a Sunday on the Monday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def holidays_of(year: int) -> dict[date, str]:
    last_monday_of_may = max(day for day in (_nth(year, 5, 0, 4), _nth(year, 5, 0, 5)) if day.month == 5)
    return {
        _observed(date(year, 1, 1)): "New Year's Day",
        _nth(year, 1, 0, 3): "Martin Luther King Jr. Day",
        _nth(year, 2, 0, 3): "Presidents' Day",
        last_monday_of_may: "Memorial Day",
        _observed(date(year, 6, 19)): "Juneteenth",
        _observed(date(year, 7, 4)): "Independence Day",
        _nth(year, 9, 0, 1): "Labor Day",
        _nth(year, 10, 0, 2): "Columbus Day",
        _observed(date(year, 11, 11)): "Veterans Day",
        _nth(year, 11, 3, 4): "Thanksgiving",
        _observed(date(year, 12, 25)): "Christmas Day",
    }


def holidays_between(first: date, last: date) -> dict[date, str]:
    every = {day: name for year in range(first.year, last.year + 2) for day, name in holidays_of(year).items()}
    return {day: name for day, name in sorted(every.items()) if first <= day <= last}


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
