"""Alerts: what must not be missed, where, until when."""

from collections.abc import Collection
from datetime import date

from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import Alert, Patient

PLACES = ("at_booking", "at_check_in", "at_rooming", "at_billing")


@action(Permission.SET_ALERTS)
def set_alert(
    actor: Actor,
    *,
    patient: Patient,
    text: str,
    places: Collection[str],
    is_serious: bool = False,
    until_on: date | None = None,
) -> Alert:
    """Put a sentence where it must not be missed, signed by its author, until a day or until someone ends it."""
    if not text.strip():
        raise Refused("Say what must not be missed.")
    if not set(places) & set(PLACES):
        raise Refused("Choose where the alert shows: booking, check-in, rooming or billing.")
    if until_on and until_on < timezone.localdate():
        raise Refused("The alert would have ended already. Choose a later day, or none.")
    alert = Alert.objects.create(
        patient=patient, text=text.strip()[:200], is_serious=is_serious, until_on=until_on, author=actor.label,
        **{place: place in places for place in PLACES},
    )  # fmt: skip
    trail.record(actor, "alert.set", alert, patient_id=patient.pk, places=sorted(places), is_serious=is_serious)
    return alert


@action(Permission.SET_ALERTS)
def end_alert(actor: Actor, *, alert: Alert) -> Alert:
    """Take an alert away; it stays on record with who ended it."""
    if alert.ended_at:
        unchanged()
        return alert
    alert.ended_at, alert.ended_by = timezone.now(), actor.label
    alert.save()
    trail.record(actor, "alert.ended", alert, patient_id=alert.patient_id)
    return alert
