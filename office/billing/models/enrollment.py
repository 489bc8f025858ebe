"""Whether a payer takes a provider's transactions, and since when somebody waits for its answer."""

from datetime import date
from typing import ClassVar, Self

from django.db import models

from office.billing.rules.enrollment import State, Transaction, follow_up_from
from office.core.models import Record
from office.patients.models import Payer
from office.staff.models import Provider


class EnrollmentQuerySet(models.QuerySet["Enrollment"]):
    def to_follow_up(self, today: date) -> Self:
        """Requests that nobody answered in time."""
        return self.filter(state=State.REQUESTED, on__lte=follow_up_from(today))


class Enrollment(Record):
    """One provider's standing for one transaction at one payer; where there is no row, it is still to be requested."""

    payer = models.ForeignKey(Payer, models.CASCADE, related_name="enrollments")
    provider = models.ForeignKey(Provider, models.CASCADE, related_name="enrollments")
    transaction = models.CharField(max_length=7, choices=[(one.value, one.label) for one in Transaction])
    state = models.CharField(max_length=10, choices=[(one.value, one.label) for one in State])
    on = models.DateField(null=True, help_text="Requested, approved or denied on.")
    note = models.CharField(max_length=200, blank=True, help_text="Their reference, or why they denied it.")
    by_label = models.CharField(max_length=150)

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["payer", "provider", "transaction"], name="a_provider_is_enrolled_once_for_a_transaction"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.DENIED.value) | ~models.Q(note=""), name="a_denial_has_its_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payer}, {self.provider}, {self.transaction}: {self.state}"
