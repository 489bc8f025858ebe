"""Next available: time as the bits of integers, so that thirty calendars over months are searched in microseconds.

Bit n of a calendar is the n-th step of the grid since the search began; 1 means taken or not here. What is not whole
steps is rounded against the visit: what is taken grows, working time shrinks, a length grows. So every opening found
can be booked, and on a 5-minute grid none is lost.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from office.scheduling.rules.spans import Span

Who = TypeVar("Who", bound=Hashable)
Where = TypeVar("Where", bound=Hashable)
What = TypeVar("What", bound=Hashable)

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Grid:
    """Steps of ``minutes`` from ``starts_at``, which is a whole step of the clock."""

    starts_at: datetime
    minutes: int

    def inside(self, span: Span) -> tuple[int, int]:
        """The steps that lie wholly in the span, from and until; steps before the grid are left out."""
        step = timedelta(minutes=self.minutes)
        first = max(0, -((self.starts_at - span.starts_at) // step))
        return first, max(first, (span.ends_at - self.starts_at) // step)

    def touching(self, span: Span) -> tuple[int, int]:
        """The steps of which any part lies in the span."""
        step = timedelta(minutes=self.minutes)
        first = max(0, (span.starts_at - self.starts_at) // step)
        return first, max(first, -((self.starts_at - span.ends_at) // step))

    def at(self, index: int) -> datetime:
        return self.starts_at + index * self.minutes * MINUTE

    def steps(self, minutes: int) -> int:
        return -(-minutes // self.minutes)


def bits(first: int, until: int) -> int:
    """Return the steps from ``first`` until just before ``until`` as bits."""
    return ((1 << (until - first)) - 1) << first


def runs(free: int, length: int) -> int:
    """Return the steps at which ``length`` free steps in a row begin, doubling what is looked at each time."""
    done = 1
    while done < length:
        more = min(done, length - done)
        free &= free >> more
        done += more
    return free


def every(step: int, length: int) -> int:
    """Return a bit at every ``step``-th of ``length`` steps."""
    pattern, done = 1, step
    while done < length:
        pattern |= pattern << done
        done *= 2
    return pattern


@dataclass(slots=True)
class Calendars(Generic[Who, Where, What]):
    """Who works where and when, and what is taken, over the days that were loaded.

    ``working`` by provider and location, ``busy`` by provider (visits with their buffer, wherever), ``rooms`` the
    rooms of a location in order with what is taken of each.
    """

    grid: Grid
    working: dict[tuple[Who, Where], int] = field(default_factory=dict)
    busy: dict[Who, int] = field(default_factory=dict)
    rooms: dict[Where, dict[What, int]] = field(default_factory=dict)

    def works(self, who: Who, where: Where, span: Span) -> None:
        key = (who, where)
        self.working[key] = self.working.get(key, 0) | bits(*self.grid.inside(span))

    def is_busy(self, who: Who, span: Span) -> None:
        self.busy[who] = self.busy.get(who, 0) | bits(*self.grid.touching(span))

    def room_is_taken(self, where: Where, room: What, span: Span) -> None:
        if room in (rooms := self.rooms.get(where, {})):
            rooms[room] |= bits(*self.grid.touching(span))


@dataclass(frozen=True, slots=True)
class Need:
    """What a visit needs: its length, the buffer after it, a room or none, and how often it may start, in minutes."""

    minutes: int
    buffer_minutes: int = 0
    room: bool = False
    every_minutes: int = 15


@dataclass(frozen=True, slots=True)
class Opening(Generic[Who, Where, What]):
    """A time at which the visit can be booked; ``free`` is the provider's free time around it."""

    starts_at: datetime
    ends_at: datetime
    provider: Who
    location: Where
    room: What | None
    free: Span


def openings(
    calendars: Calendars[Who, Where, What], need: Need, *, not_before: datetime, limit: int
) -> list[Opening[Who, Where, What]]:
    """Return the first openings, earliest first; at the same time in the order in which the providers were given."""
    grid = calendars.grid
    starts = {key: _starts(calendars, key, need) for key in calendars.working}
    first = grid.touching(Span(not_before, not_before + MINUTE))[0]
    if grid.at(first) < not_before:
        first += 1
    union = 0
    for some in starts.values():
        union |= some
    # Whole hours of the clock are whole steps of UTC in every US zone, so the pattern of starts is anchored there.
    anchor = -(grid.starts_at.minute // grid.minutes) % grid.steps(need.every_minutes)
    union &= every(grid.steps(need.every_minutes), union.bit_length()) << anchor
    union = union >> first << first
    found: list[Opening[Who, Where, What]] = []
    for index in _set_bits(union):
        for key, some in starts.items():
            if some >> index & 1:
                found.append(_opening(calendars, key, need, index))
                if len(found) == limit:
                    return found
    return found


def _set_bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _starts(calendars: Calendars[Who, Where, What], key: tuple[Who, Where], need: Need) -> int:
    """The steps at which the visit may start with this provider there."""
    who, where = key
    grid = calendars.grid
    working, busy = calendars.working[key], calendars.busy.get(who, 0)
    length = grid.steps(need.minutes)
    # The buffer may run past the hours, but not into another visit.
    spacious = runs(_not(busy, working.bit_length() + grid.steps(480)), grid.steps(need.minutes + need.buffer_minutes))
    starts = runs(working & ~busy, length) & spacious
    if need.room and starts and (rooms := calendars.rooms.get(where)):
        starts &= _some_room(rooms.values(), length, working.bit_length())
    return starts


def _some_room(taken: Iterable[int], length: int, size: int) -> int:
    free = 0
    for room in taken:
        free |= runs(_not(room, size), length)
    return free


def _not(number: int, size: int) -> int:
    return ~number & ((1 << size) - 1)


def _opening(
    calendars: Calendars[Who, Where, What], key: tuple[Who, Where], need: Need, index: int
) -> Opening[Who, Where, What]:
    who, where = key
    grid = calendars.grid
    length = grid.steps(need.minutes)
    wanted = bits(index, index + length)
    room = None
    if need.room:
        room = next((name for name, taken in calendars.rooms.get(where, {}).items() if not taken & wanted), None)
    free = calendars.working[key] & ~calendars.busy.get(who, 0)
    before = _not(free, index).bit_length()  # just after the last step that is not free
    after = _not(free >> index, free.bit_length() + 1)
    until = index + ((after & -after).bit_length() - 1)
    starts_at = grid.at(index)
    return Opening(
        starts_at,
        starts_at + need.minutes * MINUTE,
        who,
        where,
        room,
        Span(grid.at(before), grid.at(until)),
    )


def score_of(starts_at: datetime, *, now: datetime) -> float:
    """Return how early an opening is: 100 now, a point less for each day of waiting, never under 0."""
    return max(0.0, round(100 - (starts_at - now) / timedelta(days=1), 2))


def best_step(minutes: int) -> int:
    """Return how often a visit of that length is offered: on the quarters, tens or fives that it fills evenly."""
    return next(step for step in (15, 10, 5, minutes) if minutes % step == 0)
