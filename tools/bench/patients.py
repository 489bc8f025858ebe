"""How fast patients are found, and whether those who fit best are, as the town grows, on both databases.

`./run bench patients` goes to 10,000 and 50,000 patients; `--patients 1000000` to a million, which takes a quarter of
an hour. Limits are on the wall clock; beside it stands the processor's time of the process and of its PostgreSQL
session, which a busy machine moves less.
"""

import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from heapq import nlargest
from itertools import chain
from pathlib import Path
from statistics import median, quantiles

from django.db import connection

from office.patients.queries.search import search
from office.patients.rules.names import words_of_names
from office.patients.rules.search_text import fit, read_search
from tests.databases import NoPostgres, connected_to, migrate, throwaway_postgres
from tools.bench.figure import Figure
from tools.bench.town import Person, Town, slip

FIRST, USUAL = 10_000, 50_000
SEARCHES, WHOLLY = 200, 8
LIMIT = 15
#: From here on a fit is what someone may have meant: each word is the name's, its beginning, or a slip from it.
WELL = 0.75


@dataclass(frozen=True)
class Measured:
    """One kind of search: each one's wall clock and processor in ms, and the share that showed who was meant."""

    wall: list[float]
    processor: list[float]
    found: float


def figures() -> Iterator[Figure]:
    """Yield the figures of SQLite, then those of PostgreSQL where its programs are found."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        yield from _of("SQLite", f"sqlite:///{Path(folder) / 'town.sqlite3'}")
    try:
        with throwaway_postgres(durable=True) as url:
            yield from _of("PostgreSQL", url)
    except NoPostgres as reason:
        print(f"without PostgreSQL: {reason}")


def _of(engine: str, url: str) -> Iterator[Figure]:
    largest = int(os.environ.get("BENCH_PATIENTS") or USUAL)
    migrate(url)
    with connected_to(url):
        town, people = Town(), list[Person]()
        before: dict[str, float] = {}
        for size in sorted({min(FIRST, largest), largest}):
            begun, held = time.perf_counter(), len(people)
            people += chain.from_iterable(town.grow(size))
            rate = (size - held) / (time.perf_counter() - begun)
            yield Figure(f"{engine}: patients loaded and indexed, up to {size:,}", rate, "a second", n=size - held)
            meant = town.rng.sample(people, SEARCHES)
            asked = [_asked(town.rng, person) for person in meant]
            for kind in asked[0]:
                texts = [one[kind] for one in asked]
                name, measured = f"{engine}: search by {kind}, {size:,} patients", _measured(meant, texts)
                yield from _figures(name, measured, before.get(kind))
                before[kind] = median(measured.wall)
            for kind in ("partial", "misspelled", "reversed"):
                share = _of_the_best(people, [one[kind] for one in asked[:WHOLLY]])
                yield Figure(
                    f"{engine}: shown of the ten that fit best of all, {kind}, {size:,}", 100 * share, "%", n=WHOLLY
                )


def _figures(name: str, measured: Measured, before: float | None) -> Iterator[Figure]:
    number = len(measured.wall)
    usual = median(measured.wall)
    if before is None:
        yield Figure(f"{name}, median", usual, "ms", n=number)
    else:
        yield Figure.beside(f"{name}, median", usual, "ms", (f"at {FIRST:,}", round(before, 2)), n=number)
    yield Figure.at_most(f"{name}, 95th percentile", _p95(measured.wall), "ms", LIMIT, n=number)
    yield Figure.at_most(f"{name}, the same, processor", _p95(measured.processor), "ms", LIMIT, n=number)
    yield Figure(f"{name}, who was meant in the first ten", 100 * measured.found, "%", n=number)


def _p95(taken: list[float]) -> float:
    return quantiles(taken, n=20)[-1]


def _asked(rng: random.Random, person: Person) -> dict[str, str]:
    family, given, phone = person.family_name, person.given_name, person.phone
    return {
        "whole name": f"{family}, {given}",
        "reversed": f"{given} {family}",
        "partial": f"{family[:4]} {given[:2]}",
        "misspelled": f"{slip(rng, family)} {slip(rng, given)}",
        "family name": family,
        "misspelled family name alone": slip(rng, family),
        "name and birth date": f"{family[:3]} {person.birth_date:%m/%d/%y}",
        "birth date": f"{person.birth_date:%m/%d/%y}",
        "phone, last four": phone[-4:],
        "phone": f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}",
        "chart number": person.mrn,
    }


def _measured(people: list[Person], texts: list[str]) -> Measured:
    for text in texts[:5]:
        search(text)
    others_worked = _session_worked()
    wall, processor, right = [], [], 0
    for person, text in zip(people, texts, strict=True):
        begun, worked, other = time.perf_counter(), time.thread_time(), others_worked()
        found = search(text)
        wall.append(1_000 * (time.perf_counter() - begun))
        processor.append(1_000 * (time.thread_time() - worked + others_worked() - other))
        right += any(one.patient.pk == person.id for one in found)
    return Measured(wall, processor, right / len(people))


def _session_worked() -> Callable[[], float]:
    """Return what tells the seconds that PostgreSQL's process for this connection has worked, where Linux tells it."""
    connection.ensure_connection()
    if connection.vendor != "postgresql":
        return lambda: 0.0
    told = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat")
    return lambda: int(told.read_text().split()[0]) / 1e9 if told.exists() else 0.0


# --- against the fit of every patient there is


def _of_the_best(people: list[Person], texts: list[str]) -> float:
    """Return how many of the ten that fit best and well, among all patients, the ten shown equal; ties count."""
    there = shown = 0
    for text in texts:
        best = [score for score in nlargest(10, _fits_of_all(people, text)) if score >= WELL]
        there += len(best)
        shown += sum(one.score >= best[-1] - 0.0015 for one in search(text)[: len(best)]) if best else 0
    return shown / there if there else 1.0


def _fits_of_all(people: list[Person], text: str) -> Iterator[float]:
    words = read_search(text, today=date(2026, 1, 1)).words
    fits = cache(lambda name: [max(fit(word, one) for one in words_of_names([name])) for word in words])
    for person in people:
        family, given = fits(person.family_name), fits(person.given_name)
        each = [max(pair) for pair in zip(family, given, strict=True)]
        yield sum(each) / len(words) if all(each) else 0.0
