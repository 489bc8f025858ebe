"""What a table of the old system brings to the calendar, and taking it back. Nobody is told of a visit they know of."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Q

from office.audit import trail
from office.core.actions import action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.actions.tables import take_back_rows
from office.practice.loads.kinds import Loaded, TakenBack
from office.scheduling.models import Appointment, Recall


@action(Permission.IMPORT_RECORDS)
def load_appointments(actor: Actor, *, new: Sequence[Appointment], changed: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Book what the old system has booked, and move what it moved; the database refuses what is booked twice."""
    if not new and not changed:
        return unchanged()
    Appointment.objects.bulk_create(new)
    patients = {one.patient_id for one in new} | _write(Appointment, changed)
    trail.record(actor, "appointment.loaded", new=len(new), changed=len(changed), patient_ids=patients)
    return None


@action(Permission.IMPORT_RECORDS)
def take_back_appointments(actor: Actor, *, rows: Sequence[Loaded]) -> TakenBack:
    """Remove the visits that a load booked and nobody touched since."""
    taken = take_back_rows(Appointment, rows, unused=Q(version=1, status=Appointment.Status.BOOKED))
    trail.record(actor, "appointment.load_taken_back", removed=taken.removed, kept=taken.kept)
    return taken


@action(Permission.IMPORT_RECORDS)
def load_recalls(actor: Actor, *, new: Sequence[Recall], changed: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Write down who is due for what."""
    if not new and not changed:
        return unchanged()
    Recall.objects.bulk_create(new)
    patients = {one.patient_id for one in new} | _write(Recall, changed)
    trail.record(actor, "recall.loaded", new=len(new), changed=len(changed), patient_ids=patients)
    return None


@action(Permission.IMPORT_RECORDS)
def take_back_recalls(actor: Actor, *, rows: Sequence[Loaded]) -> TakenBack:
    """Remove the recalls that a load brought and that are not done."""
    taken = take_back_rows(Recall, rows, unused=Q(done_on=None))
    trail.record(actor, "recall.load_taken_back", removed=taken.removed, kept=taken.kept)
    return taken


def _write(model: type[models.Model], changed: Mapping[UUID, Mapping[str, Any]]) -> set[UUID]:
    for key, fields in changed.items():
        model._base_manager.filter(pk=key).update(**fields)
    return set(model._base_manager.filter(pk__in=list(changed)).values_list("patient_id", flat=True))
