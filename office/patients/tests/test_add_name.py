"""Add a name: former, preferred, alias; the patient is found by it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.actions.reach import add_name
from office.patients.models import Name, Patient
from office.patients.queries.search import search
from office.staff.models import StaffActor


@pytest.mark.parametrize("kind", Name.Kind.values)
def test_a_patient_is_found_by_a_name_of_any_kind(rosa: StaffActor, ana: Patient, kind: str) -> None:
    add_name(rosa, patient=ana, kind=kind, family_name=" Quill ", given_name="Annie")
    assert [one.patient for one in search("quill annie")] == [ana]
    assert str(ana.other_names.get()) == "Quill, Annie"


def test_is_on_the_trail_without_the_name(rosa: StaffActor, ana: Patient) -> None:
    add_name(rosa, patient=ana, kind="former", family_name="Quill")
    entry = Entry.objects.get(verb="name.added")
    assert entry.details == {"kind": "former"}


def test_the_same_name_again_changes_nothing(rosa: StaffActor, ana: Patient) -> None:
    first = add_name(rosa, patient=ana, kind="former", family_name="Quill")
    assert add_name(rosa, patient=ana, kind="former", family_name="Quill") == first
    assert Entry.objects.filter(verb="name.added").count() == 1


def test_keeps_until_when_she_had_it(rosa: StaffActor, ana: Patient) -> None:
    name = add_name(rosa, patient=ana, kind="maiden", family_name="Quill", until_on=date(2010, 6, 1))
    assert name.until_on == date(2010, 6, 1)


def test_refuses_an_empty_name_the_present_one_and_a_day_to_come(rosa: StaffActor, make_patient: MakePatient) -> None:
    patient = make_patient("Marsh", "Ana")
    with pytest.raises(Refused, match="family name is needed"):
        add_name(rosa, patient=patient, kind="alias", family_name="  ")
    with pytest.raises(Refused, match="bears this name"):
        add_name(rosa, patient=patient, kind="alias", family_name="Marsh", given_name="Ana")
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(Refused, match="still to come"):
        add_name(rosa, patient=patient, kind="former", family_name="Quill", until_on=tomorrow)
    assert not Name.objects.exists()
