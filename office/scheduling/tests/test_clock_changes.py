"""The schedule in the weeks in which the clocks change: March 8 and November 1, 2026, both Sundays, at 2 AM."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from conftest import NEW_YORK, MakeAppointment, MakePatient
from office.patients.models import Patient
from office.practice.models import Location
from office.scheduling.actions.booking import book_appointment, move_appointment, resize_appointment
from office.scheduling.models import Appointment, Hours, VisitType
from office.scheduling.rules.day_grid import Axis
from office.staff.models import Provider, StaffActor

FIVE = timedelta(minutes=5)
SPRING, FALL = date(2026, 3, 8), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def winter() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 1, 5, 15, 0, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def sundays(dr_chen: Provider, main_street: Location) -> Provider:
    """Dr. Chen keeps night hours on Sundays, from midnight to eight."""
    Hours.objects.create(
        provider=dr_chen, location=main_street, weekday=6, opens=time(0), closes=time(8), from_on=date(2020, 1, 1)
    )
    return dr_chen


def column(html: str, provider: Provider, day: date) -> str:
    return html.split(f'id="column-{provider.pk}-{day:%Y%m%d}"')[1].split('id="head-', maxsplit=1)[0]


def places(html: str) -> list[str]:
    return re.findall(r'class="visit (at-h\d+ at-m\d+ to-h\d+ to-m\d+)', html)


@pytest.mark.parametrize("change", [SPRING, FALL])
def test_the_week_shows_ten_o_clock_at_ten_before_and_after_the_change(
    change: date, dr_chen: Provider, make_appointment: MakeAppointment, rosa_browser: Client
) -> None:
    friday, monday = change - timedelta(days=2), change + timedelta(days=1)
    for day in (friday, monday):
        make_appointment(datetime.combine(day, time(10), NEW_YORK).astimezone(UTC))
    for day in (friday, monday):
        html = rosa_browser.get(reverse("scheduling:week", args=[dr_chen.pk, day])).content.decode()
        assert places(column(html, dr_chen, day)) == ["at-h10 at-m0 to-h10 to-m20"]
    apart = Appointment.objects.last().starts_at - Appointment.objects.first().starts_at  # type: ignore[union-attr]
    assert apart - timedelta(days=3) == timedelta(hours=-1 if change is SPRING else 1)


@pytest.mark.parametrize("change", [SPRING, FALL])
def test_the_day_of_the_change_is_in_its_week_with_hours_and_visits_at_their_reading(
    change: date, sundays: Provider, make_appointment: MakeAppointment, rosa_browser: Client
) -> None:
    make_appointment(datetime.combine(change, time(7), NEW_YORK).astimezone(UTC))
    html = rosa_browser.get(reverse("scheduling:week", args=[sundays.pk, change])).content.decode()
    sunday = column(html, sundays, change)
    seven, end = (8, 9) if change is FALL else (7, 8)  # the rows: fall has one more above them
    assert places(sunday) == [f"at-h{seven} at-m0 to-h{seven} to-m20"]
    assert f"opening at-h0 at-m0 to-h{seven} to-m0" in sunday
    assert f"opening at-h{seven} at-m20 to-h{end} to-m0" in sunday


def test_both_visits_at_half_past_one_stand_in_their_own_hour_in_fall(
    sundays: Provider, make_appointment: MakeAppointment, rosa_browser: Client
) -> None:
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    for moment in (first, first + timedelta(hours=1)):
        make_appointment(moment, minutes=20)
    html = rosa_browser.get(reverse("scheduling:week", args=[sundays.pk, FALL])).content.decode()
    assert places(column(html, sundays, FALL)) == ["at-h1 at-m30 to-h1 to-m50", "at-h2 at-m30 to-h2 to-m50"]
    assert 'class="visit at-h1 at-m30 to-h1 to-m50 lane' not in html
    assert re.findall(r'<span class="at-h[123] at-m0">(.*?)<', html) == ["1 EDT", "1 EST", "2 AM"]
    monday = column(html, sundays, date(2026, 10, 26))
    assert 'class="block at-h2 at-m0 to-h3 to-m0"><span>Only on the day the clocks go back' in monday
    assert "Only on the day the clocks go back" not in column(html, sundays, FALL)


def test_the_opening_of_the_second_hour_books_the_second_hour(
    sundays: Provider, make_appointment: MakeAppointment, make_patient: MakePatient, follow_up: VisitType,
    rosa_browser: Client,
) -> None:  # fmt: skip
    make_appointment(datetime(2026, 11, 1, 4, 0, tzinfo=UTC), minutes=150)  # until half past one, the second
    html = rosa_browser.get(reverse("scheduling:day", args=[FALL])).content.decode()
    address, said = re.findall(r'class="opening at-h2 at-m30 .*?href="(.*?)".*?aria-label="(.*?)"', html)[0]
    assert "at=2026-11-01T01%3A30%3A00-05%3A00" in address
    assert "1:30 AM EST" in said
    form = rosa_browser.get(address.replace("&amp;", "&")).content.decode()
    assert "The clock shows that time twice" in form
    assert '<option value="1" selected>The second, after it</option>' in form
    osei = make_patient("Osei")
    values = {
        "patient": osei.pk, "visit_type": follow_up.pk, "provider": sundays.pk, "day": "2026-11-01",
        "at": "01:30",
    }  # fmt: skip
    asked = rosa_browser.post(reverse("scheduling:book"), values)
    assert (asked.status_code, b"Choose which of the two is meant" in asked.content) == (422, True)
    assert rosa_browser.post(reverse("scheduling:book"), {**values, "which": "1"}).status_code == 303
    booked = Appointment.objects.get(patient=osei)
    assert booked.starts_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)
    drawer = rosa_browser.get(reverse("scheduling:visit", args=[booked.pk])).content.decode()
    assert "1:30 AM EST to 1:50 AM EST" in drawer


def test_a_drop_into_the_second_hour_lands_there_and_gets_its_column_back(
    sundays: Provider, make_appointment: MakeAppointment, rosa_browser: Client
) -> None:
    visit = make_appointment(datetime(2026, 11, 1, 5, 30, tzinfo=UTC))
    wanted = {
        "version": 1, "provider": str(sundays.pk), "day": "2026-11-01", "at": "01:30", "which": "1", "first": "0",
        "last": "8", "repeated": "1", "columns": f"{sundays.pk}-20261101",
    }  # fmt: skip
    answer = rosa_browser.post(reverse("scheduling:move", args=[visit.pk]), wanted, headers={"HX-Request": "true"})
    assert places(column(answer.content.decode(), sundays, FALL)) == ["at-h2 at-m30 to-h2 to-m50"]
    visit.refresh_from_db()
    assert visit.starts_at == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_the_hour_that_spring_skips_is_drawn_as_skipped(sundays: Provider, rosa_browser: Client) -> None:
    html = rosa_browser.get(reverse("scheduling:day", args=[SPRING])).content.decode()
    skipped = 'class="block at-h2 at-m0 to-h3 to-m0"><span>Clocks go forward, this hour is skipped'
    assert skipped in column(html, sundays, SPRING)
    assert "skipped" not in rosa_browser.get(reverse("scheduling:day", args=[FALL])).content.decode()


@given(start=st.integers(0, 24 * 12 - 1), steps=st.integers(1, 96))
def test_on_the_grid_of_fall_every_minute_has_its_height_once(start: int, steps: int) -> None:
    midnight, night = datetime(2026, 11, 1, 4, tzinfo=UTC), datetime(2026, 11, 2, 5, tzinfo=UTC)
    begin = midnight + start * FIVE
    end = min(begin + steps * FIVE, night)
    rows = Axis(0, 24, 1).rows(begin.astimezone(NEW_YORK), end.astimezone(NEW_YORK))
    assert rows == (start, start + (end - begin) // FIVE)


@pytest.mark.parametrize(("change", "ends"), [(SPRING, "to-h3 to-m40"), (FALL, "to-h2 to-m40")])
def test_a_visit_that_is_made_longer_over_the_change_lasts_its_minutes(
    change: date, ends: str, sundays: Provider, rosa: StaffActor, ana: Patient, main_street: Location,
    follow_up: VisitType, rosa_browser: Client,
) -> None:  # fmt: skip
    begin = datetime.combine(change, time(1, 40), NEW_YORK)
    visit = book_appointment(
        rosa, patient=ana, provider=sundays, location=main_street, visit_type=follow_up, starts_at=begin
    )
    longer = resize_appointment(rosa, appointment=visit, minutes=60)
    longer.refresh_from_db()
    assert longer.ends_at - longer.starts_at == timedelta(minutes=60)
    html = rosa_browser.get(reverse("scheduling:day", args=[change])).content.decode()
    assert places(column(html, sundays, change)) == [f"at-h1 at-m40 {ends}"]
    assert 'data-minutes="60"' in column(html, sundays, change)


def test_the_hour_that_spring_skips_can_be_chosen_by_nobody(
    sundays: Provider, make_appointment: MakeAppointment, rosa_browser: Client
) -> None:
    visit = make_appointment(datetime(2026, 3, 9, 14, 0, tzinfo=UTC))
    wanted = {"version": 1, "provider": str(sundays.pk), "day": "2026-03-08", "at": "02:30"}
    answer = rosa_browser.post(reverse("scheduling:move", args=[visit.pk]), wanted)
    assert answer.status_code == 422
    assert b"The clock skips that time on this day" in answer.content


@pytest.mark.parametrize("change", [SPRING, FALL])
def test_the_week_right_after_a_move_over_the_change_has_it_in_the_new_column_only(
    change: date, dr_chen: Provider, make_appointment: MakeAppointment, rosa_browser: Client
) -> None:
    """Sunday lies in the week before it, so the visit leaves one week and stands in the next."""
    friday, monday = change - timedelta(days=2), change + timedelta(days=1)
    visit = make_appointment(datetime.combine(friday, time(10), NEW_YORK).astimezone(UTC))
    keys = [f"{dr_chen.pk}-{friday - timedelta(days=4 - number):%Y%m%d}" for number in range(5)]
    wanted = {
        "version": 1, "provider": str(dr_chen.pk), "day": monday.isoformat(), "at": "10:00", "week": "1",
        "columns": " ".join(keys), "first": "8", "last": "17",
    }  # fmt: skip
    answer = rosa_browser.post(
        reverse("scheduling:move", args=[visit.pk]), wanted, headers={"HX-Request": "true"}
    ).content.decode()
    assert answer.count('id="column-') == 1, "only the column it left is on this screen"
    assert places(column(answer, dr_chen, friday)) == []
    before = rosa_browser.get(reverse("scheduling:week", args=[dr_chen.pk, friday])).content.decode()
    after = rosa_browser.get(reverse("scheduling:week", args=[dr_chen.pk, monday])).content.decode()
    assert places(before) == []
    assert places(column(after, dr_chen, monday)) == ["at-h10 at-m0 to-h10 to-m20"]


def test_the_week_right_after_a_move_within_it_has_both_columns(
    dr_chen: Provider, make_appointment: MakeAppointment, rosa_browser: Client
) -> None:
    monday, thursday = date(2026, 3, 9), date(2026, 3, 12)
    visit = make_appointment(datetime.combine(monday, time(10), NEW_YORK).astimezone(UTC))
    wanted = {
        "version": 1, "provider": str(dr_chen.pk), "day": thursday.isoformat(), "at": "15:00", "week": "1",
        "columns": " ".join(f"{dr_chen.pk}-202603{number:02}" for number in range(9, 14)), "first": "8", "last": "17",
    }  # fmt: skip
    url = reverse("scheduling:move", args=[visit.pk])
    html = rosa_browser.post(url, wanted, headers={"HX-Request": "true"}).content.decode()
    assert places(column(html, dr_chen, monday)) == []
    assert places(column(html, dr_chen, thursday)) == ["at-h15 at-m0 to-h15 to-m20"]
    assert "Mon 9" in html
    assert "Thu 12" in html


def test_a_move_over_the_change_keeps_length_and_reading(
    sundays: Provider, rosa: StaffActor, make_appointment: MakeAppointment
) -> None:
    visit = make_appointment(datetime(2026, 3, 6, 15, 0, tzinfo=UTC))
    moved = move_appointment(rosa, appointment=visit, starts_at=datetime(2026, 3, 9, 10, tzinfo=NEW_YORK), told="spoke")
    moved.refresh_from_db()
    assert (moved.starts_at, moved.span.length) == (datetime(2026, 3, 9, 14, 0, tzinfo=UTC), timedelta(minutes=20))
