"""How to reach a patient, and who speaks for them or may be told."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from office.core.models import Record
from office.patients.models.patient import Patient


class Telecom(Record):
    """A phone number (E.164) or an e-mail address."""

    class System(models.TextChoices):
        PHONE = "phone", "Phone"
        EMAIL = "email", "E-mail"
        FAX = "fax", "Fax"

    class Use(models.TextChoices):
        MOBILE = "mobile", "Cell"
        HOME = "home", "Home"
        WORK = "work", "Work"
        OLD = "old", "Old"

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="telecoms")
    system = models.CharField(max_length=10, choices=System)
    use = models.CharField(max_length=10, choices=Use, default=Use.MOBILE)
    value = models.CharField(max_length=254)
    rank = models.PositiveSmallIntegerField(default=1)
    may_leave_message = models.BooleanField(default=False)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["rank", "created_at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["value"], name="patient_by_telecom")]

    def __str__(self) -> str:
        return self.value

    @property
    def is_ended(self) -> bool:
        return self.use == self.Use.OLD


class Address(Record):
    """Where the patient lives or gets mail."""

    class Use(models.TextChoices):
        HOME = "home", "Home"
        MAIL = "mail", "Mail"
        TEMPORARY = "temp", "For a time"
        OLD = "old", "Old"

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="addresses")
    use = models.CharField(max_length=10, choices=Use, default=Use.HOME)
    line = models.CharField(max_length=160)
    line2 = models.CharField(max_length=160, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=40, blank=True)
    postal_code = models.CharField(max_length=12, blank=True)
    country = models.CharField(max_length=3, default="US")
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at"]
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return ", ".join(part for part in (self.line, self.line2, self.city) if part)

    @property
    def is_ended(self) -> bool:
        return self.use == self.Use.OLD


class Contact(Record):
    """Someone around the patient: whom to call, who pays, who may be told, bring or consent for a minor."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="contacts")
    chart = models.ForeignKey(Patient, models.SET_NULL, null=True, blank=True, related_name="is_contact_of")
    name = models.CharField(max_length=160)
    relationship = models.CharField(max_length=40)
    phone = models.CharField(max_length=20, blank=True)
    birth_date = models.DateField(null=True)
    is_emergency_contact = models.BooleanField(default=False)
    is_guarantor = models.BooleanField(default=False)
    is_proxy = models.BooleanField(default=False)
    may_be_told = models.CharField(
        max_length=200, blank=True, help_text="What may be said: appointments, results, bills"
    )
    may_bring = models.BooleanField(default=False, help_text="May bring a minor")
    may_consent = models.BooleanField(default=False, help_text="May consent to treatment of a minor")
    evidence = models.CharField(max_length=200, blank=True, help_text="Form, court order, and its date")
    until_on = models.DateField(null=True, help_text="The day from which they no longer count.")
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_ended(self) -> bool:
        """True from the day on which it ended: whoever was taken off this morning is told nothing this afternoon."""
        return self.until_on is not None and self.until_on <= timezone.localdate()


class Consent(Record):
    """What the patient agreed to or refused; the newest row of a kind is what holds."""

    class Kind(models.TextChoices):
        TEXT = "text", "Text messages"
        EMAIL = "email", "E-mail"
        VOICEMAIL = "voicemail", "Details on voicemail"
        PRIVACY_NOTICE = "privacy_notice", "Privacy notice"
        TREATMENT = "treatment", "Consent to treatment"

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=20, choices=Kind)
    is_given = models.BooleanField()
    given_at = models.DateTimeField()
    how = models.CharField(max_length=120, help_text="On paper, by phone, at the window")
    recorded_by = models.CharField(max_length=150)

    class Meta:
        ordering: ClassVar[list[str]] = ["-given_at"]

    def __str__(self) -> str:
        return self.get_kind_display()
