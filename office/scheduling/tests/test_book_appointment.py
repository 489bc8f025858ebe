"""Book appointment …"""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from pytest_django import DjangoAssertNumQueries

from conftest import MakeAppointment, MakeMember, MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.core.models import HeldEffect
from office.patients.models import Patient
from office.practice.models import Location, Room
from office.scheduling.actions.booking import move_appointment
from office.scheduling.models import Appointment, Closure, VisitType
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import Provider, StaffActor
from office.staff.permissions import RoleName


@pytest.fixture
def nurse(make_member: MakeMember) -> StaffActor:
    return make_member("nora", RoleName.NURSE).acting()


def test_holds_the_time_and_leaves_its_mark(book: Book, ana: Patient, dr_chen: Provider, rosa: StaffActor) -> None:
    visit = book(at(10, 40), reason="sore throat")

    row = Appointment.objects.get()
    assert (row.pk, row.patient, row.provider, row.starts_at) == (visit.pk, ana, dr_chen, at(10, 40))
    assert (row.ends_at, row.status, row.seat, row.reason) == (at(11), "booked", 0, "sore throat")
    change = row.changes.get()
    assert (change.verb, change.by_id, change.by_label) == ("booked", rosa.id, "Rosa Delgado")
    entry = Entry.objects.get(verb="appointment.booked")
    assert set(entry.subjects.values_list("kind", "subject_id")) == {
        ("scheduling.appointment", str(visit.pk)),
        ("patients.patient", str(ana.pk)),
    }
    assert "sore throat" not in str(entry.details)


def test_is_announced_after_the_undo_window(book: Book) -> None:
    visit = book(at(10, 40))
    held = HeldEffect.objects.get()
    assert held.task_path == "office.scheduling.events.AppointmentBooked"
    assert held.arguments == {"appointment_id": str(visit.pk)}
    assert held.due_at == at(9) + timedelta(seconds=60)


def test_of_a_walk_in_is_not_announced(book: Book) -> None:
    assert book(at(8, 50), is_walk_in=True).is_walk_in
    assert not HeldEffect.objects.exists()


def test_refuses_a_second_visit_at_the_same_time(book: Book, make_patient: MakePatient) -> None:
    book(at(10, 40))
    with pytest.raises(Refused, match=r"^10:50 AM is taken by another visit with Dr\. Chen\.$"):
        book(at(10, 50), patient=make_patient("Okafor", "Ben"))
    assert Appointment.objects.count() == 1


def test_lets_visits_stand_back_to_back(book: Book, make_patient: MakePatient) -> None:
    book(at(10, 40))
    book(at(11), patient=make_patient("Okafor", "Ben"))
    book(at(10, 20), patient=make_patient("Ito", "Mei"))
    assert Appointment.objects.count() == 3


def test_keeps_the_buffer_free(book: Book, make_patient: MakePatient, follow_up: VisitType) -> None:
    VisitType.objects.filter(pk=follow_up.pk).update(buffer_minutes=10)
    follow_up.refresh_from_db()
    assert book(at(10, 40)).busy_until == at(11, 10)
    with pytest.raises(Refused, match="11:00 AM is taken"):
        book(at(11), patient=make_patient("Okafor", "Ben"))


def test_refuses_a_patient_who_is_elsewhere_then(
    book: Book, main_street: Location, make_provider: MakeProvider
) -> None:
    book(at(10, 40))
    with pytest.raises(Refused, match=r"^The patient has another visit at 10:40 AM\.$"):
        book(at(10, 50), provider=make_provider("Osei"))


def test_gives_the_next_seat_to_one_who_may_double_book(
    book: Book, nurse: StaffActor, make_patient: MakePatient
) -> None:
    book(at(10, 40))
    assert book(at(10, 40), actor=nurse, patient=make_patient("Ito", "Mei"), double=True).seat == 1
    assert book(at(10, 50), actor=nurse, patient=make_patient("Okafor", "Ben"), double=True).seat == 2
    assert Entry.objects.filter(verb="appointment.booked", details__seat=2).exists()


def test_takes_no_second_seat_when_the_first_is_free(book: Book, nurse: StaffActor) -> None:
    assert book(at(10, 40), actor=nurse, double=True).seat == 0


def test_refuses_double_booking_to_the_front_desk(book: Book, rosa: StaffActor) -> None:
    with pytest.raises(PermissionDenied):
        book(at(10, 40), double=True)


def test_never_doubles_the_patient(book: Book, nurse: StaffActor) -> None:
    book(at(10, 40))
    with pytest.raises(Refused, match="The patient has another visit"):
        book(at(10, 50), actor=nurse, double=True)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (at(8, 40), "That time has passed."),
        (at(12, 0, day=28), "Dr. Chen is not here then."),
        (at(16, 50), "Dr. Chen is not here for all of that time. Choose a shorter visit or another time."),
        (at(10).replace(year=2206), "That is more than two years ahead. Check the year."),
    ],
)
def test_refuses_a_time_that_cannot_be(book: Book, when: datetime, words: str) -> None:
    with pytest.raises(Refused) as refusal:
        book(when)
    assert str(refusal.value) == words


def test_refuses_closed_time(book: Book, main_street: Location) -> None:
    Closure.objects.create(location=main_street, starts_at=at(12), ends_at=at(13), reason="Lunch")
    with pytest.raises(Refused, match="not here"):
        book(at(12, 20))


def test_refuses_at_a_location_where_the_clerk_is_not(book: Book, north: Location) -> None:
    with pytest.raises(Refused, match="Switch to North Clinic first"):
        book(at(10, 40), location=north)


def test_finds_a_free_room_when_the_type_needs_one(
    book: Book, make_patient: MakePatient, make_provider: MakeProvider, physical: VisitType
) -> None:
    rooms = [
        book(at(10), visit_type=physical, patient=make_patient(name), provider=make_provider(name)).room
        for name in ("Ito", "Okafor")
    ]
    assert [room.name for room in rooms if room] == ["1", "2"]
    with pytest.raises(Refused, match=r"^No room is free at 10:00 AM\."):
        book(at(10), visit_type=physical, patient=make_patient("Ruiz"), provider=make_provider("Ruiz"))


def test_refuses_a_room_that_is_taken(
    book: Book, main_street: Location, make_patient: MakePatient, make_provider: MakeProvider
) -> None:
    room = Room.objects.get(location=main_street, name="2")
    book(at(10), room=room)
    with pytest.raises(Refused, match=r"^Room 2 is taken at 10:10 AM\.$"):
        book(at(10, 10), room=room, patient=make_patient("Ito"), provider=make_provider("Osei"))


def test_refuses_the_deceased_and_the_merged(book: Book, make_patient: MakePatient, ana: Patient) -> None:
    with pytest.raises(Refused, match="has died"):
        book(at(10, 40), patient=make_patient("Gray", "Tom", is_deceased=True))
    with pytest.raises(Refused, match="merged"):
        book(at(10, 40), patient=make_patient("Marsh", "Anna", merged_into=ana))


def test_asks_who_may_book_the_type_and_for_what_age(book: Book, malik: StaffActor, follow_up: VisitType) -> None:
    follow_up.booked_by_roles = ["medical_assistant"]
    with pytest.raises(Refused, match="booked by: medical assistant"):
        book(at(10, 40))
    book(at(10, 40), actor=malik)
    child = VisitType.objects.create(name="Well child", minutes=20, maximum_age=17, needs_room=False)
    with pytest.raises(Refused, match="Well child is for patients up to 17 years"):
        book(at(11, 40), visit_type=child)


def test_books_only_with_the_types_own_providers(book: Book, follow_up: VisitType, make_provider: MakeProvider) -> None:
    follow_up.providers.add(make_provider("Osei"))
    with pytest.raises(Refused, match=r"Dr\. Chen does not see patients for Follow-up\."):
        book(at(10, 40))


def test_sent_twice_books_once(book: Book) -> None:
    assert book(at(10, 40), key="form-1").pk == book(at(10, 40), key="form-1").pk
    assert Appointment.objects.count() == Entry.objects.filter(verb="appointment.booked").count() == 1


def test_is_not_for_the_biller(book: Book, bao: StaffActor) -> None:
    with pytest.raises(PermissionDenied):
        book(at(10, 40), actor=bao)


def test_gives_time_of_canceled_visits_and_no_shows(book: Book, make_appointment: MakeAppointment) -> None:
    make_appointment(at(10, 40), status="canceled", cancel_reason="patient_ill")
    make_appointment(at(10, 40), status="no_show")
    assert book(at(10, 40)).seat == 0


@pytest.mark.parametrize("born", [date(2009, 11, 24), date(2009, 11, 23)])
def test_counts_the_age_on_the_day_of_the_visit(book: Book, make_patient: MakePatient, born: date) -> None:
    child = VisitType.objects.create(name="Well child", minutes=20, maximum_age=16, needs_room=False)
    patient = make_patient("Ito", "Kai", birth=born)
    if born.day == 23:
        with pytest.raises(Refused):
            book(at(10, 40), patient=patient, visit_type=child)
    else:
        assert book(at(10, 40), patient=patient, visit_type=child)


def test_takes_ten_statements(
    book: Book, physical: VisitType, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(12):  # ten, and the savepoint around them
        book(at(10, 40), visit_type=physical)


def test_of_a_type_for_new_patients_asks_when_the_patient_was_last_seen(
    book: Book, make_appointment: MakeAppointment, follow_up: VisitType
) -> None:
    follow_up.is_for_new_patients = True
    make_appointment(at(10, 40) - timedelta(days=900), status="no_show")
    assert book(at(10, 40))
    make_appointment(at(10, 40) - timedelta(days=365 * 3 + 2), status="done")
    assert book(at(11, 40))
    make_appointment(at(10, 40) - timedelta(days=365 * 3), status="done")
    with pytest.raises(Refused, match=r"not seen here in the last 3 years. This patient was seen here on 11/24/2023"):
        book(at(13, 40))


def test_of_a_new_patient_can_be_moved_after_another_visit_took_place(
    book: Book, make_appointment: MakeAppointment, follow_up: VisitType, rosa: StaffActor
) -> None:
    follow_up.is_for_new_patients = True
    follow_up.save()
    visit = book(at(13, 40))
    make_appointment(at(8), status="done")
    assert move_appointment(rosa, appointment=visit, starts_at=at(14), told="spoke").starts_at == at(14)
