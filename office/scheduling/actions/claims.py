"""What booking, moving, resizing and undoing share: lock whom the visit needs, ask the rules, find a room and a seat.

Locks are taken in one order everywhere (providers by key, patient, room, appointment), so no two clerks wait for each
other. None of them keeps others from reading.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, OuterRef, QuerySet, Subquery, UUIDField, When
from django.utils import timezone

from office.core.actions import Refused
from office.core.actors import Actor
from office.core.compiled import Compiled, Later
from office.core.wiring import wiring
from office.patients.models import Patient
from office.practice.models import Location, Room
from office.scheduling.models import Appointment, VisitType
from office.scheduling.queries import working_time
from office.scheduling.queries.who_may import objection_to_provider, objection_to_type
from office.scheduling.rules import spans
from office.scheduling.rules.spans import Span, Wanted
from office.staff.models import Provider


@dataclass(frozen=True)
class Claim:
    """A stretch of time that a visit wants.

    ``seat`` None means the next free one of the provider (double booking); ``likes_room`` is taken when it is free,
    ``room`` must be; ``visit_id`` is the visit that makes the claim, when it exists.
    """

    patient: Patient
    provider: Provider
    location: Location
    visit_type: VisitType
    visit: Span
    seat: int | None = 0
    room: Room | None = None
    likes_room: UUID | None = None
    visit_id: UUID | None = None

    @property
    def busy(self) -> Span:
        return Span(self.visit.starts_at, self.visit.ends_at + timedelta(minutes=self.visit_type.buffer_minutes))

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.location.zone)


@dataclass(frozen=True)
class Granted:
    """What the claim got."""

    room: Room | None
    seat: int


def minute(moment: datetime) -> datetime:
    """Visits start on whole minutes."""
    return moment.replace(second=0, microsecond=0)


def lock_people(
    *, provider: Provider, patient_id: UUID, visit_type: VisitType, also: Collection[UUID] = (), key: str = ""
) -> UUID | None:
    """Let bookings for this provider and patient go one at a time, so what we read stays true until we commit.

    ``also`` are providers whose time is given back. Returns the patient's appointment that a form of this ``key`` made
    before, if any. Refuses when the provider does not see patients, or not for this type, and when the patient died or
    the chart was merged away.
    """
    for one in sorted({provider.pk, *also}):
        [row] = _lock_provider(provider=one, visit_type=visit_type.pk)
        if one == provider.pk:
            is_active, takes_type = row
    if not is_active:
        raise Refused(f"{provider.spoken_name} no longer sees patients here.")
    if not takes_type:
        raise Refused(f"{provider.spoken_name} does not see patients for {visit_type.name}.")
    [(is_deceased, merged_into, booked)] = _lock_patient(patient=patient_id, key=key or None)
    if is_deceased:
        raise Refused("This patient has died. No visits can be booked.")
    if merged_into is not None:
        raise Refused("This chart was merged into another. Open that one and book there.")
    found: UUID | None = booked
    return found


def _provider_locked() -> QuerySet[Any, Any]:
    rows = Provider.objects.select_for_update(no_key=True, of=("self",)).filter(pk=Later("provider", UUIDField()))
    takes_type = working_time.takes_type(Later("visit_type", UUIDField()))
    return rows.annotate(takes_type=takes_type).order_by().values_list("is_active", "takes_type")


def _patient_locked() -> QuerySet[Any, Any]:
    rows = Patient.objects.select_for_update(no_key=True, of=("self",)).filter(pk=Later("patient", UUIDField()))
    of_this_form = Appointment.objects.filter(booking_key=Later("key", CharField()), patient=OuterRef("pk"))
    made = Subquery(of_this_form.order_by().values("pk"))
    return rows.order_by().values_list("is_deceased", "merged_into_id", made)


_lock_provider, _lock_patient = Compiled(_provider_locked), Compiled(_patient_locked)


def ask_who_may(actor: Actor, claim: Claim) -> None:
    """Refuse when the visit type is not for this booker or this patient, or when another area guards against it."""
    visit_type = claim.visit_type
    day = claim.visit.starts_at.astimezone(claim.zone).date()
    is_new_visit = claim.visit_id is None
    objection = objection_to_type(actor, visit_type, claim.patient, day, is_new_visit=is_new_visit)
    objection = objection or objection_to_provider(claim.provider, claim.patient, day, is_new_visit=is_new_visit)
    for guard in wiring().booking_guards:
        objection = objection or guard(
            patient=claim.patient, visit_type=visit_type, location=claim.location, starts_at=claim.visit.starts_at
        )
    if objection:
        raise Refused(objection)


def ask_when(claim: Claim, *, is_walk_in: bool = False) -> None:
    """Refuse when the time has passed or the provider is not here then."""
    if objection := spans.objection_to_time(claim.visit, now=timezone.now(), is_walk_in=is_walk_in):
        raise Refused(objection)
    ask_hours(claim)


def ask_hours(claim: Claim) -> None:
    """Refuse when the provider is not here for all of the visit."""
    day = claim.visit.starts_at.astimezone(claim.zone).date()
    working = working_time.working_on(claim.provider, claim.location, day)
    if objection := spans.objection_to_hours(_wanted(claim, None), working=working):
        raise Refused(objection)


def grant(claim: Claim) -> Granted:
    """Find the room and the seat under lock, or refuse and name what is in the way."""
    room = _room(claim)
    taken = working_time.taken_in(
        claim.busy,
        provider_id=claim.provider.pk,
        patient_id=claim.patient.pk,
        room_id=room.pk if room else None,
        but_for=claim.visit_id,
    )
    seat = spans.next_seat(claim.busy, taken=taken) if claim.seat is None else claim.seat
    if objection := spans.objection_to_taken(_wanted(claim, room), taken=taken, seat=seat):
        raise Refused(objection)
    return Granted(room, seat)


def _wanted(claim: Claim, room: Room | None) -> Wanted:
    name = f"Room {room.name}" if room else ""
    return Wanted(claim.visit, claim.busy, claim.provider.spoken_name, name, claim.zone)


def _room(claim: Claim) -> Room | None:
    """The room asked for, or else a free one when the type needs one. None when none is needed or none is set up."""
    if claim.room is not None:
        return _this_room(claim.room, claim.location)
    if not claim.visit_type.needs_room and claim.likes_room is None:
        return None
    free = working_time.free_rooms(claim.location, claim.visit, but_for=claim.visit_id).order_by(
        Case(When(pk=claim.likes_room, then=0), default=1), "position", "name"
    )
    # Another clerk who is choosing a room right now holds it locked: take the next one rather than wait for it. When
    # all are held, take one anyway; the database still lets only one visit have it.
    room = free.select_for_update(no_key=True, of=("self",), skip_locked=True).first() or free.first()
    if room is None and Room.objects.filter(location=claim.location, is_active=True).exists():
        raise Refused(f"No room is free at {spans.clock(claim.visit.starts_at, claim.zone)}. Choose another time.")
    return room


def _this_room(room: Room, location: Location) -> Room:
    room = Room.objects.select_for_update(no_key=True, of=("self",)).get(pk=room.pk)
    if room.location_id != location.pk or not room.is_active:
        raise Refused(f"Room {room.name} cannot be used at {location.name}.")
    return room
