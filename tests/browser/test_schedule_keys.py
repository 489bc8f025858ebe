"""The front desk by keys: each task within its budget of presses, counted from where the work begins."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page, expect

from conftest import MakeAppointment, MakePatient
from office.patients.actions import search_index
from office.scheduling.models import Appointment, VisitType
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser

#: 10:42 AM in New York, on a Monday.
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)


class Keys:
    """Presses keys, and counts them."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.pressed = 0

    def __call__(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def visit(real_database: object, make_appointment: MakeAppointment) -> Appointment:
    """Ana at 11:00 today."""
    return make_appointment(NOW.replace(hour=16, minute=0))


def test_checks_in_with_one_press(visit: Appointment, open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path=f"/check-in/{visit.pk}/")
    keys = Keys(page)
    expect(page.get_by_role("button", name="Name and birth date said: check in")).to_be_focused()
    keys("Enter")
    expect(page.locator(".toast")).to_contain_text("checked in")
    visit.refresh_from_db()
    assert (visit.status, keys.pressed) == ("arrived", 1)


def test_moves_a_visit_the_same_day_within_five_presses(
    visit: Appointment, open_page: OpenPage, rosa_browser: Client
) -> None:
    page = open_page(rosa_browser, path="/schedule/")
    keys = Keys(page)
    expect(page.locator(f"#visit-{visit.pk}")).to_be_focused()
    keys("m", "ArrowDown", "Enter")
    expect(page.get_by_role("button", name="Spoke")).to_be_visible()
    keys("s")
    expect(page.locator(".told")).to_have_count(0)
    visit.refresh_from_db()
    assert visit.starts_at == NOW.replace(hour=16, minute=10)
    assert visit.told == "spoke"
    assert keys.pressed <= 5


def test_moves_a_visit_to_another_day_within_four_presses(
    visit: Appointment, open_page: OpenPage, rosa_browser: Client
) -> None:
    page = open_page(rosa_browser, path="/schedule/")
    keys = Keys(page)
    expect(page.locator(f"#visit-{visit.pk}")).to_be_focused()
    keys("m", "]")
    page.wait_for_url("**/schedule/2026-11-24/?moving=*")
    expect(page.locator(".ghost")).to_be_visible()
    keys("Enter")
    expect(page.get_by_role("button", name="Not yet")).to_be_visible()
    keys("n")
    visit.refresh_from_db()
    assert visit.starts_at == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert keys.pressed <= 4


def test_moves_a_visit_to_another_day_within_three_clicks(
    visit: Appointment, open_page: OpenPage, rosa_browser: Client
) -> None:
    page = open_page(rosa_browser, path="/schedule/")
    page.locator(f"#visit-{visit.pk}").click()
    page.get_by_role("link", name="Move").click()
    page.get_by_role("button", name="Tue, Nov 24").first.click()
    expect(page.get_by_role("button", name="Not yet")).to_be_visible()
    visit.refresh_from_db()
    assert visit.starts_at.date().isoformat() == "2026-11-24"


def test_books_a_known_patient_within_eight_presses(
    visit: Appointment, make_patient: MakePatient, follow_up: VisitType, open_page: OpenPage, rosa_browser: Client
) -> None:
    wanted = make_patient("Okafor", "Dana")
    search_index.refresh([wanted], are_new=True)
    page = open_page(rosa_browser, path="/schedule/")
    keys = Keys(page)
    expect(page.locator(f"#visit-{visit.pk}")).to_be_focused()
    keys("ArrowDown", "b")
    expect(page.get_by_label("Patient", exact=True)).to_be_focused()
    keys(*"okaf", "Enter")
    expect(page.get_by_role("button", name="Book Okafor, Dana")).to_be_focused()
    keys("Enter")
    expect(page.locator(".toast")).to_contain_text("booked for")
    assert Appointment.objects.filter(patient=wanted).count() == 1
    assert keys.pressed <= 8


def test_drags_a_visit_to_another_time(visit: Appointment, open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/schedule/")
    box = page.locator(f"#visit-{visit.pk}")
    box.drag_to(page.locator(".grid__column"), source_position={"x": 60, "y": 4}, target_position={"x": 60, "y": 652})
    expect(page.get_by_role("button", name="Spoke")).to_be_visible()
    visit.refresh_from_db()
    assert visit.starts_at.hour == 19


def test_names_the_ways_out_when_the_time_is_taken(
    visit: Appointment, make_appointment: MakeAppointment, make_patient: MakePatient, open_page: OpenPage,
    rosa_browser: Client,
) -> None:  # fmt: skip
    make_appointment(datetime(2026, 11, 24, 16, 0, tzinfo=UTC), patient=make_patient("Osei", "Kofi"))
    page = open_page(rosa_browser, path=f"/schedule/2026-11-24/?moving={visit.pk}")
    expect(page.locator(".ghost")).to_be_visible()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Nothing was changed")
    dialog.get_by_role("button", name="Next free").click()
    expect(page.get_by_role("button", name="Spoke")).to_be_visible()
    visit.refresh_from_db()
    assert visit.starts_at == datetime(2026, 11, 24, 16, 20, tzinfo=UTC)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    "path", ["/schedule/", "/schedule/week/", "/board/", "/check-in/", "/schedule/next-available/"]
)
def test_axe_finds_nothing_on_the_screens_of_the_day(
    path: str, theme: str, visit: Appointment, open_page: OpenPage, rosa_browser: Client, axe: Callable[[Page], None]
) -> None:
    axe(open_page(rosa_browser, path=path, color_scheme=theme))


@pytest.mark.parametrize("part", ["", "move/", "cancel/", "length/"])
def test_axe_finds_nothing_in_the_drawer(
    part: str, visit: Appointment, open_page: OpenPage, rosa_browser: Client, axe: Callable[[Page], None]
) -> None:
    axe(open_page(rosa_browser, path=f"/visit/{visit.pk}/{part}"))
