"""Hours by the wall clock, on every day of the year, where clocks change and where they do not."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.scheduling.rules.hours import (
    ExceptionalHours,
    WeeklyHours,
    instants,
    local_day,
    span_on,
    working_spans,
)
from office.scheduling.rules.spans import Span

NEW_YORK, CHICAGO, PHOENIX = (ZoneInfo(f"America/{city}") for city in ("New_York", "Chicago", "Phoenix"))
zones = st.sampled_from([NEW_YORK, CHICAGO, PHOENIX])
days = st.dates(date(2024, 1, 1), date(2030, 12, 31))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0, fold=0))
SPRING, FALL = date(2026, 3, 8), date(2026, 11, 1)


def hours_of(span: Span) -> float:
    return span.length / timedelta(hours=1)


@given(day=days, zone=zones)
def test_a_day_begins_and_ends_at_midnight_there(day: date, zone: ZoneInfo) -> None:
    whole = local_day(day, zone)
    assert whole.starts_at.astimezone(zone).replace(tzinfo=None) == datetime.combine(day, time())
    assert whole.ends_at == local_day(day + timedelta(days=1), zone).starts_at
    assert hours_of(whole) in ({24} if zone is PHOENIX else {23, 24, 25})


@pytest.mark.parametrize(("day", "length"), [(SPRING, 23), (FALL, 25), (date(2026, 7, 4), 24)])
def test_days_are_23_24_or_25_hours(day: date, length: int) -> None:
    assert hours_of(local_day(day, NEW_YORK)) == hours_of(local_day(day, CHICAGO)) == length
    assert hours_of(local_day(day, PHOENIX)) == 24


@given(day=days, at=times, zone=zones)
def test_instants_read_as_asked_and_none_is_missed(day: date, at: time, zone: ZoneInfo) -> None:
    wall = datetime.combine(day, at)
    # Every UTC minute whose clock there could read so: offsets from 4 to 7 hours.
    near = [datetime.combine(day, at, UTC) + timedelta(hours=hours) for hours in range(3, 9)]
    assert instants(day, at, zone) == [
        moment for moment in near if moment.astimezone(zone).replace(tzinfo=None, fold=0) == wall
    ]


def test_half_past_two_does_not_exist_in_spring() -> None:
    assert instants(SPRING, time(2, 30), NEW_YORK) == []
    assert len(instants(SPRING, time(2, 30), PHOENIX)) == 1


def test_half_past_one_comes_twice_in_fall() -> None:
    first, second = instants(FALL, time(1, 30), NEW_YORK)
    assert second - first == timedelta(hours=1)


def test_hours_that_open_in_the_skipped_hour_open_when_it_is_over() -> None:
    assert span_on(SPRING, time(2, 30), time(4), NEW_YORK) == Span(
        datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 3, 8, 8, tzinfo=UTC)
    )
    assert span_on(SPRING, time(2, 15), time(2, 45), NEW_YORK) is None


def test_hours_over_the_change_are_an_hour_shorter_or_longer() -> None:
    assert [
        hours_of(span) for day in (SPRING, FALL) if (span := span_on(day, time(0), time(8), CHICAGO))
    ] == [7, 9]  # fmt: skip


@given(day=days, opens=times, closes=times, zone=zones)
def test_hours_hold_the_moments_that_read_between(day: date, opens: time, closes: time, zone: ZoneInfo) -> None:
    span = span_on(day, opens, closes, zone) if opens < closes else None
    if span is None:
        return
    for moment in (span.starts_at, span.starts_at + span.length / 2, span.ends_at - timedelta(minutes=1)):
        assert moment.astimezone(zone).date() == day
    on_a_change = hours_of(local_day(day, zone)) != 24
    if not on_a_change:
        assert span.length == datetime.combine(day, closes) - datetime.combine(day, opens)


MONDAYS = WeeklyHours(0, time(8), time(17), date(2026, 1, 1), date(2026, 11, 23))
MONDAY = date(2026, 11, 23)


def at(hour: int) -> datetime:
    return datetime(2026, 11, 23, hour, tzinfo=NEW_YORK).astimezone(UTC)


def test_weekly_hours_hold_until_their_last_day() -> None:
    assert working_spans(MONDAY, NEW_YORK, weekly=[MONDAYS]) == [Span(at(8), at(17))]
    for day in (MONDAY + timedelta(days=1), MONDAY + timedelta(days=7), date(2025, 12, 29)):
        assert working_spans(day, NEW_YORK, weekly=[MONDAYS]) == []


def test_a_days_exception_replaces_the_weekly_hours() -> None:
    short = ExceptionalHours(MONDAY, time(13), time(15))
    assert working_spans(MONDAY, NEW_YORK, weekly=[MONDAYS], exceptions=[short]) == [Span(at(13), at(15))]
    assert working_spans(MONDAY, NEW_YORK, weekly=[MONDAYS], exceptions=[ExceptionalHours(MONDAY)]) == []


def test_closures_are_taken_out() -> None:
    lunch = Span(at(12), at(13))
    assert working_spans(MONDAY, NEW_YORK, weekly=[MONDAYS], closures=[lunch]) == [
        Span(at(8), at(12)),
        Span(at(13), at(17)),
    ]
