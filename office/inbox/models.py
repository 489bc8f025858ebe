"""Conversations with the outside. So far: the notices that the program prepares about visits."""

from typing import ClassVar

from django.db import models

from office.core.models import Record
from office.patients.models import Patient


class Message(Record):
    """A notice to a patient, prepared once for each thing it is about."""

    class Channel(models.TextChoices):
        TEXT = "text", "Text"
        EMAIL = "email", "E-mail"
        CALL = "call", "Call"

    class Status(models.TextChoices):
        PREPARED = "prepared", "Prepared"
        WOULD_HAVE_BEEN_SENT = "would_have_been_sent", "Would have been sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    about = models.CharField(max_length=160, unique=True, help_text="What it is about; the same thing is said once.")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="messages")
    channel = models.CharField(max_length=10, choices=Channel)
    to = models.CharField(max_length=120)
    body = models.TextField()
    status = models.CharField(max_length=24, choices=Status, default=Status.PREPARED)

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} about {self.about}"
