"""Move appointment …"""

import pytest

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.core.models import HeldEffect
from office.scheduling.actions.booking import cancel_appointment, move_appointment
from office.scheduling.actions.day import confirm_appointment
from office.scheduling.actions.stale import Stale
from office.scheduling.models import VisitType
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import StaffActor


def test_gives_another_time_and_keeps_the_length(book: Book, rosa: StaffActor) -> None:
    visit = move_appointment(rosa, appointment=book(at(10)), starts_at=at(14, day=24), told="spoke")
    visit.refresh_from_db()
    assert (visit.starts_at, visit.ends_at, visit.busy_until) == (
        at(14, day=24),
        at(14, 20, day=24),
        at(14, 20, day=24),
    )
    assert (visit.told, visit.version) == ("spoke", 2)
    change = visit.changes.get(verb="moved")
    assert change.before["starts_at"].startswith("2026-11-23T15:00")
    assert Entry.objects.filter(verb="appointment.moved").count() == 1


def test_gives_another_provider(book: Book, rosa: StaffActor, make_provider: MakeProvider) -> None:
    osei = make_provider("Osei")
    assert (
        move_appointment(rosa, appointment=book(at(10)), starts_at=at(10), told="spoke", provider=osei).provider == osei
    )


def test_may_overlap_its_own_old_time(book: Book, rosa: StaffActor) -> None:
    assert move_appointment(rosa, appointment=book(at(10)), starts_at=at(10, 10), told="spoke").starts_at == at(10, 10)


def test_refuses_taken_time_and_stays_where_it_was(book: Book, rosa: StaffActor, make_patient: MakePatient) -> None:
    visit = book(at(10))
    book(at(11), patient=make_patient("Ito"))
    with pytest.raises(Refused, match="11:00 AM is taken"):
        move_appointment(rosa, appointment=visit, starts_at=at(10, 50), told="spoke")
    visit.refresh_from_db()
    assert visit.starts_at == at(10)


def test_refuses_what_someone_else_changed_meanwhile(book: Book, rosa: StaffActor) -> None:
    visit = book(at(10))
    move_appointment(rosa, appointment=visit, starts_at=at(11), told="spoke")
    with pytest.raises(Refused, match="Rosa Delgado changed this visit at 9:00 AM"):
        move_appointment(rosa, appointment=visit, starts_at=at(12), told="spoke")
    visit.refresh_from_db()
    with pytest.raises(Stale) as refusal:
        move_appointment(rosa, appointment=visit, starts_at=at(12), told="spoke", version=1)
    assert ("10:00 AM" in refusal.value.was, "11:00 AM" in refusal.value.now) == (True, True)


def test_asks_for_a_new_confirmation(book: Book, rosa: StaffActor) -> None:
    visit = confirm_appointment(rosa, appointment=book(at(10)))
    assert move_appointment(rosa, appointment=visit, starts_at=at(11), told="spoke").status == "booked"


def test_three_times_in_a_row_is_told_once(book: Book, rosa: StaffActor) -> None:
    visit = book(at(10))
    HeldEffect.objects.all().delete()  # the booking was told long ago
    for hour in (11, 12, 13):
        visit = move_appointment(rosa, appointment=visit, starts_at=at(hour), told="texted")
    assert HeldEffect.objects.get().task_path.endswith("AppointmentMoved")


def test_of_a_visit_just_booked_is_told_as_a_booking(book: Book, rosa: StaffActor) -> None:
    move_appointment(rosa, appointment=book(at(10)), starts_at=at(11), told="texted")
    assert HeldEffect.objects.get().task_path.endswith("AppointmentBooked")


def test_refuses_a_canceled_visit(book: Book, rosa: StaffActor) -> None:
    visit = cancel_appointment(rosa, appointment=book(at(10)), reason="patient_ill")
    with pytest.raises(Refused, match="canceled"):
        move_appointment(rosa, appointment=visit, starts_at=at(11), told="spoke")


def test_takes_another_room_when_its_own_is_taken(
    book: Book, rosa: StaffActor, physical: VisitType, make_patient: MakePatient, make_provider: MakeProvider
) -> None:
    visit = book(at(10), visit_type=physical)
    book(at(13), visit_type=physical, patient=make_patient("Ito"), provider=make_provider("Osei"))
    moved = move_appointment(rosa, appointment=visit, starts_at=at(13), told="spoke")
    assert moved.room is not None
    assert moved.room.name == "2"
