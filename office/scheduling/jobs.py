"""What the schedule does by itself a moment later. Each looks at the rows again: what is no longer so is not done."""

from uuid import UUID

from django.utils import timezone

from office.core.actors import Automation
from office.core.jobs import job
from office.core.permissions import Permission
from office.scheduling.actions.booking import cancel_appointment
from office.scheduling.models import Appointment, Closure
from office.scheduling.queries.working_time import visits_in
from office.staff.permissions import RoleName
from office.worklist.actions import ask

DESK = Automation("schedule", frozenset({Permission.BOOK_APPOINTMENTS, Permission.DO_WORK}))


@job()
def cancel_visits_of(patient_id: str) -> None:
    """Of a patient who died, whatever is still to come is canceled."""
    visits = Appointment.objects.expected().filter(patient=UUID(patient_id), ends_at__gt=timezone.now())
    for visit in visits:
        cancel_appointment(DESK, appointment=visit, reason=Appointment.CancelReason.DECEASED)


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
