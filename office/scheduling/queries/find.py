"""Finding the patient to book, in the booking drawer."""

from django.db.models import Prefetch, Q

from office.core.actors import Actor
from office.patients.access import open_list
from office.patients.models import Alert, Patient


def with_booking_alerts(actor: Actor, patients: list[Patient]) -> list[Patient]:
    """Return the patients that may be shown, each with ``booking_alerts``; the list is on the audit trail."""
    closed = open_list(actor, patients, purpose="booking a visit")
    keys = [patient.pk for patient in patients if patient.pk not in closed]
    alerts = Prefetch("alerts", Alert.objects.current().filter(at_booking=True), to_attr="booking_alerts")
    rows = {patient.pk: patient for patient in Patient.objects.filter(pk__in=keys).prefetch_related(alerts)}
    return [rows[key] for key in keys]


def candidates(text: str, *, limit: int = 6) -> list[Patient]:
    """Return the charts whose names begin with the words typed, family name first."""
    words = text.replace(",", " ").split()
    if not words:
        return []
    rows = Patient.objects.charts().filter(is_deceased=False)
    for word in words:
        rows = rows.filter(Q(family_name__istartswith=word) | Q(given_name__istartswith=word))
    return list(rows.order_by("family_name", "given_name")[:limit])
