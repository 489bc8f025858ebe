"""How fast patients are found, at ten thousand and at a million, on whichever database the run stands on."""

import random
import statistics
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate

from django.db import connection, transaction

from office.patients.actions import search_index
from office.patients.models import Patient, Telecom
from office.patients.queries.search import search
from tools.bench.figure import Figure

SIZES = (10_000, 1_000_000)
SEARCHES = 60
CHUNK = 10_000
_ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "l",
    "m",
    "mc",
    "n",
    "p",
    "r",
    "s",
    "sch",
    "t",
    "v",
]
_NUCLEI = ["a", "e", "i", "o", "u", "ai", "ee", "ie", "ou"]
_CODAS = ["ck", "d", "ll", "m", "n", "ng", "r", "rd", "s", "son", "st", "t", "tz", "x", "ez", "ova", "ski", "man"]


def _names(rng: random.Random, count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        syllables = rng.choices((1, 2, 3), (2, 6, 3))[0]
        body = "".join(rng.choice(_ONSETS) + rng.choice(_NUCLEI) for _ in range(syllables))
        made[(body + rng.choice(_CODAS)).capitalize()] = None
    return list(made)


class Town:
    """People whose names are as skewed as real ones: the rank-th name occurs in proportion to 1 / (rank + 10)."""

    def __init__(self, seed: int = 20_261_123) -> None:
        self.rng = random.Random(seed)  # noqa: S311
        self.families, self.givens = _names(self.rng, 120_000), _names(self.rng, 12_000)
        self.family_weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.families))))
        self.given_weights = list(accumulate(1 / (rank + 10) for rank in range(len(self.givens))))

    def settle(self, start: int, count: int) -> list[Patient]:
        """Add patients with a phone number each, in the search index as a load would."""
        families = self.rng.choices(self.families, cum_weights=self.family_weights, k=count)
        givens = self.rng.choices(self.givens, cum_weights=self.given_weights, k=count)
        people = [
            Patient(
                mrn=f"B{start + turn}",
                family_name=families[turn],
                given_name=givens[turn],
                birth_date=date(1930, 1, 1) + timedelta(days=self.rng.randrange(34_000)),
            )
            for turn in range(count)
        ]
        with transaction.atomic():
            Patient.objects.bulk_create(people)
            Telecom.objects.bulk_create(
                Telecom(patient=person, system="phone", value=f"+1{self.rng.randrange(2_010_000_000, 9_899_999_999)}")
                for person in people
            )
            search_index.refresh(people, are_new=True)
        return people


def _slip(rng: random.Random, word: str) -> str:
    place = rng.randrange(1, max(2, len(word) - 1))
    kind = rng.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + rng.choice("aeiourstln") + word[place + 1 :]
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


def _asked(rng: random.Random, person: Patient, phone: str) -> dict[str, str]:
    family, given = person.family_name, person.given_name
    return {
        "whole name": f"{family}, {given}",
        "reversed": f"{given} {family}",
        "partial": f"{family[:4]} {given[:2]}",
        "misspelled": f"{_slip(rng, family)} {_slip(rng, given)}",
        "misspelled family name alone": _slip(rng, family),
        "birth date": f"{person.birth_date:%m/%d/%y}",
        "phone, last four": phone[-4:],
        "phone": f"({phone[2:5]}) {phone[5:8]}-{phone[8:]}",
        "chart number": person.mrn,
    }


def figures() -> Iterator[Figure]:
    """Yield the load rate, then for each kind of search the median and 95th percentile at both sizes."""
    town, held = Town(), 0
    before: dict[str, float] = {}
    for size in SIZES:
        known: list[Patient] = []
        begun = time.perf_counter()
        while held < size:
            people = town.settle(held, min(CHUNK, size - held))
            known = (known + town.rng.sample(people, min(len(people), SEARCHES)))[-4_000:]
            held += len(people)
        rate = size / (time.perf_counter() - begun)
        yield Figure(f"patients loaded and indexed, up to {size:,}", rate, "patients/s", n=size)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for kind, times, found in _measured(town.rng, town.rng.sample(known, SEARCHES)):
            name = f"search by {kind}, {size:,} patients on {connection.vendor}"
            median, worst = statistics.median(times), statistics.quantiles(times, n=20)[-1]
            if kind in before:
                yield Figure.beside(f"{name}, median", median, "ms", (f"at {SIZES[0]:,}", before[kind]), n=SEARCHES)
            else:
                yield Figure(f"{name}, median", median, "ms", n=SEARCHES)
            before[kind] = median
            yield Figure.at_most(f"{name}, 95th percentile", worst, "ms", 15, n=SEARCHES)
            yield Figure(f"{name}, the right chart in the first ten", 100 * found, "%", n=SEARCHES)


def _measured(rng: random.Random, people: list[Patient]) -> Iterator[tuple[str, list[float], float]]:
    phones = dict(Telecom.objects.filter(patient__in=people).values_list("patient", "value"))
    asked = [(person, _asked(rng, person, phones[person.pk])) for person in people]
    search("warm up")
    for kind in asked[0][1]:
        times, right = [], 0
        for person, texts in asked:
            begun = time.perf_counter()
            found = search(texts[kind])
            times.append((time.perf_counter() - begun) * 1000)
            right += any(one.patient.pk == person.pk for one in found)
        yield kind, times, right / len(asked)
