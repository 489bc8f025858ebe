"""What was backed up, and which back-ups were proven by restoring them."""

from typing import ClassVar

from django.db import models

from office.core.models import Record


class Backup(Record):
    """A back-up that is whole at its place, or the reason why there is none."""

    file = models.CharField(max_length=400, blank=True)
    place = models.CharField(max_length=300)
    at = models.DateTimeField(db_index=True, help_text="The moment that it holds.")
    bytes = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    seconds = models.FloatField(default=0)
    problem = models.CharField(max_length=400, blank=True, help_text="Empty when the back-up was made.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The file's name without its place, or why there is none."""
        return self.file.rpartition("/")[2] or self.problem


class Drill(Record):
    """One restoring of a back-up into a scratch office, and what was compared."""

    file = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(db_index=True, help_text="When the restore was finished.")
    patients = models.IntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    files_opened = models.IntegerField(default=0, help_text="Documents decrypted and compared.")
    files_checked = models.IntegerField(default=0, help_text="Documents whose encrypted bytes were compared.")
    seconds = models.FloatField(default=0)
    problem = models.CharField(max_length=400, blank=True, help_text="Empty when all was as it should be.")

    class Meta:
        ordering: ClassVar[list[str]] = ["-at"]

    def __str__(self) -> str:
        return self.problem or self.file
