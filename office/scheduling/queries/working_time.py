"""What the schedule's actions and screens ask about a day: when someone works, and what is taken."""

from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import (
    CharField,
    DateField,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TimeField,
    UUIDField,
    Value,
)
from django.db.models.functions import Cast

from office.core.compiled import Compiled, Later
from office.practice.models import Location, Room
from office.scheduling.models import Appointment, Closure, Hours, HoursException, VisitType
from office.scheduling.rules.hours import ExceptionalHours, WeeklyHours, local_day, working_spans
from office.scheduling.rules.spans import Span, Taken, Whose
from office.staff.models import Provider

NO_TIME = Cast(Value(None), TimeField())
NO_MOMENT = Cast(Value(None), DateTimeField())
LATER_SPAN: Any = Span(Later("starts_at", DateTimeField()), Later("ends_at", DateTimeField()))  # type: ignore[arg-type]


def working_on(provider: Provider, location: Location, day: date) -> list[Span]:
    """Return when the provider sees patients there on that day, in UTC, closures taken out."""
    zone = ZoneInfo(location.zone)
    whole = local_day(day, zone)
    weekly: list[WeeklyHours] = []
    exceptions: list[ExceptionalHours] = []
    closures: list[Span] = []
    for kind, opens, closes, starts_at, ends_at in _hours_and_closures_of(
        provider=provider.pk,
        location=location.pk,
        day=day,
        weekday=day.weekday(),
        starts_at=whole.starts_at,
        ends_at=whole.ends_at,
    ):
        if kind == "weekly":
            weekly.append(WeeklyHours(day.weekday(), opens, closes, day))
        elif kind == "exception":
            exceptions.append(ExceptionalHours(day, opens, closes))
        else:
            closures.append(Span(starts_at, ends_at))
    return working_spans(day, zone, weekly=weekly, exceptions=exceptions, closures=closures)


def _hours_and_closures() -> QuerySet[Any, Any]:
    # One statement for three tables: this is on the way of every booking.
    def named(kind: str) -> Value:
        return Value(kind, output_field=CharField())

    provider, location, day = Later("provider", UUIDField()), Later("location", UUIDField()), Later("day", DateField())
    weekly = Hours.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=day),
        provider=provider,
        location=location,
        weekday=Later("weekday", IntegerField()),
        from_on__lte=day,
    ).values_list(named("weekly"), "opens", "closes", NO_MOMENT, NO_MOMENT)
    exceptions = HoursException.objects.filter(provider=provider, location=location, on=day).values_list(
        named("exception"), "opens", "closes", NO_MOMENT, NO_MOMENT
    )
    closures = (
        Closure.objects.of(provider, location)
        .overlapping(LATER_SPAN)
        .values_list(named("closure"), NO_TIME, NO_TIME, "starts_at", "ends_at")
    )
    return weekly.order_by().union(exceptions.order_by(), closures.order_by(), all=True)


_hours_and_closures_of = Compiled(_hours_and_closures)


def taken_in(
    span: Span, *, provider_id: UUID, patient_id: UUID, room_id: UUID | None, but_for: UUID | None = None
) -> list[Taken]:
    """Return what other visits take of this provider's, patient's and room's time within ``span``.

    ``but_for`` is a visit that does not count: the one that is about to change.
    """
    taken = []
    for key, provider, patient, room, seat, starts_at, ends_at, busy_until in _visits_of(
        provider=provider_id, patient=patient_id, room=room_id, starts_at=span.starts_at, ends_at=span.ends_at
    ):
        if key == but_for:
            continue
        if provider == provider_id:
            taken.append(Taken(Whose.PROVIDER, Span(starts_at, busy_until), seat))
        if patient == patient_id:
            taken.append(Taken(Whose.PATIENT, Span(starts_at, ends_at)))
        if room_id is not None and room == room_id:
            taken.append(Taken(Whose.ROOM, Span(starts_at, ends_at)))
    return taken


def _visits_of_any() -> QuerySet[Any, Any]:
    whose = (
        Q(provider=Later("provider", UUIDField()))
        | Q(patient=Later("patient", UUIDField()))
        | Q(room=Later("room", UUIDField()))
    )
    visits = Appointment.objects.holding_time().overlapping(LATER_SPAN).filter(whose).order_by()
    return visits.values_list(
        "pk", "provider_id", "patient_id", "room_id", "seat", "starts_at", "ends_at", "busy_until"
    )


_visits_of = Compiled(_visits_of_any)


def free_rooms(location: Location, span: Span, *, but_for: UUID | None = None) -> QuerySet[Room]:
    """The location's rooms, in their order, that no visit holds during ``span``; ``but_for`` is a visit not counted."""
    held = Appointment.objects.holding_time().overlapping(span).filter(room=OuterRef("pk"), ends_at__gt=span.starts_at)
    return Room.objects.filter(location=location, is_active=True).exclude(
        Exists(held.exclude(pk=but_for) if but_for else held)
    )


def takes_type(visit_type: VisitType | Later) -> Q:
    """Whether a provider takes this type: those it names, or all when it names none."""
    named = VisitType.providers.through.objects.filter(visittype=visit_type)
    return ~Exists(named) | Q(Exists(named.filter(provider=OuterRef("pk"))))


def visits_in(closure: Closure) -> QuerySet[Appointment]:
    """Visits still expected in closed time: someone must move them."""
    visits = Appointment.objects.expected().overlapping(Span(closure.starts_at, closure.ends_at))
    if closure.provider_id is not None:
        visits = visits.filter(provider=closure.provider_id)
    if closure.location_id is not None:
        visits = visits.filter(location=closure.location_id)
    return visits.filter(ends_at__gt=closure.starts_at)
