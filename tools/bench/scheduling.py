"""How fast openings are found, and how many bookings a second the real action makes, with nobody booked twice."""

import random
import tempfile
import time as clock
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from office.core.actors import Automation
from office.core.ids import uuid7
from office.core.permissions import Permission
from office.patients.models import Patient
from office.practice.models import Location, Room
from office.scheduling.actions.booking import book_appointment
from office.scheduling.models import Appointment, Hours, VisitType
from office.scheduling.queries.openings import Loaded, Sought, load, openings_for, search_for
from office.scheduling.rules import openings as rules
from office.staff.models import Provider
from tests.databases import NoPostgres, connected_to, migrate, named, throwaway_postgres
from tools.bench.figure import Figure
from tools.bench.starting import set_up, wait_for_all
from tools.bench.timed import Taken, timed

NEW_YORK = ZoneInfo("America/New_York")
LENGTHS = (15, 30, 60)
PROVIDERS, ROOMS, DAYS, BOOKED = 30, 26, 90, 0.6
#: Ten hours, so that sixty percent of thirty providers' days are the 19,000 visits and more that the limit speaks of.
OPENS, CLOSES = time(8), time(18)
MINUTES = 600
CLIENTS, PROCESSES, SECONDS = 32, 4, 6.0
CLERK = Automation("bench", frozenset(Permission))


def figures() -> Iterator[Figure]:
    """Yield the figures of SQLite, then those of PostgreSQL where its programs are found."""
    yield from _of_this_database("SQLite")
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        url = f"sqlite:///{Path(folder) / 'booking.sqlite3'}"
        migrate(url)
        yield from _bookings("SQLite", url, clients=8)
    try:
        with throwaway_postgres(durable=True) as server:
            migrate(server)
            with connected_to(server):
                yield from _of_this_database("PostgreSQL")
            yield from _bookings_on_postgres(server)
    except NoPostgres as reason:
        print(f"without PostgreSQL: {reason}")


# --- openings


def _of_this_database(engine: str) -> Iterator[Figure]:
    types = _office(days=DAYS)
    number = Appointment.objects.count()
    connection.ensure_connection()
    slowest = _slowest(types, days=DAYS, grid_minutes=15)
    whole = round(slowest.wall, 2)
    label = f"{engine}: first 20 openings, {PROVIDERS} providers, {DAYS} days, {number:,} visits"
    yield Figure.at_most(f"{label}, slowest of three lengths", whole, "ms", 15, n=15)
    yield Figure.beside(f"{engine}: the same, our own processor", slowest.processor, "ms", ("all of it", whole), n=15)
    fine = _slowest(types, days=DAYS, grid_minutes=5).wall
    yield Figure.at_most(f"{engine}: the same on a 5-minute grid, as the office uses it", fine, "ms", 15, n=15)
    asked = [search_for(kind, grid_minutes=15) for kind in types]
    days = [_first_day() + timedelta(days=day) for day in range(DAYS)]
    calendars = load(asked[0], days, not_before=timezone.now())
    computing = timed(lambda: [_compute(calendars, one) for one in asked], times=15).wall
    yield Figure.at_most(f"{engine}: of it computing, three lengths over all {DAYS} days", computing, "ms", 2, n=15)
    all_of_it = timed(lambda: load(asked[0], days, not_before=timezone.now()), times=3).wall
    peer = ("the first 20", whole)
    yield Figure.beside(f"{engine}: loading all {DAYS} days, were it needed", all_of_it, "ms", peer, n=3)
    yield from _of_other_loads(engine, types, whole)


def _of_other_loads(engine: str, types: list[VisitType], whole: float) -> Iterator[Figure]:
    Appointment.objects.all().delete()
    _fill(2 * DAYS, booked=BOOKED)
    twice = _slowest(types, days=2 * DAYS, grid_minutes=15).wall
    yield Figure.beside(f"{engine}: the same with twice the days", twice, "ms", (f"{DAYS} days", whole), n=15)
    Appointment.objects.all().delete()
    _fill(30, booked=1.0)
    far = timed(lambda: openings_for(types[1], days=DAYS, grid_minutes=15), times=5).wall
    yield Figure.beside(f"{engine}: when the next 30 days are full", far, "ms", ("at 60 %", whole), n=5)


def _slowest(types: list[VisitType], *, days: int, grid_minutes: int) -> Taken:
    taken = [
        timed(partial(openings_for, kind, days=days, limit=20, grid_minutes=grid_minutes), times=15) for kind in types
    ]
    return max(taken, key=lambda one: one.wall)


def _compute(calendars: Loaded, one: Sought) -> object:
    return rules.openings(calendars, one.need, not_before=timezone.now(), limit=20)


def _first_day() -> date:
    return timezone.now().astimezone(NEW_YORK).date()


def _office(*, days: int) -> list[VisitType]:
    place = Location.objects.create(name="Main Street", short_name="Main")
    Room.objects.bulk_create(Room(location=place, name=str(number), position=number) for number in range(ROOMS))
    providers = Provider.objects.bulk_create(
        Provider(given_name="Kofi", family_name=f"Osei{number}", credential="MD", position=number)
        for number in range(PROVIDERS)
    )
    Hours.objects.bulk_create(
        Hours(
            provider=provider,
            location=place,
            weekday=day,
            opens=OPENS,
            closes=CLOSES,
            from_on=date(2020, 1, 1),
        )
        for provider in providers
        for day in range(5)
    )
    Patient.objects.bulk_create(
        [Patient(mrn=str(number), family_name=f"Marsh{number}", given_name="Ana") for number in range(5_000)]
    )
    types = [VisitType.objects.create(name=f"{minutes} minutes", minutes=minutes) for minutes in LENGTHS]
    _fill(days, booked=BOOKED)
    return types


def _fill(days: int, *, booked: float) -> None:
    """Book the share of every provider's day, in the three lengths, in rooms while there are free ones."""
    random.seed(9)
    place, rooms = Location.objects.get(), list(Room.objects.all())
    providers, types = list(Provider.objects.all()), list(VisitType.objects.all())
    patients = list(Patient.objects.values_list("pk", flat=True))
    rows = []
    for number in range(days):
        day = _first_day() + timedelta(days=number)
        if day.weekday() > 4:
            continue
        opens = datetime.combine(day, OPENS, NEW_YORK).astimezone(UTC)
        rooms_until = dict.fromkeys((room.pk for room in rooms), 0)
        planned = sorted(
            (start, end, which, kind)
            for which, provider in enumerate(providers)
            for start, end, kind in _one_day(types, booked)
        )
        for start, end, which, kind in planned:
            room = next((key for key, until in rooms_until.items() if until <= start), None)
            if room is not None:
                rooms_until[room] = end
            ends_at = opens + timedelta(minutes=end)
            # One patient for one provider's day, far apart from the others': nobody is in two places.
            patient = patients[(number * PROVIDERS + which) % len(patients)]
            rows.append(
                Appointment(
                    patient_id=patient,
                    provider=providers[which],
                    location=place,
                    visit_type=types[kind],
                    room_id=room,
                    starts_at=opens + timedelta(minutes=start),
                    ends_at=ends_at,
                    busy_until=ends_at,
                    status_at=opens,
                )
            )
    Appointment.objects.bulk_create(rows, batch_size=500)


def _one_day(types: list[VisitType], booked: float) -> list[tuple[int, int, int]]:
    at, visits = 0, []
    while at < MINUTES:
        kind = random.randrange(len(types))  # noqa: S311
        minutes = types[kind].minutes
        if random.random() < booked and at + minutes <= MINUTES:  # noqa: S311
            visits.append((at, at + minutes, kind))
        at += minutes
    return visits


# --- bookings


@dataclass(frozen=True)
class Turn:
    """What one client books: every n-th of the slots, so that clients meet at the providers but not in a slot."""

    url: str
    client: int
    clients: int


def _bookings_on_postgres(server: str) -> Iterator[Figure]:
    with connected_to(server), connection.cursor() as cursor:
        cursor.execute("CREATE DATABASE booking")
        cursor.execute("CREATE DATABASE bare")
    url = named(server, "booking")
    migrate(url)
    bare = _race(named(server, "bare"), _insert_bare, CLIENTS, prepare=_prepare_bare)
    yield Figure(f"PostgreSQL: bare inserts under the exclusion constraint, {CLIENTS} clients", bare, "a second")
    yield from _bookings("PostgreSQL", url, clients=CLIENTS, bare=bare)


def _bookings(engine: str, url: str, *, clients: int, bare: float = 0) -> Iterator[Figure]:
    rate = _race(url, _book, clients, prepare=_prepare_booking)
    with connected_to(url):
        number, overlaps, one = Appointment.objects.count(), _overlaps(), _statements()
        connection.close()
    yield Figure.at_least(f"{engine}: bookings through the action, {clients} clients", rate, "a second", 200, n=number)
    if bare:
        yield Figure.beside(f"{engine}: bookings beside bare inserts", rate, "a second", ("bare", bare), n=number)
    yield Figure.at_most(f"{engine}: visits that overlap after that", overlaps, "visits", 0.5, n=number)
    yield Figure.at_most(f"{engine}: statements of a booking with a room", one, "statements", 10)


def _overlaps() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM scheduling_appointment a JOIN scheduling_appointment b ON a.provider_id ="
            " b.provider_id AND a.seat = b.seat AND a.id < b.id AND a.starts_at < b.busy_until"
            " AND b.starts_at < a.busy_until WHERE a.status = 'booked' AND b.status = 'booked'"
        )
        return int(cursor.fetchone()[0])


def _statements() -> int:
    kind = VisitType.objects.create(name="In a room", minutes=20)
    provider, patient = Provider.objects.all()[0], Patient.objects.all()[0]
    _the_place()
    with CaptureQueriesContext(connection) as seen:
        _one_booking(provider, patient, kind, _slots()[-1])
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT")) for query in seen.captured_queries)


def _slots() -> list[datetime]:
    """Twenty minutes each, on the weekdays of a year from next week on."""
    first = _first_day() + timedelta(days=7)
    days = [day for number in range(365) if (day := first + timedelta(days=number)).weekday() < 5]
    opens = [datetime.combine(day, OPENS, NEW_YORK).astimezone(UTC) for day in days]
    return [moment + timedelta(minutes=20 * number) for moment in opens for number in range(24)]


def _prepare_booking() -> None:
    _office(days=0)
    VisitType.objects.create(name="Follow-up", minutes=20, needs_room=False)


def _book(turn: Turn) -> int:
    providers, patients = list(Provider.objects.all()), list(Patient.objects.all()[:3_000])
    kind = VisitType.objects.get(name="Follow-up")
    slots, booked, number = _slots(), 0, turn.client
    until = clock.time() + SECONDS
    while clock.time() < until:
        slot, which = divmod(number, PROVIDERS)
        # Patients a prime apart: no two of a slot are the same.
        _one_booking(providers[which], patients[(slot * 31 + which) % len(patients)], kind, slots[slot])
        booked, number = booked + 1, number + turn.clients
    return booked


def _one_booking(provider: Provider, patient: Patient, kind: VisitType, slot: datetime) -> None:
    place = _the_place()
    book_appointment(
        CLERK, patient=patient, provider=provider, location=place, visit_type=kind, starts_at=slot, key=str(uuid7())
    )


_places: dict[int, Location] = {}


def _the_place() -> Location:
    here = id(connection.connection)
    if here not in _places:
        _places[here] = Location.objects.get()
    return _places[here]


def _prepare_bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION btree_gist")
        cursor.execute(
            "CREATE TABLE bare (provider uuid, seat int, starts_at timestamptz, ends_at timestamptz,"
            " EXCLUDE USING gist (provider WITH =, seat WITH =, tstzrange(starts_at, ends_at) WITH &&))"
        )


def _insert_bare(turn: Turn) -> int:
    slots, inserted, number = _slots(), 0, turn.client
    with connection.cursor() as cursor:
        until = clock.time() + SECONDS
        while clock.time() < until:
            slot, which = divmod(number, PROVIDERS)
            cursor.execute(
                "INSERT INTO bare VALUES (%s, 0, %s, %s)",
                [UUID(int=which + 1), slots[slot % len(slots)] + timedelta(days=slot // len(slots) * 400),
                 slots[slot % len(slots)] + timedelta(days=slot // len(slots) * 400, minutes=20)],
            )  # fmt: skip
            inserted, number = inserted + 1, number + turn.clients
    return inserted


def _race(url: str, work: Callable[[Turn], int], clients: int, *, prepare: Callable[[], None]) -> float:
    """Let the clients work for some seconds, in as many processes as a server would have; return the rate."""
    with connected_to(url), transaction.atomic():
        prepare()
    spawn = get_context("spawn")
    turns = [Turn(url, client, clients) for client in range(clients)]
    shares = [turns[number::PROCESSES] for number in range(PROCESSES)]
    together = spawn.Barrier(PROCESSES)
    with ProcessPoolExecutor(PROCESSES, mp_context=spawn, initializer=set_up, initargs=(together,)) as pool:
        done = list(pool.map(_share, shares, [work] * PROCESSES))
    return sum(number for number, _, _ in done) / (max(end for _, _, end in done) - min(begun for _, begun, _ in done))


def _share(turns: list[Turn], work: Callable[[Turn], int]) -> tuple[int, float, float]:
    def one(turn: Turn) -> int:
        try:
            return work(turn)
        finally:
            connection.close()

    # Nobody's time runs before everybody is there: a process takes seconds to start on a busy machine.
    wait_for_all()
    with connected_to(turns[0].url), ThreadPoolExecutor(len(turns)) as pool:
        begun = clock.time()
        return sum(pool.map(one, turns)), begun, clock.time()
