"""Why visits were canceled: counts by reason, location and provider, without anybody's name."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from office.practice.models import Location
from office.scheduling.models import Appointment
from office.scheduling.rules.hours import local_day
from office.staff.models import Provider

Status = Appointment.Status


@dataclass(frozen=True)
class Canceled:
    """How many visits with a provider at a location were canceled for one reason."""

    location: str
    provider: str
    reason: str
    visits: int


@dataclass(frozen=True)
class Cancellations:
    """What became of the visits that stood on the schedule for the days asked about."""

    lines: list[Canceled]
    no_shows: int
    visits: int

    @property
    def canceled(self) -> int:
        return sum(line.visits for line in self.lines)

    @property
    def providers(self) -> list[str]:
        return sorted({line.provider for line in self.lines})

    @property
    def by_reason(self) -> list[tuple[str, list[int], int]]:
        """Each reason that occurs, most frequent first: its word, the count of each provider, and of all."""
        count: Counter[tuple[str, str]] = Counter()
        total: Counter[str] = Counter()
        for line in self.lines:
            count[line.reason, line.provider] += line.visits
            total[line.reason] += line.visits
        return [(reason, [count[reason, who] for who in self.providers], all_) for reason, all_ in total.most_common()]


def cancellations(
    locations: Collection[Location], first: date, last: date, *, provider: Provider | None = None
) -> Cancellations:
    """Return the counts for visits that were to begin from ``first`` to ``last``, days of each location's calendar."""
    there = Q(pk__in=[])
    for place in locations:
        zone = ZoneInfo(place.zone)
        begin, end = local_day(first, zone).starts_at, local_day(last, zone).ends_at
        there |= Q(location=place, starts_at__gte=begin, starts_at__lt=end)
    visits = Appointment.objects.filter(there)
    if provider:
        visits = visits.filter(provider=provider)
    rows = (
        visits.order_by()
        .values("status", "cancel_reason", "location__name", "provider_id")
        .annotate(visits=Count("pk"))
        .order_by("location__name", "cancel_reason")
    )
    counted = list(rows)
    names = {one.pk: str(one) for one in Provider.objects.filter(pk__in={row["provider_id"] for row in counted})}
    words = dict(Appointment.CancelReason.choices)
    return Cancellations(
        lines=[
            Canceled(row["location__name"], names[row["provider_id"]], str(words[row["cancel_reason"]]), row["visits"])
            for row in counted
            if row["status"] == Status.CANCELED
        ],
        no_shows=sum(row["visits"] for row in counted if row["status"] == Status.NO_SHOW),
        visits=sum(row["visits"] for row in counted),
    )
