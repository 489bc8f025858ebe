"""Taking back the last change of an appointment."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from office.audit import trail
from office.core import after_undo
from office.core.actions import Refused, action, require_here
from office.core.actors import Actor
from office.core.permissions import Permission
from office.scheduling.actions import changes, claims
from office.scheduling.actions.claims import Claim
from office.scheduling.models import Appointment, AppointmentChange
from office.scheduling.rules import statuses
from office.scheduling.rules.spans import Span
from office.staff.models import Provider

#: Who may make a change may take it back.
NEEDS = {
    "booked": Permission.BOOK_APPOINTMENTS,
    "moved": Permission.BOOK_APPOINTMENTS,
    "resized": Permission.BOOK_APPOINTMENTS,
    "canceled": Permission.BOOK_APPOINTMENTS,
    "confirmed": Permission.BOOK_APPOINTMENTS,
    "arrived": Permission.CHECK_IN,
    "no_show": Permission.CHECK_IN,
    "roomed": Permission.ROOM_PATIENTS,
    "started": Permission.ROOM_PATIENTS,
    "done": Permission.ROOM_PATIENTS,
    "room_given_up": Permission.ROOM_PATIENTS,
}


@action(Permission.SEE_SCHEDULE)
def undo_last_change(actor: Actor, *, appointment: Appointment, version: int | None = None) -> Appointment:
    """Make the visit what it was before its last change that still stands, or refuse and say why.

    A booking that is undone stays as a cancellation "booked in error", and so does a walk-in that did not arrive after
    all. What was about to be told is not.
    """
    change = AppointmentChange.objects.filter(appointment=appointment, undone_at__isnull=True).first()
    if change is None:
        raise Refused("There is nothing to undo.")
    _lock(appointment, change)
    visit = changes.fresh(appointment, version=version)
    require_here(actor, visit.location_id, visit.location.name)
    if not actor.may(NEEDS[change.verb]):
        raise PermissionDenied(NEEDS[change.verb])
    now = timezone.now()
    if objection := statuses.objection_to_undo(change.verb, changed_at=change.created_at, now=now):
        raise Refused(objection)

    fields = _as_it_was(visit, change)
    if fields.get("status", visit.status) not in statuses.GIVES_TIME_BACK:
        fields |= _still_free(visit, fields)
    before = changes.write(visit, fields)
    change.undone_at = now
    change.save(update_fields=["undone_at"])
    if change.verb in statuses.TOLD:
        if change.replaced_event:
            changes.announce_again(visit, change.replaced_event)
        else:
            after_undo.release(changes.telling(visit))
    trail.record(actor, "appointment.undone", visit, patient_id=visit.patient_id, undone=change.verb, before=before)
    return visit


def _as_it_was(visit: Appointment, change: AppointmentChange) -> dict[str, Any]:
    """The columns to write, as Python values."""
    if change.verb == "booked" or (change.verb == "arrived" and visit.is_walk_in):
        return {
            "status": statuses.CANCELED,
            "cancel_reason": Appointment.CancelReason.OFFICE_ERROR.value,
            "status_at": timezone.now(),
        }
    columns = {field.attname: field for field in Appointment._meta.concrete_fields}
    return {name: columns[name].to_python(value) for name, value in change.before.items()}


def _lock(appointment: Appointment, change: AppointmentChange) -> None:
    """Undoing a move or a cancellation takes time again, so it stands in line like a booking."""
    if change.verb in {"moved", "resized", "canceled", "no_show"}:
        before = change.before.get("provider_id")
        claims.lock_people(
            provider=Provider(pk=UUID(before)) if before else appointment.provider,
            also={appointment.provider_id},
            patient_id=appointment.patient_id,
            visit_type=appointment.visit_type,
        )


def _still_free(visit: Appointment, fields: dict[str, Any]) -> dict[str, Any]:
    """Refuse when the time was taken since; return the room that is free for it now."""
    was = {name: fields.get(name, getattr(visit, name)) for name in ("starts_at", "ends_at", "provider_id", "seat")}
    granted = claims.grant(
        Claim(
            patient=visit.patient,
            provider=Provider.objects.get(pk=was["provider_id"]),
            location=visit.location,
            visit_type=visit.visit_type,
            visit=Span(was["starts_at"], was["ends_at"]),
            seat=was["seat"],
            likes_room=fields.get("room_id", visit.room_id),
            visit_id=visit.pk,
        )
    )
    return {"room_id": granted.room.pk if granted.room else None}
