"""Check in, room, start, finish, no-show …"""

from datetime import date

import pytest
import time_machine

from conftest import MakePatient
from office.core.actions import Refused
from office.practice.models import Location, Room
from office.scheduling.actions.day import (
    check_in,
    confirm_appointment,
    finish_visit,
    record_no_show,
    room_patient,
    start_visit,
)
from office.scheduling.models import Appointment, VisitType
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import StaffActor


def test_a_visit_goes_through_the_whole_day(book: Book, rosa: StaffActor, main_street: Location) -> None:
    visit = confirm_appointment(rosa, appointment=book(at(9, 10)))
    visit = check_in(rosa, appointment=visit, birth_date=date(1984, 4, 9))
    visit = room_patient(rosa, appointment=visit, room=Room.objects.get(name="1"))
    visit = finish_visit(rosa, appointment=start_visit(rosa, appointment=visit))
    assert visit.status == "done"
    assert visit.arrived_at == visit.roomed_at == visit.done_at == at(9)
    verbs = ["booked", "confirmed", "arrived", "roomed", "started", "done"]
    assert list(visit.changes.order_by("created_at", "id").values_list("verb", flat=True)) == verbs


def test_check_in_refuses_the_wrong_birth_date(book: Book, rosa: StaffActor) -> None:
    visit = book(at(9, 10))
    with pytest.raises(Refused, match="not this patient's birth date"):
        check_in(rosa, appointment=visit, birth_date=date(1984, 4, 8))
    visit.refresh_from_db()
    assert visit.status == "booked"


def test_check_in_refuses_another_day(book: Book, rosa: StaffActor) -> None:
    with pytest.raises(Refused, match=r"^This visit is on 11/24/2026, not today\.$"):
        check_in(rosa, appointment=book(at(9, day=24)))


def test_check_in_twice_is_refused(book: Book, rosa: StaffActor) -> None:
    visit = check_in(rosa, appointment=book(at(9, 10)))
    with pytest.raises(Refused, match="checked in already"):
        check_in(rosa, appointment=visit)


def test_a_room_with_someone_in_it_is_refused(book: Book, rosa: StaffActor, make_patient: MakePatient) -> None:
    room = Room.objects.get(name="1")
    first = check_in(rosa, appointment=book(at(9, 10)))
    second = check_in(rosa, appointment=book(at(10), patient=make_patient("Ito")))
    room_patient(rosa, appointment=first, room=room)
    with pytest.raises(Refused, match=r"^Room 1 is in use\. Choose another\.$"):
        room_patient(rosa, appointment=second, room=room)


def test_a_promised_room_gives_way_to_a_patient_who_is_here(
    book: Book, rosa: StaffActor, physical: VisitType, make_patient: MakePatient, make_provider: MakeProvider
) -> None:
    here = check_in(rosa, appointment=book(at(9, 10), visit_type=physical))
    later = book(at(9, 10), visit_type=physical, patient=make_patient("Ito"), provider=make_provider("Osei"))
    assert later.room is not None
    room_patient(rosa, appointment=here, room=later.room)
    assert Appointment.objects.get(pk=later.pk).room is None
    assert later.changes.filter(verb="room_given_up").exists()


def test_no_show_waits_for_the_start(book: Book, rosa: StaffActor, clock: time_machine.Traveller) -> None:
    visit = book(at(9, 10))
    with pytest.raises(Refused, match="has not started yet"):
        record_no_show(rosa, appointment=visit)
    clock.move_to(at(9, 30))
    assert record_no_show(rosa, appointment=visit).status == "no_show"


def test_another_locations_visit_is_refused(book: Book, rosa: StaffActor, north: Location) -> None:
    visit = book(at(9, 10))
    visit.location = north
    visit.save()
    with pytest.raises(Refused, match="Switch to North Clinic first"):
        check_in(rosa, appointment=visit)
