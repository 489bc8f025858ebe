"""Registering a patient."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.actions import search_index
from office.patients.actions.numbers import next_mrns
from office.patients.actions.registration import Guarantor, Particulars, Reach, register_patient
from office.patients.models import DifferentPeople, Patient, Telecom
from office.patients.queries.search import search
from office.staff.models import StaffActor

LUCIE = Particulars("Moreau", "Lucie", birth_date=date(1987, 3, 9))
REACH = Reach("+15035550139", "lucie@example.com", "77 Quince Ave", "Portland", "OR", "97205", {"text": True})


def test_opens_a_chart_with_a_number_of_its_own_that_is_found_at_once(rosa: StaffActor) -> None:
    patient = register_patient(rosa, who=LUCIE, reach=REACH, guarantor=Guarantor("Moreau, Paul", "Father"))
    assert patient.mrn == "10001"
    assert [one.patient for one in search("lucie moreau")] == [patient]
    assert patient.telecoms.count() == 2
    assert patient.consents.get().is_given
    assert patient.contacts.get().is_guarantor
    assert Entry.objects.get(verb="patient.registered").subjects.get().subject_id == str(patient.pk)


def test_refuses_while_someone_here_is_likely_the_same_person(rosa: StaffActor) -> None:
    register_patient(rosa, who=LUCIE, reach=REACH)
    with pytest.raises(Refused, match="likely the same person"):
        register_patient(rosa, who=Particulars("Moreau", "Lucy", birth_date=date(1987, 3, 9)), reach=REACH)
    assert Patient.objects.count() == 1


def test_a_restricted_chart_that_is_alike_is_neither_named_nor_numbered(rosa: StaffActor) -> None:
    first = register_patient(rosa, who=LUCIE, reach=REACH)
    Patient.objects.update(is_restricted=True)
    with pytest.raises(Refused) as refusal:
        register_patient(rosa, who=Particulars("Moreau", "Lucy", birth_date=date(1987, 3, 9)), reach=REACH)
    said = str(refusal.value)
    assert "restricted chart is alike" in said
    assert "privacy officer" in said
    assert "Lucie" not in said
    assert first.mrn not in said


def test_registers_someone_else_once_it_was_said_why(rosa: StaffActor) -> None:
    first = register_patient(rosa, who=LUCIE, reach=REACH)
    twin = Particulars("Moreau", "Lucy", birth_date=date(1987, 3, 9))
    second = register_patient(rosa, who=twin, reach=REACH, different_from={first.pk: "Twin sisters, both here"})
    assert second.mrn == "10002"
    assert DifferentPeople.objects.get().other == first


def test_a_newborn_needs_neither_given_name_nor_insurance(rosa: StaffActor) -> None:
    today = timezone.localdate()
    baby = register_patient(rosa, who=Particulars("Moreau", birth_date=today, is_unnamed_newborn=True))
    assert baby.name == "Moreau, newborn"
    with pytest.raises(Refused, match="under one year"):
        register_patient(
            rosa, who=Particulars("Quill", birth_date=today - timedelta(days=500), is_unnamed_newborn=True)
        )


@pytest.mark.parametrize(
    "who", [Particulars(" "), Particulars("Moreau"), Particulars("Moreau", "A", birth_date=date(2999, 1, 1))]
)
def test_refuses_what_names_nobody(rosa: StaffActor, who: Particulars) -> None:
    with pytest.raises(Refused):
        register_patient(rosa, who=who)
    assert not Telecom.objects.exists()


def test_numbers_that_an_import_brought_are_skipped(rosa: StaffActor, make_patient: MakePatient) -> None:
    search_index.refresh([make_patient("Taken")])
    assert next_mrns(2) == ["10002", "10003"]
    assert register_patient(rosa, who=LUCIE).mrn == "10004"
