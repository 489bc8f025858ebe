"""What a patient's account began with. Append-only: a balance is the sum of its rows."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Sum

from office.core.models import Record
from office.patients.models import Patient


class Account(Record):
    """Where a patient's money is kept; it moves with the patient when charts are merged."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="accounts")

    def __str__(self) -> str:
        return f"account of {self.patient_id}"


class OpeningBalanceQuerySet(models.QuerySet["OpeningBalance"]):
    def total_cents(self) -> int:
        return int(self.aggregate(sum=Sum("amount_cents"))["sum"] or 0)

    def of(self, patient: Patient) -> Self:
        return self.filter(account__patient=patient)


class OpeningBalance(Record):
    """What the account brought from the old system, or a correction of it; rows are added, never changed.

    Positive is owed to us. A correction is the difference; taking a load back adds its opposite.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="opening_balances")
    amount_cents = models.BigIntegerField()
    as_of_on = models.DateField()
    source = models.CharField(max_length=120)
    takes_back = models.OneToOneField("self", models.PROTECT, null=True, related_name="taken_back_by")

    objects = OpeningBalanceQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(amount_cents=0), name="an_opening_balance_is_not_nothing"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_cents} cents on {self.as_of_on}"
