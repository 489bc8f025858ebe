"""Set-up of the schedule …"""

from datetime import date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import NEW_YORK, MakeAppointment
from office.core.actions import Refused
from office.core.actors import Automation
from office.practice.models import Location
from office.scheduling.actions.closures import keep_holidays, set_week
from office.scheduling.actions.visit_types import add_visit_type, begin_with, change_visit_type
from office.scheduling.models import Appointment, Closure, Hours, VisitType
from office.scheduling.queries.set_up import rehearse
from office.scheduling.rules.holidays import holidays_of
from office.scheduling.rules.starters import STARTERS
from office.scheduling.tests.conftest import Book, at
from office.staff.models import Provider, StaffActor

MONDAY = date(2026, 11, 23)


def noon(day: date, hour: int = 12) -> datetime:
    """That hour of a day, by New York's clock."""
    return datetime.combine(day, time(hour), NEW_YORK)


def test_begins_with_a_specialtys_types_once(main_street: Location, automation: Automation) -> None:
    made = begin_with(automation, specialty="Family practice")
    assert len(made) == len(STARTERS["Family practice"])
    assert begin_with(automation, specialty="Family practice") == []


def test_a_type_that_is_there_stays_as_the_office_made_it(main_street: Location, automation: Automation) -> None:
    mine = add_visit_type(automation, name="office visit", minutes=25)
    begin_with(automation, specialty="Family practice")
    mine.refresh_from_db()
    assert mine.minutes == 25
    assert VisitType.objects.filter(name__iexact="office visit").count() == 1


@pytest.mark.parametrize("specialty", STARTERS)
def test_every_starter_set_can_be_booked_as_it_is(
    specialty: str, main_street: Location, automation: Automation
) -> None:
    made = begin_with(automation, specialty=specialty)
    assert len({one.name.casefold() for one in made}) == len(made)
    assert all(5 <= one.minutes <= 480 for one in made)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"name": "follow-up", "minutes": 20}, "already"),
        ({"name": "New", "minutes": 4}, "5 to 480"),
        ({"name": "New", "minutes": 20, "buffer_minutes": 200}, "0 to 120"),
        ({"name": "New", "minutes": 20, "minimum_age": 18, "maximum_age": 17}, "below"),
    ],
)
def test_refuses_a_type_that_cannot_be(
    values: dict[str, object], words: str, follow_up: VisitType, automation: Automation
) -> None:
    with pytest.raises(Refused, match=words):
        add_visit_type(automation, **values)  # type: ignore[arg-type]


def test_a_retired_type_is_not_booked(book: Book, follow_up: VisitType, automation: Automation) -> None:
    change_visit_type(automation, visit_type=follow_up, is_active=False)
    follow_up.refresh_from_db()
    with pytest.raises(Refused, match="not booked any more"):
        book(at(10))


def test_holidays_close_the_door_and_open_it_again(book: Book, sol: StaffActor, main_street: Location) -> None:
    assert keep_holidays(sol, location=main_street, closed={MONDAY: "Founders' Day"}, of=[MONDAY]) == (1, 0)
    with pytest.raises(Refused, match="not here"):
        book(at(10))
    assert keep_holidays(sol, location=main_street, closed={}, of=[MONDAY]) == (0, 1)
    assert book(at(10))


def test_holidays_said_twice_close_once(sol: StaffActor, main_street: Location) -> None:
    for _ in range(2):
        keep_holidays(sol, location=main_street, closed={MONDAY: "Founders' Day"}, of=[MONDAY])
    assert Closure.objects.count() == 1


def test_every_federal_holiday_is_offered_and_kept_on_the_day_it_is_observed() -> None:
    # 2027: July 4 is a Sunday, kept on Monday; December 25 a Saturday, kept on Friday (5 U.S.C. 6103(b)).
    kept = holidays_of(2027)
    assert len(kept) == 11
    assert kept[date(2027, 7, 5)] == "Independence Day"
    assert kept[date(2027, 12, 24)] == "Christmas Day"


def test_a_usual_week_changes_only_the_days_that_differ(
    sol: StaffActor, dr_chen: Provider, main_street: Location
) -> None:
    week = [(day, time(8), time(17)) for day in range(5)]
    assert set_week(sol, provider=dr_chen, location=main_street, hours=week, from_on=MONDAY) == 0
    shorter = [*week[:4], (4, time(8), time(12))]
    assert set_week(sol, provider=dr_chen, location=main_street, hours=shorter, from_on=MONDAY) == 1
    friday = Hours.objects.filter(provider=dr_chen, weekday=4).order_by("from_on")
    assert [(one.closes, one.until_on) for one in friday] == [
        (time(17), MONDAY - timedelta(days=1)),
        (time(12), None),
    ]


def test_a_rehearsal_says_what_cannot_be_booked(
    dr_chen: Provider, main_street: Location, follow_up: VisitType, automation: Automation
) -> None:
    day = timezone.localdate() + timedelta(days=1)
    day += timedelta(days=(7 - day.weekday()) % 7)
    add_visit_type(automation, name="Surgery", minutes=480, buffer_minutes=120)
    main_street.closures.create(provider=dr_chen, starts_at=noon(day), ends_at=noon(day, 13), reason="Lunch")
    played = rehearse(main_street, day)
    assert dict(played.first)[follow_up] is not None
    assert played.problems == ["Surgery cannot be booked."]


def test_a_rehearsal_of_a_day_on_which_nobody_works_says_so(dr_chen: Provider, main_street: Location) -> None:
    sunday = timezone.localdate() + timedelta(days=7 - timezone.localdate().isoweekday() % 7)
    assert rehearse(main_street, sunday).problems == ["Nobody works at Main Street that day."]


def test_a_provider_without_room_for_new_patients_keeps_those_seen_lately(
    book: Book, dr_chen: Provider, make_appointment: MakeAppointment
) -> None:
    make_appointment(at(10, day=2), status=Appointment.Status.DONE)
    dr_chen.takes_new_patients = False
    dr_chen.save()
    assert book(at(10))


def test_a_provider_who_takes_no_new_patients_is_not_booked_for_one(book: Book, dr_chen: Provider) -> None:
    dr_chen.takes_new_patients = False
    dr_chen.save()
    with pytest.raises(Refused, match=r"Dr\. Chen takes no new patients"):
        book(at(10))


def test_hours_are_suggested_from_the_door_and_saved(adele: Client, main_street: Location) -> None:
    someone = Provider.objects.create(given_name="Lena", family_name="Voss", credential="NP")
    main_street.door_hours.create(weekday=0, opens=time(8), closes=time(12))
    url = reverse("scheduling:hours", args=[someone.pk])
    assert "Suggested from the door hours" in adele.get(url).content.decode()
    answer = adele.post(url, {"opens_0_0": "08:00", "closes_0_0": "12:00", "from_on": "2100-01-04"})
    assert answer.status_code == 303
    assert Hours.objects.get(provider=someone).closes == time(12)
