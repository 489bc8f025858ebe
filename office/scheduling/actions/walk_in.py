"""Someone walks in: an appointment booked now, whose patient stands here."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import Patient
from office.practice.models import Location
from office.scheduling.actions.booking import book_appointment
from office.scheduling.actions.day import check_in
from office.scheduling.models import Appointment, VisitType
from office.scheduling.queries.openings import Opening, openings_for
from office.scheduling.rules import statuses
from office.scheduling.rules.spans import clock
from office.staff.models import Provider


@action(Permission.CHECK_IN)
def take_walk_in(  # noqa: PLR0913 — a booking and a check-in in one press
    actor: Actor,
    *,
    patient: Patient,
    location: Location,
    visit_type: VisitType,
    provider: Provider | None = None,
    reason: str = "",
    birth_date: date | None = None,
    passed_for: str = "",
    passed_because: str = "",
    double: bool = False,
    key: str = "",
) -> Appointment:
    """Book the patient into today's first opening, with that provider or whoever is free first, and check them in.

    What books and what checks in asks here too: hours, ages, who may, NAME ALERT and lights (day.check_in); when one of
    them refuses, nothing is kept. ``double`` puts the visit beside another one at once: only with a named provider, and
    by one who may double-book. ``key`` names the form: sent twice, it is taken once.
    """
    with_whom, starts_at = _place(visit_type, provider, location, double=double)
    visit = book_appointment(
        actor,
        patient=patient,
        provider=with_whom,
        location=location,
        visit_type=visit_type,
        starts_at=starts_at,
        reason=reason,
        double=double,
        is_walk_in=True,
        key=key,
    )
    if visit.status not in statuses.EXPECTED:
        unchanged()  # the form was sent twice
        return visit
    visit = check_in(
        actor, appointment=visit, birth_date=birth_date, passed_for=passed_for, passed_because=passed_because
    )
    trail.record(actor, "appointment.walked_in", visit, patient_id=patient.pk, provider_id=visit.provider_id)
    return visit


def _place(
    visit_type: VisitType, provider: Provider | None, location: Location, *, double: bool
) -> tuple[Provider, datetime]:
    """With whom and when: beside another visit at once, or at today's first opening; booking decides by itself."""
    if double:
        if provider is None:
            raise Refused("Choose the provider beside whose visit this one goes.")
        return provider, timezone.now()
    found = openings_for(visit_type, provider=provider, location=location, days=1, limit=1)
    if found:
        return found[0].provider, found[0].starts_at
    who = provider.spoken_name if provider else "Nobody"
    later = openings_for(visit_type, provider=provider, location=location, limit=1)
    ahead = f" Next available is {_day(later[0])}." if later else ""
    raise Refused(f"{who} is {'not ' if provider else ''}free for {visit_type.name} today any more.{ahead}")


def _day(opening: Opening) -> str:
    at = opening.starts_at
    return f"{at:%A, %B} {at.day}, {clock(at, ZoneInfo(opening.location.zone))}, with {opening.provider.spoken_name}"
