"""Things a person must do by a time, and what a person put aside for a moment."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from office.core.models import Record
from office.patients.models import Patient
from office.practice.models import Location
from office.staff.models import Member
from office.staff.permissions import ROLE_LABELS


class WorkItemQuerySet(models.QuerySet["WorkItem"]):
    def open(self) -> Self:
        return self.filter(done_at__isnull=True)

    def overdue(self) -> Self:
        return self.open().filter(due_at__lt=timezone.now())


class WorkItem(Record):
    """One thing to do: for whom, about whom, until when, and where it is done."""

    class Urgency(models.IntegerChoices):
        RED = 0, "Now"
        SOON = 1, "Today"
        ROUTINE = 2, "Routine"

    key = models.CharField(max_length=120, blank=True, help_text="Asked once, however often the job runs.")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=160)
    note = models.TextField(blank=True)
    urgency = models.PositiveSmallIntegerField(choices=Urgency, default=Urgency.ROUTINE)
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="work_items")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="work_items")
    for_member = models.ForeignKey(Member, models.PROTECT, null=True, related_name="work_items")
    for_role = models.CharField(
        max_length=20, blank=True, choices=[(name.value, label) for name, label in ROLE_LABELS.items()]
    )
    link = models.CharField(max_length=200, blank=True, help_text="A path of this program, where the thing is done.")
    due_at = models.DateTimeField(null=True)
    asked_by = models.CharField(max_length=150)
    taken_by = models.ForeignKey(Member, models.PROTECT, null=True, related_name="taken_work")
    taken_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=150, blank=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=200, blank=True)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key"], condition=~models.Q(key=""), name="a_thing_is_asked_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["urgency", "due_at"], name="open_work", condition=models.Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def for_whom(self) -> str:
        """The person, or the role without its explanation: ``Front desk``."""
        if self.for_member:
            return str(self.for_member)
        return self.get_for_role_display().split(" (")[0]


class Parked(Record):
    """What a person put aside: the place, the words typed so far, and whom it is about."""

    member = models.ForeignKey(Member, models.CASCADE, related_name="parked")
    title = models.CharField(max_length=160)
    link = models.CharField(max_length=300)
    draft = models.JSONField(default=dict)
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, related_name="parked")
    resumed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "parked"

    def __str__(self) -> str:
        return self.title
