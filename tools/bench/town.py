"""A town of any size for the search to look through: invented people whose names are as common as names are.

The most frequent names are those of the demo office. The tail is invented from syllables and from slips of frequent
names, since real names have neighbors (Johnson, Johnston, Johnsen). How common the rank-th name is follows the curves
of the 2010 census for surnames and of the Social Security Administration for given names.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model

from office.core.ids import uuid7
from office.home.demo.names import BACKGROUNDS
from office.patients.actions import search_index
from office.patients.models import Patient, Telecom

CHUNK = 20_000
#: Of the people, the share that the names up to a rank cover.
SURNAMES = ((1, 0.008), (10, 0.049), (100, 0.16), (1_000, 0.40), (10_000, 0.74), (150_000, 1.0))
GIVEN_NAMES = ((1, 0.015), (10, 0.11), (100, 0.48), (1_000, 0.88), (12_000, 1.0))
_ONSETS = "b br c ch d f g gr h j k l m mc n p r s sch st t v w"
_NUCLEI = "a e i o u ai ee ie ou"
_CODAS = "ck d ll m n ng r rd s son st t tz x ez ova ski man ley"


@dataclass(frozen=True)
class Person:
    """Someone of the town, as the desk knows them."""

    id: UUID
    mrn: str
    family_name: str
    given_name: str
    birth_date: date
    phone: str


class Town:
    """The same people for the same seed, however large it grows."""

    def __init__(self, seed: int = 20_261_123) -> None:
        self.rng, self.held = random.Random(seed), 0  # noqa: S311
        surnames = {name for background in BACKGROUNDS for name in background.surnames}
        given = {name for one in BACKGROUNDS for names in (*one.women, *one.men) for name in names}
        self._families, self._family_weights = self._ranked(surnames, SURNAMES)
        self._givens, self._given_weights = self._ranked(given, GIVEN_NAMES)

    def grow(self, size: int) -> Iterator[list[Person]]:
        """Settle people, a chunk at a time, until the town has so many, known to the search as a load makes them."""
        while self.held < size:
            people = [self._somebody() for _ in range(min(CHUNK, size - self.held))]
            patients = [
                Patient(
                    pk=one.id,
                    mrn=one.mrn,
                    family_name=one.family_name,
                    given_name=one.given_name,
                    birth_date=one.birth_date,
                )
                for one in people
            ]
            with transaction.atomic():
                _load(Patient, patients)
                _load(Telecom, [Telecom(patient_id=one.id, system="phone", value=one.phone) for one in people])
                search_index.refresh(patients, are_new=True)
            yield people
        with connection.cursor() as cursor:
            # As the databases do by themselves in time: statistics, and on PostgreSQL which pages all may see.
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

    def _somebody(self) -> Person:
        self.held += 1
        return Person(
            uuid7(),
            f"B{self.held}",
            self.rng.choices(self._families, cum_weights=self._family_weights)[0],
            self.rng.choices(self._givens, cum_weights=self._given_weights)[0],
            date(1930, 1, 1) + timedelta(days=self.rng.randrange(34_000)),
            f"+1{self.rng.randrange(2_010_000_000, 9_899_999_999)}",
        )

    def _ranked(self, known: set[str], curve: tuple[tuple[int, float], ...]) -> tuple[list[str], list[float]]:
        """Return as many names as the curve has ranks, and the share of the people that those so far cover."""
        names = dict.fromkeys(self.rng.sample(sorted(known), len(known)))
        frequent = list(names)
        while len(names) < curve[-1][0]:
            name = slip(self.rng, self.rng.choice(frequent)) if self.rng.random() < 0.4 else self._syllables()
            names.setdefault(name.capitalize())
        covered = [curve[0][1]]
        for (low, before), (high, after) in pairwise(curve):
            step = (after - before) / math.log(high / low)
            covered += [before + step * math.log(rank / low) for rank in range(low + 1, high + 1)]
        return list(names)[: len(covered)], covered

    def _syllables(self) -> str:
        number = self.rng.choices((1, 2, 3), (2, 6, 3))[0]
        body = "".join(self.rng.choice(_ONSETS.split()) + self.rng.choice(_NUCLEI.split()) for _ in range(number))
        return body + self.rng.choice(_CODAS.split())


def slip(rng: random.Random, word: str) -> str:
    """Return the word with one letter gone, changed or exchanged with its neighbor, never the first."""
    place = rng.randrange(1, max(2, len(word) - 1))
    kind = rng.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1 :]
    if kind == 1:
        return word[:place] + rng.choice("aeiourstln") + word[place + 1 :]
    return word[:place] + word[place : place + 2][::-1] + word[place + 2 :]


def _load(model: type[Model], rows: list[Patient] | list[Telecom]) -> None:
    """Insert the rows past the ORM, which would take most of the time of a million."""
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    table, names = quote(model._meta.db_table), ", ".join(quote(str(field.column)) for field in fields)
    values = ([field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for one in values:
                    copy.write_row(one)
        else:
            places = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", list(values))  # noqa: S608
