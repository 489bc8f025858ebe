"""Take back a death: at once without a word, later with a reason; nothing is rebooked by itself."""

from collections.abc import Iterator

import pytest
import time_machine

from office.audit.models import Entry
from office.core.actions import Refused
from office.core.after_undo import enqueue_due
from office.core.models import HeldEffect
from office.patients.actions.death import record_death, take_back_death
from office.patients.models import Death, Patient
from office.staff.models import StaffActor

Clock = time_machine.Traveller


@pytest.fixture
def clock() -> Iterator[Clock]:
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False) as traveller:
        yield traveller


def test_within_the_window_nobody_is_asked_why_and_nothing_stops(rosa: StaffActor, ana: Patient, clock: Clock) -> None:
    record_death(rosa, patient=ana, died_on=None)
    clock.shift(59)
    take_back_death(rosa, patient=ana)
    ana.refresh_from_db()
    assert (ana.is_deceased, ana.died_on) == (False, None)
    assert not HeldEffect.objects.exists()
    assert Entry.objects.get(verb="patient.death_taken_back").details == {"in_time": True}


def test_later_a_reason_is_needed_and_stays(rosa: StaffActor, sol: StaffActor, ana: Patient, clock: Clock) -> None:
    record_death(rosa, patient=ana, died_on=None)
    clock.shift(61)
    enqueue_due()
    with pytest.raises(Refused, match="how the mistake was found"):
        take_back_death(sol, patient=ana)
    ana.refresh_from_db()
    assert ana.is_deceased
    take_back_death(sol, patient=ana, reason="Another Ana Marsh; she stood at the window")
    death = Death.objects.get()
    assert (death.recorded_by, death.taken_back_by) == (rosa.label, sol.label)
    assert death.taken_back_because.startswith("Another Ana")
    assert "Another" not in str(Entry.objects.get(verb="patient.death_taken_back").details)


def test_a_death_that_came_with_an_import_can_be_taken_back(rosa: StaffActor, ana: Patient) -> None:
    Patient.objects.update(is_deceased=True)
    take_back_death(rosa, patient=ana, reason="The old system was wrong")
    assert Death.objects.get().taken_back_by == rosa.label


def test_of_a_living_patient_nothing_changes(rosa: StaffActor, ana: Patient) -> None:
    take_back_death(rosa, patient=ana, reason="Just looking")
    assert not Death.objects.exists()
    assert not Entry.objects.filter(verb="patient.death_taken_back").exists()
