"""Who stands how with which payer: the matrix of one transaction, and what is not ready of it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from office.billing.models import Enrollment
from office.billing.rules.enrollment import READY, State, Transaction, is_overdue
from office.patients.models import Payer
from office.staff.models import Provider


@dataclass(frozen=True)
class Cell:
    """One provider at one payer."""

    payer: Payer
    provider: Provider
    state: State
    on: date | None
    note: str
    is_overdue: bool

    @property
    def tone(self) -> str:
        """Ready is a mark without a fill; only what is missing has one."""
        if self.state is State.DENIED or self.is_overdue:
            return "red"
        return {State.TO_REQUEST: "amber", State.REQUESTED: "blue"}.get(self.state, "neutral")

    @property
    def is_ready(self) -> bool:
        return self.state in READY


@dataclass(frozen=True)
class Line:
    """A payer with each of the providers."""

    payer: Payer
    cells: Sequence[Cell]

    @property
    def ready(self) -> int:
        return sum(cell.is_ready for cell in self.cells)

    @property
    def words(self) -> str:
        """How many of them are ready."""
        return f"{self.ready} of {len(self.cells)}" if self.ready < len(self.cells) else "All"


def billed_providers() -> list[Provider]:
    """Return the providers whose claims leave."""
    return list(Provider.objects.filter(is_active=True))


def matrix(transaction: Transaction, payers: Sequence[Payer], providers: Sequence[Provider]) -> list[Line]:
    """Return a line for each payer: how each provider stands for the transaction. One query."""
    kept: dict[tuple[UUID, UUID], Enrollment] = {
        (row.payer_id, row.provider_id): row for row in Enrollment.objects.filter(transaction=transaction)
    }
    today = timezone.localdate()
    lines = []
    for payer in payers:
        cells = []
        for provider in providers:
            row = kept.get((payer.pk, provider.pk))
            state = State(row.state) if row else State.TO_REQUEST
            on, note = (row.on, row.note) if row else (None, "")
            cells.append(Cell(payer, provider, state, on, note, is_overdue(state, on, today=today)))
        lines.append(Line(payer, cells))
    return lines


def overdue_requests(today: date) -> dict[tuple[Payer, Transaction, date], list[Provider]]:
    """Return the requests that were not answered in time: those of one day at one payer together."""
    found: dict[tuple[Payer, Transaction, date], list[Provider]] = defaultdict(list)
    rows = Enrollment.objects.to_follow_up(today).filter(payer__is_active=True, provider__is_active=True)
    for row in rows.select_related("payer", "provider"):
        if row.on is not None:
            found[(row.payer, Transaction(row.transaction), row.on)].append(row.provider)
    return found
