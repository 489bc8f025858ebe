"""The practice, its locations, their rooms and workstations, and when the doors are open."""

from typing import ClassVar

from django.db import models

from office.core.models import Record
from office.practice.loads.models import ColumnMap, Load, LoadedRow

__all__ = [
    "ColumnMap",
    "DoorHours",
    "Load",
    "LoadedRow",
    "Location",
    "Practice",
    "Room",
    "Weekday",
    "Workstation",
]


class Practice(Record):
    """The one practice that this database belongs to (one organization is one database)."""

    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    zone = models.CharField(max_length=60, default="America/New_York", help_text="IANA name; the timetable runs in it.")
    tin = models.CharField(max_length=9, blank=True, help_text="Tax number: nine digits.")
    npi = models.CharField(max_length=10, blank=True, help_text="The organization's (type 2).")
    taxonomy = models.CharField(max_length=10, blank=True)
    line = models.CharField(max_length=120, blank=True, help_text="Where it bills from: a street, not a P.O. box.")
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True, help_text="ZIP+4.")
    pay_to_line = models.CharField(max_length=120, blank=True, help_text="Where checks go; empty is the same address.")
    pay_to_city = models.CharField(max_length=80, blank=True)
    pay_to_state = models.CharField(max_length=2, blank=True)
    pay_to_postal_code = models.CharField(max_length=10, blank=True)
    opens_on = models.DateField(null=True, help_text="The first day with patients on this program.")
    idle_minutes = models.PositiveSmallIntegerField(
        default=15, help_text="An unattended screen locks after this long (164.312(a)(2)(iii))."
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(idle_minutes__gte=2, idle_minutes__lte=60),
                name="a_screen_locks_after_2_to_60_minutes",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Location(Record):
    """A site with a door, a street address and a clock of its own."""

    name = models.CharField(max_length=120, unique=True)
    short_name = models.CharField(max_length=40)
    phone = models.CharField(max_length=20, blank=True)
    line = models.CharField(max_length=120, blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True)
    postal_code = models.CharField(max_length=10, blank=True)
    zone = models.CharField(max_length=60, default="America/New_York")
    place_of_service = models.CharField(max_length=2, default="11", help_text="CMS place-of-service code.")
    clia_number = models.CharField(max_length=10, blank=True, help_text="Of the laboratory or its waiver (42 CFR 493).")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Weekday(models.IntegerChoices):
    """As ``date.weekday()`` counts."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


class DoorHours(Record):
    """When a location's door is open on a weekday, in the location's own time."""

    location = models.ForeignKey(Location, models.CASCADE, related_name="door_hours")
    weekday = models.PositiveSmallIntegerField(choices=Weekday)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["weekday", "opens"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=models.Q(closes__gt=models.F("opens")), name="door_closes_after_it_opens"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M} to {self.closes:%H:%M}"


class Room(Record):
    """A room where patients are seen."""

    class Kind(models.TextChoices):
        EXAM = "exam", "Exam room"
        PROCEDURE = "procedure", "Procedure room"
        OTHER = "other", "Other room"

    location = models.ForeignKey(Location, models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.EXAM)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "name"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["location", "name"], name="room_names_are_unique_at_a_location"),
        ]

    def __str__(self) -> str:
        return self.name


class Workstation(Record):
    """A computer at a desk; its browser proves itself by a token of which only the hash is kept."""

    location = models.ForeignKey(Location, models.PROTECT, related_name="workstations")
    name = models.CharField(max_length=60)
    token_hash = models.CharField(max_length=64, unique=True)
    last_used_at = models.DateTimeField(null=True)
    is_active = models.BooleanField(default=True)

    def __str__(self) -> str:
        return self.name


class SetUpNote(Record):
    """What people said of a set-up card: to be done later, and until when; or that its suggestions were looked at."""

    card = models.CharField(max_length=40, unique=True)
    later_on = models.DateField(null=True, help_text="The day on which it is asked for again.")
    looked_at = models.DateTimeField(null=True, help_text="Somebody said that this is right for the office.")
    by_label = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.card


class HalfTyped(Record):
    """What was typed into a form of set-up and does not fit yet, kept for whoever comes back; the rest is saved."""

    form = models.CharField(max_length=40)
    about = models.CharField(max_length=36, blank=True, help_text="Key of the row that the form is about.")
    typed = models.JSONField(default=dict)
    by_label = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["form", "about"], name="a_form_is_half_typed_once"),
        ]

    def __str__(self) -> str:
        return self.form
