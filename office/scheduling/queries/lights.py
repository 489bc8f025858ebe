"""The check-in lights that the schedule itself can answer; other areas join by office/wiring.py."""

from dataclasses import replace

from django.urls import reverse
from django.utils import timezone

from office.core.actors import Actor
from office.patients.models import Alert, Consent, Coverage
from office.scheduling.models import Appointment
from office.scheduling.queries.plans import plan_not_taken
from office.scheduling.rules import check_in
from office.scheduling.rules.check_in import LightState, State


def identity(_actor: Actor, appointment: Appointment) -> LightState:
    """Name and birth date; NAME ALERT comes from the day's list and is added at the window."""
    patient = appointment.patient
    return check_in.identity(patient.birth_date, is_deceased=patient.is_deceased, alike=0)


def insurance(_actor: Actor, appointment: Appointment) -> LightState:
    """The plan that pays first, as it is on file."""
    today = timezone.localdate()
    on_file = Coverage.objects.filter(patient=appointment.patient_id).select_related("plan__payer")
    current = on_file.current(today).first() or on_file.first()
    if current is None:
        return _at_chart(appointment, "I", "Enter it", check_in.insurance("", ends_on=None, today=today))
    not_taken = plan_not_taken(current.plan, appointment.provider, appointment.location, today)
    light = check_in.insurance(current.plan.payer.name, ends_on=current.ends_on, today=today, not_taken=not_taken)
    return _at_chart(appointment, "I", "Look", light)


def forms(_actor: Actor, appointment: Appointment) -> LightState:
    """The privacy notice."""
    newest = Consent.objects.filter(patient=appointment.patient_id, kind=Consent.Kind.PRIVACY_NOTICE).first()
    signed = newest.given_at.date() if newest and newest.is_given else None
    return _at_chart(appointment, "P", "Note it", check_in.forms(signed))


def money(_actor: Actor, appointment: Appointment) -> LightState:
    """The copay that the card names. No balance is kept yet, and the light says so."""
    card = Coverage.objects.filter(patient=appointment.patient_id).current(timezone.localdate()).first()
    if card and card.copay_cents:
        return LightState(State.NEUTRAL, f"Copay ${card.copay_cents / 100:,.2f} by the card; no balance is kept yet")
    return LightState(State.NEUTRAL, "No balance is kept yet")


def alerts(_actor: Actor, appointment: Appointment) -> LightState:
    """What someone wanted to be read here."""
    current = Alert.objects.current().filter(patient=appointment.patient_id, at_check_in=True)
    found = list(current)
    if not found:
        return LightState(State.GREEN, "No alerts for check-in")
    words = "; ".join(alert.text for alert in found)
    state = State.RED if any(alert.is_serious for alert in found) else State.AMBER
    return _at_chart(appointment, "L", "Look", LightState(state, words))


def _at_chart(appointment: Appointment, key: str, remedy: str, light: LightState) -> LightState:
    """Lead to the face sheet from a light that wants a look."""
    if light.state in {State.GREEN, State.NEUTRAL}:
        return light
    return replace(light, remedy=remedy, key=key, url=reverse("patients:chart", args=[appointment.patient_id]))
