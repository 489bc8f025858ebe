"""A full day asks the database no more than a thin one: the screens of the day at 10, 60 and 200 visits."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from conftest import MakeAppointment, MakePatient
from office.core.actors import Automation
from office.patients.actions import search_index
from office.patients.models import Patient
from office.practice.models import Location
from office.scheduling.models import Hours
from office.staff.models import Provider
from office.staff.permissions import RoleName
from office.worklist.actions import ask

#: 10:42 AM in New York, on a Monday.
NOW = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
SIZES = (10, 60, 200)
PROVIDERS = 10
#: Statements a screen may ask; the day's is the issue's, the others are what the screens need and no more.
MAY_ASK = {
    "/schedule/": 12,
    "/schedule/week/": 12,
    "/board/": 12,
    "/check-in/": 12,
    "/": 12,
    "/schedule/panels/arriving/": 12,
    "/schedule/panels/counts/": 12,
    "/patients/{ana}/": 20,
    "/schedule/panels/visits/{ana}/": 12,
    "/patients/?q=marsh": 16,
    "/search/?q=marsh": 16,
}


@pytest.fixture(autouse=True)
def morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def providers(main_street: Location) -> list[Provider]:
    """Ten providers who work at Main Street on Mondays."""
    made = [Provider.objects.create(given_name="Kofi", family_name=f"Osei{n}", position=n) for n in range(PROVIDERS)]
    for provider in made:
        Hours.objects.create(
            provider=provider, location=main_street, weekday=0, opens=time(8), closes=time(17), from_on=date(2020, 1, 1)
        )
    return made


@pytest.fixture
def fill(
    ana: Patient,
    providers: list[Provider],
    make_patient: MakePatient,
    make_appointment: MakeAppointment,
    automation: Automation,
    main_street: Location,
) -> Callable[[range], None]:
    """Return a function that adds for each number: a visit today, one in Ana's past, a task, a namesake."""
    states = ("booked", "confirmed", "arrived", "roomed", "with_provider", "done", "no_show")

    def add(numbers: range) -> None:
        made = [make_patient(f"Marsh{number:03}", f"Given{number:03}") for number in numbers]
        search_index.refresh(made, are_new=True)
        for number, patient in zip(numbers, made, strict=True):
            turn, which = divmod(number, PROVIDERS)
            at = NOW.replace(minute=50) + timedelta(minutes=20 * turn)
            here = {"status": states[number % len(states)], "arrived_at": at, "roomed_at": at, "done_at": at}
            make_appointment(at, patient=patient, provider=providers[which], **here)
            make_appointment(at - timedelta(days=7 * (number + 1)), provider=providers[which], status="done")
            ask(automation, title="Call", for_role=RoleName.FRONT_DESK, location=main_street, patient=patient)

    return add


def statements(browser: Client, path: str) -> int:
    path, _, text = path.partition("?q=")

    def get() -> None:
        answer = browser.post(path, {"q": text}, headers={"HX-Request": "true"}) if text else browser.get(path)
        assert answer.status_code == 200

    get()
    with CaptureQueriesContext(connection) as asked:
        get()
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")) for query in asked)


def test_the_screens_of_the_day_ask_no_more_however_full_it_is(
    ana: Patient, fill: Callable[[range], None], rosa_browser: Client
) -> None:
    asked: dict[str, list[int]] = {}
    filled = 0
    for size in SIZES:
        fill(range(filled, size))
        filled = size
        for path in MAY_ASK:
            asked.setdefault(path, []).append(statements(rosa_browser, path.format(ana=ana.pk)))
    assert {path: counts for path, counts in asked.items() if max(counts) > counts[0]} == {}
    assert {path: counts for path, counts in asked.items() if counts[0] > MAY_ASK[path]} == {}
