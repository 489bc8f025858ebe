"""Which restricted charts are closed to whom."""

from collections.abc import Collection
from uuid import UUID

from django.utils import timezone

from office.core.actors import Actor
from office.patients.models import ChartReader, EmergencyAccess, Patient
from office.staff.models import StaffActor


def closed_to(actor: Actor, patients: Collection[Patient]) -> set[UUID]:
    """Return the ids of the restricted charts that are not open to the actor now. The program itself reads all."""
    restricted = {patient.pk for patient in patients if patient.is_restricted}
    if not restricted or not isinstance(actor, StaffActor):
        return set()
    named = ChartReader.objects.filter(member=actor.member_id, patient__in=restricted)
    opened = EmergencyAccess.objects.filter(member=actor.member_id, patient__in=restricted, until__gt=timezone.now())
    return restricted - set(named.values_list("patient", flat=True)) - set(opened.values_list("patient", flat=True))
