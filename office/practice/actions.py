"""Changes of the practice: its locations, rooms, door hours and workstations."""

import secrets
from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise
from typing import Any
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction
from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.practice import rules
from office.practice.models import DoorHours, HalfTyped, Location, Practice, Room, SetUpNote, Workstation
from office.practice.queries import token_hash


@action(Permission.MANAGE_PRACTICE)
def found_practice(actor: Actor, /, *, name: str, zone: str, **rest: Any) -> Practice:
    """Name the one practice of this database. ``rest``: legal_name, phone, idle_minutes."""
    if Practice.objects.exists():
        raise Refused("This office already has its practice.")
    practice = Practice.objects.create(name=name, zone=_zone(zone), **rest)
    trail.record(actor, "practice.founded", practice)
    return practice


@action(Permission.MANAGE_PRACTICE)
def change_practice(actor: Actor, /, *, practice: Practice, **changes: Any) -> Practice:
    """Change names, numbers, addresses, zone, opens_on or idle_minutes (2 to 60; from each person's next sign-in)."""
    practice = Practice.objects.select_for_update().get(pk=practice.pk)
    _ask_numbers(changes)
    if not 2 <= changes.get("idle_minutes", practice.idle_minutes) <= 60:
        raise Refused("A screen locks after 2 to 60 minutes.")
    if "zone" in changes:
        _zone(changes["zone"])
    trail.record(actor, "practice.changed", practice, changed=_change(practice, changes))
    return practice


@action(Permission.MANAGE_PRACTICE)
def add_location(actor: Actor, /, *, name: str, short_name: str, zone: str, **rest: Any) -> Location:
    """Open a location. ``rest``: phone, line, city, state, postal_code, place_of_service, clia_number, position."""
    _ask_numbers(rest)
    if Location.objects.filter(name__iexact=name).exists():
        raise Refused(f"There is already a location named {name}.")
    location = Location.objects.create(name=name, short_name=short_name, zone=_zone(zone), **rest)
    trail.record(actor, "location.added", location)
    return location


@action(Permission.MANAGE_PRACTICE)
def change_location(actor: Actor, /, *, location: Location, **changes: Any) -> Location:
    """Change a location's name, address, phone, zone, codes or place in the list, or close it (``is_active``)."""
    location = Location.objects.select_for_update().get(pk=location.pk)
    _ask_numbers(changes)
    if Location.objects.exclude(pk=location.pk).filter(name__iexact=changes.get("name", location.name)).exists():
        raise Refused(f"There is already a location named {changes['name']}.")
    if "zone" in changes:
        _zone(changes["zone"])
    if changes.get("is_active") is False and not Location.objects.exclude(pk=location.pk).filter(is_active=True):
        raise Refused("This is the only open location. Open another first.")
    trail.record(actor, "location.changed", location, changed=_change(location, changes))
    return location


@action(Permission.MANAGE_PRACTICE)
def add_room(actor: Actor, *, location: Location, name: str, kind: str = Room.Kind.EXAM, position: int = 0) -> Room:
    """Add a room to a location."""
    try:
        with transaction.atomic():
            room = Room.objects.create(location=location, name=name, kind=kind, position=position)
    except IntegrityError as taken:
        raise Refused(f"{location.name} already has a room named {name}.") from taken
    trail.record(actor, "room.added", room, location)
    return room


@action(Permission.MANAGE_PRACTICE)
def change_room(actor: Actor, /, *, room: Room, **changes: Any) -> Room:
    """Change a room's name, kind or place in the list, or take it out of use (``is_active``)."""
    room = Room.objects.select_for_update().get(pk=room.pk)
    name = changes.get("name", room.name)
    if Room.objects.exclude(pk=room.pk).filter(location_id=room.location_id, name=name).exists():
        raise Refused(f"There is already a room named {name} here.")
    trail.record(actor, "room.changed", room, changed=_change(room, changes))
    return room


@action(Permission.MANAGE_PRACTICE)
def set_door_hours(actor: Actor, *, location: Location, hours: Sequence[tuple[int, time, time]]) -> None:
    """Say when the door is open in a usual week: (weekday as date.weekday(), opens, closes), replacing what was."""
    Location.objects.select_for_update().get(pk=location.pk)
    ordered = sorted(hours)
    for weekday, opens, closes in ordered:
        if not 0 <= weekday <= 6 or closes <= opens:
            raise Refused("The door must close after it opens.")
    for (day, _, closes), (next_day, opens, _) in pairwise(ordered):
        if day == next_day and opens < closes:
            raise Refused("Two of these hours overlap.")
    DoorHours.objects.filter(location=location).delete()
    DoorHours.objects.bulk_create(
        [DoorHours(location=location, weekday=day, opens=opens, closes=closes) for day, opens, closes in ordered]
    )
    after = [f"{day} {opens:%H:%M}-{closes:%H:%M}" for day, opens, closes in ordered]
    trail.record(actor, "location.door_hours_set", location, after=after)


@action(Permission.MANAGE_PRACTICE)
def register_workstation(actor: Actor, *, location: Location, name: str) -> tuple[Workstation, str]:
    """Make a computer known; returns it and the token for its browser, which is shown to nobody and kept as a hash."""
    token = secrets.token_urlsafe(32)
    workstation = Workstation.objects.create(location=location, name=name, token_hash=token_hash(token))
    trail.record(actor, "workstation.registered", workstation, location, name=name)
    return workstation, token


@action(Permission.MANAGE_PRACTICE)
def retire_workstation(actor: Actor, *, workstation: Workstation) -> Workstation:
    """Forget a computer: its browser offers no names any more."""
    workstation = Workstation.objects.select_for_update().get(pk=workstation.pk)
    workstation.is_active = False
    workstation.save(update_fields=["is_active"])
    trail.record(actor, "workstation.retired", workstation, name=workstation.name)
    return workstation


@action(Permission.MANAGE_PRACTICE)
def put_off(actor: Actor, *, card: str, until: date) -> SetUpNote:
    """Say that a card of set-up waits until a day; it counts as open again from then on."""
    if until <= timezone.localdate():
        raise Refused("Choose a day after today.")
    note, _ = SetUpNote.objects.update_or_create(card=card, defaults={"later_on": until, "by_label": actor.label})
    trail.record(actor, "set_up.put_off", note, card=card, until=until)
    return note


@action(Permission.MANAGE_PRACTICE)
def confirm_card(actor: Actor, *, card: str) -> SetUpNote:
    """Say that what a card suggests is right for this office."""
    said = {"looked_at": timezone.now(), "later_on": None, "by_label": actor.label}
    note, _ = SetUpNote.objects.update_or_create(card=card, defaults=said)
    trail.record(actor, "set_up.confirmed", note, card=card)
    return note


@action(Permission.SEE_SET_UP)
def keep_half_typed(actor: Actor, *, form: str, about: str, typed: dict[str, Any]) -> None:
    """Keep what was typed and does not fit yet, for whoever opens the form next; nothing typed forgets it."""
    before = HalfTyped.objects.filter(form=form, about=about)
    if not typed and not before:
        unchanged()
        return
    if typed:
        said = {"typed": typed, "by_label": actor.label, "at": timezone.now()}
        HalfTyped.objects.update_or_create(form=form, about=about, defaults=said)
    else:
        before.delete()
    # The fields alone: what was mistyped is nobody's record.
    trail.record(actor, "set_up.half_typed", form=form, about=about, fields=sorted(typed))


def _ask_numbers(values: dict[str, Any]) -> None:
    for name, objects in rules.OBJECTIONS.items():
        if values.get(name) and (objection := objects(values[name])):
            raise Refused(objection)


def _zone(name: str) -> str:
    if name not in available_timezones():
        raise Refused(f"“{name[:40]}” is not a time zone. Choose one such as America/New_York.")
    return name


def _change(row: Practice | Location | Room, changes: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Write the changes into the row and return what was before and after, for the trail."""
    before = {name: getattr(row, name) for name in changes}
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(update_fields=list(changes))
    return {"before": before, "after": dict(changes)}
