"""Next available: loads a day, one more, then two, then four, and stops when there are enough openings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func, IntegerField
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from office.practice.models import Location, Room
from office.scheduling.models import Appointment, Closure, Hours, HoursException, VisitType
from office.scheduling.queries.working_time import takes_type
from office.scheduling.rules import openings as rules
from office.scheduling.rules.hours import ExceptionalHours, WeeklyHours, local_day, working_spans
from office.scheduling.rules.openings import Calendars, Grid, Need, minute_of
from office.scheduling.rules.spans import Span, clock
from office.staff.models import Provider


class Minute(Func):
    """The whole minutes since 1970 of a moment, rounded down, or ``up``."""

    output_field = IntegerField()

    def __init__(self, moment: str, *, up: bool = False) -> None:
        super().__init__(moment, seconds=59 if up else 0)

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, Any]:
        template = "((CAST(strftime('%%%%s', %(expressions)s) AS integer) + %(seconds)s) / 60)"
        return self.as_sql(compiler, connection, template=template)

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, Any]:
        template = "((extract(epoch FROM %(expressions)s)::bigint + %(seconds)s) / 60)"
        return self.as_sql(compiler, connection, template=template)


Loaded = Calendars[UUID, UUID, UUID]


@dataclass(frozen=True)
class Opening:
    """Where and when the visit can be booked; ``score`` is 100 for now and a point less for each day of waiting."""

    starts_at: datetime
    ends_at: datetime
    provider: Provider
    location: Location
    room: Room | None
    score: float
    why: str
    free_from: datetime
    free_until: datetime


@dataclass(frozen=True)
class Sought:
    """What is looked for, and among whom and where."""

    need: Need
    grid_minutes: int
    providers: dict[UUID, Provider]
    locations: dict[UUID, Location]
    rooms: dict[UUID, Room]


def openings_for(  # noqa: PLR0913 — every one narrows the same search
    visit_type: VisitType,
    *,
    provider: Provider | None = None,
    location: Location | None = None,
    from_on: date | None = None,
    days: int = 90,
    limit: int = 20,
    grid_minutes: int = 5,
) -> list[Opening]:
    """Return the first ``limit`` openings for a visit of this type, earliest first, then in the providers' order.

    ``from_on`` is a day of the locations' calendar, today when left out. What is returned can be booked as it is until
    someone else does; booking decides by itself.
    """
    sought = search_for(visit_type, provider=provider, location=location, grid_minutes=grid_minutes)
    now = timezone.now()
    if not sought.providers or not sought.locations:
        return []
    first = from_on or min(now.astimezone(ZoneInfo(place.zone)).date() for place in sought.locations.values())
    found: list[Opening] = []
    for chunk in _chunks(first, days):
        calendars = load(sought, chunk, not_before=now)
        enough = limit - len(found)
        openings = rules.openings(calendars, sought.need, not_before=now, limit=enough)
        found += [_named(sought, opening, now) for opening in openings]
        if len(found) >= limit:
            break
    return found


def free_first(visit_type: VisitType, location: Location) -> list[Opening]:
    """Return today's first opening there with each provider who takes the type, earliest first."""
    sought, now = search_for(visit_type, location=location), timezone.now()
    if not sought.providers or not sought.locations:
        return []
    calendars = load(sought, [now.astimezone(ZoneInfo(location.zone)).date()], not_before=now)
    return [_named(sought, one, now) for one in rules.first_of_each(calendars, sought.need, not_before=now)]


def load(sought: Sought, days: list[date], *, not_before: datetime) -> Loaded:
    """Return the calendars of what is left of those days."""
    places = {key: ZoneInfo(place.zone) for key, place in sought.locations.items()}
    whole = [local_day(day, zone) for day in (days[0], days[-1]) for zone in places.values()]
    ahead = Span(max(not_before, min(span.starts_at for span in whole)), max(span.ends_at for span in whole))
    # The grid begins on an hour, so that its steps are steps of the clock.
    calendars: Loaded = Calendars(Grid(minute_of(ahead.starts_at) // 60 * 60, sought.grid_minutes))
    for room in sought.rooms.values():
        calendars.has_room(room.location_id, room.pk)
    if ahead.ends_at > ahead.starts_at:
        _load_working(calendars, sought, days, ahead)
    if worked := calendars.worked():
        _load_taken(calendars, sought, worked)
    return calendars


def _load_working(calendars: Loaded, sought: Sought, days: list[date], ahead: Span) -> None:
    one = {"provider__in": sought.providers, "location__in": sought.locations}
    weekly: dict[tuple[UUID, UUID], list[WeeklyHours]] = {}
    hours = Hours.objects.filter(**one, weekday__in={day.weekday() for day in days}, from_on__lte=days[-1]).order_by()
    for who, where, weekday, opens, closes, from_on, until_on in hours.values_list(
        "provider_id", "location_id", "weekday", "opens", "closes", "from_on", "until_on"
    ):
        weekly.setdefault((who, where), []).append(WeeklyHours(weekday, opens, closes, from_on, until_on))
    special: dict[tuple[UUID, UUID], list[ExceptionalHours]] = {}
    exceptions = HoursException.objects.filter(**one, on__range=(days[0], days[-1]))
    for who, where, on, starts, ends in exceptions.values_list("provider_id", "location_id", "on", "opens", "closes"):
        special.setdefault((who, where), []).append(ExceptionalHours(on, starts, ends))
    closed = list(Closure.objects.overlapping(ahead).values_list("provider_id", "location_id", "starts_at", "ends_at"))
    # In the providers' order, which is the order of openings at the same time.
    for who in sought.providers:
        for where, place in sought.locations.items():
            key = (who, where)
            if key not in weekly and key not in special:
                continue
            closures = [
                Span(starts_at, ends_at)
                for of_whom, of_where, starts_at, ends_at in closed
                if of_whom in {None, who} and of_where in {None, where}
            ]
            for day in days:
                for span in working_spans(
                    day,
                    ZoneInfo(place.zone),
                    weekly=weekly.get(key, ()),
                    exceptions=special.get(key, ()),
                    closures=closures,
                ):
                    calendars.works(who, where, max(span.starts_at, ahead.starts_at), span.ends_at)


def _load_taken(calendars: Loaded, sought: Sought, worked: Span) -> None:
    """Set what visits take of the time worked; a visit after the last hour may still be in a buffer's way."""
    end = worked.ends_at + timedelta(minutes=sought.need.buffer_minutes)
    visits = Appointment.objects.holding_time().overlapping(Span(worked.starts_at, end)).order_by()
    if len(sought.providers) == 1 and not sought.need.room:
        visits = visits.filter(provider__in=sought.providers)
    # Numbers, because a search reads thousands of moments, and making each a datetime takes most of its time.
    for who, room, starts, ends, busy in visits.values_list(
        "provider_id", "room_id", Minute("starts_at"), Minute("ends_at", up=True), Minute("busy_until", up=True)
    ):
        calendars.is_busy(who, starts, busy)
        if room is not None:
            calendars.room_is_taken(room, starts, ends)


def _chunks(first: date, days: int) -> Iterator[list[date]]:
    """One day, one more, two, four … up to 32 at a time: the first twenty openings are mostly near."""
    done = 0
    while done < days:
        size = min(max(1, done), days - done, 32)
        yield [first + timedelta(days=done + number) for number in range(size)]
        done += size


def search_for(
    visit_type: VisitType,
    *,
    provider: Provider | None = None,
    location: Location | None = None,
    grid_minutes: int = 5,
) -> Sought:
    """Return what a visit of this type needs, and who and what may serve it."""
    need = Need(
        minutes=visit_type.minutes,
        buffer_minutes=visit_type.buffer_minutes,
        room=visit_type.needs_room,
        every_minutes=rules.best_step(visit_type.minutes),
    )
    providers = Provider.objects.filter(takes_type(visit_type), is_active=True)
    places = Location.objects.filter(is_active=True)
    if provider is not None:
        providers = providers.filter(pk=provider.pk)
    if location is not None:
        places = places.filter(pk=location.pk)
    rooms = Room.objects.filter(is_active=True) if need.room else Room.objects.none()
    return Sought(
        need,
        grid_minutes,
        {row.pk: row for row in providers},
        {row.pk: row for row in places},
        {row.pk: row for row in rooms},
    )


def _named(sought: Sought, opening: rules.Opening[UUID, UUID, UUID], now: datetime) -> Opening:
    provider, location = sought.providers[opening.provider], sought.locations[opening.location]
    room = sought.rooms[opening.room] if opening.room is not None else None
    zone = ZoneInfo(location.zone)
    free_from, free_until = opening.free.starts_at.astimezone(zone), opening.free.ends_at.astimezone(zone)
    free = f"{provider.spoken_name} is free from {clock(free_from, zone)} to {clock(free_until, zone)}"
    why = free + (f", and so is room {room.name}" if room else "")
    return Opening(
        opening.starts_at.astimezone(zone),
        opening.ends_at.astimezone(zone),
        provider,
        location,
        room,
        rules.score_of(opening.starts_at, now=now),
        why,
        free_from,
        free_until,
    )
