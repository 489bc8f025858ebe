"""Emergency access and merges: charts opened or joined against the usual way."""

from django.db import models

from office.core.models import Record
from office.patients.models.patient import Patient
from office.staff.models import Member


class EmergencyAccess(Record):
    """Break-glass: one person, one patient, one hour, with a reason that the privacy officer reviews."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="emergency_accesses")
    member = models.ForeignKey(Member, models.PROTECT, related_name="emergency_accesses")
    reason = models.CharField(max_length=300)
    until = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.CharField(max_length=150, blank=True)

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
