"""Where visits lie on the grid, what is open between them, who runs late."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from office.scheduling.rules import day_grid
from office.scheduling.rules.spans import Span

EIGHT = datetime(2026, 11, 23, 13, 0, tzinfo=UTC)


def span(begin: int, end: int) -> Span:
    return Span(EIGHT + timedelta(minutes=begin), EIGHT + timedelta(minutes=end))


spans = st.lists(
    st.tuples(st.integers(0, 500), st.integers(5, 120)).map(lambda pair: span(pair[0], pair[0] + pair[1])), max_size=20
)


def test_puts_visits_that_follow_each_other_into_one_lane() -> None:
    assert day_grid.lanes([span(0, 20), span(20, 40)]) == [(0, 1), (0, 1)]


def test_puts_a_doubled_visit_beside_the_other() -> None:
    assert day_grid.lanes([span(0, 40), span(20, 40), span(40, 60)]) == [(0, 2), (1, 2), (0, 1)]


@given(spans)
def test_never_lays_one_visit_over_another(stretches: list[Span]) -> None:
    placed = day_grid.lanes(stretches)
    for number, one in enumerate(stretches):
        assert placed[number][0] < placed[number][1]
        for other in range(number):
            if one.overlaps(stretches[other]):
                assert placed[number][0] != placed[other][0]
                assert placed[number][1] == placed[other][1]


def test_calls_only_the_pause_at_midday_lunch() -> None:
    working, zone = [span(0, 120), span(150, 240), span(300, 540)], ZoneInfo("America/New_York")
    pauses = day_grid.outside(working, span(-60, 600))
    assert [day_grid.word_of_pause(pause, working, zone) for pause in pauses] == ["", "", "Lunch", ""]


@given(spans, st.integers(0, 600))
def test_offers_only_time_that_is_free_and_ahead(taken: list[Span], minute: int) -> None:
    now = EIGHT + timedelta(minutes=minute, seconds=7)
    for opening in day_grid.openings([span(0, 540)], taken, now=now):
        assert opening.length >= day_grid.SHORTEST_OPENING
        assert opening.starts_at >= now
        assert not any(opening.overlaps(other) for other in taken)


def test_starts_an_opening_on_the_next_five_minutes() -> None:
    assert day_grid.openings([span(0, 60)], [], now=EIGHT + timedelta(minutes=11)) == [span(15, 60)]


def test_counts_from_who_is_here_longest() -> None:
    now = EIGHT + timedelta(minutes=30)
    assert day_grid.minutes_behind([EIGHT + timedelta(minutes=15), EIGHT + timedelta(minutes=40)], now=now) == 15


def test_is_on_time_when_nobody_waits() -> None:
    assert day_grid.minutes_behind([], now=EIGHT) == 0
