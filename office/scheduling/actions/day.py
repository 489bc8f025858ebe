"""The day as it happens: confirm, check in, room, start, finish, no-show."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from office.core.actions import Refused, action, require_here
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.practice.models import Room
from office.scheduling.actions import changes
from office.scheduling.events import NoShowRecorded, PatientArrived, PatientRoomed, VisitDone
from office.scheduling.models import Appointment
from office.scheduling.rules import statuses


@action(Permission.BOOK_APPOINTMENTS)
def confirm_appointment(actor: Actor, *, appointment: Appointment, version: int | None = None) -> Appointment:
    """The patient says yes to the time."""
    visit = _next(actor, appointment, statuses.CONFIRMED, version=version)
    _step(actor, visit, "confirmed", statuses.CONFIRMED)
    return visit


@action(Permission.CHECK_IN)
def check_in(
    actor: Actor, *, appointment: Appointment, birth_date: date | None = None, version: int | None = None
) -> Appointment:
    """The patient is here, on the day of the visit. A birth date as the patient said it must be the chart's."""
    visit = _next(actor, appointment, statuses.ARRIVED, version=version)
    zone_now = timezone.now().astimezone(ZoneInfo(visit.location.zone))
    if objection := statuses.objection_to_arrival(starts_at=visit.starts_at, zone_now=zone_now):
        raise Refused(objection)
    if visit.patient.is_deceased or visit.patient.merged_into_id is not None:
        raise Refused("This chart is closed: the patient died, or the chart was merged. Look at the face sheet.")
    if birth_date is not None and birth_date != visit.patient.birth_date:
        raise Refused(
            "That is not this patient's birth date. Nobody was checked in; ask for name and birth date again."
        )
    _step(actor, visit, "arrived", statuses.ARRIVED, arrived_at=timezone.now())
    announce(PatientArrived(str(visit.pk)))
    return visit


@action(Permission.ROOM_PATIENTS)
def room_patient(actor: Actor, *, appointment: Appointment, room: Room, version: int | None = None) -> Appointment:
    """Take the patient to a room that nobody is in. A visit that was promised the room for then gets another later."""
    room = Room.objects.select_for_update(no_key=True).get(pk=room.pk)
    others = Appointment.objects.holding_time().filter(room=room).exclude(pk=appointment.pk)
    promised = others.overlapping(appointment.span)
    # All at once and by key, so that two who swap rooms do not wait for each other.
    both = Appointment.objects.filter(Q(pk=appointment.pk) | Q(pk__in=promised.values("pk"))).order_by("pk")
    list(both.select_for_update(no_key=True))
    visit = _next(actor, appointment, statuses.ROOMED, version=version)
    if room.location_id != visit.location_id or not room.is_active:
        raise Refused(f"Room {room.name} cannot be used at {visit.location.name}.")
    zone = ZoneInfo(visit.location.zone)
    if others.in_a_room().on_day(timezone.now().astimezone(zone).date(), zone).exists():
        raise Refused(f"Room {room.name} is in use. Choose another.")
    for other in promised:
        changes.change(actor, other, "room_given_up", {"room_id": None})
    _step(actor, visit, "roomed", statuses.ROOMED, room_id=room.pk, roomed_at=timezone.now())
    announce(PatientRoomed(str(visit.pk)))
    return visit


@action(Permission.ROOM_PATIENTS)
def start_visit(actor: Actor, *, appointment: Appointment, version: int | None = None) -> Appointment:
    """The provider is with the patient."""
    visit = _next(actor, appointment, statuses.WITH_PROVIDER, version=version)
    _step(actor, visit, "started", statuses.WITH_PROVIDER)
    return visit


@action(Permission.ROOM_PATIENTS)
def finish_visit(actor: Actor, *, appointment: Appointment, version: int | None = None) -> Appointment:
    """The patient is checked out."""
    visit = _next(actor, appointment, statuses.DONE, version=version)
    _step(actor, visit, "done", statuses.DONE, done_at=timezone.now())
    announce(VisitDone(str(visit.pk)))
    return visit


@action(Permission.CHECK_IN)
def record_no_show(actor: Actor, *, appointment: Appointment, version: int | None = None) -> Appointment:
    """The patient did not come; the time is given back."""
    visit = _next(actor, appointment, statuses.NO_SHOW, version=version)
    if objection := statuses.objection_to_no_show(starts_at=visit.starts_at, now=timezone.now()):
        raise Refused(objection)
    _step(actor, visit, "no_show", statuses.NO_SHOW)
    announce(NoShowRecorded(str(visit.pk)))
    return visit


def _next(actor: Actor, appointment: Appointment, status: str, *, version: int | None) -> Appointment:
    """Return the fresh row under lock, or refuse when it cannot take that step here."""
    visit = changes.fresh(appointment, version=version)
    require_here(actor, visit.location_id, visit.location.name)
    if objection := statuses.objection_to_step(visit.status, status):
        raise Refused(objection)
    return visit


def _step(actor: Actor, visit: Appointment, verb: str, status: str, **fields: object) -> None:
    changes.change(actor, visit, verb, {"status": status, "status_at": timezone.now(), **fields})
