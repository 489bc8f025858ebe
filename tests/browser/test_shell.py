"""The frame in a real browser: by keyboard, in both themes, on a phone, without JavaScript."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from office.core.actors import Automation
from office.patients.models import Patient
from office.practice.models import Location
from office.staff.permissions import RoleName
from office.worklist.actions import ask
from office.worklist.models import WorkItem
from tests.browser.conftest import AxeFindings, Hands, OpenPage

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def tasks(site: str, automation: Automation, main_street: Location, ana: Patient) -> list[WorkItem]:
    """Three things for the front desk: one red about Ana, one soon, one without a time."""
    soon = timezone.now() + timedelta(minutes=9)
    at_desk = {"for_role": RoleName.FRONT_DESK, "location": main_street}
    return [
        ask(automation, title="Call her back", urgency=WorkItem.Urgency.RED, patient=ana, **at_desk),  # type: ignore[arg-type]
        ask(automation, title="Move the visit", due_at=soon, **at_desk),  # type: ignore[arg-type]
        ask(automation, title="Order paper", **at_desk),  # type: ignore[arg-type]
    ]


def heard(page: Page) -> Page:
    """Wait until the page listens to keys: after a press that led elsewhere, a person sees the page first."""
    expect(page.locator("html[data-ready]")).to_be_attached()
    return page


def test_the_palette_opens_by_its_key_and_goes_where_it_is_told(hands: Hands) -> None:
    hands.press("Control+k")
    hands.write("wor")
    expect(hands.page.locator("#palette [aria-selected=true]")).to_contain_text("Worklist")
    hands.press("Enter")
    expect(hands.page.locator("h1")).to_contain_text("Worklist")
    assert hands.keys == 5


def test_enter_waits_for_the_answer_to_what_was_typed(hands: Hands) -> None:
    hands.press("Control+k")
    expect(hands.page.locator("#palette [aria-selected=true]")).to_be_visible()
    hands.write("worklist")
    hands.press("Enter")
    expect(hands.page.locator("h1")).to_contain_text("Worklist")


def test_the_palette_is_traveled_by_arrows_and_left_by_escape(hands: Hands) -> None:
    hands.press("Control+k")
    rows = hands.page.locator("#palette [data-row]")
    expect(rows.nth(0)).to_have_attribute("aria-selected", "true")
    hands.press("ArrowDown")
    expect(rows.nth(1)).to_have_attribute("aria-selected", "true")
    active = hands.page.locator("#palette input[name=q]").get_attribute("aria-activedescendant")
    assert active == rows.nth(1).get_attribute("id")
    hands.press("ArrowUp", "ArrowUp")
    expect(rows.last).to_have_attribute("aria-selected", "true")
    hands.press("Escape")
    expect(hands.page.locator("#palette")).to_be_hidden()


def test_g_and_a_letter_go_to_a_screen(hands: Hands) -> None:
    hands.press("g", "w")
    expect(hands.page.locator("h1")).to_contain_text("Worklist")
    heard(hands.page)
    hands.press("g", "h")
    expect(hands.page.locator("h1")).to_contain_text("Now")


def test_the_key_sheet_switches_the_letters_off(hands: Hands) -> None:
    hands.press("?")
    sheet = hands.page.locator("#keys")
    expect(sheet).to_contain_text("Go to")
    with hands.page.expect_response("**/letters/"):
        sheet.get_by_label("Single letters act").uncheck()
    hands.press("Escape", "g", "w")
    expect(hands.page.locator("h1")).to_contain_text("Now")
    hands.page.reload()
    hands.press("g", "w")
    expect(hands.page.locator("h1")).to_contain_text("Now")


def test_letters_that_are_typed_are_text(desk: Page) -> None:
    desk.goto("/worklist/new/")
    desk.get_by_label("What is to be done").press_sequentially("gw?z n")
    expect(desk.get_by_label("What is to be done")).to_have_value("gw?z n")


def test_the_worklist_is_worked_by_keys(tasks: list[WorkItem], open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/worklist/")
    expect(page.locator("#reader")).to_contain_text("Call her back")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#reader")).to_contain_text("Move the visit")
    expect(page.locator("a.row[aria-current=true]")).to_contain_text("Move the visit")
    page.keyboard.press("f")
    expect(page.locator(".toast")).to_contain_text("Done: Move the visit")
    heard(page)
    page.keyboard.press("z")
    expect(page.locator(".toast")).to_contain_text("To do again: Move the visit")


def test_enter_opens_the_first_thing_that_needs_me(
    tasks: list[WorkItem], open_page: OpenPage, rosa_browser: Client
) -> None:
    page = open_page(rosa_browser)
    page.keyboard.press("Enter")
    expect(page.locator("#reader h2")).to_contain_text("Marsh, Ana")


def test_what_is_parked_comes_back_with_its_words(open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, path="/worklist/new/")
    page.get_by_label("What is to be done").fill("Call the lab")
    page.get_by_label("For whom").select_option("role:nurse")
    page.get_by_role("button", name="Park").click()
    expect(page.locator("#parked")).to_contain_text("New task")
    heard(page)
    page.keyboard.press("1")
    expect(page.get_by_label("What is to be done")).to_have_value("Call the lab")
    expect(page.get_by_label("For whom")).to_have_value("role:nurse")


def test_a_toast_goes_after_eight_seconds_and_is_read_out(
    tasks: list[WorkItem], open_page: OpenPage, rosa_browser: Client
) -> None:
    page = open_page(rosa_browser, path=f"/worklist/{tasks[2].pk}/")
    page.clock.install()
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".toast")).to_contain_text("Done: Order paper")
    page.clock.run_for(1_000)
    expect(page.locator("#live")).to_contain_text("Done: Order paper")
    page.clock.run_for(8_000)
    expect(page.locator(".toast")).to_have_count(0)


def test_the_theme_changes_at_once_and_stays(desk: Page) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = desk.evaluate(ground)
    desk.locator(".rail__me summary").click()
    with desk.expect_response("**/theme/"):
        desk.get_by_role("button", name="Dark").click()
    dark = desk.evaluate(ground)
    assert dark != light
    desk.reload()
    assert desk.evaluate(ground) == dark


def test_the_screen_blurs_against_eyes_over_the_shoulder(hands: Hands) -> None:
    hands.press("Control+.")
    assert "blur" in hands.page.locator(".work").evaluate("element => getComputedStyle(element).filter")
    hands.press("Control+.")
    assert hands.page.locator(".work").evaluate("element => getComputedStyle(element).filter") == "none"


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1440])
def test_no_page_scrolls_sideways(width: int, tasks: list[WorkItem], open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, viewport={"width": width, "height": 800})
    for path in ("/", "/worklist/", "/worklist/new/", "/search/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [{"width": 1440, "height": 900}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(
    scheme: str,
    size: dict[str, int],
    tasks: list[WorkItem],
    open_page: OpenPage,
    rosa_browser: Client,
    axe_findings: AxeFindings,
) -> None:
    page = open_page(rosa_browser, color_scheme=scheme, viewport=size)
    for path in ("/", "/worklist/", "/worklist/new/", "/search/", "/nowhere/"):
        page.goto(path)
        assert axe_findings(page) == []
    page.goto("/")
    page.keyboard.press("Control+k")
    expect(page.locator("#palette [aria-selected=true]")).to_be_visible()
    assert axe_findings(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    assert axe_findings(page) == []


def test_everything_works_without_javascript(tasks: list[WorkItem], open_page: OpenPage, rosa_browser: Client) -> None:
    page = open_page(rosa_browser, java_script_enabled=False)
    page.get_by_role("link", name="Search a patient or command").click()
    page.locator("main").get_by_label("Search a patient or command").fill("work")
    page.locator("main").get_by_role("button", name="Search").click()
    page.locator("main").get_by_role("link", name="Worklist").click()
    page.get_by_role("link", name="Order paper").click()
    page.locator("#reader").get_by_role("button", name="Finish").click()
    expect(page.locator(".toast")).to_contain_text("Done: Order paper")
    page.locator(".toast").get_by_role("button", name="Undo").click()
    expect(page.locator(".toast")).to_contain_text("To do again: Order paper")
    page.locator(".rail__me summary").click()
    page.get_by_role("button", name="Dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"


def symbols() -> Iterator[str]:
    sprite = Path(str(finders.find("img/icons.svg"))).read_text(encoding="utf-8")
    yield from (part.split('"')[0] for part in sprite.split('<symbol id="')[1:])


def test_every_icon_draws_something(desk: Page) -> None:
    drawn = desk.evaluate(
        """async names => {
            const text = await (await fetch("/static/img/icons.svg")).text();
            document.body.innerHTML = "";
            return names.filter(name => {
                const svg = new DOMParser().parseFromString(text, "image/svg+xml");
                const symbol = document.importNode(svg.getElementById(name), true);
                const host = document.createElementNS("http://www.w3.org/2000/svg", "svg");
                host.append(...symbol.childNodes);
                document.body.append(host);
                const box = host.getBBox();
                const inside = box.x >= 0 && box.y >= 0 && box.x + box.width <= 16 && box.y + box.height <= 16;
                return inside && box.width > 3;
            });
        }""",
        list(symbols()),
    )
    assert drawn == list(symbols())
