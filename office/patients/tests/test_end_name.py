"""End a name: until when the patient had it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.actions.reach import add_name, end_name
from office.patients.models import Name, Patient
from office.patients.queries.search import search
from office.staff.models import StaffActor


@pytest.fixture
def name(rosa: StaffActor, ana: Patient) -> Name:
    return add_name(rosa, patient=ana, kind="preferred", family_name="Quill")


def test_an_ended_name_still_finds_the_patient(rosa: StaffActor, ana: Patient, name: Name) -> None:
    end_name(rosa, name=name, until_on=date(2024, 5, 1))
    name.refresh_from_db()
    assert name.until_on == date(2024, 5, 1)
    assert [one.patient for one in search("quill")] == [ana]


def test_refuses_a_day_to_come(rosa: StaffActor, name: Name) -> None:
    with pytest.raises(Refused, match="still to come"):
        end_name(rosa, name=name, until_on=timezone.localdate() + timedelta(days=1))


def test_twice_is_once(rosa: StaffActor, name: Name) -> None:
    for _ in range(2):
        end_name(rosa, name=name, until_on=date(2024, 5, 1))
    assert Entry.objects.filter(verb="name.ended").count() == 1
