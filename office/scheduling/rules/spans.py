"""Stretches of time, and why one cannot be booked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

#: How long a walk-in's start may lie back: the patient came, then the clerk typed.
WALK_IN_LATENESS = timedelta(minutes=15)
#: A year typed wrongly is noticed; recalls of two years still fit.
FARTHEST_AHEAD = timedelta(days=750)
LONGEST_VISIT = timedelta(hours=10)
#: With its buffer. What overlaps a moment is found without reading all that ever came before.
LONGEST_BUSY = timedelta(hours=12)


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The time from ``starts_at`` until just before ``ends_at``; both aware."""

    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Span") -> bool:
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at

    def covers(self, other: "Span") -> bool:
        return self.starts_at <= other.starts_at and other.ends_at <= self.ends_at

    @property
    def length(self) -> timedelta:
        return self.ends_at - self.starts_at


class Whose(Enum):
    """Whose time another visit takes."""

    PROVIDER = "provider"
    PATIENT = "patient"
    ROOM = "room"


@dataclass(frozen=True, slots=True)
class Taken:
    """Time that another visit holds. A provider's includes the buffer after the visit."""

    whose: Whose
    span: Span
    seat: int = 0


@dataclass(frozen=True, slots=True)
class Wanted:
    """A visit as asked for: ``busy`` is the visit and its buffer, the rest are names for the sentences."""

    visit: Span
    busy: Span
    provider: str
    room: str
    zone: ZoneInfo

    def held(self, whose: Whose) -> Span:
        """The time it would take of the provider, the patient or the room."""
        return self.busy if whose is Whose.PROVIDER else self.visit


def without(span: Span, taken: Iterable[Span]) -> list[Span]:
    """Return what is left of ``span``, in order, when ``taken`` is taken out of it."""
    left = []
    at = span.starts_at
    for other in sorted(taken):
        if other.ends_at <= at or other.starts_at >= span.ends_at:
            continue
        if other.starts_at > at:
            left.append(Span(at, other.starts_at))
        at = max(at, other.ends_at)
    if at < span.ends_at:
        left.append(Span(at, span.ends_at))
    return left


def merged(spans: Iterable[Span]) -> list[Span]:
    """Return the same time as the fewest spans, in order; spans that touch become one."""
    joined: list[Span] = []
    for span in sorted(spans):
        if joined and span.starts_at <= joined[-1].ends_at:
            joined[-1] = Span(joined[-1].starts_at, max(joined[-1].ends_at, span.ends_at))
        else:
            joined.append(span)
    return joined


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """Return the time of day as US staff write it: ``2:30 PM``; in the hour that fall repeats ``1:30 AM EST``."""
    local = moment.astimezone(zone)
    first, second = (local.replace(fold=fold).utcoffset() for fold in (0, 1))
    repeated = f" {local:%Z}" if first and second and first > second else ""
    return local.strftime("%I:%M %p").lstrip("0") + repeated


def objection_to_time(visit: Span, *, now: datetime, is_walk_in: bool = False) -> str | None:
    """Return why no visit can be at that time, whoever it is with, or None."""
    if visit.ends_at <= visit.starts_at:
        return "A visit must end after it starts."
    if visit.length > LONGEST_VISIT:
        return "A visit cannot last longer than 10 hours."
    if visit.starts_at < now - (WALK_IN_LATENESS if is_walk_in else timedelta()):
        return "That time has passed."
    if visit.starts_at > now + FARTHEST_AHEAD:
        return "That is more than two years ahead. Check the year."
    return None


def objection_to_hours(wanted: Wanted, *, working: Iterable[Span]) -> str | None:
    """Return why the provider cannot be booked then, or None. The buffer may run past the hours, the visit not."""
    if any(span.covers(wanted.visit) for span in merged(working)):
        return None
    if any(span.overlaps(wanted.visit) for span in working):
        return f"{wanted.provider} is not here for all of that time. Choose a shorter visit or another time."
    return f"{wanted.provider} is not here then."


def objection_to_taken(wanted: Wanted, *, taken: Iterable[Taken], seat: int = 0) -> str | None:
    """Return which other visit is in the way, in words a clerk can act on, or None."""
    for other in sorted(taken, key=lambda other: other.span):
        if not wanted.held(other.whose).overlaps(other.span):
            continue
        at = clock(max(wanted.visit.starts_at, other.span.starts_at), wanted.zone)
        if other.whose is Whose.PATIENT:
            return f"The patient has another visit at {clock(other.span.starts_at, wanted.zone)}."
        if other.whose is Whose.ROOM:
            return f"{wanted.room} is taken at {at}."
        if other.seat == seat:
            return f"{at} is taken by another visit with {wanted.provider}."
    return None


def objection_to(
    wanted: Wanted, *, taken: Sequence[Taken], working: Sequence[Span], now: datetime, is_walk_in: bool = False
) -> str | None:
    """Return why ``wanted`` cannot be booked, in words a clerk can act on, or None when it can.

    ``working`` is when the provider sees patients that day, closures already taken out.
    """
    return (
        objection_to_time(wanted.visit, now=now, is_walk_in=is_walk_in)
        or objection_to_hours(wanted, working=working)
        or objection_to_taken(wanted, taken=taken)
    )


def next_seat(busy: Span, *, taken: Iterable[Taken]) -> int:
    """Return the lowest of the provider's seats that is free for all of ``busy``."""
    held = {other.seat for other in taken if other.whose is Whose.PROVIDER and other.span.overlaps(busy)}
    return next(seat for seat in range(len(held) + 1) if seat not in held)
