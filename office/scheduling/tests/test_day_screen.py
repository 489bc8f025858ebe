"""The day, the check-in desk and the board, asked over HTTP."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conftest import MakeAppointment, MakePatient
from office.patients.actions import search_index
from office.scheduling.models import Appointment

NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def statements(browser: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(path).status_code == 200
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for query in asked)


@pytest.mark.parametrize("visits", [1, 24])
def test_asks_at_most_twelve_things_however_many_visits(
    visits: int, make_appointment: MakeAppointment, make_patient: MakePatient, rosa_browser: Client
) -> None:
    for number in range(visits):
        patient = make_patient(f"Family{chr(65 + number)}", f"Given{chr(65 + number)}")
        make_appointment(NOW.replace(hour=13, minute=0) + timedelta(minutes=20 * number), patient=patient)
    assert statements(rosa_browser, "/schedule/") <= 12


def test_flags_two_people_whose_names_are_alike(
    make_appointment: MakeAppointment, make_patient: MakePatient, rosa_browser: Client
) -> None:
    make_appointment(NOW + timedelta(minutes=18))
    make_appointment(NOW + timedelta(minutes=38), patient=make_patient("March", "Anna", date(1950, 1, 2)))
    for path in ("/schedule/", "/board/", "/check-in/"):
        assert rosa_browser.get(path).content.count(b"NAME ALERT") == 2, path


def test_checks_nobody_in_by_name_alone_where_names_are_alike(
    make_appointment: MakeAppointment, make_patient: MakePatient, rosa_browser: Client
) -> None:
    visit = make_appointment(NOW + timedelta(minutes=18))
    make_appointment(NOW + timedelta(minutes=38), patient=make_patient("March", "Anna", date(1950, 1, 2)))
    path = reverse("scheduling:check_in_visit", args=[visit.pk])
    for typed in ("", "01/02/1950"):
        assert rosa_browser.post(path, {"version": visit.version, "birth_date": typed}).status_code == 422
        visit.refresh_from_db()
        assert visit.status == Appointment.Status.BOOKED
    assert rosa_browser.post(path, {"version": visit.version, "birth_date": "4-9-84"}).status_code == 303
    visit.refresh_from_db()
    assert visit.status == Appointment.Status.ARRIVED


def test_shows_a_visit_at_its_time_of_the_clock_after_the_clocks_changed(
    make_appointment: MakeAppointment, rosa_browser: Client
) -> None:
    # 10:00 in New York is 15:00 UTC in winter and 14:00 in summer.
    make_appointment(datetime(2026, 11, 2, 15, 0, tzinfo=UTC))
    make_appointment(datetime(2026, 10, 30, 14, 0, tzinfo=UTC))
    for day in ("2026-11-02", "2026-10-30"):
        assert b"at-h10 at-m0 to-h10 to-m20" in rosa_browser.get(f"/schedule/{day}/").content


def test_answers_a_refused_move_with_422_and_leaves_the_visit(
    make_appointment: MakeAppointment, make_patient: MakePatient, rosa_browser: Client
) -> None:
    visit = make_appointment(NOW + timedelta(minutes=18))
    other = make_appointment(NOW + timedelta(minutes=58), patient=make_patient("Osei", "Kofi"))
    wanted = {"version": 1, "provider": str(visit.provider_id), "day": "2026-11-23", "at": "11:40"}
    answer = rosa_browser.post(reverse("scheduling:move", args=[visit.pk]), wanted)
    assert answer.status_code == 422
    assert b"is taken by another visit" in answer.content
    visit.refresh_from_db()
    assert visit.starts_at != other.starts_at


def test_prints_a_label_as_pdf(make_appointment: MakeAppointment, rosa_browser: Client) -> None:
    answer = rosa_browser.get(reverse("scheduling:label", args=[make_appointment(NOW).pk]))
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize("typed", ["okafr dana", "04/09/1984", "Dana Okafor"])
def test_booking_finds_by_misspelled_names_and_birth_dates(
    typed: str, make_patient: MakePatient, rosa_browser: Client
) -> None:
    search_index.refresh([make_patient("Okafor", "Dana")], are_new=True)
    answer = rosa_browser.post("/schedule/book/", {"find": "1", "who": typed}, headers={"hx-request": "true"})
    assert b"Okafor, Dana" in answer.content
