"""One change of one appointment: the fresh row under lock, the write, its line in the log, its entry on the trail."""

from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import IntegrityError

from office.audit import trail
from office.core import after_undo
from office.core.actions import Refused
from office.core.actors import Actor
from office.core.events import Event
from office.scheduling.actions.stale import stale
from office.scheduling.events import AppointmentBooked, AppointmentCanceled, AppointmentMoved
from office.scheduling.models import NOTE_LENGTH, Appointment, AppointmentChange
from office.scheduling.rules import statuses

#: The database's own promises, for when another clerk was quicker than our reading.
CLASHES: Final = {
    "nobody_is_booked_twice": "That time was just taken by another visit. Nothing was booked; choose another time.",
    "a_room_holds_one_visit_at_a_time": "That room was just taken. Nothing was booked; choose another room.",
    "a_patient_is_in_one_place_at_a_time": "The patient was just booked for that time elsewhere.",
    "a_form_books_one_appointment": "This form was sent before, and its visit was booked then.",
}
_EVENTS: Final[dict[str, type[Event]]] = {
    event.__name__: event for event in (AppointmentBooked, AppointmentMoved, AppointmentCanceled)
}


def fresh(appointment: Appointment, *, version: int | None = None) -> Appointment:
    """Lock the appointment's row and return it as it is now.

    Refuses when it is no longer what the person saw: ``version``, or else the version of ``appointment``.
    """
    row = (
        Appointment.objects.select_for_update(no_key=True, of=("self",))
        .select_related("location", "patient", "provider", "room", "visit_type")
        .get(pk=appointment.pk)
    )
    seen = appointment.version if version is None else version
    if row.version != seen:
        raise stale(row, row.version - seen)
    return row


def write(visit: Appointment, fields: dict[str, Any]) -> dict[str, Any]:
    """Set the fields (named as columns) and save; return those that changed as they were, as plain values.

    Refuses in the words of the promise that the database kept.
    """
    before = {name: _plain(getattr(visit, name)) for name, value in fields.items() if getattr(visit, name) != value}
    for name, value in fields.items():
        setattr(visit, name, value)
    visit.version += 1
    keep(visit, update_fields=[*fields, "version"])
    return before


def keep(visit: Appointment, *, update_fields: list[str] | None = None) -> None:
    """Save the row, and put the database's refusal into words."""
    try:
        visit.save(force_insert=update_fields is None, update_fields=update_fields)
    except IntegrityError as clash:
        for promise, words in CLASHES.items():
            if promise in str(clash):
                raise Refused(words) from clash
        raise


def log(
    actor: Actor,
    visit: Appointment,
    verb: str,
    *,
    before: dict[str, Any] | None = None,
    replaced_event: str = "",
    note: str = "",
) -> None:
    """Add the change to the appointment's log and to the trail.

    ``before`` names the fields that changed, ``note`` says why where someone had to say so.
    """
    note = note[:NOTE_LENGTH]
    before = before or {}
    after = {name: _plain(getattr(visit, name)) for name in before}
    AppointmentChange.objects.create(
        appointment=visit,
        verb=verb,
        before=before,
        after=after,
        by_id=actor.id,
        by_label=actor.label[:150],
        replaced_event=replaced_event,
        note=note,
    )
    trail.record(
        actor,
        f"appointment.{verb}",
        visit,
        patient_id=visit.patient_id,
        provider_id=visit.provider_id,
        starts_at=visit.starts_at,
        seat=visit.seat,
        before={name: value for name, value in before.items() if name != "status_at"},
        note=note,
    )


def change(actor: Actor, visit: Appointment, verb: str, fields: dict[str, Any], *, note: str = "") -> None:
    """Write the fields and log them."""
    log(actor, visit, verb, before=write(visit, fields), note=note)


def telling(visit: Appointment) -> str:
    """The key under which what the patient is to be told of this visit waits out the undo window."""
    return f"appointment:{visit.pk}"


def announce_when_settled(visit: Appointment, event: type[Event]) -> str:
    """Announce what happened once nobody can undo it, one announcement for all that happens within the window.

    Returns the name of the event that waited until now, for the log.
    """
    key = telling(visit)
    waiting = after_undo.waiting(key).rpartition(".")[2]
    if wanted := statuses.to_announce(waiting=waiting, happened=event.__name__):
        announce_again(visit, wanted)
    else:
        after_undo.release(key)
    return waiting


def announce_again(visit: Appointment, event_name: str) -> None:
    """Let the named event wait out a new undo window."""
    after_undo.hold_event(telling(visit), _EVENTS[event_name](str(visit.pk)))  # type: ignore[call-arg]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
