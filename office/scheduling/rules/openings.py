"""Next available: time as the bits of integers, so that thirty calendars over months are searched in microseconds.

Bit n of a calendar is the n-th step of the grid since the search began; 1 means taken or not here. What is not whole
steps is rounded against the visit: what is taken grows, working time shrinks, a length grows. So every opening found
can be booked, and on a 5-minute grid none is lost.
"""

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Generic, TypeVar

from office.scheduling.rules.spans import Span

Who = TypeVar("Who", bound=Hashable)
Where = TypeVar("Where", bound=Hashable)
What = TypeVar("What", bound=Hashable)

MINUTE = timedelta(minutes=1)


def minute_of(moment: datetime) -> int:
    """Return the whole minutes since 1970."""
    return int(moment.timestamp()) // 60


@dataclass(frozen=True, slots=True)
class Grid:
    """Steps of ``minutes`` from the minute ``first`` (since 1970), which is a whole hour."""

    first: int
    minutes: int

    def inside(self, starts: int, ends: int) -> tuple[int, int]:
        """The steps, from and until, that lie wholly between the two minutes and not before the grid."""
        begin = max(0, -((self.first - starts) // self.minutes))
        return begin, max(begin, (ends - self.first) // self.minutes)

    def touching(self, starts: int, ends: int) -> tuple[int, int]:
        """The steps of which any part lies between the two minutes."""
        begin = max(0, (starts - self.first) // self.minutes)
        return begin, max(begin, -((self.first - ends) // self.minutes))

    def at(self, index: int) -> datetime:
        return datetime.fromtimestamp((self.first + index * self.minutes) * 60, UTC)

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

    ``working`` by provider and location, ``busy`` by provider (visits with their buffer, wherever they are), ``rooms``
    what is taken of each room, ``rooms_at`` the rooms of a location in their order.
    """

    grid: Grid
    working: dict[tuple[Who, Where], int] = field(default_factory=dict)
    busy: dict[Who, int] = field(default_factory=dict)
    rooms: dict[What, int] = field(default_factory=dict)
    rooms_at: dict[Where, list[What]] = field(default_factory=dict)

    def has_room(self, where: Where, room: What) -> None:
        self.rooms_at.setdefault(where, []).append(room)
        self.rooms[room] = 0

    def works(self, who: Who, where: Where, starts_at: datetime, ends_at: datetime) -> None:
        # Seconds of a start are rounded up.
        first, until = self.grid.inside(-int(-starts_at.timestamp() // 60), minute_of(ends_at))
        self.working[who, where] = self.working.get((who, where), 0) | bits(first, until)

    def is_busy(self, who: Who, starts: int, ends: int) -> None:
        self.busy[who] = self.busy.get(who, 0) | bits(*self.grid.touching(starts, ends))

    def room_is_taken(self, room: What, starts: int, ends: int) -> None:
        if room in self.rooms:
            self.rooms[room] |= bits(*self.grid.touching(starts, ends))

    def worked(self) -> Span | None:
        """From the first to the last moment that anyone works, or None."""
        union = 0
        for some in self.working.values():
            union |= some
        if not union:
            return None
        return Span(self.grid.at((union & -union).bit_length() - 1), self.grid.at(union.bit_length()))


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
    size = max((working.bit_length() for working in calendars.working.values()), default=0)
    free_rooms = {
        where: _some_room(calendars, where, need, size)
        for where in dict.fromkeys(where for _, where in calendars.working)
    }
    starts = {key: _starts(calendars, key, need) & free_rooms[key[1]] for key in calendars.working}
    union = 0
    for some in starts.values():
        union |= some
    union &= every(grid.steps(need.every_minutes), union.bit_length())
    first = max(0, -((grid.first - minute_of(not_before)) // grid.minutes))
    union = union >> first << first
    found: list[Opening[Who, Where, What]] = []
    for index in _set_bits(union):
        for key, some in starts.items():
            if some >> index & 1:
                found.append(_opening(calendars, key, need, index))
                if len(found) == limit:
                    return found
    return found


def first_of_each(
    calendars: Calendars[Who, Where, What], need: Need, *, not_before: datetime
) -> list[Opening[Who, Where, What]]:
    """Return the first opening with each provider at each location, earliest first; who has none is left out."""
    alone = (replace(calendars, working={key: working}) for key, working in calendars.working.items())
    found = [one for some in alone for one in openings(some, need, not_before=not_before, limit=1)]
    return sorted(found, key=lambda opening: opening.starts_at)


def _set_bits(number: int) -> Iterator[int]:
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def _starts(calendars: Calendars[Who, Where, What], key: tuple[Who, Where], need: Need) -> int:
    """The steps at which the visit may start with this provider there."""
    grid, working, busy = calendars.grid, calendars.working[key], calendars.busy.get(key[0], 0)
    starts = runs(working & ~busy, grid.steps(need.minutes))
    if need.buffer_minutes:
        # The buffer may run past the hours, but not into another visit.
        whole = grid.steps(need.minutes + need.buffer_minutes)
        starts &= runs(_not(busy, working.bit_length() + whole), whole)
    return starts


def _some_room(calendars: Calendars[Who, Where, What], where: Where, need: Need, size: int) -> int:
    """The steps at which some room there is free for the whole visit; all of them when none is needed or set up."""
    rooms = calendars.rooms_at.get(where, ()) if need.room else ()
    if not rooms:
        return bits(0, size)
    free = 0
    for room in rooms:
        free |= runs(_not(calendars.rooms[room], size), calendars.grid.steps(need.minutes))
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
        room = next((name for name in calendars.rooms_at.get(where, ()) if not calendars.rooms[name] & wanted), None)
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
