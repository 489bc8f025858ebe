"""The schedule where there is room for one column: tabs and a swipe lead to the next, with and without scripts."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page, expect

from conftest import MakeAppointment
from office.practice.models import Location
from office.scheduling.models import Appointment, Hours
from office.staff.models import Provider
from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def visit(real_database: object, make_appointment: MakeAppointment, main_street: Location) -> Appointment:
    """Ana sees Dr. Okoro at 11:00 today, in the second column."""
    okoro = Provider.objects.create(given_name="Kofi", family_name="Okoro", credential="MD", position=1)
    Hours.objects.bulk_create(
        Hours(
            provider=okoro, location=main_street, weekday=weekday, opens=time(9), closes=time(17),
            from_on=date(2020, 1, 1),
        )
        for weekday in range(5)
    )  # fmt: skip
    return make_appointment(NOW.replace(hour=16, minute=0), provider=okoro)


def is_in_view(page: Page, visit: Appointment) -> bool:
    box = page.locator(f"#visit-{visit.pk}").bounding_box()
    return bool(box and box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"])


def test_a_tab_shows_the_next_provider(visit: Appointment, open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/schedule/", viewport=PHONE, reduced_motion="reduce")
    tabs = page.get_by_role("navigation", name="Providers")
    tabs.get_by_role("link", name="Chen").click()
    expect(tabs.get_by_role("link", name="Chen")).to_have_attribute("aria-current", "true")
    assert not is_in_view(page, visit)
    tabs.get_by_role("link", name="Okoro").click()
    assert is_in_view(page, visit)
    assert page.url.endswith("/schedule/")


def test_a_swipe_marks_the_tab_it_reached(visit: Appointment, open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/schedule/", viewport=PHONE, reduced_motion="reduce")
    page.locator("[data-scroll]").evaluate("pane => pane.scrollTo({ left: pane.scrollWidth })")
    expect(page.get_by_role("link", name="Okoro", exact=True)).to_have_attribute("aria-current", "true")
    assert is_in_view(page, visit)


def test_without_scripts_a_tab_is_a_link(visit: Appointment, open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/schedule/", viewport=PHONE, java_script_enabled=False)
    page.get_by_role("link", name="Okoro", exact=True).click()
    assert "provider=" in page.url
    assert is_in_view(page, visit)
    expect(page.get_by_role("navigation", name="Providers").get_by_role("link")).to_have_count(2)


def test_the_day_prints_on_one_sheet(visit: Appointment, open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/schedule/", color_scheme="dark")
    assert re.findall(rb"/Count (\d+)", page.pdf(prefer_css_page_size=True)) == [b"1"]
