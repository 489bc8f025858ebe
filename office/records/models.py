"""The chart's spine, and what was received about a patient and is kept verbatim until it has a place."""

from typing import ClassVar

from django.db import models

from office.core.models import Record
from office.patients.models import Patient


class Import(Record):
    """One run of an import: what it read and what became of it."""

    kind = models.CharField(max_length=20)
    source = models.CharField(max_length=255)
    by_label = models.CharField(max_length=150)
    finished_at = models.DateTimeField(null=True)
    counts = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"


class Encounter(Record):
    """A contact between a patient and care, here or elsewhere (FHIR Encounter)."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="encounters")
    source_system = models.CharField(max_length=120, blank=True)
    source_id = models.CharField(max_length=120, blank=True)
    status = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, blank=True, help_text="v3-ActCode: AMB, EMER, IMP, VR")
    type_text = models.CharField(max_length=200, blank=True)
    type_codes = models.JSONField(default=list)
    reason_text = models.CharField(max_length=300, blank=True)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    place_name = models.CharField(max_length=200, blank=True, help_text="An outside place's name; not one of ours.")
    provider_names = models.JSONField(default=list, help_text="Names as the source gives them; not providers of ours.")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["patient", "-starts_at"], name="chart_spine")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["source_system", "source_id"],
                condition=~models.Q(source_id=""),
                name="an_outside_encounter_comes_in_once",
            ),
        ]

    def __str__(self) -> str:
        return self.type_text or self.kind


class Received(Record):
    """Something received about a patient, byte for byte: compressed, then sealed with the office's key."""

    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="received")
    source_system = models.CharField(max_length=120)
    kind = models.CharField(max_length=60, help_text="FHIR resource type")
    source_id = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    body = models.BinaryField()
    brought_by = models.ForeignKey(Import, models.PROTECT, null=True, related_name="received")

    class Meta:
        verbose_name_plural = "received"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["patient", "kind"], name="received_by_patient")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["source_system", "kind", "source_id"], name="a_received_resource_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.source_id}"
