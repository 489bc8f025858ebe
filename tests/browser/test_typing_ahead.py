"""Whoever types faster than the server answers loses no key, and no key acts on what it was not meant for."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page, expect

from conftest import MakeAppointment, MakePatient
from office.patients.actions import search_index
from office.scheduling.models import Appointment, VisitType
from tests.browser.conftest import Hands, OpenPage

pytestmark = pytest.mark.browser

#: 10:42 AM in New York, on a Monday.
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
#: Milliseconds that every answer takes longer.
SLOW = [0, 400]


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def visit(real_database: object, make_appointment: MakeAppointment) -> Appointment:
    """Ana at 11:00 today."""
    return make_appointment(NOW.replace(hour=16, minute=0))


@pytest.fixture
def schedule(visit: Appointment, open_page: OpenPage, rosa_browser: Client) -> Hands:
    """Hands on the day, the focus on Ana's visit."""
    page = open_page(rosa_browser, path="/schedule/")
    expect(page.locator(f"#visit-{visit.pk}")).to_be_focused()
    return Hands(page)


def slow_down(page: Page, milliseconds: int) -> None:
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    limits = {"offline": False, "latency": milliseconds, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", limits)


@pytest.mark.parametrize("milliseconds", SLOW)
def test_answers_the_question_that_the_move_will_ask(milliseconds: int, schedule: Hands, visit: Appointment) -> None:
    slow_down(schedule.page, milliseconds)
    schedule.press("m", "ArrowDown", "Enter", "s")
    expect(schedule.page.locator(".toast")).to_contain_text("moved to")
    expect(schedule.page.locator(".told")).to_have_count(0)
    expect(schedule.page.locator(f"#visit-{visit.pk}")).to_be_focused()
    visit.refresh_from_db()
    assert (visit.starts_at, visit.told) == (NOW.replace(hour=16, minute=10), "spoke")
    assert schedule.page.url.endswith("/schedule/")


@pytest.mark.parametrize("milliseconds", SLOW)
def test_books_with_all_keys_pressed_in_one_go(
    milliseconds: int, schedule: Hands, make_patient: MakePatient, follow_up: VisitType
) -> None:
    wanted = make_patient("Okafor", "Dana")
    search_index.refresh([wanted], are_new=True)
    slow_down(schedule.page, milliseconds)
    schedule.press("ArrowDown", "b", *"okax", "Backspace", "f", "Enter", "Enter")
    expect(schedule.page.locator(".toast")).to_contain_text("booked for")
    assert Appointment.objects.filter(patient=wanted).count() == 1


def test_books_nobody_unseen_when_two_were_found(
    schedule: Hands, make_patient: MakePatient, follow_up: VisitType
) -> None:
    two = [make_patient("Okafor", given) for given in ("Dana", "Dean")]
    search_index.refresh(two, are_new=True)
    slow_down(schedule.page, 400)
    schedule.press("ArrowDown", "b", *"okaf", "Enter", "Enter")
    expect(schedule.page.get_by_role("button", name="Book Okafor")).to_be_focused()
    assert not Appointment.objects.filter(patient__in=two).exists()


@pytest.mark.parametrize("milliseconds", SLOW)
def test_three_moves_in_a_row_all_happen(milliseconds: int, schedule: Hands, visit: Appointment) -> None:
    slow_down(schedule.page, milliseconds)
    for _ in range(3):
        schedule.press("m", "ArrowDown", "Enter", "n")
    expect(schedule.page.locator(".toast")).to_have_count(3)
    expect(schedule.page.locator(".told")).to_have_count(0)
    visit.refresh_from_db()
    assert visit.starts_at == NOW.replace(hour=16, minute=30)


def test_escape_lets_go_of_what_waits(schedule: Hands, visit: Appointment) -> None:
    slow_down(schedule.page, 400)
    schedule.press("m", "ArrowDown", "Enter", "s", "Escape")
    expect(schedule.page.get_by_role("button", name="Texted")).to_be_focused()
    visit.refresh_from_db()
    assert visit.told == "not_yet"


def test_a_refusal_lets_go_of_what_waits(
    schedule: Hands, visit: Appointment, make_appointment: MakeAppointment, make_patient: MakePatient
) -> None:
    # Booked by somebody else since this page was opened: B would put the visit beside it, unread.
    make_appointment(NOW.replace(hour=16, minute=20), patient=make_patient("Osei", "Kofi"))
    slow_down(schedule.page, 400)
    schedule.press("m", "ArrowDown", "ArrowDown", "Enter", "b", "Enter")
    expect(schedule.page.get_by_role("dialog")).to_contain_text("Nothing was changed")
    visit.refresh_from_db()
    assert visit.starts_at == NOW.replace(hour=16, minute=0)


def test_no_key_reaches_the_check_in_window_before_it_is_seen(schedule: Hands, visit: Appointment) -> None:
    slow_down(schedule.page, 400)
    schedule.press("a", "Enter", "Enter")
    expect(schedule.page.get_by_role("button", name="Name and birth date said: check in")).to_be_focused()
    visit.refresh_from_db()
    assert visit.status == "booked"
