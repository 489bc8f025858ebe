"""Reviewing emergency access: what the privacy officer found."""

from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.patients.events import EmergencyAccessReviewed
from office.patients.models import EmergencyAccess
from office.staff.models import StaffActor

SHORTEST_NOTE = 5


@action(Permission.REVIEW_ACCESS)
def review_access(actor: Actor, *, access: EmergencyAccess, finding: str, note: str = "") -> EmergencyAccess:
    """Write down whether an emergency access was justified (EmergencyAccess.Finding), or refuse and say why.

    What was not justified needs a note. Nobody reviews an access of their own, and nobody a second time.
    """
    access = EmergencyAccess.objects.select_for_update(of=("self",)).get(pk=access.pk)
    if access.reviewed_at:
        raise Refused(f"{access.reviewed_by} reviewed this already. The finding stands.")
    if isinstance(actor, StaffActor) and actor.member_id == access.member_id:
        raise Refused("This access was yours. Someone else reviews it.")
    if finding not in EmergencyAccess.Finding.values:
        raise Refused("Choose what you found.")
    if finding == EmergencyAccess.Finding.NOT_JUSTIFIED and len(note.strip()) < SHORTEST_NOTE:
        raise Refused("Say in a few words why it was not justified, and what follows.")
    access.reviewed_at, access.reviewed_by = timezone.now(), actor.label
    access.finding, access.finding_note = finding, note.strip()[:500]
    access.save(update_fields=["reviewed_at", "reviewed_by", "finding", "finding_note"])
    trail.record(actor, "chart.emergency_access_reviewed", access, patient_id=access.patient_id, finding=finding)
    announce(EmergencyAccessReviewed(str(access.pk)))
    return access
