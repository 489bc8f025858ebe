"""Restrictions, emergency access and merges: charts closed, opened or joined against the usual way."""

from typing import ClassVar

from django.db import models

from office.core.models import Record
from office.patients.models.patient import Patient
from office.staff.models import Member


class Restriction(Record):
    """Why a chart was closed, by whom, and when and why it was lifted. ``Patient.is_restricted`` is what holds."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="restrictions")
    reason = models.CharField(max_length=300)
    set_by = models.CharField(max_length=150)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=150, blank=True)
    lifted_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]

    def __str__(self) -> str:
        return f"set by {self.set_by}"


class EmergencyAccess(Record):
    """Break-glass: one person, one patient, one hour, with a reason that the privacy officer reviews."""

    class Finding(models.TextChoices):
        JUSTIFIED = "justified", "Justified"
        NOT_JUSTIFIED = "not_justified", "Not justified"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="emergency_accesses")
    member = models.ForeignKey(Member, models.PROTECT, related_name="emergency_accesses")
    reason = models.CharField(max_length=300)
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=150, blank=True)
    finding = models.CharField(max_length=20, choices=Finding, blank=True)
    finding_note = models.CharField(max_length=500, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["created_at"], name="accesses_to_review", condition=models.Q(reviewed_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"until {self.until:%Y-%m-%d %H:%M}"


class Merge(Record):
    """Two charts made one: what moved from where, so that it can be undone."""

    kept = models.ForeignKey(Patient, models.PROTECT, related_name="merges_into_this")
    merged = models.ForeignKey(Patient, models.PROTECT, related_name="merges_of_this")
    by_label = models.CharField(max_length=150)
    reason = models.CharField(max_length=200)
    moves = models.JSONField(default=list, help_text="[model label, field, row id] of each row that was re-pointed")
    before = models.JSONField(default=dict, help_text="The kept chart's fields that changed, as they were.")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=150, blank=True)

    def __str__(self) -> str:
        return f"merged {self.created_at:%Y-%m-%d}"
