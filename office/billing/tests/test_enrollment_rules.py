"""Enrollment: what may be written down, and when an answer is overdue …"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.billing.rules import enrollment as rules
from office.billing.rules.enrollment import State

TODAY = date(2026, 11, 24)
DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@pytest.mark.parametrize(
    ("state", "on", "note", "words"),
    [
        (State.REQUESTED, None, "", "on which day"),
        (State.APPROVED, TODAY + timedelta(days=1), "", "still to come"),
        (State.DENIED, TODAY, "  ", "why they denied it"),
    ],
)
def test_refuses_what_nobody_could_act_on(state: State, on: date | None, note: str, words: str) -> None:
    assert words in (rules.objection_to(state, on, note, today=TODAY) or "")


def test_takes_a_denial_with_its_reason() -> None:
    assert rules.objection_to(State.DENIED, TODAY, "TIN does not match", today=TODAY) is None


@given(DAYS, st.integers(0, 400))
def test_a_request_is_overdue_from_the_thirtieth_day_and_nothing_else_ever_is(on: date, later: int) -> None:
    today = on + timedelta(days=later)
    assert rules.is_overdue(State.REQUESTED, on, today=today) is (later >= 30)
    assert not any(rules.is_overdue(state, on, today=today) for state in State if state is not State.REQUESTED)


@given(DAYS, st.integers(0, 400))
def test_it_is_asked_about_anew_after_each_wait(on: date, later: int) -> None:
    assert rules.times_overdue(on, today=on + timedelta(days=later)) == later // 30


def test_every_state_but_none_twice_has_a_key() -> None:
    assert sorted(rules.KEYS.values()) == sorted(State)
    assert all(state.label.lower().startswith(key) for key, state in rules.KEYS.items())
