"""Who a patient is, how to reach them, who speaks for them, what pays, and what must not be missed about them."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from office.core.models import Record
from office.staff.models import Member


class PatientQuerySet(models.QuerySet["Patient"]):
    def charts(self) -> Self:
        """Those that are charts of their own, not merged into another."""
        return self.filter(merged_into__isnull=True)


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
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_charts")
    contact_asked_on = models.DateField(null=True, help_text="When address and phone were last asked and found right.")
    version = models.PositiveIntegerField(default=1, help_text="Rises with each correction; a stale save is refused.")

    objects = PatientQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["birth_date"], name="patient_by_birth_date"),
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


class Name(Record):
    """Another name of the patient: former, maiden, alias; found by search like the present one."""

    class Kind(models.TextChoices):
        FORMER = "former", "Former name"
        MAIDEN = "maiden", "Maiden name"
        ALIAS = "alias", "Also known as"
        LEGAL = "legal", "Name in law"

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="other_names")
    kind = models.CharField(max_length=10, choices=Kind)
    family_name = models.CharField(max_length=80)
    given_name = models.CharField(max_length=80, blank=True)
    middle_name = models.CharField(max_length=80, blank=True)
    until_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.family_name}, {self.given_name}"


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

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["value"], name="patient_by_identifier")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~Q(kind="SS") | Q(value=""), name="social_security_numbers_are_sealed"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


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

    class Meta:
        ordering: ClassVar[list[str]] = ["rank", "created_at"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["value"], name="patient_by_telecom")]

    def __str__(self) -> str:
        return self.value


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

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at"]
        verbose_name_plural = "addresses"

    def __str__(self) -> str:
        return f"{self.line}, {self.city}"


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
    until_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["created_at"]

    def __str__(self) -> str:
        return self.name


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


class Payer(Record):
    """An insurer, and the identifier that claims are sent to."""

    name = models.CharField(max_length=120, unique=True)
    payer_code = models.CharField(max_length=40, blank=True)

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
    card_front = models.CharField(max_length=64, blank=True)
    card_back = models.CharField(max_length=64, blank=True)
    card_scanned_at = models.DateTimeField(null=True)
    copay_cents = models.PositiveIntegerField(null=True, help_text="As the card says.")

    class Meta:
        ordering: ClassVar[list[str]] = ["rank"]

    def __str__(self) -> str:
        return f"{self.plan}"


class DifferentPeople(Record):
    """Someone compared two charts that look alike and said why they are two people; not asked again."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="found_different_from")
    other = models.ForeignKey(Patient, models.CASCADE, related_name="found_different_by")
    reason = models.CharField(max_length=200)
    by_label = models.CharField(max_length=150)

    class Meta:
        verbose_name_plural = "different people"

    def __str__(self) -> str:
        return self.reason


class ChartReader(Record):
    """Someone whom the privacy officer lets read a restricted chart."""

    patient = models.ForeignKey(Patient, models.CASCADE, related_name="readers")
    member = models.ForeignKey(Member, models.PROTECT, related_name="readable_charts")
    named_by = models.CharField(max_length=150)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["patient", "member"], name="a_reader_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"named by {self.named_by}"


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


class NumberSeries(models.Model):
    """The next number of a series; the row is the lock, so no number is given twice."""

    name = models.CharField(max_length=20, primary_key=True)
    next = models.PositiveBigIntegerField(default=1)

    class Meta:
        verbose_name_plural = "number series"

    def __str__(self) -> str:
        return self.name


class SearchWord(models.Model):
    """A folded word by which a patient is found: of a name, present or former, or ``#`` and a phone number reversed.

    Derived, written by actions.search_index alone, and rebuilt from the patient at any time.
    """

    pk = models.CompositePrimaryKey("patient_id", "text")
    patient = models.ForeignKey(Patient, models.CASCADE, related_name="search_words", db_index=False)
    text = models.CharField(max_length=40)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # The operator class lets PostgreSQL answer "begins with" from the index in any collation.
            models.Index(
                fields=["text", "patient"], name="patient_by_word", opclasses=["varchar_pattern_ops", "uuid_ops"]
            ),
        ]

    def __str__(self) -> str:
        return self.text


class WordKey(models.Model):
    """A spelling that a misspelled word shares with a word in use: what is left of it with up to two letters gone."""

    pk = models.CompositePrimaryKey("key", "text")
    key = models.CharField(max_length=8)
    text = models.CharField(max_length=40)

    def __str__(self) -> str:
        return self.key
