"""The screens of the day, on the demo office with sixty visits: the server's time, and what it asks the database.

Every request goes through the whole stack: routes, middleware, the guard, the view, the template, the trail.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from config import clock, state
from office.home.demo import load
from office.home.demo.calendar import as_of, working_day
from office.home.demo.office import ZONE
from office.patients.models import Patient
from office.practice.models import Location
from office.scheduling.models import Appointment, VisitType
from office.scheduling.queries.day import day_sheet
from office.staff.models import Member
from tests.databases import NoPostgres, connected_to, migrate, throwaway_postgres
from tools.bench.figure import Figure
from tools.bench.timed import timed

RUNS = 40
VISITS = 60
MAY_TAKE = {"day": 60.0, "week": 60.0}
OTHERS_MAY_TAKE = 50.0
DAY_MAY_ASK = 12


@dataclass(frozen=True)
class Screen:
    """A page, or with ``sent`` the answer to what was typed into it."""

    name: str
    path: str
    sent: dict[str, str] = field(default_factory=dict)

    def ask(self, browser: Client) -> None:
        htmx = {"HX-Request": "true"}
        answer = browser.post(self.path, self.sent, headers=htmx) if self.sent else browser.get(self.path)
        if answer.status_code != 200:
            raise RuntimeError(f"{self.path} answered {answer.status_code}")


def figures() -> Iterator[Figure]:
    """Yield the figures of SQLite, then those of PostgreSQL where its programs are found."""
    yield from _of_this_database("SQLite")
    try:
        with throwaway_postgres(durable=True) as server:
            migrate(server)
            with connected_to(server):
                yield from _of_this_database("PostgreSQL")
    except NoPostgres as reason:
        print(f"without PostgreSQL: {reason}")


def _of_this_database(engine: str) -> Iterator[Figure]:
    screens = _the_day()
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(Member.objects.get(username="rosa"))
    for screen in screens:
        limit = MAY_TAKE.get(screen.name, OTHERS_MAY_TAKE)
        taken = timed(partial(screen.ask, browser), times=RUNS, warm=5)
        name, all_of_it = f"{engine}: {screen.name}", ("all of it", round(taken.wall, 1))
        yield Figure.at_most(f"{name}, in the server", taken.wall, "ms", limit, n=RUNS)
        yield Figure.beside(f"{name}, our own processor", taken.processor, "ms", all_of_it, n=RUNS)
        with CaptureQueriesContext(connection) as asked:
            screen.ask(browser)
        count = sum(not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for query in asked)
        if screen.name == "day":
            yield Figure.at_most(f"{name}, queries", count, "queries", DAY_MAY_ASK)
        else:
            yield Figure(f"{name}, queries", count, "queries")
    connections.close_all()


def _the_day() -> list[Screen]:
    """Load the demo as `./run` does, fill today's grid up to sixty visits, and name its screens."""
    really = datetime.now(ZONE)
    moment = as_of(working_day(really.date()), really, ZONE)
    if state.kind() is None:
        state.become("demo")
        clock.set_to(moment, really=really)
        clock.run()
    load(moment.date(), moment)
    place = Location.objects.get(short_name="Juniper")
    missing = VISITS - len(day_sheet(place, moment.date(), now=timezone.now()).cards)
    kind, patients = VisitType.objects.get(name="Flu shot"), Patient.objects.order_by("mrn")[:VISITS]
    openings = [
        (column.provider, opening.starts_at + timedelta(minutes=10 * turn))
        for column in day_sheet(place, moment.date(), now=moment.replace(hour=0)).columns
        for opening in column.openings
        for turn in range(opening.minutes // 10)
    ]
    Appointment.objects.bulk_create(
        Appointment(
            patient=patient, provider=provider, location=place, visit_type=kind, starts_at=at, status_at=at,
            ends_at=at + timedelta(minutes=10), busy_until=at + timedelta(minutes=10),
        )
        for patient, (provider, at) in zip(patients[: max(0, missing)], openings, strict=False)
    )  # fmt: skip
    shown = len(day_sheet(place, moment.date(), now=timezone.now()).cards)
    if shown < VISITS:
        raise RuntimeError(f"The day has {shown} visits, not {VISITS}.")
    often = max(patients, key=lambda one: Appointment.objects.filter(patient=one).count())
    return [
        Screen("day", "/schedule/"),
        Screen("week", "/schedule/week/"),
        Screen("board", "/board/"),
        Screen("check-in", "/check-in/"),
        Screen("home", "/"),
        Screen("face sheet", f"/patients/{often.pk}/"),
        Screen("visits of the face sheet", f"/schedule/panels/visits/{often.pk}/"),
        Screen("search results", "/patients/", {"q": often.family_name[:4]}),
        Screen("palette results", "/search/", {"q": often.family_name[:4]}),
    ]
