"""What the office charges, from which day on."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery

from office.core.models import Record


class FeeQuerySet(models.QuerySet["Fee"]):
    def in_force(self, on: date) -> Self:
        """The price of each code that holds on the day: the latest that has begun, unless it has ended."""
        latest = Fee.objects.filter(
            code=OuterRef("code"),
            modifiers=OuterRef("modifiers"),
            place_of_service=OuterRef("place_of_service"),
            starts_on__lte=on,
        ).order_by("-starts_on")
        begun = self.filter(starts_on__lte=on).annotate(latest=Subquery(latest.values("pk")[:1]))
        return begun.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on), pk=F("latest"))


class Fee(Record):
    """What one unit costs from a day on, until the next price of the same line begins; nothing is overwritten by it.

    A line is a code with its modifiers, at a place of service or anywhere. What a code means is said in the office's
    own words or not at all: no text of a code set is shipped.
    """

    code = models.CharField(max_length=10)
    modifiers = models.CharField(max_length=11, blank=True, help_text="Up to four, in order, with spaces: 26 59.")
    place_of_service = models.CharField(max_length=2, blank=True, help_text="Empty: anywhere else.")
    words = models.CharField(max_length=200, blank=True, help_text="As the office's own table calls it.")
    amount_cents = models.PositiveIntegerField(help_text="For one unit.")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, help_text="The last day on which it is charged; empty: until the next.")

    objects = FeeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["code", "modifiers", "place_of_service", "-starts_on"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["code", "modifiers", "place_of_service", "starts_on"], name="a_price_begins_once_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="a_price_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.code, self.modifiers.replace(" ", "-")) if part)

    @property
    def line(self) -> tuple[str, str, str]:
        """What has one price on a day."""
        return (self.code, self.modifiers, self.place_of_service)
