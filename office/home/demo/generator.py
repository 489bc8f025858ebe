"""The demo office as unsaved rows: pure, from a seed, a day and a moment. The same in, the same out (but for keys)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random

from django.db.models import Model

from office.home.demo import billing
from office.home.demo.desk import Desk
from office.home.demo.office import Site
from office.home.demo.people import Town
from office.home.demo.visits import Book
from office.patients.actions.numbers import FIRST_MRN
from office.patients.models import NumberSeries

SEED = 88_12401
PATIENTS = 2_500


@dataclass(frozen=True)
class DemoOffice:
    """Everything, and the order in which it is stored."""

    site: Site
    town: Town
    book: Book
    desk: Desk

    def batches(self) -> Iterator[tuple[str, Sequence[Model]]]:
        """(noun, rows) in an order in which every row's relations are there before it."""
        site, town, insurance = self.site, self.town, self.town.insurance
        yield (
            "the practice",
            [site.practice, *site.locations, *(room for rooms in site.rooms for room in rooms), *site.door_hours],
        )
        yield "staff", [*site.members.values(), *site.roles, *site.providers]
        yield "hours", [*site.hours_rows, *site.exceptions, *site.closures, *site.visit_types]
        yield (
            "patients",
            [
                NumberSeries(name="mrn", next=FIRST_MRN + len(town.patients)),
                *town.patients,
                *town.other_names,
                *town.telecoms,
                *town.addresses,
                *town.contacts,
            ],
        )
        yield "insurance", [*insurance.payers.values(), *insurance.plans.values(), *insurance.coverages]
        yield "insurance cards", insurance.cards
        payers = list(insurance.payers.values())
        yield "enrollment", [billing.clearinghouse(), *billing.enrollments(payers, site.providers, site.today)]
        yield "fees", list(billing.fees(site.today))
        yield "plans taken", list(billing.plans_taken(payers, site.providers, site.today))
        yield "consents and alerts", [*town.consents, *town.alerts]
        yield "visits", self.book.rows
        yield "work", [*self.desk.work, *self.desk.parked, *self.desk.messages]


def generate(
    today: date, now: datetime, *, seed: int = SEED, patients: int = PATIENTS, password_hash: str = ""
) -> DemoOffice:
    """Return the office of ``today`` as it stands at ``now`` (see calendar.as_of)."""
    random = Random(seed)  # noqa: S311 - a seed is the point: the same office every time
    site = Site(today, password_hash)
    town = Town(site, random, patients)
    book = Book(site, town, now, random)
    return DemoOffice(site, town, book, Desk(site, town, book, now, random))
