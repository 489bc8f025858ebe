"""The one door to every chart: who may, whose chart it is now, and a trace of each opening.

Actions and reading go through here alike. A chart opened again for the same purpose within a quarter of an hour, or a
list shown again with the same patients, leaves no second entry, so that a page and its panels read as one.
"""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.utils import timezone

from office.audit import trail
from office.audit.models import Entry
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.patients.events import EmergencyAccessOpened
from office.patients.models import EmergencyAccess, Patient
from office.patients.queries.restriction import closed_to
from office.staff.models import StaffActor

ONE_VISIT_TO_THE_CHART = timedelta(minutes=15)
EMERGENCY_ACCESS = timedelta(minutes=60)
SHORTEST_REASON = 15


class ChartRestricted(PermissionDenied):
    """The chart is restricted and not open to this person; emergency access is a way in."""

    def __init__(self, patient_id: UUID) -> None:
        super().__init__("patients.open.restricted")
        self.patient_id = patient_id


def open_chart(actor: Actor, patient_id: UUID, *, purpose: str) -> Patient:
    """Return the patient whose chart this is now, and leave a trace that the actor opened it.

    Follows a merge to the chart that was kept. Raises PermissionDenied, ChartRestricted, or Http404 when there is no
    such chart. ``purpose`` is a few plain words ("booking a visit"); a panel says the purpose of its page.
    """
    if not actor.may(Permission.OPEN_CHARTS):
        raise PermissionDenied(Permission.OPEN_CHARTS)
    patient = chart_of(patient_id)
    if closed_to(actor, [patient]):
        raise ChartRestricted(patient.pk)
    _trace(actor, "chart.opened", [patient.pk], purpose)
    return patient


def identify(actor: Actor, patient_id: UUID, *, permission: Permission, purpose: str) -> Patient:
    """Return whose chart this is now to whoever keeps charts closed, also where it is closed to them; leave a trace.

    For a page that says who the patient is and no more. Raises PermissionDenied or Http404.
    """
    if not actor.may(permission):
        raise PermissionDenied(permission)
    patient = chart_of(patient_id)
    _trace(actor, "patient.identified", [patient.pk], purpose)
    return patient


def open_list(actor: Actor, patients: Iterable[Patient], *, purpose: str) -> set[UUID]:
    """Leave one entry that names every patient of a list that is about to be shown.

    Returns the ids of those whose charts are closed to the actor, of whom a list of found patients shows no more than
    that they exist.
    """
    if not actor.may(Permission.OPEN_CHARTS):
        raise PermissionDenied(Permission.OPEN_CHARTS)
    shown = list(patients)
    closed = closed_to(actor, shown)
    if shown:
        _trace(actor, "patients.listed", sorted({patient.pk for patient in shown}), purpose)
    return closed


def chart_of(patient_id: UUID) -> Patient:
    """Return the patient, or the one into whose chart this one was merged. Raises Http404. Leaves no trace."""
    patient = Patient.objects.filter(pk=patient_id).select_related("merged_into", "primary_provider").first()
    if patient is None:
        raise Http404("There is no such chart.")
    return patient if patient.merged_into_id is None else chart_of(patient.merged_into_id)


@action(Permission.BREAK_GLASS)
def break_glass(actor: Actor, *, patient: Patient, reason: str) -> EmergencyAccess:
    """Open one restricted chart to one person for an hour (emergency access, 164.312(a)(2)(ii)), or refuse.

    The reason is written down and the privacy officer is asked to look at it.
    """
    if not isinstance(actor, StaffActor):
        raise Refused("Emergency access is for a person who signed in.")
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise Refused(f"Say why in at least {SHORTEST_REASON} characters. The privacy officer reads it.")
    access = EmergencyAccess.objects.create(
        patient=patient, member_id=actor.member_id, reason=reason[:300], until=timezone.now() + EMERGENCY_ACCESS
    )
    trail.record(actor, "chart.emergency_access", access, patient_id=patient.pk, until=access.until)
    announce(EmergencyAccessOpened(str(access.pk)))
    return access


def _trace(actor: Actor, verb: str, patient_ids: list[UUID], purpose: str) -> None:
    whom = hashlib.sha256(",".join(map(str, patient_ids)).encode()).hexdigest()[:16]
    before = Entry.objects.filter(
        actor_id=actor.id,
        verb=verb,
        at__gte=timezone.now() - ONE_VISIT_TO_THE_CHART,
        details__purpose=purpose,
        details__whom=whom,
    )
    if before.exists():
        return
    with transaction.atomic():
        trail.record(actor, verb, patient_ids=patient_ids, purpose=purpose, whom=whom)
