"""When nobody is here: closed time, changed hours, one different day."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from office.audit import trail
from office.core.actions import Refused, action, require_here, unchanged
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.practice.models import Location
from office.scheduling.events import TimeClosed
from office.scheduling.models import Closure, Hours, HoursException
from office.scheduling.rules.hours import local_day
from office.staff.models import Provider

Reading = tuple[time, time]


@action(Permission.CLOSE_DAYS)
def close_time(
    actor: Actor,
    *,
    starts_at: datetime,
    ends_at: datetime,
    reason: str,
    provider: Provider | None = None,
    location: Location | None = None,
) -> Closure:
    """Make time of a provider, of a location, or of both together not bookable.

    Visits that stand in it stay (working_time.visits_in): whoever closes the time has them moved.
    """
    if location is not None:
        require_here(actor, location.pk, location.name)
    if provider is None and location is None:
        raise Refused("Choose whose time is closed: a provider's, or a whole location's.")
    if ends_at <= starts_at:
        raise Refused("Closed time must end after it starts.")
    if not reason.strip():
        raise Refused("Say why the time is closed; the schedule shows it.")
    _lock(provider)
    closure = Closure.objects.create(
        provider=provider, location=location, starts_at=starts_at, ends_at=ends_at, reason=reason.strip()[:80]
    )
    trail.record(actor, "time.closed", closure, *_whom(provider, location), starts_at=starts_at, ends_at=ends_at)
    announce(TimeClosed(str(closure.pk)))
    return closure


@action(Permission.CLOSE_DAYS)
def keep_holidays(
    actor: Actor, *, location: Location, closed: Mapping[date, str], of: Collection[date]
) -> tuple[int, int]:
    """Close a location on these days and open it on the others ``of`` the list; returns how many of each changed.

    Visits that stand on a day that closes stay; the schedule shows them in closed time until they are moved.
    """
    require_here(actor, location.pk, location.name)
    zone = ZoneInfo(location.zone)
    whole = {day: local_day(day, zone) for day in of}
    kept = {
        day: Closure.objects.filter(
            location=location, provider=None, starts_at=span.starts_at, ends_at=span.ends_at
        ).first()
        for day, span in whole.items()
    }
    again = [closure for day, closure in kept.items() if closure and day not in closed]
    fresh = [day for day in closed if day in whole and kept[day] is None]
    if not again and not fresh:
        unchanged()
        return 0, 0
    for closure in again:
        closure.delete()
    made = Closure.objects.bulk_create(
        Closure(location=location, starts_at=whole[day].starts_at, ends_at=whole[day].ends_at, reason=closed[day][:80])
        for day in fresh
    )
    trail.record(actor, "holidays.kept", location, closed=sorted(fresh), opened=[str(one.starts_at) for one in again])
    for closure in made:
        announce(TimeClosed(str(closure.pk)))
    return len(made), len(again)


@action(Permission.CLOSE_DAYS)
def open_time_again(actor: Actor, *, closure: Closure) -> None:
    """Take a closure back: the time can be booked again."""
    if closure.location is not None:
        require_here(actor, closure.location.pk, closure.location.name)
    trail.record(
        actor,
        "time.opened",
        closure,
        *_whom(closure.provider, closure.location),
        starts_at=closure.starts_at,
        ends_at=closure.ends_at,
    )
    closure.delete()


@action(Permission.CLOSE_DAYS)
def change_hours(
    actor: Actor, *, provider: Provider, location: Location, weekday: int, readings: Sequence[Reading], from_on: date
) -> list[Hours]:
    """From ``from_on`` the provider sees patients there on that weekday at these times; none means not at all.

    What holds until then stays as it was, so past days still show their hours.
    """
    require_here(actor, location.pk, location.name)
    _check(readings)
    _lock(provider)
    standing = Hours.objects.filter(provider=provider, location=location, weekday=weekday)
    standing.filter(from_on__gte=from_on).delete()
    standing.filter(Q(until_on__isnull=True) | Q(until_on__gte=from_on)).update(until_on=from_on - timedelta(days=1))
    made = Hours.objects.bulk_create(
        Hours(provider=provider, location=location, weekday=weekday, opens=opens, closes=closes, from_on=from_on)
        for opens, closes in readings
    )
    trail.record(actor, "hours.changed", provider, location, weekday=weekday, from_on=from_on, hours=_words(readings))
    return made


@action(Permission.CLOSE_DAYS)
def set_week(
    actor: Actor, *, provider: Provider, location: Location, hours: Sequence[tuple[int, time, time]], from_on: date
) -> int:
    """From ``from_on`` the provider's usual week there is this: (weekday, opens, closes); returns the days changed."""
    require_here(actor, location.pk, location.name)
    wanted = {day: [(opens, closes) for weekday, opens, closes in sorted(hours) if weekday == day] for day in range(7)}
    standing: dict[int, list[Reading]] = {day: [] for day in range(7)}
    for row in Hours.objects.filter(provider=provider, location=location, from_on__lte=from_on).filter(
        Q(until_on__isnull=True) | Q(until_on__gte=from_on)
    ):
        standing[row.weekday].append((row.opens, row.closes))
    changed = [day for day in range(7) if wanted[day] != sorted(standing[day])]
    if not changed:
        unchanged()
        return 0
    for day in changed:
        change_hours(actor, provider=provider, location=location, weekday=day, readings=wanted[day], from_on=from_on)
    trail.record(actor, "week.set", provider, location, from_on=from_on, weekdays=changed)
    return len(changed)


@action(Permission.CLOSE_DAYS)
def set_hours_of_day(
    actor: Actor, *, provider: Provider, location: Location, on: date, readings: Sequence[Reading], reason: str
) -> list[HoursException]:
    """On this one day the provider sees patients there at these times instead; none means not here."""
    require_here(actor, location.pk, location.name)
    _check(readings)
    _lock(provider)
    HoursException.objects.filter(provider=provider, location=location, on=on).delete()
    pairs: list[tuple[time | None, time | None]] = [*readings] or [(None, None)]
    made = HoursException.objects.bulk_create(
        HoursException(
            provider=provider, location=location, on=on, opens=opens, closes=closes, reason=reason.strip()[:80]
        )
        for opens, closes in pairs
    )
    trail.record(actor, "hours.set_for_day", provider, location, on=on, hours=_words(readings))
    return made


def _lock(provider: Provider | None) -> None:
    """Bookings of the provider wait, and then see the new hours."""
    if provider is not None:
        Provider.objects.select_for_update(no_key=True, of=("self",)).get(pk=provider.pk)


def _check(readings: Sequence[Reading]) -> None:
    last = time.min
    for opens, closes in sorted(readings):
        if closes <= opens:
            raise Refused("Hours must end after they start.")
        if opens < last:
            raise Refused("Two of these hours overlap. Join them, or leave a break between them.")
        last = closes


def _words(readings: Sequence[Reading]) -> list[str]:
    return [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in readings]


def _whom(provider: Provider | None, location: Location | None) -> list[Provider | Location]:
    return [thing for thing in (provider, location) if thing is not None]
