"""What the schedule does by itself a moment later. Each looks at the rows again: what is no longer so is not done."""

from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from office.core.actors import Automation
from office.core.jobs import job
from office.core.permissions import Permission
from office.core.words import clock_words, date_words
from office.patients.models import Patient
from office.practice.models import Location
from office.scheduling.actions.booking import cancel_appointment
from office.scheduling.models import Appointment, Closure
from office.scheduling.queries.working_time import visits_in
from office.scheduling.rules import statuses
from office.staff.permissions import RoleName
from office.worklist.actions import ask
from office.worklist.models import WorkItem

DESK = Automation("schedule", frozenset({Permission.BOOK_APPOINTMENTS, Permission.DO_WORK}))


@job()
def cancel_visits_of(patient_id: str) -> None:
    """Of a patient who died, whatever is still to come is canceled; nothing when the death was taken back meanwhile."""
    if not Patient.objects.filter(pk=UUID(patient_id), is_deceased=True).exists():
        return
    visits = Appointment.objects.expected().filter(patient=UUID(patient_id), ends_at__gt=timezone.now())
    for visit in visits:
        cancel_appointment(DESK, appointment=visit, reason=Appointment.CancelReason.DECEASED)


@job()
def ask_to_book_again(patient_id: str, at: str) -> None:
    """A death was recorded by mistake: what it canceled is listed for the desk of each location, and not rebooked.

    The time may be somebody else's by now, and the patient is to hear a voice.
    """
    patient = Patient.objects.get(pk=UUID(patient_id))
    canceled = Appointment.objects.filter(
        patient=patient, status=statuses.CANCELED, cancel_reason=Appointment.CancelReason.DECEASED,
        starts_at__gt=timezone.now(),
    )  # fmt: skip
    by_location: dict[Location, list[Appointment]] = {}
    for visit in canceled.select_related("location", "provider", "visit_type").order_by("starts_at"):
        by_location.setdefault(visit.location, []).append(visit)
    for location, visits in by_location.items():
        ask(
            DESK,
            title=f"Call and book again: {len(visits)} visit{'s' if len(visits) > 1 else ''} canceled by mistake",
            kind="visit",
            key=f"death-taken-back:{patient.pk}:{location.pk}:{at[:19]}",
            note="\n".join(_told(visit) for visit in visits),
            urgency=WorkItem.Urgency.SOON,
            patient=patient,
            location=location,
            for_role=RoleName.FRONT_DESK,
            link=f"{reverse('scheduling:book')}?patient={patient.pk}",
            due_at=timezone.now() + timedelta(hours=4),
        )


def _told(visit: Appointment) -> str:
    at = visit.starts_at.astimezone(ZoneInfo(visit.location.zone))
    return f"{at:%a} {date_words(at.date())} {clock_words(at)}, {visit.visit_type}, {visit.provider.spoken_name}"


@job()
def ask_to_move(closure_id: str) -> None:
    """Visits that stand in closed time become one task of the front desk."""
    closure = Closure.objects.select_related("location").filter(pk=UUID(closure_id)).first()
    if closure is None or not (number := visits_in(closure).count()):
        return
    ask(
        DESK,
        title=f"Move {number} visit{'s' if number > 1 else ''} out of closed time: {closure.reason}",
        kind="closed_time",
        key=f"closed:{closure.pk}",
        location=closure.location,
        for_role=RoleName.FRONT_DESK,
        due_at=closure.starts_at,
    )
