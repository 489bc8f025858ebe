"""How the patient learned of a change of time."""

from office.audit import trail
from office.core.actions import action, require_here
from office.core.actors import Actor
from office.core.permissions import Permission
from office.scheduling.models import Appointment


@action(Permission.BOOK_APPOINTMENTS)
def record_told(actor: Actor, *, appointment: Appointment, told: str) -> Appointment:
    """Note how the patient learned of the last change: texted, spoke, not yet. The visit itself does not change.

    It is no step that undo takes back, so it stands on the trail and not in the visit's log.
    """
    visit = Appointment.objects.select_for_update(of=("self",)).select_related("location").get(pk=appointment.pk)
    require_here(actor, visit.location_id, visit.location.name)
    visit.told = Appointment.Told(told).value
    visit.save(update_fields=["told"])
    trail.record(actor, "appointment.told", visit, patient_id=visit.patient_id, told=visit.told)
    return visit
