"""Plans that a provider takes …"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.scheduling.rules.plans import Standing, Taken, how_it_stands, objection_to, why_not

DAY = date(2026, 12, 2)
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
EVERY = Taken("payer", None, None, date(2026, 1, 1), None)


def standing_of(*lines: Taken, plan: str = "PPO", location: str = "Main", on: date = DAY) -> Standing:
    return how_it_stands(lines, payer="payer", plan=plan, location=location, on=on)[0]


def test_every_plan_of_the_payer_is_taken_everywhere_when_neither_is_named() -> None:
    assert standing_of(EVERY, plan="any", location="any") is Standing.TAKEN


def test_a_line_of_one_plan_or_one_location_says_nothing_of_another() -> None:
    ppo = Taken("payer", "PPO", "Main", date(2026, 1, 1), None)
    assert standing_of(ppo) is Standing.TAKEN
    assert standing_of(ppo, plan="HMO") is Standing.NEVER
    assert standing_of(ppo, location="North") is Standing.NEVER


@given(DAYS, st.integers(0, 900), st.integers(0, 900))
def test_is_taken_from_its_first_day_to_its_last_and_on_no_other(start: date, long: int, at: int) -> None:
    line = Taken("payer", None, None, start, start + timedelta(days=long))
    assert (line.standing(start + timedelta(days=at)) is Standing.TAKEN) is (at <= long)
    assert line.standing(start - timedelta(days=1)) is Standing.LATER


def test_the_line_that_says_most_for_the_patient_answers() -> None:
    ended = Taken("payer", None, None, date(2020, 1, 1), date(2021, 1, 1))
    applied = Taken("payer", "PPO", None, None, None, date(2026, 10, 12))
    assert standing_of(ended, applied) is Standing.APPLIED
    assert standing_of(ended, applied, EVERY) is Standing.TAKEN


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (Taken("p", None, None, None, None, date(2026, 10, 12)), "Applied 10/12/2026, not in yet."),
        (Taken("p", None, None, date(2027, 1, 1), None), "Taken from 01/01/2027."),
        (Taken("p", None, None, date(2020, 1, 1), date(2021, 1, 1)), "Taken until 01/01/2021."),
    ],
)
def test_says_what_is_known_of_a_plan_that_is_not_taken(line: Taken, words: str) -> None:
    assert why_not(line.standing(DAY), line) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"starts_on": None, "ends_on": DAY, "applied_on": None}, "needs a first"),
        ({"starts_on": DAY, "ends_on": DAY - timedelta(days=1), "applied_on": None}, "before it starts"),
        ({"starts_on": None, "ends_on": None, "applied_on": None}, "when the provider applied"),
        ({"starts_on": None, "ends_on": None, "applied_on": DAY + timedelta(days=1)}, "still to come"),
    ],
)
def test_refuses_days_that_say_nothing(days: dict[str, date | None], words: str) -> None:
    assert words in (objection_to(**days, today=DAY) or "")
