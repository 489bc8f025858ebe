"""Loads of the old system's tables, what became of their rows, and which column meant what."""

from typing import ClassVar

from django.db import models

from office.core.models import Record


class ColumnMap(Record):
    """What the columns of a table mean, remembered by its heading: ``{theirs: "birth_date:month_first" or null}``."""

    kind = models.CharField(max_length=20)
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "fingerprint"], name="a_heading_is_remembered_once_for_a_kind"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fingerprint[:8]}"


class Load(Record):
    """One table that was loaded, or looked at first; rows = created + changed + unchanged + review + rejected."""

    class State(models.TextChoices):
        LOOKING = "looking", "Reading"
        LOOKED_AT = "looked_at", "Dry run"
        WAITING = "waiting", "About to load"
        RUNNING = "running", "Loading"
        DONE = "done", "Loaded"
        UNDONE = "undone", "Undone"
        FAILED = "failed", "Stopped"

    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=State, default=State.RUNNING)
    file_name = models.CharField(max_length=255)
    source = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the table in core.files, of an upload.")
    encoding = models.CharField(max_length=40, blank=True)
    columns = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    review = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    totals = models.JSONField(default=dict)
    rejects_file = models.CharField(max_length=400, blank=True)
    by_label = models.CharField(max_length=150)
    finished_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone = models.JSONField(default=dict)
    looked = models.JSONField(default=dict, help_text="Of an upload: columns with samples, first rejects, problem.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def came_in(self) -> int:
        return self.created + self.changed + self.unchanged


class LoadedRow(Record):
    """A row that made or changed something, or that waits for a person to say whether two are one."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="loaded_rows")
    line = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    subject_id = models.UUIDField(null=True)
    before = models.JSONField(default=dict, help_text="What an undo needs.")
    reason = models.CharField(max_length=200, blank=True)
    values = models.JSONField(default=dict, help_text="Of a row to review: the cells that had a meaning.")
    fingerprint = models.CharField(max_length=32, blank=True, help_text="Of those values; the same row is asked once.")
    answer = models.CharField(max_length=10, blank=True, help_text="same or new")
    answered_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["line"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["fingerprint"], name="answers_by_row", condition=~models.Q(fingerprint="")),
        ]

    def __str__(self) -> str:
        return f"line {self.line}: {self.outcome}"
