"""Closing a chart to everyone but named readers, and opening it again."""

from collections.abc import Collection

from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import ChartReader, Patient, Restriction
from office.staff.models import Member

SHORTEST_REASON = 5


@action(Permission.RESTRICT_CHARTS)
def restrict_chart(actor: Actor, *, patient: Patient, readers: Collection[Member], reason: str) -> Patient:
    """Close a chart to everyone but the named readers and emergency access, or refuse without a reason.

    An hour of emergency access that is under way goes on.
    """
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    if now.is_restricted:
        raise Refused("This chart is restricted already. Add or remove who may read it.")
    _ask_for(reason)
    now.is_restricted = True
    now.save(update_fields=["is_restricted"])
    Restriction.objects.create(patient=now, reason=reason.strip()[:300], set_by=actor.label)
    ChartReader.objects.filter(patient=now).delete()
    ChartReader.objects.bulk_create(ChartReader(patient=now, member=one, named_by=actor.label) for one in readers)
    trail.record(actor, "chart.restricted", now, readers=[str(one.pk) for one in readers])
    return now


@action(Permission.RESTRICT_CHARTS)
def name_reader(actor: Actor, *, patient: Patient, member: Member) -> ChartReader:
    """Let one more person read a restricted chart, or refuse where none is restricted or the person has left."""
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    if not now.is_restricted:
        raise Refused("This chart is open to everyone who may open charts. Restrict it first.")
    if not member.is_active:
        raise Refused(f"{member} no longer works here.")
    reader, is_new = ChartReader.objects.get_or_create(patient=now, member=member, defaults={"named_by": actor.label})
    if not is_new:
        unchanged()
        return reader
    trail.record(actor, "chart.reader_named", now, member, member=str(member.pk))
    return reader


@action(Permission.RESTRICT_CHARTS)
def remove_reader(actor: Actor, *, patient: Patient, member: Member) -> None:
    """Let somebody read a restricted chart no longer; from their next click on."""
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    removed, _ = ChartReader.objects.filter(patient=now, member=member).delete()
    if not removed:
        unchanged()
        return
    trail.record(actor, "chart.reader_removed", now, member, member=str(member.pk))


@action(Permission.RESTRICT_CHARTS)
def lift_restriction(actor: Actor, *, patient: Patient, reason: str) -> Patient:
    """Open a restricted chart to everyone who may open charts, or refuse without a reason."""
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    if not now.is_restricted:
        unchanged()
        return now
    _ask_for(reason)
    now.is_restricted = False
    now.save(update_fields=["is_restricted"])
    Restriction.objects.filter(patient=now, lifted_at__isnull=True).update(
        lifted_at=timezone.now(), lifted_by=actor.label, lifted_because=reason.strip()[:300]
    )
    ChartReader.objects.filter(patient=now).delete()
    trail.record(actor, "chart.restriction_lifted", now)
    return now


def _ask_for(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say why in a few words. It stays beside the restriction.")
