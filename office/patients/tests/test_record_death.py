"""Record a death: one act; what is to come stops when the undo window has passed."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.core.models import HeldEffect
from office.patients.actions.death import record_death
from office.patients.models import Death, Patient
from office.staff.models import StaffActor


def test_the_chart_says_so_and_who_recorded_it(rosa: StaffActor, ana: Patient) -> None:
    record_death(rosa, patient=ana, died_on=date(2026, 11, 1))
    ana.refresh_from_db()
    assert (ana.is_deceased, ana.died_on) == (True, date(2026, 11, 1))
    assert Death.objects.get().recorded_by == rosa.label


def test_what_is_to_come_waits_out_the_undo_window(rosa: StaffActor, ana: Patient) -> None:
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False):
        record_death(rosa, patient=ana, died_on=None)
        assert HeldEffect.objects.get().due_at == timezone.now() + timedelta(seconds=60)


def test_the_day_can_be_corrected_and_the_same_again_changes_nothing(rosa: StaffActor, ana: Patient) -> None:
    for day in (None, None, date(2026, 11, 2)):
        record_death(rosa, patient=ana, died_on=day)
    ana.refresh_from_db()
    assert ana.died_on == date(2026, 11, 2)
    assert Entry.objects.filter(verb="patient.died").count() == 2
    assert Death.objects.count() == HeldEffect.objects.count() == 1


def test_refuses_a_day_to_come_and_one_before_birth(rosa: StaffActor, ana: Patient) -> None:
    with pytest.raises(Refused, match="still to come"):
        record_death(rosa, patient=ana, died_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Refused, match="before the birth date"):
        record_death(rosa, patient=ana, died_on=date(1984, 4, 8))
    ana.refresh_from_db()
    assert not ana.is_deceased


def test_is_not_for_a_medical_assistant(malik: StaffActor, make_patient: MakePatient) -> None:
    with pytest.raises(PermissionDenied):
        record_death(malik, patient=make_patient("Gray"), died_on=None)
