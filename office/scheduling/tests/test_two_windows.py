"""Two clerks have the same visit before them, and one of them was quicker."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from office.scheduling.actions.booking import cancel_appointment, move_appointment
from office.scheduling.actions.day import confirm_appointment
from office.scheduling.actions.undo import undo_last_change
from office.scheduling.models import Appointment
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import StaffActor

HTMX = {"HX-Request": "true"}


@pytest.fixture
def visit(book: Book) -> Appointment:
    """Both windows show it, at 10:00."""
    return book(at(10))


def sent(visit: Appointment, hour: str, **more: Any) -> dict[str, Any]:
    return {"version": 1, "provider": visit.provider_id, "day": "2026-11-23", "at": hour, **more}


def url(visit: Appointment, name: str = "move") -> str:
    return reverse(f"scheduling:{name}", args=[visit.pk])


def test_a_drop_is_answered_with_both_states_and_the_grid_as_it_is_now(
    visit: Appointment, sol: StaffActor, rosa_browser: Client, make_provider: MakeProvider
) -> None:
    osei = make_provider("Osei")
    move_appointment(sol, appointment=visit, starts_at=at(14), provider=osei, told="spoke")
    columns = f"{visit.provider_id}-20261123 {osei.pk}-20261123"
    answer = rosa_browser.post(url(visit), sent(visit, "11:00", columns=columns), headers=HTMX)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Sol Weaver changed this visit at 9:00 AM. Your change was not made." in html
    assert "<dt>You saw</dt><dd>Booked, Monday, November 23, 10:00 AM, 20 min, with Dr. Chen</dd>" in html
    assert "<dt>Now</dt><dd><b>Booked, Monday, November 23, 2:00 PM, 20 min, with Dr. Osei</b></dd>" in html
    there = html.split(f'id="column-{osei.pk}-20261123"')[1]
    assert f'id="visit-{visit.pk}"' in there.split('id="column-')[0]
    visit.refresh_from_db()
    assert visit.starts_at == at(14)


@pytest.mark.parametrize("name", ["move", "resize", "cancel"])
def test_a_form_says_it_and_a_second_press_is_about_what_was_shown(
    name: str, visit: Appointment, sol: StaffActor, rosa_browser: Client
) -> None:
    move_appointment(sol, appointment=visit, starts_at=at(14), told="spoke")
    fields = {"move": sent(visit, "11:00"), "resize": {"minutes": 40, "version": 1}}
    values = fields.get(name, {"reason": "patient_ill", "version": 1})
    first = rosa_browser.post(url(visit, name), values)
    assert first.status_code == 422
    assert "<dt>Now</dt><dd><b>Booked, Monday, November 23, 2:00 PM" in first.content.decode()
    assert 'name="version" value="2"' in first.content.decode()
    assert rosa_browser.post(url(visit, name), {**values, "version": 2}).status_code == 303


def test_several_changes_are_told_as_the_first_state_and_the_last(
    visit: Appointment, rosa: StaffActor, sol: StaffActor, rosa_browser: Client
) -> None:
    moved = move_appointment(sol, appointment=visit, starts_at=at(14), told="spoke")
    cancel_appointment(rosa, appointment=confirm_appointment(sol, appointment=moved), reason="patient_ill")
    html = rosa_browser.post(url(visit), sent(visit, "11:00"), headers=HTMX).content.decode()
    assert "Rosa Delgado changed this visit" in html
    assert "<dt>You saw</dt><dd>Booked, Monday, November 23, 10:00 AM" in html
    assert "<dt>Now</dt><dd><b>Canceled, Monday, November 23, 2:00 PM" in html


def test_what_was_changed_and_undone_is_said_to_be_as_it_was(
    visit: Appointment, sol: StaffActor, rosa_browser: Client
) -> None:
    undo_last_change(sol, appointment=move_appointment(sol, appointment=visit, starts_at=at(14), told="spoke"))
    html = rosa_browser.post(url(visit), sent(visit, "11:00"), headers=HTMX).content.decode()
    assert "Someone changed this visit at 9:00 AM" in html
    assert "You saw" not in html
    assert "That change was taken back, so the visit is as you saw it." in html


def test_a_change_undone_since_is_not_counted_for_an_older_one(
    visit: Appointment, sol: StaffActor, rosa_browser: Client, clock: time_machine.Traveller
) -> None:
    seen = confirm_appointment(sol, appointment=visit)
    clock.shift(60)
    undo_last_change(sol, appointment=move_appointment(sol, appointment=seen, starts_at=at(14), told="spoke"))
    answer = rosa_browser.post(url(visit), {**sent(visit, "11:00"), "version": 2}, headers=HTMX)
    html = answer.content.decode()
    assert (answer.status_code, "Booked, Monday" in html) == (422, False)
    assert "<dt>Now</dt><dd><b>Confirmed, Monday, November 23, 10:00 AM" in html


@pytest.mark.parametrize(
    "columns", ["nobody-20261123", "../20261399", "01a20912-4e60-77e9-9c9d-6df9b47b44fc-20260231", ""]
)
def test_a_grid_that_makes_no_sense_still_gets_the_answer(
    columns: str, visit: Appointment, sol: StaffActor, rosa_browser: Client
) -> None:
    move_appointment(sol, appointment=visit, starts_at=at(14), told="spoke")
    answer = rosa_browser.post(url(visit), sent(visit, "11:00", columns=columns), headers=HTMX)
    assert (answer.status_code, b"<dt>Now</dt>" in answer.content) == (422, True)
