"""Conversations with the outside: the channels, and the notices that the program prepares about visits."""

from typing import ClassVar

from django.db import models

from office.core.models import Record
from office.inbox import rules
from office.patients.models import Patient


class Channel(Record):
    """How the office speaks with the outside in one way, who carries it, and under which agreement."""

    class Kind(models.TextChoices):
        PHONE = "phone", "Phone"
        TEXT = "text", "Text"
        EMAIL = "email", "E-mail"
        FAX = "fax", "Fax"

    class Arrangement(models.TextChoices):
        VENDOR = "vendor", "A vendor, under an agreement"
        CONDUIT = "conduit", "A plain telephone line: the carrier only transmits and keeps nothing"
        OWN = "own", "Our own mail server: nobody else keeps it"
        NONE = "none", "We have none of this"

    class Sender(models.TextChoices):
        LOCAL = "10dlc", "Local number (10DLC brand and campaign)"
        TOLL_FREE = "toll_free", "Toll-free number (verification)"
        SHORT_CODE = "short_code", "Short code"

    class Registration(models.TextChoices):
        NOT_BEGUN = "not_begun", "Not begun"
        SUBMITTED = "submitted", "Submitted"
        APPROVED = "approved", "Approved"
        REJECTED = "rejected", "Rejected"

    class Security(models.TextChoices):
        STARTTLS = "starttls", "STARTTLS (port 587)"
        TLS = "tls", "TLS (port 465)"
        NONE = "none", "None: a server on this machine"

    kind = models.CharField(max_length=10, choices=Kind, unique=True)
    arrangement = models.CharField(max_length=10, choices=Arrangement, blank=True)
    vendor = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=254, blank=True, help_text="E.164, or an e-mail address.")
    agreement_on = models.DateField(null=True, help_text="From when a business associate agreement holds (164.502(e)).")
    agreement_kept = models.CharField(max_length=120, blank=True, help_text="Where the signed copy is.")
    sender = models.CharField(max_length=12, choices=Sender, blank=True)
    registration = models.CharField(max_length=12, choices=Registration, default=Registration.NOT_BEGUN)
    registration_on = models.DateField(null=True, help_text="When it came to stand so.")
    registration_number = models.CharField(max_length=60, blank=True, help_text="Campaign or verification number.")
    host = models.CharField(max_length=200, blank=True)
    port = models.PositiveIntegerField(default=587)
    security = models.CharField(max_length=10, choices=Security, default=Security.STARTTLS)
    user = models.CharField(max_length=200, blank=True)
    sealed = models.BinaryField(null=True, help_text="The password at the mail server (core.secrets).")
    tested_at = models.DateTimeField(null=True, help_text="A test left as things stand now.")
    tested_to = models.CharField(max_length=254, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["kind"]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def facts(self) -> rules.ChannelFacts:
        """What the rules ask about."""
        return rules.ChannelFacts(
            kind=self.kind,
            arrangement=self.arrangement,
            vendor=self.vendor,
            address=self.address,
            agreement_on=self.agreement_on,
            registration=self.registration,
            host=self.host,
        )

    @property
    def row(self) -> str:
        """What the password is sealed for."""
        return f"inbox_channel|sealed|{self.pk}"


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
