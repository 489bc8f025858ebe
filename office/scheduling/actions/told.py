"""How the patient learned of a change of time, and that this is settled."""

from django.utils import timezone

from office.audit import trail
from office.core import after_undo
from office.core.actions import action, require_here, unchanged
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.patients.queries.reach import way_to_write
from office.scheduling.actions import changes
from office.scheduling.events import PatientTold
from office.scheduling.models import Appointment, AppointmentChange


@action(Permission.BOOK_APPOINTMENTS)
def record_told(actor: Actor, *, appointment: Appointment, told: str) -> Appointment:
    """Note how the patient learned of the last change: texted, spoke, not yet. The visit itself does not change.

    "Texted" without a channel that the patient agreed to is kept as "not yet", because nothing will be sent; look at
    ``told`` of what is returned. It is no step that undo takes back, so it stands on the trail and not in the visit's
    log.
    """
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("location", "patient")
    visit = rows.get(pk=appointment.pk)
    require_here(actor, visit.location_id, visit.location.name)
    answer = Appointment.Told(told)
    if answer == Appointment.Told.TEXTED and way_to_write(visit.patient) is None:
        visit.told = Appointment.Told.NOT_YET.value
    else:
        visit.told = answer.value
    visit.save(update_fields=["told"])
    trail.record(actor, "appointment.told", visit, patient_id=visit.patient_id, told=visit.told, answered=answer.value)
    # An answer within the undo window is read when the window ends.
    if not after_undo.waiting(changes.telling(visit)):
        announce(PatientTold(str(visit.pk)))
    return visit


@action(Permission.PREPARE_MESSAGES)
def settle_telling(actor: Actor, *, change: AppointmentChange, how: str) -> None:
    """Keep that it is settled whether and how (text, email, call, empty for not at all) the patient learns of a change.

    What the patient was to be told of the visit before is settled with it.
    """
    settled = AppointmentChange.objects.awaiting_telling().filter(
        appointment=change.appointment_id, created_at__lte=change.created_at
    )
    if not settled.update(settled_at=timezone.now()):
        unchanged()
        return
    patient_id = change.appointment.patient_id
    trail.record(actor, "appointment.telling_settled", change.appointment, patient_id=patient_id, how=how)
