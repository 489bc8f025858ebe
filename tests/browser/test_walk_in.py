"""Someone walks in: found, placed and checked in with few keys, by clicks, and with no script at all."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page, expect

from conftest import MakePatient
from office.patients.actions import search_index
from office.patients.models import Patient
from office.scheduling.models import Appointment, VisitType
from office.staff.models import Provider
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
CHECK_IN = "Name and birth date said: check in"


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def dana(real_database: object, make_patient: MakePatient, dr_chen: Provider, follow_up: VisitType) -> Patient:
    """Dana Okafor, not expected today."""
    wanted = make_patient("Okafor", "Dana")
    search_index.refresh([wanted], are_new=True)
    return wanted


@pytest.mark.parametrize("screen", ["/board/", "/schedule/"])
def test_is_checked_in_with_seven_presses(
    screen: str, dana: Patient, open_page: OpenPage, rosa_browser: Client
) -> None:
    page = open_page(rosa_browser, path=screen)
    page.keyboard.press("w")
    expect(page.get_by_label("Who is here?")).to_be_focused()
    page.keyboard.type("okaf")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=CHECK_IN)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".toast")).to_contain_text("walked in: 10:50 AM with Dr. Chen")
    expect(page.get_by_role("region", name="Arrived")).to_contain_text("Okafor, Dana")
    visit = Appointment.objects.get()
    assert (visit.patient, visit.status, visit.is_walk_in) == (dana, "arrived", True)


def test_typing_on_chooses_nobody(dana: Patient, open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/walk-in/")
    page.keyboard.type("okaf")
    expect(page.get_by_label("Okafor, Dana")).to_be_visible()
    expect(page.get_by_label("Okafor, Dana")).not_to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Okafor, Dana")).to_be_checked()
    assert not Appointment.objects.exists()


def test_the_desk_leads_there_when_nobody_of_that_name_is_expected(
    dana: Patient, open_page: OpenPage, rosa_browser: Client
) -> None:
    page = open_page(rosa_browser, path="/check-in/")
    page.keyboard.type("okaf")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Walk-in")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Who is here?")).to_be_focused()


def take(page: Page) -> None:
    page.get_by_role("link", name="Walk-in").click()
    page.get_by_label("Who is here?").fill("okaf")
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Reason, in the patient's words").fill("Cough for a week")
    page.get_by_role("button", name=CHECK_IN).click()


def test_works_without_a_script(dana: Patient, open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/board/", java_script_enabled=False)
    take(page)
    expect(page.get_by_role("region", name="Arrived")).to_contain_text("Okafor, Dana")
    assert Appointment.objects.get().reason == "Cough for a week"


def test_someone_new_is_registered_on_the_way_without_a_script(
    dana: Patient, open_page: OpenPage, rosa_browser: Client
) -> None:
    page = open_page(rosa_browser, path="/walk-in/", java_script_enabled=False)
    page.get_by_label("Who is here?").fill("zz")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="register someone new").click()
    page.get_by_label("Family name").fill("Zeller")
    page.get_by_label("Given name").fill("Ida")
    page.get_by_label("Birth date").fill("06141961")
    page.get_by_role("button", name="Register").click()
    page.get_by_role("button", name=CHECK_IN).click()
    assert Appointment.objects.get().patient.family_name == "Zeller"


def test_escape_leaves_the_box_of_the_desk_so_that_letters_are_keys_again(
    dana: Patient, open_page: OpenPage, rosa_browser: Client
) -> None:
    page = open_page(rosa_browser, path="/check-in/")
    page.keyboard.type("w")
    expect(page.get_by_role("searchbox")).to_have_value("w")
    page.keyboard.press("Escape")
    expect(page.get_by_role("searchbox")).to_have_value("")
    page.keyboard.press("w")
    expect(page.get_by_label("Who is here?")).to_be_focused()
