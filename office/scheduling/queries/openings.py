"""Next available: loads a day, then two, then four, and stops when there are enough openings."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from office.practice.models import Location, Room
from office.scheduling.models import Appointment, Closure, Hours, HoursException, VisitType
from office.scheduling.queries.working_time import takes_type
from office.scheduling.rules import openings as rules
from office.scheduling.rules.hours import ExceptionalHours, WeeklyHours, local_day, working_spans
from office.scheduling.rules.openings import Calendars, Grid, Need
from office.scheduling.rules.spans import LONGEST_BUSY, Span, clock
from office.staff.models import Provider

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
    sought = _sought(visit_type, provider, location, grid_minutes)
    now = timezone.now()
    if not sought.providers or not sought.locations:
        return []
    first = from_on or min(now.astimezone(ZoneInfo(place.zone)).date() for place in sought.locations.values())
    found: list[Opening] = []
    for chunk in _chunks(first, days):
        calendars = load(sought, chunk)
        enough = limit - len(found)
        openings = rules.openings(calendars, sought.need, not_before=now, limit=enough)
        found += [_named(sought, opening, now) for opening in openings]
        if len(found) >= limit:
            break
    return found


def load(sought: Sought, days: list[date]) -> Loaded:
    """Return the calendars of those days."""
    places = {key: ZoneInfo(place.zone) for key, place in sought.locations.items()}
    whole = [local_day(day, zone) for day in (days[0], days[-1]) for zone in places.values()]
    all_of_it = Span(min(span.starts_at for span in whole), max(span.ends_at for span in whole))
    calendars: Loaded = Calendars(Grid(all_of_it.starts_at, sought.grid_minutes))
    for room in sought.rooms.values():
        calendars.rooms.setdefault(room.location_id, {})[room.pk] = 0
    _load_working(calendars, sought, days, all_of_it)
    _load_taken(calendars, sought, all_of_it)
    return calendars


def _load_working(calendars: Loaded, sought: Sought, days: list[date], all_of_it: Span) -> None:
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
    closed = list(
        Closure.objects.overlapping(all_of_it).values_list("provider_id", "location_id", "starts_at", "ends_at")
    )
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
                    calendars.works(who, where, span)


def _load_taken(calendars: Loaded, sought: Sought, all_of_it: Span) -> None:
    # A visit may follow the last working hour closely enough for a buffer to reach it.
    visits = Appointment.objects.holding_time().overlapping(Span(all_of_it.starts_at, all_of_it.ends_at + LONGEST_BUSY))
    if len(sought.providers) == 1 and not sought.need.room:
        visits = visits.filter(provider__in=sought.providers)
    for who, where, room, starts_at, ends_at, busy_until in visits.order_by().values_list(
        "provider_id", "location_id", "room_id", "starts_at", "ends_at", "busy_until"
    ):
        if who in sought.providers:
            calendars.is_busy(who, Span(starts_at, busy_until))
        if room is not None:
            calendars.room_is_taken(where, room, Span(starts_at, ends_at))


def _chunks(first: date, days: int) -> Iterator[list[date]]:
    """One day, two, four … up to 32 at a time: the first twenty openings are mostly near."""
    done, size = 0, 1
    while done < days:
        size = min(size, days - done, 32)
        yield [first + timedelta(days=done + number) for number in range(size)]
        done += size
        size *= 2


def _sought(visit_type: VisitType, provider: Provider | None, location: Location | None, grid_minutes: int) -> Sought:
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
    free = f"{provider.spoken_name} is free from {clock(opening.free.starts_at, zone)}"
    why = f"{free} to {clock(opening.free.ends_at, zone)}" + (f", and so is room {room.name}" if room else "")
    return Opening(
        opening.starts_at.astimezone(zone),
        opening.ends_at.astimezone(zone),
        provider,
        location,
        room,
        rules.score_of(opening.starts_at, now=now),
        why,
    )
