"""What the inbox does when the schedule changed and nobody can undo it any more."""

from uuid import UUID

from office.core.actors import Automation
from office.core.jobs import job
from office.core.permissions import Permission
from office.inbox.actions import prepare_notice
from office.scheduling.models import Appointment
from office.staff.permissions import RoleName
from office.worklist.actions import ask

NOTICES = Automation("notices", frozenset({Permission.PREPARE_MESSAGES, Permission.DO_WORK, Permission.ASSIGN_WORK}))


def tell_patient(appointment_id: str, kind: str) -> None:
    """Prepare the notice, unless someone spoke to the patient; a cancellation not told yet becomes a task.

    Reads the visit as it is now: what was undone meanwhile is not said.
    """
    found = Appointment.objects.select_related("patient", "location").filter(pk=UUID(appointment_id)).first()
    if found is None or found.told == Appointment.Told.SPOKE:
        return
    if kind == "canceled" and found.told != Appointment.Told.TEXTED:
        _ask_to_call(found)
        return
    # A move that nobody told yet is already a task (scheduling.jobs.ask_to_tell).
    if kind == "moved" and found.told != Appointment.Told.TEXTED:
        return
    prepare_notice(NOTICES, appointment=found, kind=kind)


@job()
def tell_of_booking(appointment_id: str) -> None:
    """The confirmation."""
    tell_patient(appointment_id, "booked")


@job()
def tell_of_move(appointment_id: str) -> None:
    """The new time."""
    tell_patient(appointment_id, "moved")


@job()
def tell_of_cancellation(appointment_id: str) -> None:
    """The time that is off."""
    tell_patient(appointment_id, "canceled")


def _ask_to_call(visit: Appointment) -> None:
    if visit.patient.is_deceased:
        return
    ask(
        NOTICES,
        title="Tell the patient that the visit is canceled",
        for_role=RoleName.FRONT_DESK,
        location=visit.location,
        patient=visit.patient,
        link=f"/visit/{visit.pk}/",
        key=f"tell:canceled:{visit.pk}:{visit.starts_at:%Y%m%dT%H%M}",
    )
