"""What the worklist does by itself a moment later."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from office.core.actors import Automation
from office.core.jobs import job
from office.core.permissions import Permission
from office.patients.models import EmergencyAccess, Patient
from office.staff.models import Member, Provider
from office.staff.permissions import RoleName
from office.worklist import rules
from office.worklist.actions import ask, finish, hand_over
from office.worklist.models import WorkItem

HAND_OVER = Automation("hand-over", frozenset({Permission.DO_WORK, Permission.ASSIGN_WORK}))
REVIEW = Automation("emergency-access", frozenset({Permission.DO_WORK}))
REVIEW_WITHIN = timedelta(hours=24)
#: Ends what another screen has done already.
CLERK = Automation("worklist", frozenset({Permission.DO_WORK}))
NEWBORNS = Automation("newborns", frozenset({Permission.DO_WORK}))


@job()
def ask_to_review_access(access_id: str) -> None:
    """Emergency access becomes a task of the privacy officer, due a day after it; overdue shows red."""
    access = EmergencyAccess.objects.select_related("patient", "member").get(pk=UUID(access_id))
    if access.reviewed_at:
        return
    ask(
        REVIEW,
        title=f"Review the emergency access of {access.member}",
        kind="emergency_access",
        key=_review_key(access),
        note=access.reason,
        urgency=WorkItem.Urgency.SOON,
        patient=access.patient,
        for_role=RoleName.PRIVACY_OFFICER,
        link=reverse("patients:review_access", args=[access.pk]),
        due_at=access.created_at + REVIEW_WITHIN,
    )


@job()
def finish_review_of_access(access_id: str) -> None:
    """The task ends with the review, whoever has it in hand."""
    access = EmergencyAccess.objects.get(pk=UUID(access_id))
    _finish(_review_key(access), f"{access.reviewed_by}: {access.get_finding_display().lower()}")


@job()
def ask_for_name(patient_id: str) -> None:
    """A newborn registered without a name is asked about, until it has one."""
    patient = Patient.objects.get(pk=UUID(patient_id))
    if not patient.is_unnamed_newborn or patient.merged_into_id:
        return
    ask(
        NEWBORNS,
        title="Ask for the newborn's name and insurance",
        kind="newborn",
        key=f"newborn-name:{patient.pk}",
        note="Then correct the chart. A plan may refuse a child who is added later than 30 days after birth.",
        patient=patient,
        for_role=RoleName.FRONT_DESK,
        link=reverse("patients:correct", args=[patient.pk]),
        due_at=rules.name_due_at(registered_at=patient.created_at, born_on=patient.birth_date),
    )


@job()
def finish_asking_for_name(patient_id: str) -> None:
    """The name is given. Insurance that is still missing stays to be asked for, by the same day."""
    patient = Patient.objects.get(pk=UUID(patient_id))
    _finish(f"newborn-name:{patient.pk}", "The name is on the chart.")
    if patient.coverages.exists():
        return
    ask(
        NEWBORNS,
        title="Ask for the newborn's insurance",
        kind="insurance",
        key=f"newborn-insurance:{patient.pk}",
        note="A plan may refuse a child who is added later than 30 days after birth.",
        patient=patient,
        for_role=RoleName.FRONT_DESK,
        link=reverse("patients:coverage", args=[patient.pk]),
        due_at=rules.name_due_at(registered_at=patient.created_at, born_on=patient.birth_date),
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


def _review_key(access: EmergencyAccess) -> str:
    return f"emergency-access:{access.pk}"


def _finish(key: str, outcome: str) -> None:
    if item := WorkItem.objects.open().filter(key=key).first():
        finish(CLERK, item=item, outcome=outcome)
