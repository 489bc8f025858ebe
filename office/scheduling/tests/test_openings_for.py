"""Next available …"""

from datetime import date, time, timedelta

from pytest_django import DjangoAssertNumQueries

from conftest import MakePatient
from office.practice.models import Location, Room
from office.scheduling.models import Appointment, Closure, HoursException, VisitType
from office.scheduling.queries.openings import Opening, openings_for
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import Provider


def shown(found: list[Opening]) -> list[str]:
    return [f"{opening.starts_at:%m/%d %H:%M} {opening.provider.family_name}" for opening in found]


def test_starts_now_and_leaves_out_what_is_taken(book: Book, follow_up: VisitType) -> None:
    book(at(9, 10))
    assert shown(openings_for(follow_up, limit=3)) == ["11/23 09:30 Chen", "11/23 09:40 Chen", "11/23 09:50 Chen"]


def test_says_why_in_the_locations_time(book: Book, follow_up: VisitType) -> None:
    book(at(10))
    opening = openings_for(follow_up, limit=1)[0]
    assert opening.why == "Dr. Chen is free from 9:00 AM to 10:00 AM"
    assert (opening.score, opening.location.name, opening.room) == (100, "Main Street", None)
    assert opening.starts_at.utcoffset() == timedelta(hours=-5)


def test_goes_on_to_the_days_that_follow(book: Book, follow_up: VisitType) -> None:
    Closure.objects.create(location=Location.objects.get(), starts_at=at(0), ends_at=at(0, day=26), reason="Holiday")
    assert shown(openings_for(follow_up, limit=1)) == ["11/26 08:00 Chen"]


def test_looks_no_farther_than_asked(book: Book, follow_up: VisitType) -> None:
    Closure.objects.create(location=Location.objects.get(), starts_at=at(0), ends_at=at(0, day=26), reason="Holiday")
    assert openings_for(follow_up, days=3) == []
    assert openings_for(follow_up, days=4, limit=1)


def test_begins_on_the_day_that_is_named(book: Book, follow_up: VisitType) -> None:
    assert shown(openings_for(follow_up, from_on=date(2026, 12, 1), limit=1)) == ["12/01 08:00 Chen"]


def test_knows_the_exceptions_of_a_day(
    book: Book, follow_up: VisitType, dr_chen: Provider, main_street: Location
) -> None:
    HoursException.objects.create(provider=dr_chen, location=main_street, on=date(2026, 11, 23))
    HoursException.objects.create(
        provider=dr_chen, location=main_street, on=date(2026, 11, 24), opens=time(13), closes=time(14)
    )
    found = openings_for(follow_up, limit=6)
    assert shown(found)[0] == "11/24 13:00 Chen"
    assert shown(found)[-1] == "11/25 08:00 Chen"


def test_needs_a_free_room(
    book: Book, physical: VisitType, main_street: Location, make_patient: MakePatient, make_provider: MakeProvider
) -> None:
    for name in ("1", "2"):
        room = Room.objects.get(name=name)
        book(at(9), room=room, patient=make_patient(f"Room{name}"), provider=make_provider(f"Busy{name}"))
    opening = openings_for(physical, limit=1)[0]
    assert (opening.starts_at, opening.room and opening.room.name) == (at(9, 20), "1")
    assert opening.why.endswith("and so is room 1")


def test_is_narrowed_to_a_provider_who_takes_the_type(
    book: Book, follow_up: VisitType, make_provider: MakeProvider, dr_chen: Provider
) -> None:
    osei = make_provider("Osei")
    assert shown(openings_for(follow_up, provider=osei, limit=1)) == ["11/23 09:00 Osei"]
    follow_up.providers.add(dr_chen)
    assert openings_for(follow_up, provider=osei) == []


def test_counts_time_taken_at_another_location(
    book: Book, follow_up: VisitType, main_street: Location, north: Location, dr_chen: Provider
) -> None:
    visit = book(at(9))
    Appointment.objects.filter(pk=visit.pk).update(location=north)
    assert shown(openings_for(follow_up, location=main_street, limit=1)) == ["11/23 09:20 Chen"]


def test_offers_only_what_can_be_booked(
    book: Book, physical: VisitType, make_patient: MakePatient, make_provider: MakeProvider
) -> None:
    osei = make_provider("Osei")
    for hour in (9, 11, 14):
        book(at(hour, 5), patient=make_patient(f"P{hour}"), provider=osei)
    for number in range(12):
        # The last of a handful: near enough to the visits to be refused if the bits were wrong.
        opening = openings_for(physical, limit=5)[-1]
        book(
            opening.starts_at,
            visit_type=physical,
            provider=opening.provider,
            room=opening.room,
            patient=make_patient(f"Q{number}"),
        )
    assert Appointment.objects.count() == 15


def test_loads_as_far_as_the_answer_needs(
    book: Book, physical: VisitType, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        assert openings_for(physical, limit=20)
