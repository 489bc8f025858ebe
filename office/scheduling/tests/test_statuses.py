"""The status machine …"""

from datetime import timedelta

import pytest

from office.scheduling.models import Appointment
from office.scheduling.rules import statuses
from office.scheduling.rules.statuses import STEPS, objection_to_step, objection_to_undo, to_announce
from office.scheduling.tests.conftest import NINE


def test_knows_the_models_statuses() -> None:
    assert set(STEPS) == set(Appointment.Status.values)
    assert {status for following in STEPS.values() for status in following} <= set(STEPS)


def test_never_leads_back() -> None:
    def ahead(status: str) -> set[str]:
        return set().union(*({following} | ahead(following) for following in STEPS[status]))

    assert all(status not in ahead(status) for status in STEPS)


def test_says_why_not_for_every_step_that_it_refuses() -> None:
    for now_is in STEPS:
        for wanted in STEPS:
            assert (objection_to_step(now_is, wanted) is None) == (wanted in STEPS[now_is])


def test_asks_for_check_in_before_a_room() -> None:
    assert objection_to_step(statuses.BOOKED, statuses.ROOMED) == "The patient is not checked in yet."


@pytest.mark.parametrize(("verb", "seconds"), [("moved", 60), ("arrived", 8 * 3_600)])
def test_can_be_undone_for_a_while(verb: str, seconds: int) -> None:
    for after, refused in ((seconds, False), (seconds + 1, True)):
        objection = objection_to_undo(verb, changed_at=NINE, now=NINE + timedelta(seconds=after))
        assert (objection is not None) == refused


@pytest.mark.parametrize(
    ("waiting", "happened", "told"),
    [
        ("", "AppointmentMoved", "AppointmentMoved"),
        ("AppointmentBooked", "AppointmentMoved", "AppointmentBooked"),
        ("AppointmentBooked", "AppointmentCanceled", ""),
        ("AppointmentMoved", "AppointmentCanceled", "AppointmentCanceled"),
    ],
)
def test_tells_the_patient_only_what_is_news(waiting: str, happened: str, told: str) -> None:
    assert to_announce(waiting=waiting, happened=happened) == told
