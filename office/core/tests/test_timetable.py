"""The timetable: once a day whatever the clock does, made up for when nobody was there."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django_tasks_db.models import DBTaskResult

from office.core.tests import jobs_for_tests
from office.core.timetable import Daily, Every, Line, Timetable, enqueue_due

NEW_YORK = ZoneInfo("America/New_York")


def table(*lines: Line) -> Timetable:
    return Timetable(lines, lambda: "America/New_York")


def times_enqueued(line: Line, start: datetime, moments: list[timedelta]) -> list[datetime]:
    """Look at the timetable at each moment after the start; return when the line was enqueued."""
    seen = []
    for moment in moments:
        with time_machine.travel(start + moment, tick=False):
            if enqueue_due(table(line)):
                seen.append((start + moment).astimezone(NEW_YORK))
    return seen


def every_minute(hours: int) -> list[timedelta]:
    return [timedelta(minutes=minute) for minute in range(hours * 60)]


@pytest.mark.django_db
def test_a_daily_line_is_enqueued_at_its_time_and_once() -> None:
    line = Daily("06:30", jobs_for_tests.tick)
    seen = times_enqueued(line, datetime(2026, 11, 23, 10, 0, tzinfo=UTC), every_minute(30))
    assert [f"{moment:%d %H:%M}" for moment in seen] == ["23 06:30", "24 06:30"]
    assert DBTaskResult.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(("at", "day"), [("01:30", datetime(2026, 11, 1)), ("02:30", datetime(2027, 3, 14))])  # noqa: DTZ001
def test_a_line_in_the_hour_that_comes_twice_or_never_runs_once_that_day(at: str, day: datetime) -> None:
    start = day.replace(tzinfo=NEW_YORK).astimezone(UTC) - timedelta(minutes=5)
    seen = times_enqueued(Daily(at, jobs_for_tests.tick), start, every_minute(24))
    assert len(seen) == 1


@pytest.mark.django_db
def test_a_time_that_passed_while_no_worker_ran_is_made_up_for_once() -> None:
    line = Daily("06:30", jobs_for_tests.tick)
    start = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
    seen = times_enqueued(line, start, [timedelta(), timedelta(days=3), timedelta(days=3, minutes=1)])
    assert len(seen) == 1


@pytest.mark.django_db
def test_a_clock_set_back_an_hour_does_not_make_a_line_due_again() -> None:
    line = Daily("06:30", jobs_for_tests.tick)
    start = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 6:00 in New York
    seen = times_enqueued(
        line, start, [timedelta(), timedelta(minutes=31), timedelta(minutes=-20), timedelta(minutes=40)]
    )
    assert len(seen) == 1


@pytest.mark.django_db
def test_a_slot_written_by_a_clock_years_ahead_does_not_silence_the_line() -> None:
    line = Daily("06:30", jobs_for_tests.tick)
    start = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    seen = times_enqueued(line, start, [timedelta(days=900), timedelta(days=901), timedelta(), timedelta(hours=2)])
    assert [moment.year for moment in seen] == [2029, 2026]


@pytest.mark.django_db
def test_every_ten_minutes_is_six_times_an_hour() -> None:
    seen = times_enqueued(Every("10m", jobs_for_tests.tick), datetime(2026, 11, 23, 10, 1, tzinfo=UTC), every_minute(2))
    assert len(seen) == 12


@pytest.mark.parametrize("span", ["7m", "0m", "5h", "90m", "soon", ""])
def test_a_span_that_does_not_divide_its_hour_or_day_is_refused(span: str) -> None:
    with pytest.raises(ValueError, match="due every"):
        Every(span, jobs_for_tests.tick)
