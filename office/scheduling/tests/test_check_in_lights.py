"""What the lights at the window say."""

from datetime import date, timedelta

import pytest

from office.scheduling.rules import check_in
from office.scheduling.rules.check_in import LightState, State


def test_lets_nobody_through_with_one_press_past_a_red_light() -> None:
    assert not check_in.all_in_order([LightState(State.GREEN, ""), LightState(State.RED, "")])


def test_lets_pass_what_is_not_kept_or_only_wants_a_look() -> None:
    assert check_in.all_in_order([LightState(State.NEUTRAL, ""), LightState(State.AMBER, "")])


@pytest.mark.parametrize(("minutes", "color"), [(11, ""), (12, "amber"), (19, "amber"), (20, "red")])
def test_colors_a_wait_amber_from_12_and_red_from_20_minutes(minutes: int, color: str) -> None:
    assert check_in.wait_color(timedelta(minutes=minutes)) == color


def test_stops_a_patient_whose_birth_date_nobody_knows() -> None:
    assert check_in.identity(None, is_deceased=False, alike=0).state is State.RED


def test_never_calls_insurance_active_that_nobody_checked() -> None:
    light = check_in.insurance("Cascadia Mutual", ends_on=None, today=date(2026, 11, 23))
    assert (light.state, light.words) == (State.NEUTRAL, "On file: Cascadia Mutual, not checked")


def test_counts_the_last_day_of_a_plan_as_covered() -> None:
    today = date(2026, 11, 23)
    assert check_in.insurance("A", ends_on=today, today=today).state is State.NEUTRAL
    assert check_in.insurance("A", ends_on=today - timedelta(days=1), today=today).state is State.RED
