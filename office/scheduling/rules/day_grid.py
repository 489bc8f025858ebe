"""How a day's visits lie on the grid: which lie side by side, what is open between them, and who runs late."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from office.scheduling.rules.spans import Span, merged, without

MINUTE, HOUR, DAY = timedelta(minutes=1), 60, 24 * 60
SHORTEST_OPENING = timedelta(minutes=10)
LUNCH_STARTS, LUNCH_ENDS = time(11, 30), time(13, 30)


@dataclass(frozen=True)
class Axis:
    """What a grid shows from top to bottom: the hours of the clock from ``first`` until ``last``.

    All columns share it, so the hour that fall repeats on one of the days has two rows on each; ``repeated`` names it.
    """

    first: int
    last: int
    repeated: int | None = None

    @property
    def rows_end(self) -> int:
        """The last hour, counted in rows."""
        return self.last + (self.repeated is not None)

    @property
    def hours(self) -> list[tuple[int, int, bool]]:
        """Each hour: its row, what the clock says, and whether it says so for the second time."""
        rows = [(hour, hour, False) for hour in range(self.first, self.last)]
        if self.repeated is None:
            return rows
        after = self.repeated + 1
        later = [(row + 1, hour, False) for row, hour, _ in rows if hour >= after]
        return [*rows[: after - self.first], (after, self.repeated, True), *later]

    def row(self, local: datetime) -> int:
        """Return where a moment of the location's clock lies, in minutes of rows after midnight's."""
        is_after = self.repeated is not None and (local.hour, local.fold) >= (self.repeated, 1)
        return local.hour * HOUR + local.minute + HOUR * is_after

    def rows(self, starts_at: datetime, ends_at: datetime) -> tuple[int, int]:
        """Return from where to where something lies, in steps of five minutes, at least one; at most to midnight."""
        from_step = self.row(starts_at) // 5
        # By its last minute: what ends where an hour comes twice does not reach into the second one.
        final = (ends_at.astimezone(UTC) - MINUTE).astimezone(ends_at.tzinfo)
        end = DAY + HOUR * (self.repeated is not None)
        until = end if final.date() > starts_at.date() else self.row(final) + 1
        return from_step, max(-(-until // 5), from_step + 1)


def lanes(stretches: Sequence[Span]) -> list[tuple[int, int]]:
    """Return (lane, lanes) for each span, in the order given: what overlaps lies side by side, the rest fills up."""
    placed = [(0, 1)] * len(stretches)
    cluster: list[int] = []
    ends: list[datetime] = []

    def close() -> None:
        for place in cluster:
            placed[place] = (placed[place][0], len(ends))
        cluster.clear()
        ends.clear()

    for place in sorted(range(len(stretches)), key=lambda place: stretches[place]):
        span = stretches[place]
        if ends and span.starts_at >= max(ends):
            close()
        lane = next((number for number, end in enumerate(ends) if end <= span.starts_at), len(ends))
        ends[lane : lane + 1] = [span.ends_at]
        placed[place] = (lane, 1)
        cluster.append(place)
    close()
    return placed


def openings(working: Iterable[Span], taken: Iterable[Span], *, now: datetime) -> list[Span]:
    """Return what is left of the working time after what is taken and what has passed, at least ten minutes each.

    ``now`` is rounded up to five minutes, so that an opening starts on a line of the grid.
    """
    passed = timedelta(minutes=now.minute % 5, seconds=now.second, microseconds=now.microsecond)
    earliest = now + (timedelta(minutes=5) - passed if passed else timedelta(0))
    busy = list(taken)
    ahead = [Span(max(span.starts_at, earliest), span.ends_at) for span in working if span.ends_at > earliest]
    left = [rest for span in ahead for rest in without(span, busy)]
    return [span for span in left if span.length >= SHORTEST_OPENING]


def outside(working: Iterable[Span], shown: Span) -> list[Span]:
    """Return the parts of the shown day in which nobody is seen."""
    return without(shown, merged(working))


def word_of_pause(pause: Span, working: Iterable[Span], zone: ZoneInfo) -> str:
    """Return "Lunch" for a pause at midday between working times, else nothing: before and after work needs no word."""
    spans = merged(working)
    is_between = any(one.ends_at <= pause.starts_at for one in spans) and any(
        one.starts_at >= pause.ends_at for one in spans
    )
    starts, ends = (moment.astimezone(zone).time() for moment in (pause.starts_at, pause.ends_at))
    return "Lunch" if is_between and starts < LUNCH_ENDS and ends > LUNCH_STARTS else ""


def minutes_behind(due: Iterable[datetime], *, now: datetime) -> int:
    """Return by how many minutes a provider runs late; 0 is on time.

    ``due`` are the times by which those who are here should have moved on: into a room at the appointment (or on
    arrival, when they came late), out of it at its end. Who has not come yet keeps nobody.
    """
    return max(0, int(max((now - at for at in due), default=timedelta(0)).total_seconds() // 60))
