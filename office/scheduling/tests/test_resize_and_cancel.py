"""Resize and cancel appointment …"""

import pytest
from django.core.exceptions import PermissionDenied

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.core.models import HeldEffect
from office.scheduling.actions.booking import cancel_appointment, resize_appointment
from office.scheduling.models import Appointment
from office.scheduling.tests.conftest import Book, at
from office.staff.models import StaffActor


@pytest.mark.parametrize("minutes", [5, 40])
def test_makes_the_visit_shorter_or_longer(book: Book, rosa: StaffActor, minutes: int) -> None:
    visit = resize_appointment(rosa, appointment=book(at(10)), minutes=minutes)
    visit.refresh_from_db()
    assert visit.span.length.total_seconds() == minutes * 60
    assert visit.busy_until == visit.ends_at


def test_refuses_to_grow_into_the_next_visit(book: Book, rosa: StaffActor, make_patient: MakePatient) -> None:
    visit = book(at(10))
    book(at(10, 30), patient=make_patient("Ito"))
    assert resize_appointment(rosa, appointment=visit, minutes=30)
    visit.refresh_from_db()
    with pytest.raises(Refused, match="10:30 AM is taken"):
        resize_appointment(rosa, appointment=visit, minutes=35)


@pytest.mark.parametrize(
    ("minutes", "words"), [(4, "5 minutes to 8 hours"), (481, "8 hours"), (450, "not here for all")]
)
def test_refuses_impossible_lengths(book: Book, rosa: StaffActor, minutes: int, words: str) -> None:
    with pytest.raises(Refused, match=words):
        resize_appointment(rosa, appointment=book(at(10)), minutes=minutes)


def test_cancels_with_a_reason_and_gives_the_time_back(book: Book, rosa: StaffActor, make_patient: MakePatient) -> None:
    visit = cancel_appointment(rosa, appointment=book(at(10)), reason="patient_ill")
    assert (visit.status, visit.cancel_reason) == ("canceled", "patient_ill")
    assert Entry.objects.filter(verb="appointment.canceled").count() == 1
    assert book(at(10), patient=make_patient("Ito")).seat == 0


def test_refuses_to_cancel_without_a_reason_or_twice(book: Book, rosa: StaffActor) -> None:
    visit = book(at(10))
    with pytest.raises(Refused, match="Choose why"):
        cancel_appointment(rosa, appointment=visit, reason="")
    visit = cancel_appointment(rosa, appointment=visit, reason="patient_ill")
    with pytest.raises(Refused, match="was canceled"):
        cancel_appointment(rosa, appointment=visit, reason="patient_ill")


def test_a_booking_canceled_at_once_is_never_told(book: Book, rosa: StaffActor) -> None:
    cancel_appointment(rosa, appointment=book(at(10)), reason="office_error")
    assert not HeldEffect.objects.exists()


def test_is_not_for_the_biller(book: Book, bao: StaffActor) -> None:
    visit = book(at(10))
    with pytest.raises(PermissionDenied):
        cancel_appointment(bao, appointment=visit, reason="patient_ill")
    assert Appointment.objects.get().status == "booked"
