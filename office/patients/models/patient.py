"""The patient: names, birth, and what makes the chart one chart."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from office.core.models import Record
from office.patients.rules import languages


class PatientQuerySet(models.QuerySet["Patient"]):
    def charts(self) -> Self:
        """Those that are charts of their own, not merged into another."""
        return self.filter(merged_into__isnull=True)

    def merged(self) -> Self:
        """Those merged into another. Few: said so, the partial index answers instead of a scan of every chart."""
        return self.filter(merged_into__isnull=False)


class Patient(Record):
    """A person we care for. Words: "Last, First", and the birth date always beside the name."""

    class Sex(models.TextChoices):
        """As the insurance card has it."""

        FEMALE = "F", "Female"
        MALE = "M", "Male"
        OTHER = "X", "Another"
        UNKNOWN = "U", "Not known"

    mrn = models.CharField(max_length=20, unique=True)
    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80, blank=True)
    middle_name = models.CharField(max_length=80, blank=True)
    prefix = models.CharField(max_length=20, blank=True)
    suffix = models.CharField(max_length=20, blank=True)
    called = models.CharField(max_length=80, blank=True, help_text="What the patient wants to be called.")
    pronouns = models.CharField(max_length=40, blank=True)
    is_unnamed_newborn = models.BooleanField(default=False)
    birth_date = models.DateField(null=True, help_text="Empty only while it is not known, and then asked for.")
    sex = models.CharField(max_length=1, choices=Sex, default=Sex.UNKNOWN)
    gender_identity = models.CharField(max_length=60, blank=True)
    marital_status = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=20, default="en", help_text="BCP 47")
    needs_interpreter = models.BooleanField(default=False)
    photo = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the picture in core.files")
    custody_note = models.CharField(max_length=300, blank=True)
    primary_provider = models.ForeignKey(
        "staff.Provider", models.SET_NULL, null=True, blank=True, related_name="patients"
    )
    is_restricted = models.BooleanField(default=False, help_text="Opened by emergency access or named people only.")
    died_on = models.DateField(null=True)
    is_deceased = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_charts", db_index=False)
    contact_asked_on = models.DateField(null=True, help_text="When address and phone were last asked and found right.")
    version = models.PositiveIntegerField(default=1, help_text="Rises with each correction; a stale save is refused.")

    objects = PatientQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["birth_date"], name="patient_by_birth_date"),
            models.Index(
                fields=["merged_into"], name="merged_charts_by_kept", condition=models.Q(merged_into__isnull=False)
            ),
            models.Index(fields=["family_name", "given_name"], name="patient_by_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """``Last, First Middle``; a newborn without a name is ``Last, newborn``."""
        given = " ".join(part for part in (self.given_name, self.middle_name) if part)
        if not given:
            given = "newborn" if self.is_unnamed_newborn else ""
        family = " ".join(part for part in (self.family_name, self.suffix) if part)
        return f"{family}, {given}" if given else family

    @property
    def short_name(self) -> str:
        """``Last, First`` for a row."""
        given = self.given_name or ("newborn" if self.is_unnamed_newborn else "")
        return f"{self.family_name}, {given}" if given else self.family_name

    @property
    def language_name(self) -> str:
        return languages.language_name(self.language)


class Name(Record):
    """Another name of the patient: former, maiden, preferred, alias; found by search like the present one."""

    class Kind(models.TextChoices):
        FORMER = "former", "Former name"
        MAIDEN = "maiden", "Maiden name"
        PREFERRED = "preferred", "Preferred name"
        ALIAS = "alias", "Also known as"
        LEGAL = "legal", "Name in law"

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="other_names")
    kind = models.CharField(max_length=10, choices=Kind)
    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80, blank=True)
    middle_name = models.CharField(max_length=80, blank=True)
    until_on = models.DateField(null=True)

    def __str__(self) -> str:
        return ", ".join(part for part in (self.family_name, self.given_name) if part)


class Identifier(Record):
    """A number someone gave the patient. A social security number is sealed and found by its blind index."""

    class Kind(models.TextChoices):
        MEDICAL_RECORD = "MR", "Medical record number elsewhere"
        SOCIAL_SECURITY = "SS", "Social security number"
        DRIVERS_LICENSE = "DL", "Driver's license"
        PASSPORT = "PPN", "Passport"
        OLD_CHART = "old", "Old chart number"
        OTHER = "other", "Other"

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=10, choices=Kind)
    system = models.CharField(max_length=200, blank=True)
    value = models.CharField(max_length=120, blank=True, help_text="Empty for a sealed one.")
    sealed = models.BinaryField(null=True)
    blind_index = models.CharField(max_length=32, blank=True, db_index=True)
    ended_on = models.DateField(null=True)
    ended_because = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["value"], name="patient_by_identifier")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(kind="SS") | Q(value=""), name="social_security_numbers_are_sealed"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def is_ended(self) -> bool:
        return self.ended_on is not None

    @property
    def is_sealed(self) -> bool:
        return self.sealed is not None
