"""Alerts, insurance and photo: what stands on the chart beside the person's own particulars."""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from office.audit import trail
from office.core import files
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import Alert, Coverage, Patient, Payer, Plan

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


@action(Permission.CORRECT_PATIENTS)
def set_coverage(
    actor: Actor, /, *, patient: Patient, payer: str, plan: str, coverage: Coverage | None = None, **values: Any
) -> Coverage:
    """Add or change insurance: the plan by its payer's and its own name, ``values`` the fields of Coverage.

    ``front`` and ``back`` are pictures of the card as they were uploaded; they are kept without their metadata.
    """
    payer, plan = payer.strip(), plan.strip()
    if not payer or not str(values.get("member_id", "")).strip():
        raise Refused("The insurer and the member ID are needed.")
    Patient.objects.select_for_update().get(pk=patient.pk)
    insurer, _ = Payer.objects.get_or_create(name=payer)
    row = coverage or Coverage(patient=patient, rank=Coverage.objects.filter(patient=patient).count() + 1)
    row.plan, _ = Plan.objects.get_or_create(payer=insurer, name=plan or payer)
    for side in ("front", "back"):
        if picture := values.pop(side, None):
            setattr(row, f"card_{side}", files.store(files.picture(picture)))
            row.card_scanned_at = timezone.now()
    for name, value in values.items():
        setattr(row, name, value)
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise Refused("The insurance would end before it starts.")
    row.save()
    trail.record(actor, "coverage.set", row, patient_id=patient.pk, is_new=coverage is None)
    return row


@action(Permission.CORRECT_PATIENTS)
def set_photo(actor: Actor, *, patient: Patient, data: bytes) -> Patient:
    """Keep a photo, decoded and stored anew without its metadata, or refuse what is no picture."""
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    now.photo = files.store(files.picture(data))
    now.save(update_fields=["photo"])
    trail.record(actor, "photo.set", now)
    return now
