"""What the palette finds among patients, and the trace that it leaves."""

import pytest

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actors import Visitor
from office.patients.actions import search_index
from office.patients.models import Patient
from office.patients.palette import found_patients
from office.staff.models import StaffActor

pytestmark = pytest.mark.django_db


@pytest.fixture
def indexed(ana: Patient) -> Patient:
    search_index.refresh([ana])
    return ana


def test_finds_with_the_birth_date_and_names_whom_it_showed(rosa: StaffActor, indexed: Patient) -> None:
    [hit] = found_patients(rosa, "marsh", 6)
    assert (hit.label, hit.born, hit.patient_id) == ("Marsh, Ana", indexed.birth_date, indexed.pk)
    entry = Entry.objects.get(verb="patients.listed")
    assert [subject.subject_id for subject in entry.subjects.all()] == [str(indexed.pk)]
    assert "marsh" not in str(entry.details).lower()


def test_of_a_restricted_chart_it_tells_only_that_it_exists(rosa: StaffActor, make_patient: MakePatient) -> None:
    search_index.refresh([make_patient("Hidden", is_restricted=True)])
    [hit] = found_patients(rosa, "hidden", 6)
    assert (hit.label, hit.born, hit.patient_id) == ("Restricted chart", None, None)


def test_one_letter_and_those_who_may_not_find_nobody(rosa: StaffActor, indexed: Patient) -> None:
    assert found_patients(rosa, "m", 6) == []
    assert found_patients(Visitor(), "marsh", 6) == []
    assert not Entry.objects.filter(verb="patients.listed").exists()
