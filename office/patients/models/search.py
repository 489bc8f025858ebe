"""The derived rows by which a patient is found; written by search_index, rebuildable from the charts."""

from typing import ClassVar

from django.db import models

from office.core.models import Record
from office.patients.models.patient import Patient
from office.staff.models import Member


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
