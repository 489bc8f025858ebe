"""Checking in the wrong person is the accident to prevent, whoever asks."""

from datetime import date

import pytest

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.models import Alert, Patient
from office.scheduling.actions.day import check_in
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import StaffActor


@pytest.fixture
def serious(ana: Patient) -> Alert:
    return Alert.objects.create(patient=ana, text="Ask a nurse first", author="Rosa", is_serious=True, at_check_in=True)


def test_wants_the_birth_date_where_names_of_the_day_are_alike(
    book: Book, rosa: StaffActor, make_patient: MakePatient
) -> None:
    visit = book(at(9, 10))
    book(at(10), patient=make_patient("March", "Anna", date(1950, 1, 2)))
    with pytest.raises(Refused, match="NAME ALERT"):
        check_in(rosa, appointment=visit)
    with pytest.raises(Refused, match="not this patient's birth date"):
        check_in(rosa, appointment=visit, birth_date=date(1950, 1, 2))
    assert check_in(rosa, appointment=visit, birth_date=date(1984, 4, 9)).status == "arrived"


def test_passes_a_red_light_only_with_a_reason_and_words(book: Book, rosa: StaffActor, serious: Alert) -> None:
    visit = book(at(9, 10))
    for reason, words in (("", ""), ("urgent", " "), ("because", "She is ill")):
        with pytest.raises(Refused):
            check_in(rosa, appointment=visit, passed_for=reason, passed_because=words)
    check_in(rosa, appointment=visit, passed_for="urgent", passed_because="She is ill")
    note = "Alerts passed. Too ill to wait: She is ill"
    assert visit.changes.get(verb="arrived").note == note
    assert Entry.objects.get(verb="appointment.arrived").details["note"] == note


def test_never_passes_an_unknown_birth_date(
    book: Book, rosa: StaffActor, make_patient: MakePatient, make_provider: MakeProvider
) -> None:
    visit = book(at(9, 10), patient=make_patient("Osei", "Kofi", None))
    with pytest.raises(Refused, match="No birth date on file"):
        check_in(rosa, appointment=visit, passed_for="urgent", passed_because="He is ill")
