"""Home and the frame of every page: the server's time for Now, the worklist and the palette, sixty tasks waiting."""

from collections.abc import Iterator
from datetime import date, timedelta
from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from office.core import prints
from office.core.actors import Automation
from office.core.permissions import Permission
from office.patients.models import Patient
from office.practice.models import Location
from office.staff.models import Member, Role
from office.staff.permissions import RoleName
from office.worklist.actions import ask
from tools.bench.figure import Figure

RUNS = 60
TASKS = 60


def figures() -> Iterator[Figure]:
    browser = _desk_with_tasks()
    for name, path in (("home", "/"), ("worklist", "/worklist/"), ("palette without words", "/search/")):
        yield Figure.at_most(f"{name}, median", _median(browser, path), "ms", 50, n=RUNS)
    with CaptureQueriesContext(connection) as queries:
        browser.get("/")
    yield Figure.at_most("home, queries", len(queries), "queries", 12)
    groups = [{"title": "Go to", "rows": [{"keys": "g h", "words": "Now"}] * 12}]
    taken = []
    for _ in range(RUNS):
        begun = perf_counter()
        prints.pdf("core", "keys", {"title": "Keys", "groups": groups})
        taken.append((perf_counter() - begun) * 1_000)
    yield Figure("a printed page, median", round(median(taken), 1), "ms", n=RUNS)


def _desk_with_tasks() -> Client:
    place = Location.objects.create(name="Bench Street", short_name="Bench", zone="America/New_York")
    member = Member(username="bench", given_name="Dana", family_name="Okafor")
    member.set_unusable_password()
    member.save()
    Role.objects.create(member=member, name=RoleName.FRONT_DESK)
    automation = Automation("bench", frozenset(Permission))
    for n in range(TASKS):
        patient = Patient.objects.create(mrn=str(n), family_name=f"Family{n}", birth_date=date(1960, 1, 1))
        due = timezone.now() + timedelta(minutes=7 * n)
        ask(automation, title=f"Task {n}", patient=patient, location=place, for_role=RoleName.FRONT_DESK, due_at=due)
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(member)
    browser.get("/")
    return browser


def _median(browser: Client, path: str) -> float:
    taken = []
    for _ in range(RUNS):
        begun = perf_counter()
        answer = browser.get(path)
        taken.append((perf_counter() - begun) * 1_000)
        if answer.status_code != 200:
            raise RuntimeError(f"{path} answered {answer.status_code}")
    return round(median(taken), 1)
