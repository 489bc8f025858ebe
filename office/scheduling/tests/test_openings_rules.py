"""Openings, as the rules find them: against a search that tries every minute of the grid."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from office.scheduling.rules.openings import Calendars, Grid, Need, bits, every, minute_of, openings, runs, score_of
from office.scheduling.rules.spans import Span

START = datetime(2026, 11, 23, 14, tzinfo=UTC)
STEPS = 60
#: A span in steps of five minutes, so that the oracle and the bits speak of the same moments.
steps = st.tuples(st.integers(0, STEPS), st.integers(1, 24)).map(lambda pair: (pair[0], pair[0] + pair[1]))


def span(pair: tuple[int, int]) -> Span:
    return Span(START + timedelta(minutes=5 * pair[0]), START + timedelta(minutes=5 * pair[1]))


def minutes_of(pair: tuple[int, int]) -> tuple[int, int]:
    return minute_of(span(pair).starts_at), minute_of(span(pair).ends_at)


def covered(part: Span, spans: list[Span]) -> bool:
    """Whether every five minutes of ``part`` lie in one of the spans."""
    moments = [part.starts_at + timedelta(minutes=5) * n for n in range(part.length // timedelta(minutes=5))]
    return all(any(one.starts_at <= moment < one.ends_at for one in spans) for moment in moments)


@given(
    working=st.lists(steps, max_size=3),
    busy=st.lists(steps, max_size=6),
    rooms=st.lists(st.lists(steps, max_size=4), max_size=3),
    minutes=st.sampled_from([5, 15, 20, 45]),
    buffer=st.sampled_from([0, 5, 10]),
    needs_room=st.booleans(),
    late=st.integers(0, 30),
)
def test_are_those_that_trying_every_start_finds(
    working: list[tuple[int, int]],
    busy: list[tuple[int, int]],
    rooms: list[list[tuple[int, int]]],
    minutes: int,
    buffer: int,
    needs_room: bool,  # noqa: FBT001 — hypothesis hands it over by name
    late: int,
) -> None:
    need = Need(minutes, buffer, room=needs_room, every_minutes=5)
    calendars: Calendars[str, str, int] = Calendars(Grid(minute_of(START), 5))
    for pair in working:
        calendars.works("chen", "here", span(pair).starts_at, span(pair).ends_at)
    for pair in busy:
        calendars.is_busy("chen", *minutes_of(pair))
    for room, pairs in enumerate(rooms):
        calendars.has_room("here", room)
        for pair in pairs:
            calendars.room_is_taken(room, *minutes_of(pair))
    not_before = START + timedelta(minutes=late)

    def possible(starts_at: datetime) -> bool:
        visit = Span(starts_at, starts_at + timedelta(minutes=minutes))
        held = Span(starts_at, visit.ends_at + timedelta(minutes=buffer))
        room_is_free = (
            not needs_room or not rooms or any(not any(visit.overlaps(span(pair)) for pair in pairs) for pairs in rooms)
        )
        return (
            starts_at >= not_before
            and covered(visit, [span(pair) for pair in working])
            and not any(held.overlaps(span(pair)) for pair in busy)
            and room_is_free
        )

    tried = [START + timedelta(minutes=5 * number) for number in range(STEPS + 24)]
    found = openings(calendars, need, not_before=not_before, limit=1_000)
    assert [opening.starts_at for opening in found] == [moment for moment in tried if possible(moment)]
    for opening in found:
        assert opening.free.covers(Span(opening.starts_at, opening.ends_at))
        if needs_room and rooms:
            assert opening.room is not None
            assert not any(
                Span(opening.starts_at, opening.ends_at).overlaps(span(pair)) for pair in rooms[opening.room]
            )


@given(free=st.integers(0, 2**80), length=st.integers(1, 30))
def test_runs_begin_where_all_steps_are_free(free: int, length: int) -> None:
    found = runs(free, length)
    for index in range(81):
        assert (found >> index & 1) == all(free >> index + further & 1 for further in range(length))


@given(step=st.integers(1, 12), length=st.integers(1, 300))
def test_every_marks_each_step(step: int, length: int) -> None:
    pattern = every(step, length)
    assert all((pattern >> index & 1) == (index % step == 0) for index in range(length))


@given(first=st.integers(0, 90), length=st.integers(0, 90))
def test_bits_are_a_stretch(first: int, length: int) -> None:
    assert bits(first, first + length).bit_count() == length


@given(minutes=st.integers(0, 600), length=st.integers(1, 300), grid=st.sampled_from([5, 10, 15]))
def test_the_grid_never_gives_time_away(minutes: int, length: int, grid: int) -> None:
    starts, ends = minutes, minutes + length
    on = Grid(0, grid)
    first, until = on.inside(starts, ends)
    assert first == until or starts <= first * grid <= until * grid <= ends
    first, until = on.touching(starts, ends)
    assert first * grid <= starts < ends <= until * grid


def test_come_earliest_first_then_in_the_providers_order() -> None:
    calendars: Calendars[str, str, int] = Calendars(Grid(minute_of(START), 5))
    for who, pair in (("osei", (2, 20)), ("chen", (0, 20))):
        calendars.works(who, "here", span(pair).starts_at, span(pair).ends_at)
    found = openings(calendars, Need(30, every_minutes=10), not_before=START, limit=4)
    assert [(opening.provider, (opening.starts_at - START) // timedelta(minutes=1)) for opening in found] == [
        ("chen", 0),
        ("osei", 10),
        ("chen", 10),
        ("osei", 20),
    ]


def test_start_on_whole_steps_of_the_clock() -> None:
    calendars: Calendars[str, str, int] = Calendars(Grid(minute_of(START), 5))
    calendars.works("chen", "here", span((1, 30)).starts_at, span((1, 30)).ends_at)
    found = openings(calendars, Need(15, every_minutes=15), not_before=START, limit=3)
    assert [opening.starts_at.minute for opening in found] == [15, 30, 45]


def test_score_falls_by_a_point_a_day() -> None:
    assert [score_of(START + timedelta(days=days), now=START) for days in (0, 1, 2.5, 200)] == [100, 99, 97.5, 0]
