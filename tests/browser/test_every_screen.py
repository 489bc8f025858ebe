"""Every screen, in both themes and on a phone: axe finds nothing, and the page never scrolls sideways."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from conftest import MakeAppointment
from office.patients.models import Patient
from tests.browser.conftest import AxeFindings, OpenPage

SCREENS = {
    "now": "/",
    "day": "/schedule/",
    "week": "/schedule/week/",
    "booking": "/schedule/book/",
    "next available": "/schedule/next-available/",
    "visit": "/visit/{visit}/",
    "move": "/visit/{visit}/move/",
    "length": "/visit/{visit}/length/",
    "cancel": "/visit/{visit}/cancel/",
    "flow board": "/board/",
    "check-in": "/check-in/",
    "walk-in": "/walk-in/?patient={patient}",
    "window": "/check-in/{visit}/",
    "worklist": "/worklist/",
    "new task": "/worklist/new/",
    "outbox": "/outbox/",
    "patients": "/patients/",
    "registration": "/patients/new/",
    "face sheet": "/patients/{patient}/",
    "correction": "/patients/{patient}/correct/",
    "insurance": "/patients/{patient}/insurance/",
    "not permitted": "/patients/{patient}/merge/",
    "not found": "/nowhere/",
}
TODAY = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(TODAY, tick=True):
        yield


@pytest.mark.parametrize(
    ("theme", "viewport"),
    [("light", WIDE), ("dark", WIDE), ("light", PHONE), ("dark", PHONE)],
    ids=["light", "dark", "phone", "dark-phone"],
)
@pytest.mark.parametrize("screen", SCREENS)
def test_is_without_fault_for_axe_and_never_scrolls_sideways(
    screen: str,
    theme: str,
    viewport: dict[str, int],
    ana: Patient,
    make_appointment: MakeAppointment,
    open_page: OpenPage,
    rosa_browser: Client,
    axe_findings: AxeFindings,
) -> None:
    path = SCREENS[screen].format(visit=make_appointment(TODAY.replace(hour=16, minute=0)).pk, patient=ana.pk)
    page = open_page(rosa_browser, path=path, color_scheme=theme, viewport=viewport)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    assert axe_findings(page) == []


def test_every_screen_reflows_at_any_width(
    ana: Patient, make_appointment: MakeAppointment, open_page: OpenPage, rosa_browser: Client
) -> None:
    """320 is a desk's screen at 400 % zoom, 640 at 200 % (WCAG 1.4.10)."""
    visit = make_appointment(TODAY.replace(hour=16, minute=0)).pk
    page = open_page(rosa_browser)
    too_wide = []
    for screen, path in SCREENS.items():
        page.goto(path.format(visit=visit, patient=ana.pk))
        for width in (320, 640, 768, 1024):
            page.set_viewport_size({"width": width, "height": 640})
            if page.evaluate("document.scrollingElement.scrollWidth > innerWidth"):
                too_wide.append((screen, width))
    assert too_wide == []
