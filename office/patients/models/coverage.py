"""Insurers, their plans, and what covers whom from when until when."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from office.core.models import Record
from office.patients.models.patient import Patient


class Payer(Record):
    """An insurer, and what a claim to it needs; billing writes all but the name."""

    class Kind(models.TextChoices):
        COMMERCIAL = "commercial", "Commercial"
        BLUE = "blue", "Blue Cross Blue Shield"
        MEDICARE = "medicare", "Medicare"
        MEDICAID = "medicaid", "Medicaid or CHIP"
        MILITARY = "military", "TRICARE or VA"
        WORKERS = "workers", "Workers' compensation"
        AUTO = "auto", "Auto"
        OTHER = "other", "Other"

    name = models.CharField(max_length=120, unique=True)
    payer_code = models.CharField(max_length=40, blank=True, help_text="Payer ID at the clearinghouse (837P NM109).")
    kind = models.CharField(max_length=10, choices=Kind, blank=True)
    filing_indicator = models.CharField(max_length=2, blank=True, help_text="837P SBR09.")
    phone = models.CharField(max_length=20, blank=True)
    line = models.CharField(max_length=120, blank=True, help_text="Where claims on paper go.")
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    timely_filing_days = models.PositiveSmallIntegerField(null=True, help_text="From the date of service.")
    timely_filing_source = models.CharField(max_length=120, blank=True, help_text="Where the office read that.")
    is_active = models.BooleanField(default=True, help_text="Claims are sent to it; a chart may name it all the same.")

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

    def __str__(self) -> str:
        return self.name


class PayerName(Record):
    """Another name under which cards and old tables write a payer; whoever types it means that payer."""

    payer = models.ForeignKey(Payer, models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=120, unique=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]

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


class CoverageQuerySet(models.QuerySet["Coverage"]):
    def current(self, on: date) -> Self:
        """Those that cover the day, the one that pays first before the others."""
        has_begun = Q(starts_on__isnull=True) | Q(starts_on__lte=on)
        return self.filter(has_begun, Q(ends_on__isnull=True) | Q(ends_on__gte=on))


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
    copay_cents = models.PositiveIntegerField(null=True, help_text="As the card says.")

    objects = CoverageQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["rank", "created_at"]

    def __str__(self) -> str:
        return f"{self.plan}"

    def has_ended(self, on: date) -> bool:
        return self.ends_on is not None and self.ends_on < on

    @property
    def card(self) -> list["CardPicture"]:
        """The sides of the card as they are on file now, the front first; fetch ``card_pictures`` ahead for a list."""
        newest: dict[str, CardPicture] = {}
        for one in self.card_pictures.all():
            newest.setdefault(one.side, one)
        return [newest[side] for side in CardPicture.Side.values if side in newest]

    @property
    def earlier_pictures(self) -> list["CardPicture"]:
        """What was on file before, newest first."""
        now = self.card
        return [one for one in self.card_pictures.all() if one not in now]


class CardPicture(Record):
    """One side of an insurance card as someone took it; the newest of a side is the card, the others its history."""

    class Side(models.TextChoices):
        FRONT = "front", "Front"
        BACK = "back", "Back"

    coverage = models.ForeignKey(Coverage, models.CASCADE, related_name="card_pictures")
    side = models.CharField(max_length=5, choices=Side)
    picture = models.CharField(max_length=64, help_text="SHA-256 of the picture in core.files")
    added_by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]

    def __str__(self) -> str:
        return self.get_side_display()
