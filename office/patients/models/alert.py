"""Sentences that stand in the way where they matter."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.core.models import Record
from office.patients.models.patient import Patient


class AlertQuerySet(models.QuerySet["Alert"]):
    def current(self) -> Self:
        return self.filter(Q(until_on__isnull=True) | Q(until_on__gte=timezone.localdate()), ended_at__isnull=True)


class Alert(Record):
    """A sentence that stands in the way where it matters, with its author and its end."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="alerts")
    text = models.CharField(max_length=200)
    is_serious = models.BooleanField(default=False)
    at_booking = models.BooleanField(default=False)
    at_check_in = models.BooleanField(default=False)
    at_rooming = models.BooleanField(default=False)
    at_billing = models.BooleanField(default=False)
    author = models.CharField(max_length=150)
    until_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150, blank=True)

    objects = AlertQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_serious", "created_at"]

    def __str__(self) -> str:
        return self.text
