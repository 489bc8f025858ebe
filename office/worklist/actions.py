"""Asking for a thing to be done, taking it in hand, finishing it, handing it over; parking and resuming."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action, require_here, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import Patient
from office.practice.models import Location
from office.staff.models import Member, StaffActor
from office.staff.permissions import RoleName
from office.worklist import rules
from office.worklist.models import Parked, WorkItem


@action(Permission.DO_WORK)
def ask(  # noqa: PLR0913 (a task says what, for whom, about whom, by when and where)
    actor: Actor,
    *,
    title: str,
    kind: str = "task",
    key: str = "",
    note: str = "",
    urgency: WorkItem.Urgency = WorkItem.Urgency.ROUTINE,
    patient: Patient | None = None,
    location: Location | None = None,
    for_member: Member | None = None,
    for_role: RoleName | None = None,
    link: str = "",
    due_at: datetime | None = None,
) -> WorkItem:
    """Ask a person or a role to do something by a time, or refuse and say why.

    With a ``key`` it is asked once, however often: a second time returns the first item, also when it is done.
    """
    if objection := rules.objection_to_asking(title=title, link=link, has_someone=bool(for_member or for_role)):
        raise Refused(objection)
    if for_member and not for_member.is_active:
        raise Refused(f"{for_member} no longer works here. Ask someone else.")
    if key and (asked := WorkItem.objects.filter(key=key).first()):
        unchanged()
        return asked
    try:
        with transaction.atomic():
            item = WorkItem.objects.create(
                key=key,
                kind=kind,
                title=title.strip()[:160],
                note=note,
                urgency=urgency,
                patient=patient,
                location=location,
                for_member=for_member,
                for_role=for_role or "",
                link=link,
                due_at=due_at,
                asked_by=actor.label,
            )
    except IntegrityError:
        # Two runs of the same job met: the first one's item is the answer of both.
        unchanged()
        return WorkItem.objects.get(key=key)
    trail.record(actor, "work.asked", item, patient_id=item.patient_id, kind=kind, for_role=item.for_role)
    return item


@action(Permission.DO_WORK)
def take(actor: Actor, *, item: WorkItem) -> WorkItem:
    """Take a thing in hand, so that no two people do it; refuse when someone else has it."""
    item = _mine_to_touch(actor, item)
    member = _person(actor)
    if item.taken_by_id == member.member_id:
        unchanged()
        return item
    item.taken_by_id = member.member_id
    item.taken_at = timezone.now()
    item.save(update_fields=["taken_by", "taken_at"])
    trail.record(actor, "work.taken", item, patient_id=item.patient_id)
    return item


@action(Permission.DO_WORK)
def finish(actor: Actor, *, item: WorkItem, outcome: str = "") -> WorkItem:
    """Say that it is done, and in a few words how; saying it twice changes nothing."""
    locked = _locked(item)
    if locked.done_at and locked.done_by == actor.label:
        unchanged()
        return locked
    item = _mine_to_touch(actor, item)
    item.done_at = timezone.now()
    item.done_by = actor.label
    item.outcome = outcome.strip()[:200]
    item.save(update_fields=["done_at", "done_by", "outcome"])
    trail.record(actor, "work.finished", item, patient_id=item.patient_id)
    return item


@action(Permission.DO_WORK)
def reopen(actor: Actor, *, item: WorkItem) -> WorkItem:
    """Take a finish back: the thing is to do again, as it was."""
    item = _locked(item)
    if item.done_at is None:
        unchanged()
        return item
    if item.done_by != actor.label and not actor.may(Permission.ASSIGN_WORK):
        raise Refused(f"{item.done_by} finished this. Ask {item.done_by} or a supervisor to open it again.")
    item.done_at, item.done_by, item.outcome = None, "", ""
    item.save(update_fields=["done_at", "done_by", "outcome"])
    trail.record(actor, "work.reopened", item, patient_id=item.patient_id)
    return item


@action(Permission.DO_WORK)
def hand_over(
    actor: Actor, *, item: WorkItem, to_member: Member | None = None, to_role: RoleName | None = None, note: str = ""
) -> WorkItem:
    """Give a thing to another person or role; whoever had it in hand has it no longer."""
    item = _mine_to_touch(actor, item)
    if (to_member is None) == (to_role is None):
        raise Refused("Say to whom: one person or one role.")
    if to_member and not to_member.is_active:
        raise Refused(f"{to_member} no longer works here. Choose someone else.")
    item.for_member = to_member
    item.for_role = to_role or ""
    item.taken_by = None
    item.taken_at = None
    if note.strip():
        item.note = f"{item.note}\n{actor.label}: {note.strip()}".strip()
    item.save(update_fields=["for_member", "for_role", "taken_by", "taken_at", "note"])
    to = str(to_member.pk) if to_member else item.for_role
    trail.record(actor, "work.handed_over", item, patient_id=item.patient_id, to=to)
    return item


@action(Permission.DO_WORK)
def park(
    actor: Actor, *, title: str, link: str, draft: dict[str, Any] | None = None, patient: Patient | None = None
) -> Parked:
    """Put a page aside with what was typed on it; parking the same page again keeps the newer words."""
    member = _person(actor)
    if objection := rules.objection_to_asking(title=title, link=link or "/", has_someone=True):
        raise Refused(objection)
    parked, _ = Parked.objects.update_or_create(
        member_id=member.member_id,
        link=link[:300],
        resumed_at=None,
        defaults={"title": title.strip()[:160], "draft": draft or {}, "patient": patient},
    )
    trail.record(actor, "work.parked", parked, patient_id=parked.patient_id)
    return parked


@action(Permission.DO_WORK)
def resume(actor: Actor, *, parked: Parked) -> Parked:
    """Take up again what one parked; only one's own. Twice is the same as once."""
    member = _person(actor)
    parked = Parked.objects.select_for_update().get(pk=parked.pk)
    if parked.member_id != member.member_id:
        raise Refused("Someone else parked this. Ask them to finish it or to hand it over.")
    if parked.resumed_at:
        unchanged()
        return parked
    parked.resumed_at = timezone.now()
    parked.save(update_fields=["resumed_at"])
    trail.record(actor, "work.resumed", parked, patient_id=parked.patient_id)
    return parked


def _person(actor: Actor) -> StaffActor:
    if not isinstance(actor, StaffActor):
        raise Refused("Only a person can take work in hand.")
    return actor


def _locked(item: WorkItem) -> WorkItem:
    return WorkItem.objects.select_for_update(of=("self",)).select_related("taken_by", "location").get(pk=item.pk)


def _mine_to_touch(actor: Actor, item: WorkItem) -> WorkItem:
    """Lock the item and refuse when this person may not change it."""
    item = _locked(item)
    member_id = getattr(actor, "member_id", None)
    is_person = isinstance(actor, StaffActor)
    roles = {role.value for role in actor.roles} if isinstance(actor, StaffActor) else set()
    other = item.taken_by if item.taken_by_id and item.taken_by_id != member_id else None
    objection = rules.objection_to_touching(
        is_done=item.done_at is not None,
        done_by=item.done_by,
        taken_by_other=str(other) if other else "",
        is_for_me=member_id in {item.taken_by_id, item.for_member_id} or item.for_role in roles,
        may_assign=not is_person or actor.may(Permission.ASSIGN_WORK),
    )
    if objection:
        raise Refused(objection)
    if item.location and item.for_member_id is None:
        require_here(actor, item.location.pk, item.location.name)
    return item
