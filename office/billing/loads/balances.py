"""Balances as a kind of table: what each account is opened with, and the sum to hold against the old report."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Sum

from office.billing.actions.opening_balances import load_opening_balances, take_back_opening_balances
from office.billing.models import Account, OpeningBalance
from office.core.actors import Actor
from office.core.tables.columns import Shape
from office.patients.loads.finding import NEEDS_SOMEONE, WHOSE
from office.patients.loads.keyed import Held, PatientRun, Wanted, Wrong
from office.practice.loads.kinds import Field, Kind, Line, Loaded, TakenBack

#: Headings of OpenEMR's and Kareo/Tebra's patient balance reports, eClinicalWorks and plain spreadsheets.
FIELDS = (
    *WHOSE,
    Field("balance", "Patient's balance", (
        "patientbalance", "ptbalance", "balance", "bal", "patientbalancedue", "balancedue", "amountdue",
        "patientdue", "openingbalance", "ptdue", "patientresponsibility", "totalbalance", "accountbalance",
        "currentbalance", "due", "amount", "total",
    ), Shape.MONEY),
    Field("as_of_on", "As of", ("asof", "asofdate", "balancedate", "date", "statementdate"), Shape.DATE),
)  # fmt: skip
SOURCE = "Old system"
_MOST = 10_000_000_00


class BalancesRun(PatientRun):
    """One load of balances. A patient has one balance in a table: a second row of theirs is a question, not a sum."""

    def __init__(self, today: date) -> None:
        super().__init__(today)
        self.met: set[UUID] = set()

    def read_of(self, line: Line, patient_id: UUID) -> Wanted:
        amount = line.values.get("balance")
        if amount is None:
            raise Wrong("Patient's balance: there is no amount")
        if patient_id in self.met:
            raise Wrong("A second row of the same patient: add them up, or leave one")
        cents = int(amount * 100)
        if abs(cents) > _MOST:
            raise Wrong("Patient's balance: more than ten million dollars")
        as_of = line.values.get("as_of_on", self.today)
        if as_of > self.today:
            raise Wrong(f"As of: {as_of:%m/%d/%Y} is still to come")
        self.met.add(patient_id)
        wanted = Wanted((patient_id,), {"amount_cents": cents}, patient_id)
        self.as_of[wanted.id] = as_of
        return wanted

    def settle(self, actor: Actor, lines: Sequence[Line], *, write: bool) -> None:
        self.as_of: dict[UUID, date] = {}
        self.rows: dict[UUID, UUID] = {}
        super().settle(actor, lines, write=write)
        for line in lines:
            # What an undo takes back is the row of this load, also where it corrects an earlier one.
            if line.subject_id in self.rows:
                line.subject_id = self.rows[line.subject_id]

    def held(self, wanted: Sequence[Wanted]) -> dict[tuple[Any, ...], Held]:
        """Return what each account was opened with so far; nothing counts as zero, so a zero is no change."""
        self.accounts = {
            account.patient_id: account
            for account in Account.objects.filter(patient__in={one.patient_id for one in wanted})
        }
        rows = OpeningBalance.objects.filter(account__patient__in=list(self.accounts))
        sums = dict(rows.values_list("account__patient").annotate(Sum("amount_cents")))
        held: dict[tuple[Any, ...], Held] = {}
        for one in wanted:
            known = sums.get(one.patient_id)
            if known is not None or one.fields["amount_cents"] == 0:
                account = self.accounts.get(one.patient_id)
                held[one.key] = Held(account.pk if account else one.patient_id, {"amount_cents": known or 0})
        return held

    def write(self, actor: Actor, new: Sequence[Wanted], changed: Sequence[tuple[Held, Wanted]]) -> None:
        rows = [self._row(one, one.fields["amount_cents"], one.id) for one in new]
        for before, wanted in changed:
            rows.append(self._row(wanted, wanted.fields["amount_cents"] - before.fields["amount_cents"], wanted.id))
            self.rows[before.id] = wanted.id
        load_opening_balances(actor, rows=rows)

    def _row(self, one: Wanted, cents: int, key: UUID) -> OpeningBalance:
        account = self.accounts.get(one.patient_id)
        if account is None:
            account = self.accounts[one.patient_id] = Account(patient_id=one.patient_id)
        return OpeningBalance(pk=key, account=account, amount_cents=cents, as_of_on=self.as_of[one.id], source=SOURCE)


def _take_back(actor: Actor, rows: Sequence[Loaded], at: datetime) -> TakenBack:
    return take_back_opening_balances(actor, rows=rows)


BALANCES = Kind("balances", "Balances", FIELDS, (NEEDS_SOMEONE, ("balance",)), BalancesRun, _take_back, total="balance")
