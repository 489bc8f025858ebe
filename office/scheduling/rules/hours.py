"""From hours on a wall clock to spans of real time, also on the days when the clocks change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from office.scheduling.rules.spans import Span, merged, without

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True, slots=True)
class WeeklyHours:
    """From ``opens`` until ``closes`` by the location's clock, on a weekday (0 is Monday), between two dates."""

    weekday: int
    opens: time
    closes: time
    from_on: date
    until_on: date | None = None

    def hold_on(self, day: date) -> bool:
        return self.weekday == day.weekday() and self.from_on <= day and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True, slots=True)
class ExceptionalHours:
    """What replaces the weekly hours on one day; without times the provider is not here."""

    on: date
    opens: time | None = None
    closes: time | None = None


def instants(day: date, at: time, zone: ZoneInfo) -> list[datetime]:
    """Return the moments, in UTC, at which a clock there reads ``at`` on ``day``.

    One on most days; none for a time that spring skips; two for a time that fall repeats, the earlier first.
    """
    found = {datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1)}
    return sorted(moment for moment in found if moment.astimezone(zone).replace(tzinfo=None, fold=0) == _wall(day, at))


def within_reach(day: date) -> date:
    """Return the day. Raises ValueError for one that no schedule holds: the next day of the last year is no day."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError("That day is too far away. Look at the year.")
    return day


def local_day(day: date, zone: ZoneInfo) -> Span:
    """Return the day there from midnight to midnight, in UTC: 23, 24 or 25 hours."""
    return Span(_first(day, time(), zone), _first(day + timedelta(days=1), time(), zone))


def repeated_hour(day: date, zone: ZoneInfo) -> int | None:
    """Return the hour of the clock that ``day`` has twice there, because fall sets it back, or None."""
    return _hour_that_comes(2, day, zone) if local_day(day, zone).length > timedelta(days=1) else None


def skipped_hour(day: date, zone: ZoneInfo) -> int | None:
    """Return the hour of the clock that ``day`` has not there, because spring sets it forward, or None."""
    return _hour_that_comes(0, day, zone) if local_day(day, zone).length < timedelta(days=1) else None


def _hour_that_comes(times: int, day: date, zone: ZoneInfo) -> int | None:
    return next((hour for hour in range(24) if len(instants(day, time(hour), zone)) == times), None)


@lru_cache(maxsize=4_096)  # thirty providers share their hours, and a search asks for each of them
def span_on(day: date, opens: time, closes: time, zone: ZoneInfo) -> Span | None:
    """Return the real time between two readings of the clock on ``day``, or None when spring skips all of it.

    A reading that is skipped means the moment of the change; of one that is repeated, opening means the first and
    closing the last, so nobody is turned away who reads the clock.
    """
    starts_at = _first(day, opens, zone)
    ends_at = (instants(day, closes, zone) or [_first(day, closes, zone)])[-1]
    return Span(starts_at, ends_at) if ends_at > starts_at else None


def working_spans(
    day: date,
    zone: ZoneInfo,
    *,
    weekly: Iterable[WeeklyHours],
    exceptions: Iterable[ExceptionalHours] = (),
    closures: Iterable[Span] = (),
) -> list[Span]:
    """Return when someone sees patients on ``day``, in UTC and in order: hours or exception, less closures."""
    special = [one for one in exceptions if one.on == day]
    if special:
        readings = [(one.opens, one.closes) for one in special if one.opens and one.closes]
    else:
        readings = [(hours.opens, hours.closes) for hours in weekly if hours.hold_on(day)]
    spans = [span for opens, closes in readings if (span := span_on(day, opens, closes, zone))]
    closed = list(closures)
    return [left for span in merged(spans) for left in without(span, closed)]


def _wall(day: date, at: time) -> datetime:
    return datetime.combine(day, at.replace(fold=0))


def _first(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first moment there that reads ``at`` or later on ``day``."""
    if found := instants(day, at, zone):
        return found[0]
    # Spring skips this reading: between the two ways to read it lies the change, found by halving.
    before, after = sorted(datetime.combine(day, at.replace(fold=fold), zone).astimezone(UTC) for fold in (0, 1))
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after
