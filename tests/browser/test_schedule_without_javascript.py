"""Book, move, cancel and check in with no script at all: links, forms, pages."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import expect

from conftest import MakeAppointment, MakePatient
from office.patients.actions import search_index
from office.scheduling.models import Appointment
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def visit(real_database: object, make_appointment: MakeAppointment) -> Appointment:
    return make_appointment(NOW.replace(hour=16, minute=0))


def test_books_moves_and_cancels_by_forms(
    visit: Appointment, make_patient: MakePatient, open_page: OpenPage, rosa_browser: Client
) -> None:
    wanted = make_patient("Okafor", "Dana")
    search_index.refresh([wanted], are_new=True)
    page = open_page(rosa_browser, path="/schedule/", java_script_enabled=False)
    page.locator(".opening").last.click()
    page.get_by_label("Patient", exact=True).fill("okaf")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Okafor, Dana").check()
    page.get_by_role("button", name="Book", exact=True).click()
    booked = Appointment.objects.get(patient=wanted)
    page.get_by_role("link", name="Move").click()
    page.get_by_role("button", name="Tue, Nov 24").first.click()
    booked.refresh_from_db()
    assert booked.starts_at.day == 24
    page.get_by_role("button", name="Spoke").click()
    page.get_by_role("link", name="Cancel").click()
    page.get_by_label("Patient: no ride").check()
    page.get_by_role("button", name="Cancel the visit").click()
    booked.refresh_from_db()
    assert (booked.status, booked.cancel_reason) == ("canceled", "patient_transport")


def test_checks_in_by_a_form(visit: Appointment, open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/check-in/", java_script_enabled=False)
    page.get_by_role("link", name="Marsh, Ana").click()
    page.get_by_role("button", name="Name and birth date said: check in").click()
    expect(page.get_by_role("heading", name="Check-in")).to_be_visible()
    visit.refresh_from_db()
    assert visit.status == "arrived"
