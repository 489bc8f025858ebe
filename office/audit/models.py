"""The trail: names and ids, no foreign keys, so an entry outlives what it tells of. Appended, never changed."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from office.core.ids import uuid7


class Immutable(Exception):
    """The trail is appended to and never changed (45 CFR 164.312(b), 170.315(d)(2))."""


class AppendOnly(models.Model):
    """A row that is written once. Triggers on both databases refuse what this class refuses."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise Immutable
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise Immutable


class Entry(AppendOnly):
    """One thing that someone did, saw, or was refused."""

    class Outcome(models.TextChoices):
        DONE = "done"
        REFUSED = "refused"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    at = models.DateTimeField(db_index=True)
    actor_id = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=150)
    location_id = models.UUIDField(null=True)
    verb = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.DONE)
    request_id = models.CharField(max_length=36, blank=True)
    details = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["actor_id", "at"], name="entry_by_actor"),
            models.Index(fields=["verb", "at"], name="entry_by_verb"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S} {self.actor_label} {self.verb}"


class Subject(AppendOnly):
    """Whom or what an entry is about; a list of sixty patients is one entry with sixty subjects."""

    entry = models.ForeignKey(Entry, models.DO_NOTHING, related_name="subjects")
    kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["kind", "subject_id", "entry"], name="subject_by_thing"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Seal(AppendOnly):
    """An entry's number in the sealed order, its leaf hash, and the hash of everything up to it."""

    number = models.BigIntegerField(primary_key=True)
    entry_id = models.UUIDField(unique=True)
    leaf = models.CharField(max_length=64)
    chain = models.CharField(max_length=64)

    def __str__(self) -> str:
        return str(self.number)


class Checkpoint(AppendOnly):
    """A signed statement of how many entries there are and what the root of their tree is."""

    size = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    frontier = models.JSONField(help_text="Roots of the complete subtrees, largest first, from which the tree grows.")
    note = models.TextField(help_text="The signed note as it is written outside the database.")

    def __str__(self) -> str:
        return f"{self.size} entries at {self.at:%Y-%m-%d %H:%M}"
