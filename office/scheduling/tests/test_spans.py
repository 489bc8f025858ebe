"""Spans …"""

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.scheduling.rules.spans import Span, Taken, Wanted, Whose, merged, next_seat, objection_to, without

ZONE = ZoneInfo("America/New_York")
START = datetime(2026, 11, 23, 14, tzinfo=UTC)  # 9:00 AM
minutes = st.integers(0, 300)
spans = st.tuples(minutes, st.integers(1, 90)).map(lambda pair: span(pair[0], pair[0] + pair[1]))


def span(starts: int, ends: int) -> Span:
    return Span(START + timedelta(minutes=starts), START + timedelta(minutes=ends))


def minutes_in(some: list[Span]) -> set[int]:
    return {
        minute
        for one in some
        for minute in range(
            int((one.starts_at - START).total_seconds() // 60), int((one.ends_at - START).total_seconds() // 60)
        )
    }


def wanted(visit: Span, *, buffer: int = 0) -> Wanted:
    busy = Span(visit.starts_at, visit.ends_at + timedelta(minutes=buffer))
    return Wanted(visit, busy, "Dr. Osei", "Room 2", ZONE)


@given(one=spans, other=spans)
def test_overlap_when_they_share_a_minute(one: Span, other: Span) -> None:
    assert one.overlaps(other) == other.overlaps(one) == bool(minutes_in([one]) & minutes_in([other]))
    assert one.covers(other) == (minutes_in([other]) <= minutes_in([one]))


def test_do_not_overlap_back_to_back() -> None:
    assert not span(0, 20).overlaps(span(20, 40))


@given(whole=spans, taken=st.lists(spans, max_size=6))
def test_without_leaves_exactly_the_rest_in_order(whole: Span, taken: list[Span]) -> None:
    left = without(whole, taken)
    assert minutes_in(left) == minutes_in([whole]) - minutes_in(taken)
    assert all(one.ends_at < two.starts_at for one, two in itertools.pairwise(left))


@given(some=st.lists(spans, max_size=8))
def test_merged_are_the_same_minutes_in_the_fewest_spans(some: list[Span]) -> None:
    joined = merged(some)
    assert minutes_in(joined) == minutes_in(some)
    assert all(one.ends_at < two.starts_at for one, two in itertools.pairwise(joined))


@given(visit=spans, buffer=st.integers(0, 30), others=st.lists(spans, max_size=5), working=st.lists(spans, max_size=3))
def test_are_objected_to_exactly_when_something_is_in_the_way(
    visit: Span, buffer: int, others: list[Span], working: list[Span]
) -> None:
    asked = wanted(visit, buffer=buffer)
    taken = [Taken(Whose.PROVIDER, other) for other in others]
    objection = objection_to(asked, taken=taken, working=working, now=START)
    free = not any(asked.busy.overlaps(other) for other in others)
    assert (objection is None) == (free and minutes_in([visit]) <= minutes_in(working))


@pytest.mark.parametrize(
    ("taken", "words"),
    [
        (Taken(Whose.PROVIDER, span(0, 15)), "9:10 AM is taken by another visit with Dr. Osei."),
        (Taken(Whose.PATIENT, span(0, 15)), "The patient has another visit at 9:00 AM."),
        (Taken(Whose.ROOM, span(15, 40)), "Room 2 is taken at 9:15 AM."),
        (Taken(Whose.PROVIDER, span(0, 15), seat=1), None),
    ],
)
def test_are_objected_to_in_words(taken: Taken, words: str | None) -> None:
    assert objection_to(wanted(span(10, 30)), taken=[taken], working=[span(0, 60)], now=START) == words


def test_in_the_buffer_are_the_providers_time_alone() -> None:
    asked = wanted(span(0, 20), buffer=10)
    after = span(20, 40)
    for whose in (Whose.PATIENT, Whose.ROOM):
        assert objection_to(asked, taken=[Taken(whose, after)], working=[span(0, 60)], now=START) is None
    assert objection_to(asked, taken=[Taken(Whose.PROVIDER, after)], working=[span(0, 60)], now=START)


@given(visit=spans, held=st.lists(st.tuples(spans, st.integers(0, 3)), max_size=6))
def test_next_seat_is_the_lowest_that_is_free(visit: Span, held: list[tuple[Span, int]]) -> None:
    seat = next_seat(visit, taken=[Taken(Whose.PROVIDER, one, number) for one, number in held])
    in_the_way = {number for one, number in held if one.overlaps(visit)}
    assert seat not in in_the_way
    assert set(range(seat)) <= in_the_way
