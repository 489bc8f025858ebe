"""What the worklist does by itself a moment later."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from office.core.actors import Automation
from office.core.jobs import job
from office.core.permissions import Permission
from office.patients.models import EmergencyAccess
from office.staff.models import Member, Provider
from office.staff.permissions import RoleName
from office.worklist.actions import ask, hand_over
from office.worklist.models import WorkItem

HAND_OVER = Automation("hand-over", frozenset({Permission.DO_WORK, Permission.ASSIGN_WORK}))
REVIEW = Automation("emergency-access", frozenset({Permission.DO_WORK}))
REVIEW_WITHIN = timedelta(hours=24)


@job()
def ask_to_review_access(access_id: str) -> None:
    """Emergency access becomes a task of the privacy officer, due a day after it; overdue shows red."""
    access = EmergencyAccess.objects.select_related("patient", "member").get(pk=UUID(access_id))
    ask(
        REVIEW,
        title=f"Review the emergency access of {access.member}",
        kind="emergency_access",
        key=f"emergency-access:{access.pk}",
        note=access.reason,
        urgency=WorkItem.Urgency.SOON,
        patient=access.patient,
        for_role=RoleName.PRIVACY_OFFICER,
        link=reverse("audit:chart", args=[access.patient_id]),
        due_at=access.created_at + REVIEW_WITHIN,
    )


@job()
def return_work_of(member_id: str, role: str) -> None:
    """Whatever a person who left had to do, or had in hand, waits for others: of whom it was asked, or the role."""
    leaver = UUID(member_id)
    theirs = Q(for_member=leaver) | Q(taken_by=leaver)
    for item in WorkItem.objects.open().filter(theirs).select_related("for_member"):
        asked = item.for_member
        other = asked if asked and asked.pk != leaver and asked.is_active else None
        queue = None if other else RoleName(item.for_role or role)
        hand_over(HAND_OVER, item=item, to_member=other, to_role=queue, note="Whoever had this has left.")


@job()
def ask_whether_to_book(member_id: str, role: str) -> None:
    """Whether patients may still be booked with somebody who left is for a person to say."""
    leaver = Member.objects.get(pk=UUID(member_id))
    provider = Provider.objects.filter(member=leaver, is_active=True).first()
    if provider is None or leaver.left_at is None:
        return
    ask(
        HAND_OVER,
        title=f"{provider.spoken_name} has left: may patients still be booked with them?",
        key=f"left:{leaver.pk}:{leaver.left_at:%Y%m%dT%H%M%S}",
        for_role=RoleName.ADMINISTRATOR,
        link=reverse("staff:member", args=[leaver.pk]),
    )
