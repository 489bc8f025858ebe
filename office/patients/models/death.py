"""Deaths as they were recorded, and taken back."""

from typing import ClassVar

from django.db import models

from office.core.models import Record
from office.patients.models.patient import Patient


class Death(Record):
    """Who recorded a death, and who took it back and why. ``Patient.is_deceased`` and ``died_on`` are what holds."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="deaths")
    recorded_by = models.CharField(max_length=150)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.CharField(max_length=150, blank=True)
    taken_back_because = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]

    def __str__(self) -> str:
        return f"recorded by {self.recorded_by}"
