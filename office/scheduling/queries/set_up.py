"""What set-up asks of the schedule, and the rehearsal of a day before the first patient."""

from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from office.core.wiring import SetUpPart
from office.practice.models import Location
from office.practice.queries import practice
from office.scheduling.models import Closure, Hours, VisitType
from office.scheduling.queries.openings import Opening, openings_for
from office.scheduling.queries.working_time import working_on
from office.scheduling.rules.hours import local_day
from office.scheduling.rules.spans import Span
from office.staff.models import Provider


def first_day() -> date:
    """The day on which the practice opens; tomorrow when that has passed or nobody has said."""
    office, today = practice(), timezone.localdate()
    wanted = office.opens_on if office else None
    return wanted if wanted and wanted > today else today + timedelta(days=1)


def hours_parts() -> list[SetUpPart]:
    """When each provider sees patients."""
    standing = Hours.objects.filter(Q(until_on__isnull=True) | Q(until_on__gte=timezone.localdate()))
    with_hours = set(standing.values_list("provider", flat=True))
    day = first_day()
    return [
        SetUpPart(
            f"{one} hours",
            one.pk in with_hours,
            f"Nobody can be booked with {one.spoken_name}",
            "No hours yet.",
            reverse("scheduling:hours", args=[one.pk]),
            stops=True,
            works=f"Book with {one.spoken_name}, from {day:%b} {day.day}",
        )
        for one in Provider.objects.filter(is_active=True)
    ]


def visit_type_parts() -> list[SetUpPart]:
    """Something to book."""
    there = VisitType.objects.filter(is_active=True).exists()
    return [
        SetUpPart(
            "appointment types", there, "Nothing can be booked", "There is no appointment type yet.",
            reverse("scheduling:set_up_types"), stops=True,
        )
    ]  # fmt: skip


def holidays_parts() -> list[SetUpPart]:
    """At least one closed day ahead: an office that never closes is one that nobody told of its holidays."""
    ahead = Closure.objects.filter(provider=None, ends_at__gt=timezone.now())
    return [
        SetUpPart(
            "holidays", ahead.exists(), "Patients can be booked on holidays", "No holiday is kept.",
            reverse("scheduling:holidays"),
        )
    ]  # fmt: skip


@dataclass(frozen=True)
class Rehearsal:
    """A day played through before it comes: who works when, and the first time that each type can be booked."""

    day: date
    location: Location
    working: list[tuple[Provider, list[Span]]]
    first: list[tuple[VisitType, Opening | None]]
    closed: list[Closure]

    @property
    def problems(self) -> list[str]:
        """What would go wrong that day, as sentences."""
        idle = not any(spans for _, spans in self.working)
        found = [f"{self.location} is closed that day: {one.reason}." for one in self.closed]
        if idle and not self.closed:
            found.append(f"Nobody works at {self.location} that day.")
        if not idle:
            found += [f"{kind} cannot be booked." for kind, opening in self.first if opening is None]
        return found


def rehearse(location: Location, day: date) -> Rehearsal:
    """Look for a first opening of every type on that day, as the booking screen would."""
    whole = local_day(day, ZoneInfo(location.zone))
    providers = Provider.objects.filter(is_active=True, hours__location=location).distinct()
    types = VisitType.objects.filter(is_active=True)
    closed = Closure.objects.overlapping(whole).filter(provider=None, location=location)
    return Rehearsal(
        day,
        location,
        working=[(one, working_on(one, location, day)) for one in providers],
        first=[
            (one, next(iter(openings_for(one, location=location, from_on=day, days=1, limit=1)), None)) for one in types
        ],
        closed=[one for one in closed if one.starts_at <= whole.starts_at and one.ends_at >= whole.ends_at],
    )
