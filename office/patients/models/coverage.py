"""Insurers, their plans, and what covers whom from when until when."""

from typing import ClassVar

from django.db import models

from office.core.models import Record
from office.patients.models.patient import Patient


class Payer(Record):
    """An insurer, and the identifier that claims are sent to."""

    name = models.CharField(max_length=120, unique=True)
    payer_code = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.name


class Plan(Record):
    """A product of a payer."""

    payer = models.ForeignKey(Payer, models.PROTECT, related_name="plans")
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["payer", "name"], name="plan_names_are_unique_at_a_payer"),
        ]

    def __str__(self) -> str:
        return self.name


class Coverage(Record):
    """What a plan covers for a patient from a date until a date; ``rank`` 1 pays first. Insurance, on the screen."""

    class Relation(models.TextChoices):
        SELF = "self", "Self"
        SPOUSE = "spouse", "Spouse"
        CHILD = "child", "Child"
        OTHER = "other", "Other"

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="coverages")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="coverages")
    rank = models.PositiveSmallIntegerField(default=1)
    member_id = models.CharField(max_length=40)
    group_number = models.CharField(max_length=40, blank=True)
    relation = models.CharField(max_length=10, choices=Relation, default=Relation.SELF)
    subscriber_name = models.CharField(max_length=160, blank=True)
    subscriber_birth_date = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    card_front = models.CharField(max_length=64, blank=True)
    card_back = models.CharField(max_length=64, blank=True)
    card_scanned_at = models.DateTimeField(null=True)
    copay_cents = models.PositiveIntegerField(null=True, help_text="As the card says.")

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]

    def __str__(self) -> str:
        return f"{self.plan}"
