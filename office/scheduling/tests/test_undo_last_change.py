"""Undo last change …"""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.core.models import HeldEffect
from office.practice.models import Room
from office.scheduling.actions.booking import cancel_appointment, move_appointment, resize_appointment
from office.scheduling.actions.day import check_in, room_patient
from office.scheduling.actions.undo import undo_last_change
from office.scheduling.models import Appointment
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import StaffActor


def test_of_a_move_gives_the_old_time_back(book: Book, rosa: StaffActor, make_provider: MakeProvider) -> None:
    visit = book(at(10))
    moved = move_appointment(rosa, appointment=visit, starts_at=at(11), told="spoke", provider=make_provider("Osei"))
    undone = undo_last_change(rosa, appointment=moved)
    assert (undone.starts_at, undone.ends_at, undone.busy_until) == (visit.starts_at, visit.ends_at, visit.busy_until)
    assert (undone.provider_id, undone.told, undone.version) == (visit.provider_id, "", 3)
    assert Entry.objects.get(verb="appointment.undone").details["undone"] == "moved"


def test_of_a_booking_leaves_a_cancellation_and_tells_nobody(book: Book, rosa: StaffActor) -> None:
    undone = undo_last_change(rosa, appointment=book(at(10)))
    assert (undone.status, undone.cancel_reason) == ("canceled", "office_error")
    assert not HeldEffect.objects.exists()


def test_of_a_cancellation_takes_the_time_again(book: Book, rosa: StaffActor) -> None:
    canceled = cancel_appointment(rosa, appointment=book(at(10)), reason="patient_ill")
    undone = undo_last_change(rosa, appointment=canceled)
    assert (undone.status, undone.cancel_reason) == ("booked", "")
    assert HeldEffect.objects.get().task_path.endswith("AppointmentBooked")


def test_is_refused_when_the_time_was_taken_since(book: Book, rosa: StaffActor, make_patient: MakePatient) -> None:
    visit = move_appointment(rosa, appointment=book(at(10)), starts_at=at(11), told="spoke")
    book(at(10, 10), patient=make_patient("Ito"))
    with pytest.raises(Refused, match="10:10 AM is taken by another visit"):
        undo_last_change(rosa, appointment=visit)
    assert Appointment.objects.get(pk=visit.pk).starts_at == at(11)


def test_is_refused_when_the_window_is_over(book: Book, rosa: StaffActor, clock: time_machine.Traveller) -> None:
    visit = book(at(10))
    clock.shift(timedelta(seconds=61))
    with pytest.raises(Refused, match="too late"):
        undo_last_change(rosa, appointment=visit)


def test_goes_back_step_by_step(book: Book, rosa: StaffActor) -> None:
    visit = resize_appointment(rosa, appointment=book(at(10)), minutes=40)
    visit = move_appointment(rosa, appointment=visit, starts_at=at(11), told="spoke")
    visit = undo_last_change(rosa, appointment=visit)
    assert (visit.starts_at, visit.ends_at) == (at(10), at(10, 40))
    visit = undo_last_change(rosa, appointment=visit)
    assert visit.ends_at == at(10, 20)
    undo_last_change(rosa, appointment=visit)
    visit.refresh_from_db()
    with pytest.raises(Refused, match="nothing to undo"):
        undo_last_change(rosa, appointment=visit)


def test_of_a_move_lets_the_booking_be_told_after_all(book: Book, rosa: StaffActor) -> None:
    visit = move_appointment(rosa, appointment=book(at(10)), starts_at=at(11), told="texted")
    undo_last_change(rosa, appointment=visit)
    assert HeldEffect.objects.get().task_path.endswith("AppointmentBooked")


def test_of_a_move_of_a_visit_told_before_tells_nothing(book: Book, rosa: StaffActor) -> None:
    visit = book(at(10))
    HeldEffect.objects.all().delete()
    undo_last_change(rosa, appointment=move_appointment(rosa, appointment=visit, starts_at=at(11), told="texted"))
    assert not HeldEffect.objects.exists()


def test_of_a_check_in_and_of_rooming_an_hour_later(
    book: Book, rosa: StaffActor, clock: time_machine.Traveller
) -> None:
    visit = room_patient(rosa, appointment=check_in(rosa, appointment=book(at(9, 10))), room=Room.objects.get(name="1"))
    clock.shift(timedelta(hours=1))
    visit = undo_last_change(rosa, appointment=visit)
    assert (visit.status, visit.room_id, visit.roomed_at) == ("arrived", None, None)
    visit = undo_last_change(rosa, appointment=visit)
    assert (visit.status, visit.arrived_at, visit.status_at) == ("booked", None, at(9))


def test_is_for_those_who_may_make_the_change(book: Book, bao: StaffActor) -> None:
    visit = book(at(10))
    with pytest.raises(PermissionDenied):
        undo_last_change(bao, appointment=visit)
