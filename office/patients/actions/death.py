"""Recording a death, and taking it back when it was somebody else's."""

from datetime import date

from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.after_undo import hold_event, release
from office.core.events import announce
from office.core.permissions import Permission
from office.patients.events import DeathTakenBack, PatientDied
from office.patients.models import Death, Patient

SHORTEST_REASON = 3


@action(Permission.RECORD_DEATH)
def record_death(actor: Actor, *, patient: Patient, died_on: date | None) -> Patient:
    """Record a death in one act, or refuse an impossible day.

    Visits to come, messages and recalls stop once the undo window has passed (whoever keeps them hears of it).
    """
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    if now.is_deceased and now.died_on == died_on:
        unchanged()
        return now
    if died_on and died_on > timezone.localdate():
        raise Refused("That day is still to come.")
    if died_on and now.birth_date and died_on < now.birth_date:
        raise Refused("That day is before the birth date.")
    is_new = not now.is_deceased
    now.is_deceased, now.died_on = True, died_on
    now.save(update_fields=["is_deceased", "died_on"])
    trail.record(actor, "patient.died", now, died_on=died_on)
    if is_new:
        Death.objects.create(patient=now, recorded_by=actor.label)
        hold_event(_key(now), PatientDied(str(now.pk)))
    return now


@action(Permission.RECORD_DEATH)
def take_back_death(actor: Actor, *, patient: Patient, reason: str = "") -> Patient:
    """The death was recorded by mistake: the chart says so no more.

    Within the undo window nothing had stopped yet, and nobody is asked why. Later a reason is needed, or it is refused;
    canceled visits stay canceled, and whoever keeps them hears of it.
    """
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    if not now.is_deceased:
        unchanged()
        return now
    is_in_time = release(_key(now))
    if not is_in_time and len(reason.strip()) < SHORTEST_REASON:
        raise Refused("Say how the mistake was found. Visits may have been canceled since.")
    at = timezone.now()
    now.is_deceased, now.died_on = False, None
    now.save(update_fields=["is_deceased", "died_on"])
    # A death that came with an import has no row of its own yet.
    death = Death.objects.filter(patient=now, taken_back_at__isnull=True).first() or Death(patient=now)
    death.taken_back_at, death.taken_back_by = at, actor.label
    death.taken_back_because = reason.strip()[:300]
    death.save()
    trail.record(actor, "patient.death_taken_back", now, in_time=is_in_time)
    if not is_in_time:
        announce(DeathTakenBack(str(now.pk), at.isoformat()))
    return now


def _key(patient: Patient) -> str:
    return f"patient.died:{patient.pk}"
