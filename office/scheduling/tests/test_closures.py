"""Close time, change hours, set the hours of a day …"""

from datetime import date, time
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied

from conftest import MakeAppointment
from office.core.actions import Refused
from office.patients.models import Patient
from office.practice.models import Location
from office.scheduling import jobs
from office.scheduling.actions.closures import change_hours, close_time, open_time_again, set_hours_of_day
from office.scheduling.models import Hours
from office.scheduling.queries.working_time import visits_in, working_on
from office.scheduling.rules.spans import Span
from office.scheduling.tests.conftest import Book, at
from office.staff.models import Provider, StaffActor
from office.worklist.models import WorkItem


def test_closed_time_is_not_bookable_until_it_is_opened_again(
    book: Book, sol: StaffActor, main_street: Location
) -> None:
    closure = close_time(sol, location=main_street, starts_at=at(12), ends_at=at(13), reason="Staff meeting")
    with pytest.raises(Refused, match="not here"):
        book(at(12, 30))
    open_time_again(sol, closure=closure)
    assert book(at(12, 30))


def test_visits_in_closed_time_become_one_task(book: Book, sol: StaffActor, dr_chen: Provider) -> None:
    visit = book(at(12, 30))
    closure = close_time(sol, provider=dr_chen, starts_at=at(12), ends_at=at(13), reason="Called away")
    assert list(visits_in(closure)) == [visit]
    for _ in range(2):
        jobs.ask_to_move.func(str(closure.pk))
    assert WorkItem.objects.get().title == "Move 1 visit out of closed time: Called away"


def test_closing_nothing_or_without_a_reason_is_refused(clock: object, sol: StaffActor, dr_chen: Provider) -> None:
    for asked in (
        {"reason": "x"},
        {"provider": dr_chen, "reason": " "},
        {"provider": dr_chen, "reason": "x", "ends_at": at(12)},
    ):
        with pytest.raises(Refused):
            close_time(sol, **{"starts_at": at(12), "ends_at": at(13), **asked})  # type: ignore[arg-type]


def test_hours_change_from_a_day_and_stay_as_they_were_before(
    sol: StaffActor, dr_chen: Provider, main_street: Location
) -> None:
    readings = [(time(9), time(12)), (time(13), time(15))]
    monday = date(2026, 11, 30)
    change_hours(sol, provider=dr_chen, location=main_street, weekday=0, readings=readings, from_on=monday)
    assert working_on(dr_chen, main_street, date(2026, 11, 23)) == [Span(at(8), at(17))]
    assert working_on(dr_chen, main_street, monday) == [
        Span(at(9, day=30), at(12, day=30)),
        Span(at(13, day=30), at(15, day=30)),
    ]
    change_hours(sol, provider=dr_chen, location=main_street, weekday=0, readings=[], from_on=monday)
    assert working_on(dr_chen, main_street, monday) == []
    assert not Hours.objects.filter(weekday=0, from_on=monday).exists()


def test_one_day_may_differ(sol: StaffActor, dr_chen: Provider, main_street: Location) -> None:
    day = date(2026, 11, 27)
    for_the_day = partial(set_hours_of_day, sol, provider=dr_chen, location=main_street, on=day)
    for_the_day(readings=[(time(8), time(12))], reason="Day after Thanksgiving")
    assert working_on(dr_chen, main_street, day) == [Span(at(8, day=27), at(12, day=27))]
    for_the_day(readings=[], reason="Away")
    assert working_on(dr_chen, main_street, day) == []


def test_hours_that_overlap_are_refused(sol: StaffActor, dr_chen: Provider, main_street: Location) -> None:
    readings = [(time(9), time(12)), (time(11), time(15))]
    with pytest.raises(Refused, match="overlap"):
        change_hours(
            sol, provider=dr_chen, location=main_street, weekday=0, readings=readings, from_on=date(2026, 11, 30)
        )


def test_is_not_for_the_front_desk(rosa: StaffActor, dr_chen: Provider) -> None:
    with pytest.raises(PermissionDenied):
        close_time(rosa, provider=dr_chen, starts_at=at(12), ends_at=at(13), reason="Lunch")


def test_the_dead_are_not_expected(book: Book, make_appointment: MakeAppointment) -> None:
    visit, gone = book(at(15)), make_appointment(at(8), status="done")
    Patient.objects.update(is_deceased=True)
    jobs.cancel_visits_of.func(str(visit.patient_id))
    for row in (visit, gone):
        row.refresh_from_db()
    assert (visit.status, visit.cancel_reason, gone.status) == ("canceled", "deceased", "done")
