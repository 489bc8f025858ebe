"""Book, move, resize and cancel: the changes that take or give back time."""

from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from office.core.actions import Refused, action, require_here, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import Patient
from office.practice.models import Location, Room
from office.scheduling.actions import changes, claims
from office.scheduling.actions.claims import Claim
from office.scheduling.events import AppointmentBooked, AppointmentCanceled, AppointmentMoved
from office.scheduling.models import Appointment, VisitType
from office.scheduling.rules import statuses
from office.scheduling.rules.spans import Span
from office.staff.models import Provider


@action(Permission.BOOK_APPOINTMENTS)
def book_appointment(  # noqa: PLR0913 — a booking is made of these, and every caller names them
    actor: Actor,
    *,
    patient: Patient,
    provider: Provider,
    location: Location,
    visit_type: VisitType,
    starts_at: datetime,
    reason: str = "",
    room: Room | None = None,
    double: bool = False,
    is_walk_in: bool = False,
    key: str = "",
) -> Appointment:
    """Hold the provider's time, the patient's and a room's for the visit, or refuse and say why.

    ``double`` takes the provider's next seat when the time is taken: on purpose, and only by one who may. ``key`` names
    the form: the same key again returns the appointment that it made. When the type needs a room and none is named,
    a free one is found.
    """
    require_here(actor, location.pk, location.name)
    _may_double(actor, double=double)
    starts_at = claims.minute(starts_at)
    claim = Claim(
        patient=patient,
        provider=provider,
        location=location,
        visit_type=visit_type,
        visit=Span(starts_at, starts_at + timedelta(minutes=visit_type.minutes)),
        seat=None if double else 0,
        room=room,
    )
    if made := claims.lock_people(provider=provider, patient_id=patient.pk, visit_type=visit_type, key=key):
        unchanged()
        return Appointment.objects.get(pk=made)
    claims.ask_who_may(actor, claim)
    claims.ask_when(claim, is_walk_in=is_walk_in)
    granted = claims.grant(claim)

    visit = Appointment(
        patient=patient,
        provider=provider,
        location=location,
        visit_type=visit_type,
        room=granted.room,
        seat=granted.seat,
        starts_at=starts_at,
        ends_at=claim.visit.ends_at,
        busy_until=claim.busy.ends_at,
        status_at=timezone.now(),
        reason=reason[:200],
        is_walk_in=is_walk_in,
        booking_key=key,
    )
    changes.keep(visit)
    changes.log(actor, visit, "booked")
    # A patient who walked in stands here and needs no message.
    if not is_walk_in:
        changes.announce_again(visit, AppointmentBooked.__name__)
    return visit


@action(Permission.BOOK_APPOINTMENTS)
def move_appointment(  # noqa: PLR0913 — as book_appointment
    actor: Actor,
    *,
    appointment: Appointment,
    starts_at: datetime,
    told: str,
    provider: Provider | None = None,
    room: Room | None = None,
    double: bool = False,
    version: int | None = None,
) -> Appointment:
    """Give the visit another time, and another provider if named, or refuse and say why. Its length stays.

    ``told`` says how the patient learns of it (Appointment.Told); "not yet" becomes a task when the undo window closes.
    """
    _may_double(actor, double=double)
    provider = provider or appointment.provider
    claims.lock_people(
        provider=provider,
        also={appointment.provider_id},
        patient_id=appointment.patient_id,
        visit_type=appointment.visit_type,
    )
    visit = changes.fresh(appointment, version=version)
    require_here(actor, visit.location_id, visit.location.name)
    if objection := statuses.objection_to_move(visit.status):
        raise Refused(objection)
    starts_at = claims.minute(starts_at)
    if (starts_at, provider.pk, room or visit.room) == (visit.starts_at, visit.provider_id, visit.room):
        unchanged()
        return visit
    claim = Claim(
        patient=visit.patient,
        provider=provider,
        location=visit.location,
        visit_type=visit.visit_type,
        visit=Span(starts_at, starts_at + visit.span.length),
        seat=None if double else 0,
        room=room,
        likes_room=visit.room_id,
        visit_id=visit.pk,
    )
    claims.ask_who_may(actor, claim)
    claims.ask_when(claim)
    granted = claims.grant(claim)

    before = changes.write(
        visit,
        {
            "provider_id": provider.pk,
            "room_id": granted.room.pk if granted.room else None,
            "seat": granted.seat,
            "starts_at": starts_at,
            "ends_at": claim.visit.ends_at,
            "busy_until": claim.busy.ends_at,
            # Who confirmed, confirmed the old time.
            "status": statuses.BOOKED,
            "status_at": timezone.now(),
            "told": Appointment.Told(told).value,
        },
    )
    waited = changes.announce_when_settled(visit, AppointmentMoved)
    changes.log(actor, visit, "moved", before=before, replaced_event=waited)
    return visit


@action(Permission.BOOK_APPOINTMENTS)
def resize_appointment(
    actor: Actor, *, appointment: Appointment, minutes: int, version: int | None = None
) -> Appointment:
    """Make the visit longer or shorter, 5 to 480 minutes, or refuse and say why."""
    claims.lock_people(
        provider=appointment.provider,
        patient_id=appointment.patient_id,
        visit_type=appointment.visit_type,
    )
    visit = changes.fresh(appointment, version=version)
    require_here(actor, visit.location_id, visit.location.name)
    if not 5 <= minutes <= 480:
        raise Refused("A visit lasts from 5 minutes to 8 hours.")
    if visit.status not in statuses.EXPECTED | statuses.HERE:
        raise Refused("This visit is over. Its length stays as it is.")
    claim = Claim(
        patient=visit.patient,
        provider=visit.provider,
        location=visit.location,
        visit_type=visit.visit_type,
        visit=Span(visit.starts_at, visit.starts_at + timedelta(minutes=minutes)),
        seat=visit.seat,
        likes_room=visit.room_id,
        visit_id=visit.pk,
    )
    if claim.visit == visit.span:
        unchanged()
        return visit
    if claim.visit.length > visit.span.length:
        claims.ask_hours(claim)
    granted = claims.grant(claim)
    changes.change(
        actor,
        visit,
        "resized",
        {
            "ends_at": claim.visit.ends_at,
            "busy_until": claim.busy.ends_at,
            "room_id": granted.room.pk if granted.room else None,
        },
    )
    return visit


@action(Permission.BOOK_APPOINTMENTS)
def cancel_appointment(
    actor: Actor, *, appointment: Appointment, reason: str, told: str = "", version: int | None = None
) -> Appointment:
    """Give the visit's time back, with a reason that can be reported on (Appointment.CancelReason)."""
    visit = changes.fresh(appointment, version=version)
    require_here(actor, visit.location_id, visit.location.name)
    if objection := statuses.objection_to_step(visit.status, statuses.CANCELED):
        raise Refused(objection)
    if reason not in Appointment.CancelReason.values:
        raise Refused("Choose why the visit is canceled.")
    before = changes.write(
        visit,
        {"status": statuses.CANCELED, "status_at": timezone.now(), "cancel_reason": reason, "told": told},
    )
    waited = changes.announce_when_settled(visit, AppointmentCanceled)
    changes.log(actor, visit, "canceled", before=before, replaced_event=waited)
    return visit


def _may_double(actor: Actor, *, double: bool) -> None:
    if double and not actor.may(Permission.DOUBLE_BOOK):
        raise PermissionDenied(Permission.DOUBLE_BOOK)
