"""The front desk by keys: each task within its budget of presses, counted from where the work begins."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import expect

from conftest import MakeAppointment, MakePatient
from office.patients.actions import search_index
from office.patients.models import Patient
from office.practice.models import Location
from office.scheduling.models import Appointment, VisitType
from tests.browser.conftest import AxeFindings, Hands, OpenPage

pytestmark = pytest.mark.browser

#: 10:42 AM in New York, on a Monday.
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)

AtDesk = Callable[[str], Hands]


#: The most presses and clicks that a task may take, from where the work begins; those of the design, then our own.
KEYS = {
    "check in": 1, "book": 8, "move the same day": 5, "move to another day": 4, "open a chart": 6,
    "tell": 1, "change the length": 4, "mark a no-show": 1, "room": 1, "provider is in": 1, "check out": 1, "undo": 1,
}  # fmt: skip
CLICKS = {
    "check in": 1, "book": 4, "move to another day": 3, "open a chart": 2,
    "change the length": 3, "mark a no-show": 2, "room": 1, "provider is in": 1, "check out": 1, "undo": 1,
}  # fmt: skip


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def visit(real_database: object, make_appointment: MakeAppointment) -> Appointment:
    """Ana at 11:00 today."""
    return make_appointment(NOW.replace(hour=16, minute=0))


@pytest.fixture
def at_desk(open_page: OpenPage, rosa_browser: Client) -> AtDesk:
    """Return a function that puts rosa's hands on a page."""
    return lambda path: Hands(open_page(rosa_browser, path=path))


@pytest.fixture
def on_visit(visit: Appointment, at_desk: AtDesk) -> Hands:
    """Rosa's hands on today's schedule, where the page has put the focus: on Ana's visit."""
    hands = at_desk("/schedule/")
    expect(hands.page.locator(f"#visit-{visit.pk}")).to_be_focused()
    return hands


@pytest.fixture
def dana(visit: Appointment, make_patient: MakePatient) -> Patient:
    """Okafor, Dana, whom the search finds."""
    patient = make_patient("Okafor", "Dana")
    search_index.refresh([patient], are_new=True)
    return patient


def stands(visit: Appointment) -> Appointment:
    visit.refresh_from_db()
    return visit


# --- check in


def test_checks_in_within_the_budget_of_keys(visit: Appointment, at_desk: AtDesk) -> None:
    hands = at_desk(f"/check-in/{visit.pk}/")
    expect(hands.page.get_by_role("button", name="Name and birth date said: check in")).to_be_focused()
    hands.press("Enter")
    expect(hands.page.locator(".toast")).to_contain_text("checked in")
    assert stands(visit).status == "arrived"
    assert hands.keys <= KEYS["check in"]


def test_checks_in_within_the_budget_of_clicks(visit: Appointment, at_desk: AtDesk) -> None:
    hands = at_desk(f"/check-in/{visit.pk}/")
    hands.click("text=Name and birth date said: check in")
    expect(hands.page.locator(".toast")).to_contain_text("checked in")
    assert stands(visit).status == "arrived"
    assert hands.clicks <= CLICKS["check in"]


# --- move


def test_moves_the_same_day_within_the_budget_of_keys(visit: Appointment, on_visit: Hands) -> None:
    on_visit.press("m", "ArrowDown", "Enter", "s")
    expect(on_visit.page.locator(".toast")).to_contain_text("moved to")
    expect(on_visit.page.locator(".told")).to_have_count(0)
    assert stands(visit).starts_at == NOW.replace(hour=16, minute=10)
    assert visit.told == "spoke"
    assert on_visit.keys <= KEYS["move the same day"]


def test_moves_to_another_day_within_the_budget_of_keys(visit: Appointment, on_visit: Hands) -> None:
    on_visit.press("m", "]")
    on_visit.page.wait_for_url("**/schedule/2026-11-24/?moving=*")
    expect(on_visit.page.locator(".ghost")).to_be_visible()
    on_visit.press("Enter", "n")
    expect(on_visit.page.locator(".toast")).to_contain_text("moved to")
    expect(on_visit.page.locator(".told")).to_have_count(0)
    assert stands(visit).starts_at == datetime(2026, 11, 24, 16, 0, tzinfo=UTC)
    assert on_visit.keys <= KEYS["move to another day"]


def test_moves_to_another_day_within_the_budget_of_clicks(visit: Appointment, on_visit: Hands) -> None:
    on_visit.click(f"#visit-{visit.pk}")
    on_visit.click(".drawer >> text=Move")
    on_visit.click("button:has-text('Tue, Nov 24') >> nth=0")
    expect(on_visit.page.get_by_role("button", name="Not yet")).to_be_visible()
    assert stands(visit).starts_at.date().isoformat() == "2026-11-24"
    assert on_visit.clicks <= CLICKS["move to another day"]


def test_says_how_the_patient_was_told_within_the_budget_of_keys(visit: Appointment, on_visit: Hands) -> None:
    on_visit.press("m", "ArrowDown", "Enter")
    expect(on_visit.page.get_by_role("button", name="Texted")).to_be_focused()
    before = on_visit.keys
    on_visit.press("s")
    expect(on_visit.page.locator(".told")).to_have_count(0)
    assert stands(visit).told == "spoke"
    assert on_visit.keys - before <= KEYS["tell"]


# --- book and find


def test_books_a_known_patient_within_the_budget_of_keys(dana: Patient, follow_up: VisitType, on_visit: Hands) -> None:
    on_visit.press("ArrowDown", "b", *"okaf", "Enter")
    expect(on_visit.page.get_by_role("button", name="Book Okafor, Dana")).to_be_focused()
    on_visit.press("Enter")
    expect(on_visit.page.locator(".toast")).to_contain_text("booked for")
    assert Appointment.objects.filter(patient=dana).count() == 1
    assert on_visit.keys <= KEYS["book"]


def test_books_a_known_patient_within_the_budget_of_clicks(
    dana: Patient, follow_up: VisitType, on_visit: Hands
) -> None:
    on_visit.click(".opening >> nth=-1")
    on_visit.write("okaf")
    on_visit.click(".found__one:has-text('Okafor, Dana')")
    on_visit.click("button:has-text('Book Okafor, Dana')")
    expect(on_visit.page.locator(".toast")).to_contain_text("booked for")
    assert Appointment.objects.filter(patient=dana).count() == 1
    assert on_visit.clicks <= CLICKS["book"]


def test_opens_a_chart_within_the_budget_of_keys(dana: Patient, on_visit: Hands) -> None:
    on_visit.press("Control+k")
    on_visit.write("okaf")
    on_visit.press("Enter")
    on_visit.page.wait_for_url(f"**/patients/{dana.pk}/")
    assert on_visit.keys <= KEYS["open a chart"]


def test_opens_a_chart_within_the_budget_of_clicks(dana: Patient, on_visit: Hands) -> None:
    on_visit.click(".search")
    on_visit.write("okaf")
    on_visit.click("#palette [data-row]:has-text('Okafor, Dana')")
    on_visit.page.wait_for_url(f"**/patients/{dana.pk}/")
    assert on_visit.clicks <= CLICKS["open a chart"]


# --- the rest of a visit's day


def test_changes_the_length_within_the_budget_of_keys(visit: Appointment, on_visit: Hands) -> None:
    on_visit.press("l", "4", "0", "Enter")
    expect(on_visit.page.locator(".toast")).to_contain_text("now takes 40 min")
    assert stands(visit).span.length == timedelta(minutes=40)
    assert on_visit.keys <= KEYS["change the length"]


def test_changes_the_length_within_the_budget_of_clicks(visit: Appointment, on_visit: Hands) -> None:
    on_visit.click(f"#visit-{visit.pk}")
    on_visit.click(".drawer >> text=Change")
    expect(on_visit.page.locator(".drawer [name=minutes]")).to_be_focused()
    on_visit.write("40")
    on_visit.click("button:has-text('Change the length')")
    expect(on_visit.page.locator(".toast")).to_contain_text("now takes 40 min")
    assert stands(visit).span.length == timedelta(minutes=40)
    assert on_visit.clicks <= CLICKS["change the length"]


#: A task, its key, its button; how the visit stands before it, what is said then, and how it stands after.
STEPS = [
    ("mark a no-show", "d", "Did not come", "booked", "marked as a no-show", "no_show"),
    ("room", "r", "Room in", "arrived", "is in 1", "roomed"),
    ("provider is in", "s", "Provider is in", "roomed", "is with the provider", "with_provider"),
    ("check out", "e", "Check out", "with_provider", "checked out", "done"),
]


@pytest.fixture
def in_hand(make_appointment: MakeAppointment, main_street: Location) -> Callable[[str], Appointment]:
    """Return a function that puts Ana at 10:30 today, as far on as the status says."""

    def stand(status: str) -> Appointment:
        here = {"arrived_at": NOW - timedelta(minutes=12)} if status != "booked" else {}
        room = {"room": main_street.rooms.get(name="1")} if status in {"roomed", "with_provider"} else {}
        return make_appointment(NOW.replace(minute=30), status=status, **here, **room)

    return stand


@pytest.mark.parametrize(("task", "key", "button", "before", "said", "after"), STEPS, ids=[step[0] for step in STEPS])
def test_takes_each_step_of_the_visit_within_the_budget_of_keys(
    task: str, key: str, button: str, before: str, said: str, after: str,
    real_database: object, in_hand: Callable[[str], Appointment], at_desk: AtDesk,
) -> None:  # fmt: skip
    visit = in_hand(before)
    hands = at_desk("/schedule/")
    hands.page.locator(f"#visit-{visit.pk}").focus()
    hands.press(key)
    expect(hands.page.locator(".toast")).to_contain_text(said)
    assert stands(visit).status == after
    assert hands.keys <= KEYS[task]


@pytest.mark.parametrize(("task", "key", "button", "before", "said", "after"), STEPS, ids=[step[0] for step in STEPS])
def test_takes_each_step_of_the_visit_within_the_budget_of_clicks(
    task: str, key: str, button: str, before: str, said: str, after: str,
    real_database: object, in_hand: Callable[[str], Appointment], at_desk: AtDesk,
) -> None:  # fmt: skip
    visit = in_hand(before)
    hands = at_desk("/schedule/" if before == "booked" else "/board/")
    if before == "booked":
        hands.click(f"#visit-{visit.pk}")
    hands.click(f"button:has-text('{button}')")
    expect(hands.page.locator(".toast")).to_contain_text(said)
    assert stands(visit).status == after
    assert hands.clicks <= CLICKS[task]


def test_undoes_within_the_budget_of_keys(visit: Appointment, on_visit: Hands) -> None:
    on_visit.press("m", "ArrowDown", "Enter", "n")
    expect(on_visit.page.locator(".told")).to_have_count(0)
    before = on_visit.keys
    on_visit.press("z")
    expect(on_visit.page.locator(".toast")).to_contain_text("Undone")
    assert stands(visit).starts_at == NOW.replace(hour=16, minute=0)
    assert on_visit.keys - before <= KEYS["undo"]


def test_undoes_within_the_budget_of_clicks(visit: Appointment, on_visit: Hands) -> None:
    on_visit.press("m", "ArrowDown", "Enter", "n")
    expect(on_visit.page.locator(".told")).to_have_count(0)
    on_visit.click(".toast >> text=Undo")
    expect(on_visit.page.locator(".toast")).to_contain_text("Undone")
    assert stands(visit).starts_at == NOW.replace(hour=16, minute=0)
    assert on_visit.clicks <= CLICKS["undo"]


# --- by hand


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
    path: str, theme: str, visit: Appointment, open_page: OpenPage, rosa_browser: Client, axe_findings: AxeFindings
) -> None:
    assert axe_findings(open_page(rosa_browser, path=path, color_scheme=theme)) == []


@pytest.mark.parametrize("part", ["", "move/", "cancel/", "length/"])
def test_axe_finds_nothing_in_the_drawer(
    part: str, visit: Appointment, open_page: OpenPage, rosa_browser: Client, axe_findings: AxeFindings
) -> None:
    assert axe_findings(open_page(rosa_browser, path=f"/visit/{visit.pk}/{part}")) == []
