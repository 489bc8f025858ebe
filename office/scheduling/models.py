"""Providers' time, what may be booked in it, and the visits that are."""

from datetime import date
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q

from office.core.compiled import Later
from office.core.models import Record
from office.patients.models import Patient, Payer, Plan
from office.practice.models import Location, Room, Weekday
from office.records.models import Encounter
from office.scheduling.rules import statuses, visit_types
from office.scheduling.rules.hours import local_day
from office.scheduling.rules.spans import LONGEST_BUSY, Span
from office.staff.models import Provider


class Hours(Record):
    """When a provider sees patients at a location on a weekday, in that location's time, between two dates."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="hours")
    location = models.ForeignKey(Location, models.PROTECT, related_name="provider_hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()
    from_on = models.DateField()
    until_on = models.DateField(null=True, help_text="The last day; empty means until further notice.")

    class Meta:
        ordering: ClassVar[list[str]] = ["weekday", "opens"]
        verbose_name_plural = "hours"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")), name="hours_end_after_they_start"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


class PlanTaken(Record):
    """A plan, or every plan of a payer, that a provider takes at a location, or everywhere, between two days.

    Without a first day the provider has applied. A provider without any line has no list, and nobody is warned.
    """

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="plans_taken")
    payer = models.ForeignKey(Payer, models.CASCADE, related_name="taken_by")
    plan = models.ForeignKey(Plan, models.CASCADE, null=True, related_name="taken_by")
    location = models.ForeignKey(Location, models.CASCADE, null=True, related_name="plans_taken")
    applied_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True, help_text="The last day; empty means until further notice.")

    class Meta:
        ordering: ClassVar[list[str]] = ["provider__position", "payer__name", "plan__name", "starts_on"]
        verbose_name_plural = "plans taken"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="a_plan_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan.payer}, {self.plan}" if self.plan else f"{self.payer}, every plan"


class HoursException(Record):
    """One day on which a provider's hours differ: these spans replace the weekday's, none means not here."""

    provider = models.ForeignKey(Provider, models.CASCADE, related_name="hours_exceptions")
    location = models.ForeignKey(Location, models.PROTECT, related_name="hours_exceptions")
    on = models.DateField()
    opens = models.TimeField(null=True)
    closes = models.TimeField(null=True)
    reason = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["on", "provider"], name="exception_by_day")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(opens__isnull=True, closes__isnull=True) | Q(closes__gt=F("opens")),
                name="exception_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.reason}"


class ClosureQuerySet(models.QuerySet["Closure"]):
    def overlapping(self, span: Span) -> Self:
        return self.filter(starts_at__lt=span.ends_at, ends_at__gt=span.starts_at)

    def of(self, provider: Provider | Later, location: Location | Later) -> Self:
        """Those that keep this provider from this location: theirs, the location's, or of both together."""
        return self.filter(
            Q(provider=provider) | Q(provider__isnull=True), Q(location=location) | Q(location__isnull=True)
        )


class Closure(Record):
    """Time that is not bookable: lunch, a meeting, a holiday; of one provider, or of a whole location."""

    location = models.ForeignKey(Location, models.PROTECT, null=True, blank=True, related_name="closures")
    provider = models.ForeignKey(Provider, models.CASCADE, null=True, blank=True, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=80)

    objects = ClosureQuerySet.as_manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["starts_at", "ends_at"], name="closure_by_time")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="closure_ends_after_it_starts"),
            models.CheckConstraint(
                condition=Q(location__isnull=False) | Q(provider__isnull=False), name="closure_closes_something"
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class VisitType(Record):
    """What can be booked: how long it takes, what it needs, and who may book it. Appointment type, on the screen."""

    name = models.CharField(max_length=60, unique=True)
    minutes = models.PositiveSmallIntegerField()
    buffer_minutes = models.PositiveSmallIntegerField(default=0, help_text="Held after the visit, for the provider.")
    needs_room = models.BooleanField(default=True)
    is_for_new_patients = models.BooleanField(default=False)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    booked_by_roles = models.JSONField(default=list, blank=True, help_text="Role names; empty means all who may book.")
    providers = models.ManyToManyField(Provider, blank=True, related_name="visit_types", help_text="Empty means all.")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="visits_last_5_to_480_minutes"),
            models.CheckConstraint(condition=Q(buffer_minutes__lte=120), name="buffers_last_up_to_120_minutes"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def limits(self) -> list[str]:
        """For whom it is and who books it, in short sentences."""
        return visit_types.limits_of(
            is_for_new=self.is_for_new_patients,
            minimum=self.minimum_age,
            maximum=self.maximum_age,
            allowed=self.booked_by_roles,
        )


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def holding_time(self) -> Self:
        """Canceled visits and no-shows give their time back."""
        return self.exclude(status__in=statuses.GIVES_TIME_BACK)

    def overlapping(self, span: Span) -> Self:
        """Visits of which a part, or a part of the buffer after them, lies within ``span``."""
        return self.filter(
            starts_at__lt=span.ends_at, busy_until__gt=span.starts_at, starts_at__gt=span.starts_at - LONGEST_BUSY
        )

    def on_day(self, day: date, zone: ZoneInfo) -> Self:
        """Visits that start on that day by the clock of ``zone``."""
        whole = local_day(day, zone)
        return self.filter(starts_at__gte=whole.starts_at, starts_at__lt=whole.ends_at)

    def expected(self) -> Self:
        """Booked or confirmed, and nobody has come yet."""
        return self.filter(status__in=statuses.EXPECTED)

    def in_a_room(self) -> Self:
        return self.filter(status__in=statuses.IN_A_ROOM)


class Appointment(Record):
    """A patient's claim on a provider's time, and the one status machine of the day."""

    class Status(models.TextChoices):
        BOOKED = "booked", "Booked"
        CONFIRMED = "confirmed", "Confirmed"
        ARRIVED = "arrived", "Arrived"
        ROOMED = "roomed", "Roomed"
        WITH_PROVIDER = "with_provider", "With provider"
        DONE = "done", "Done"
        CANCELED = "canceled", "Canceled"
        NO_SHOW = "no_show", "No-show"

    class CancelReason(models.TextChoices):
        PATIENT_ILL = "patient_ill", "Patient: ill or in hospital"
        PATIENT_BETTER = "patient_better", "Patient: feels better"
        PATIENT_CONFLICT = "patient_conflict", "Patient: work, school or family"
        PATIENT_TRANSPORT = "patient_transport", "Patient: no ride"
        PATIENT_COST = "patient_cost", "Patient: cost or insurance"
        PATIENT_ELSEWHERE = "patient_elsewhere", "Patient: seen elsewhere"
        PATIENT_OTHER = "patient_other", "Patient: other"
        PROVIDER_ILL = "provider_ill", "Provider: ill"
        PROVIDER_AWAY = "provider_away", "Provider: called away"
        OFFICE_CLOSED = "office_closed", "Office: closed"
        OFFICE_ERROR = "office_error", "Office: booked in error"
        DECEASED = "deceased", "Patient died"

    class Told(models.TextChoices):
        """How the patient learned of the last change of time."""

        TEXTED = "texted", "Texted"
        SPOKE = "spoke", "Spoke"
        NOT_YET = "not_yet", "Not yet"

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="appointments")
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="appointments")
    location = models.ForeignKey(Location, models.PROTECT, related_name="appointments")
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="appointments")
    visit_type = models.ForeignKey(VisitType, models.PROTECT, related_name="appointments")
    encounter = models.OneToOneField(Encounter, models.PROTECT, null=True, related_name="appointment")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    busy_until = models.DateTimeField(help_text="The end and the type's buffer: the provider's time.")
    seat = models.PositiveSmallIntegerField(default=0, help_text="0, unless a permitted person doubled on purpose.")
    status = models.CharField(max_length=20, choices=Status, default=Status.BOOKED)
    status_at = models.DateTimeField(help_text="Since when.")
    reason = models.CharField(max_length=200, blank=True, help_text="In the patient's words.")
    is_walk_in = models.BooleanField(default=False)
    cancel_reason = models.CharField(max_length=20, choices=CancelReason, blank=True)
    told = models.CharField(max_length=10, choices=Told, blank=True)
    arrived_at = models.DateTimeField(null=True)
    roomed_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    booking_key = models.CharField(max_length=64, blank=True, help_text="Of the form: sent twice, booked once.")
    version = models.PositiveIntegerField(default=1, help_text="Rises with each change; a stale change is refused.")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["starts_at"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["provider", "starts_at"], name="visits_of_a_provider"),
            models.Index(fields=["location", "starts_at"], name="visits_at_a_location"),
            models.Index(fields=["patient", "starts_at"], name="visits_of_a_patient"),
            models.Index(fields=["room", "starts_at"], name="visits_in_a_room"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="visit_ends_after_it_starts"),
            models.CheckConstraint(condition=Q(busy_until__gte=F("ends_at")), name="buffer_follows_the_visit"),
            models.CheckConstraint(
                condition=~Q(status="canceled") | ~Q(cancel_reason=""), name="a_cancellation_has_a_reason"
            ),
            models.UniqueConstraint(
                fields=["booking_key"], condition=~Q(booking_key=""), name="a_form_books_one_appointment"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def span(self) -> Span:
        """The visit; the patient's and the room's time."""
        return Span(self.starts_at, self.ends_at)

    @property
    def busy(self) -> Span:
        """The visit and the buffer after it; the provider's time."""
        return Span(self.starts_at, self.busy_until)


NOTE_LENGTH = 300


class AppointmentChangeQuerySet(models.QuerySet["AppointmentChange"]):
    def standing(self) -> Self:
        return self.filter(undone_at__isnull=True)

    def awaiting_telling(self) -> Self:
        """Changes that a patient is told of, and of which nobody settled yet how."""
        return self.standing().filter(verb__in=statuses.TOLD, settled_at__isnull=True)


class AppointmentChange(Record):
    """What became of an appointment, by whom and when: the drawer's log, and what undo takes back."""

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="changes")
    verb = models.CharField(max_length=40, help_text="booked, moved, arrived, canceled …")
    before = models.JSONField(default=dict, help_text="The fields that changed, as they were.")
    after = models.JSONField(default=dict)
    by_id = models.CharField(max_length=80)
    by_label = models.CharField(max_length=150)
    note = models.CharField(max_length=NOTE_LENGTH, blank=True, help_text="Why, where someone had to say so.")
    undone_at = models.DateTimeField(null=True)
    replaced_event = models.CharField(
        max_length=40, blank=True, help_text="What was about to be announced before this, and is again after an undo."
    )
    settled_at = models.DateTimeField(
        null=True, help_text="When it was settled whether and how the patient is told of it."
    )

    objects = AppointmentChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["created_at"],
                name="changes_awaiting_telling",
                condition=Q(settled_at__isnull=True, undone_at__isnull=True, verb__in=["booked", "canceled", "moved"]),
            ),
        ]

    def __str__(self) -> str:
        return self.verb


class Recall(Record):
    """Someone is due for something: to be called and booked by that day."""

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="recalls")
    due_on = models.DateField()
    reason = models.CharField(max_length=200, blank=True)
    provider_name = models.CharField(max_length=120, blank=True, help_text="As the old system has it.")
    done_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["due_on"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["due_on"], name="recalls_to_do", condition=Q(done_on__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.due_on}: {self.reason}"
