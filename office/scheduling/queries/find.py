"""Finding the patient to book, or who walked in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, prefetch_related_objects

from office.core.actors import Actor
from office.patients.access import open_list
from office.patients.models import Alert, Patient
from office.patients.queries.search import search
from office.practice.models import Location
from office.scheduling.models import Appointment


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


def expected_today(patients: Collection[Patient], location: Location, now: datetime) -> dict[UUID, Appointment]:
    """Return by patient the first visit there of today for which nobody has come yet. One query."""
    zone = ZoneInfo(location.zone)
    visits = Appointment.objects.expected().filter(location=location, patient__in=[one.pk for one in patients])
    rows = visits.on_day(now.astimezone(zone).date(), zone).select_related("provider").order_by("-starts_at")
    return {row.patient_id: row for row in rows}
