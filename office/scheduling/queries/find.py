"""Finding the patient to book, in the booking drawer."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Prefetch, prefetch_related_objects

from office.core.actors import Actor
from office.patients.access import open_list
from office.patients.models import Alert, Patient
from office.patients.queries.search import search


@dataclass
class Found:
    """Who can be booked, each with ``booking_alerts``, and how many restricted charts fit too."""

    patients: list[Any] = field(default_factory=list)
    restricted: int = 0


def with_booking_alerts(actor: Actor, patients: list[Patient]) -> Found:
    """Return the patients that may be shown, of closed charts only their number; the list is on the audit trail."""
    closed = open_list(actor, patients, purpose="booking a visit")
    shown = [patient for patient in patients if patient.pk not in closed]
    alerts = Alert.objects.current().filter(at_booking=True)
    prefetch_related_objects(shown, Prefetch("alerts", alerts, to_attr="booking_alerts"))
    return Found(shown, len(closed))


def candidates(text: str, *, limit: int = 6) -> list[Patient]:
    """Return the charts that a name, a birth date, a phone or a chart number may mean, best first, without the dead."""
    found = [one.patient for one in search(text, limit=2 * limit)]
    return [patient for patient in found if not patient.is_deceased][:limit]
