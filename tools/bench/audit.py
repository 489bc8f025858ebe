"""How fast the trail is sealed, verified and read, and how that grows with it."""

import random
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from statistics import quantiles
from uuid import UUID

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from office.audit import sealer, verify
from office.audit.models import Entry, Subject
from office.core.ids import uuid7
from office.patients.models import Patient
from office.practice.models import Location
from office.staff.models import Member, Role
from office.staff.permissions import RoleName
from tools.bench.figure import Figure

SIZES = (10_000, 100_000)
RUNS = 20
PEOPLE, PATIENTS, VERBS = 30, 500, 60
#: Within what the sealer looks back, so that it seals whatever this wrote.
SPREAD = timedelta(minutes=50)


def figures() -> Iterator[Figure]:
    """Yield rows a CPU second of sealing and verifying, and the 95th percentile of each screen, at both sizes."""
    browser, written = _privacy_officer(), 0
    found: dict[str, list[float]] = {}
    for size in SIZES:
        _append(size - written)
        found.setdefault("audit entries sealed", []).append((size - written) / _cpu_seconds(sealer.seal_entries))
        found.setdefault("audit entries verified", []).append(size / _cpu_seconds(verify.verify))
        for name, path in _screens().items():
            found.setdefault(name, []).append(_p95(browser, path))
        written = size
    for name, (small, large) in found.items():
        unit = "rows/s" if "entries" in name else "ms"
        yield Figure(f"{name}, {SIZES[0]:,}", round(small, 1), unit, n=RUNS)
        yield Figure.beside(
            f"{name}, {SIZES[1]:,}", round(large, 1), unit, (f"at {SIZES[0]:,}", round(small, 1)), n=RUNS
        )
    for name, path in _screens().items():
        with CaptureQueriesContext(connection) as queries:
            _whole(browser, path)
        if not name.startswith("audit CSV"):  # whose queries follow its length
            yield Figure(f"{name.removesuffix(', p95')}, queries", len(queries), "queries")


def _screens() -> dict[str, str]:
    """Return the addresses by name: of a report, a report about a patient, sorted by its slowest column, and so on."""
    patient = _patient(7)
    return {
        "audit report of seven days, p95": "/audit/",
        "audit report about a patient, p95": f"/audit/?patient={patient}",
        "audit report of everything by patient, p95": "/audit/?sort=whom&order=up",
        "audit report of one person, p95": "/audit/?who=member-3",
        "who opened this chart, p95": f"/audit/chart/{patient}/",
        "audit CSV of one person, a thirtieth, p95": "/audit/report.csv?who=member-3",
    }


def _patient(number: int) -> UUID:
    return UUID(int=(0x018F << 112) + number)


def _privacy_officer() -> Client:
    Location.objects.create(name="Bench Street", short_name="Bench", zone="America/New_York")
    member = Member(username="bench", given_name="Dana", family_name="Okafor")
    member.set_unusable_password()
    member.save()
    Role.objects.create(member=member, name=RoleName.PRIVACY_OFFICER)
    Patient.objects.create(pk=_patient(7), mrn="7", family_name="Marsh", given_name="Ana")
    browser = Client(SERVER_NAME="localhost")
    browser.force_login(member)
    return browser


def _append(count: int) -> None:
    """Append entries as an office makes them: half of them openings of charts, by thirty people."""
    chance, now = random.Random(count), timezone.now()  # noqa: S311
    for begin in range(0, count, 5_000):
        entries = []
        for number in range(begin, min(begin + 5_000, count)):
            person = chance.randrange(PEOPLE)
            verb = "chart.opened" if chance.random() < 0.5 else f"thing.done_{chance.randrange(VERBS)}"
            at = now - SPREAD * (1 - number / count)
            entries.append(
                Entry(id=uuid7(), at=at, actor_id=f"member-{person}", actor_label=f"Person {person}", verb=verb)
            )
        Entry.objects.bulk_create(entries)
        Subject.objects.bulk_create(
            Subject(entry=entry, kind="patients.patient", subject_id=str(_patient(chance.randrange(PATIENTS))))
            for entry in entries
        )


def _cpu_seconds(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _p95(browser: Client, path: str) -> float:
    """Return the 95th percentile in milliseconds of the whole answer, after one to warm up."""
    _whole(browser, path)
    taken = []
    for _ in range(RUNS):
        begun = time.perf_counter()
        _whole(browser, path)
        taken.append((time.perf_counter() - begun) * 1_000)
    return quantiles(taken, n=20)[-1]


def _whole(browser: Client, path: str) -> None:
    answer = browser.get(path)
    if answer.status_code != 200:
        raise ValueError(f"{path} answered {answer.status_code}")
    if answer.streaming:
        for _ in answer:
            pass
