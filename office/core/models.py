"""What every row of the office shares, and the rows that hold effects back until nobody can undo them."""

from django.db import models
from django.utils import timezone

from office.core.ids import uuid7


class Record(models.Model):
    """A row with a time-ordered key. Nothing in the office is numbered by a counter that a stranger can guess."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True


class HeldEffect(Record):
    """An effect on the outside that waits out the undo window; one for each key, so three moves send one message."""

    key = models.CharField(max_length=200, unique=True)
    task_path = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    due_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.key


class TimetableSlot(models.Model):
    """The last time a line of the timetable was due and enqueued; the row is the lock."""

    name = models.CharField(max_length=120, primary_key=True)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
