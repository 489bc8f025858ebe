"""The day as it happens: confirm, check in, room, start, finish, no-show."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from office.core.actions import Refused, action, require_here
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.core.wiring import wiring
from office.practice.models import Room
from office.scheduling.actions import changes
from office.scheduling.events import NoShowRecorded, PatientArrived, PatientRoomed, VisitDone
from office.scheduling.models import Appointment
from office.scheduling.queries.board import today
from office.scheduling.rules import check_in as check_in_rules
from office.scheduling.rules import statuses
from office.scheduling.rules.check_in import PassedFor, State


@action(Permission.BOOK_APPOINTMENTS)
def confirm_appointment(actor: Actor, *, appointment: Appointment, version: int | None = None) -> Appointment:
    """The patient says yes to the time."""
    visit = _next(actor, appointment, statuses.CONFIRMED, version=version)
    _step(actor, visit, "confirmed", statuses.CONFIRMED)
    return visit


@action(Permission.CHECK_IN)
def check_in(
    actor: Actor,
    *,
    appointment: Appointment,
    birth_date: date | None = None,
    passed_for: str = "",
    passed_because: str = "",
    version: int | None = None,
) -> Appointment:
    """The patient is here, on the day of the visit, or refuse and say why.

    ``birth_date`` is as the patient said it: where names of the day are alike it must be given, and given it must be
    the chart's. A red light is passed only with one of the reasons (check_in.PassedFor) and words; that of identity
    never is.
    """
    visit = _next(actor, appointment, statuses.ARRIVED, version=version)
    now = timezone.now()
    if objection := statuses.objection_to_arrival(
        starts_at=visit.starts_at, zone_now=now.astimezone(ZoneInfo(visit.location.zone))
    ):
        raise Refused(objection)
    patient = visit.patient
    if patient.is_deceased or patient.merged_into_id is not None:
        raise Refused("This chart is closed: the patient died, or the chart was merged. Look at the face sheet.")
    who = check_in_rules.identity(patient.birth_date, is_deceased=False, alike=0)
    if who.state is State.RED:
        raise Refused(who.words)
    alike = any(card.is_name_alert for card in today(visit.location, now) if card.visit.pk == visit.pk)
    if objection := check_in_rules.objection_to_who(on_file=patient.birth_date, said=birth_date, is_name_alert=alike):
        raise Refused(objection)
    red = [light.name for light in wiring().check_in_lights if light.asks(actor, visit).state is State.RED]
    if red and (objection := check_in_rules.objection_to_passing(passed_for, passed_because)):
        raise Refused(objection)
    fields = {"status": statuses.ARRIVED, "status_at": now, "arrived_at": now}
    changes.change(actor, visit, "arrived", fields, note=_passed(red, passed_for, passed_because))
    announce(PatientArrived(str(visit.pk)))
    return visit


def _passed(red: list[str], passed_for: str, because: str) -> str:
    if not red:
        return ""
    return f"{', '.join(red)} passed. {check_in_rules.PASSED_FOR[PassedFor(passed_for)]}: {' '.join(because.split())}"


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
