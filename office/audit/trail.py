"""Writing the trail. An action records in its own words, in its own transaction."""

from collections.abc import Iterable
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from office.audit.models import Entry, Subject
from office.core.actions import note_entry
from office.core.actors import Actor

#: The request that the running code serves, so that its entries can be read together.
request_id: ContextVar[str] = ContextVar("request_id", default="")


def record(
    actor: Actor,
    verb: str,
    *about: models.Model,
    patient_id: UUID | None = None,
    patient_ids: Iterable[UUID] = (),
    outcome: Entry.Outcome = Entry.Outcome.DONE,
    **details: Any,
) -> Entry:
    """Append an entry and a row for each subject; details are plain values, never a patient's words or numbers.

    ``about`` are rows; ``patient_id`` or ``patient_ids`` the patients concerned. Verbs read ``appointment.booked``.
    """
    entry = Entry.objects.create(
        at=timezone.now(),
        actor_id=actor.id,
        actor_label=actor.label[:150],
        location_id=actor.at,
        verb=verb,
        outcome=outcome,
        request_id=request_id.get(),
        details={key: _plain(value) for key, value in details.items()},
    )
    subjects = {(thing._meta.label_lower, str(thing.pk)) for thing in about}
    subjects |= {("patients.patient", str(key)) for key in (*patient_ids, *([patient_id] if patient_id else []))}
    Subject.objects.bulk_create(
        [Subject(entry=entry, kind=kind, subject_id=key) for kind, key in sorted(subjects)], batch_size=2_000
    )
    note_entry(verb)
    return entry


def record_refusal(actor: Actor, *, permission: str, screen: str, method: str = "") -> Entry:
    """Append that the actor was refused for want of a permission, and where."""
    return record(actor, "refused", outcome=Entry.Outcome.REFUSED, permission=permission, screen=screen, method=method)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set):
        return [_plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, str | int | bool):
        return value
    return str(value)
