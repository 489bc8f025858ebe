"""What is left of the time, what may be asked, what of a parked page is kept."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.worklist import rules

NOW = datetime(2026, 11, 23, 10, 42, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "is_red", "words", "tone"),
    [
        (None, True, "Act now", "red"),
        (None, False, "", "neutral"),
        (-3, False, "Overdue by 3 min", "red"),
        (0, False, "Due now", "red"),
        (-3, True, "Act now", "red"),
        (2, True, "2 min", "red"),
        (9, False, "9 min", "amber"),
        (16, False, "16 min", "neutral"),
        (100, False, "1 h 40", "neutral"),
        (7 * 60 + 20, False, "7 h", "neutral"),
        (60 * 24 * 3, False, "3 days", "neutral"),
        (-60 * 24, False, "Overdue by 1 day", "red"),
    ],
)
def test_what_is_left_reads_as_a_person_says_it(minutes: int | None, *, is_red: bool, words: str, tone: str) -> None:
    due = None if minutes is None else NOW + timedelta(minutes=minutes)
    assert rules.left(is_red=is_red, due_at=due, now=NOW) == rules.Left(words, tone)  # type: ignore[arg-type]


@given(seconds=st.integers(-100_000, 100_000), is_red=st.booleans())
def test_nothing_overdue_or_red_is_ever_shown_as_quiet(seconds: int, *, is_red: bool) -> None:
    shown = rules.left(is_red=is_red, due_at=NOW + timedelta(seconds=seconds), now=NOW)
    assert (shown.tone == "red") == (is_red or seconds <= 0)
    assert shown.words


@pytest.mark.parametrize(
    ("is_red", "due_on", "minutes", "title"),
    [
        (True, None, None, "Red, act now"),
        (False, None, None, "No time set"),
        (False, date(2026, 11, 23), -5, "Due this hour"),
        (False, date(2026, 11, 23), 90, "Later today"),
        (False, date(2026, 11, 24), 900, "Tomorrow"),
        (False, date(2026, 11, 30), 9000, "Later"),
    ],
)
def test_headings_follow_the_time_left(*, is_red: bool, due_on: date | None, minutes: float | None, title: str) -> None:
    shown = rules.heading(is_red=is_red, due_on=due_on, minutes_left=minutes, today=date(2026, 11, 23))
    assert shown == title


@pytest.mark.parametrize("link", ["https://example.org/", "//example.org", "/\\example.org", "somewhere/"])
def test_a_task_leads_nowhere_else(link: str) -> None:
    objection = rules.objection_to_asking(title="Call back", link=link, has_someone=True)
    assert objection == "A task can only lead to a page of this program."


def test_a_task_says_what_and_who() -> None:
    assert rules.objection_to_asking(title=" x ", link="", has_someone=True)
    assert rules.objection_to_asking(title="Call back", link="", has_someone=False)
    assert rules.objection_to_asking(title="Call back", link="/somewhere/", has_someone=True) is None


def test_parking_keeps_no_password_and_nothing_empty() -> None:
    typed = {"title": ["Call"], "password": ["secret"], "csrfmiddlewaretoken": ["t"], "note": [" "]}
    assert rules.kept_of(typed) == {"title": ["Call"]}


def test_parking_refuses_what_nobody_types() -> None:
    with pytest.raises(ValueError, match="more than a person types"):
        rules.kept_of({"note": ["x" * 20_001]})
