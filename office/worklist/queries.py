"""Worklists: what a person must do, red first, then the least time left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When
from django.utils import timezone

from office.core.actors import Actor
from office.core.permissions import Permission
from office.core.wiring import Count as Figure
from office.core.wiring import Tally
from office.core.words import span_words
from office.patients.access import open_list
from office.staff.models import StaffActor
from office.worklist import rules
from office.worklist.models import Parked, WorkItem

ICONS = {
    "call": "phone",
    "voicemail": "voicemail",
    "fax": "print",
    "text": "text",
    "portal": "screen",
    "mail": "mail",
    "visit": "clock",
    "schedule": "schedule",
    "check-in": "check-in",
    "insurance": "card",
    "review": "shield",
    "emergency_access": "lock",
    "newborn": "patient",
    "job": "repeat",
}


@dataclass(frozen=True)
class Line:
    """A row of a worklist. ``name`` is empty when it is about no patient; a closed chart shows no name."""

    item: WorkItem
    name: str
    born: date | None
    is_closed: bool
    left: rules.Left
    heading: str
    icon: str
    is_mine: bool
    taken_by: str


@dataclass(frozen=True)
class ParkedLine:
    """A row of what was put aside, and how long ago."""

    pk: UUID
    title: str
    name: str
    born: date | None
    since: str


def for_person(actor: Actor) -> QuerySet[WorkItem]:
    """Open things for this person or for a role they have where they work now, and what they have in hand."""
    if not isinstance(actor, StaffActor):
        return WorkItem.objects.none()
    theirs = Q(for_member=actor.member_id) | Q(taken_by=actor.member_id)
    of_roles = Q(for_role__in=[role.value for role in actor.roles]) & _here(actor) & Q(taken_by__isnull=True)
    return _ordered(WorkItem.objects.open().filter(theirs | of_roles))


def of_everyone(actor: Actor) -> QuerySet[WorkItem]:
    """All open things where the person works now."""
    return _ordered(WorkItem.objects.open().filter(_here(actor)))


def done_today(actor: Actor) -> QuerySet[WorkItem]:
    """What was finished today where the person works now, newest first."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return _joined(WorkItem.objects.filter(_here(actor), done_at__gte=midnight)).order_by("-done_at")


def parked_by(actor: Actor) -> QuerySet[Parked]:
    """What the person put aside and has not resumed, oldest first."""
    if not isinstance(actor, StaffActor):
        return Parked.objects.none()
    waiting = Parked.objects.filter(member=actor.member_id, resumed_at__isnull=True)
    return waiting.select_related("patient").order_by("created_at")


def lines(actor: Actor, items: Iterable[WorkItem], *, now: datetime) -> list[Line]:
    """Return the rows to show, after one audit entry that names the patients among them."""
    shown = list(items)
    patients = {item.patient for item in shown if item.patient}
    closed = {patient.pk for patient in patients}
    if actor.may(Permission.OPEN_CHARTS):
        closed = open_list(actor, patients, purpose="worklist") if patients else set()
    return [_line(actor, item, is_closed=item.patient_id in closed, now=now) for item in shown]


def parked_lines(actor: Actor, waiting: Iterable[Parked], *, now: datetime) -> list[ParkedLine]:
    """Return the rows of what was put aside, after one audit entry that names the patients among them."""
    shown = list(waiting)
    patients = {parked.patient for parked in shown if parked.patient}
    closed = {patient.pk for patient in patients}
    if patients and actor.may(Permission.OPEN_CHARTS):
        closed = open_list(actor, patients, purpose="parked work")
    return [
        ParkedLine(
            pk=parked.pk,
            title=parked.title,
            name="" if parked.patient is None or parked.patient_id in closed else parked.patient.short_name,
            born=None if parked.patient is None or parked.patient_id in closed else parked.patient.birth_date,
            since=_since(now - parked.created_at),
        )
        for parked in shown
    ]


def grouped(rows: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    """Return the rows under their headings, in the order they have."""
    return [(title, list(under)) for title, under in groupby(rows, key=lambda row: row.heading)]


def tally(actor: Actor) -> Tally:
    """Return the figures of every page's frame, in one query."""
    if not isinstance(actor, StaffActor):
        return Tally()
    is_red = Q(urgency=WorkItem.Urgency.RED)
    what = Case(When(is_red, then=Value("red")), default=Value("other"), output_field=CharField())
    work = for_person(actor).order_by().annotate(what=what).values("what").annotate(n=Count("pk"))
    waiting = Parked.objects.filter(member=actor.member_id, resumed_at__isnull=True)
    parked = waiting.annotate(what=Value("parked", output_field=CharField())).values("what").annotate(n=Count("pk"))
    n = dict(work.values_list("what", "n").union(parked.values_list("what", "n"), all=True))
    red, every = n.get("red", 0), n.get("red", 0) + n.get("other", 0)
    figures = {}
    if red:
        figures["worklist:worklist"] = Figure(red, f"{red} to do now, {every} in all", "red", "red")
    elif every:
        figures["worklist:worklist"] = Figure(every, f"{every} to do")
    return Tally(n.get("parked", 0), figures)


def _since(ago: timedelta) -> str:
    minutes = ago // timedelta(minutes=1)
    return span_words(minutes) if minutes > 0 else "just now"


def _here(actor: Actor) -> Q:
    return Q(location=actor.at) | Q(location__isnull=True)


def _ordered(items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    # A red one without a time is for this moment; any other without a time is for whenever there is one.
    rank = Case(
        When(urgency=WorkItem.Urgency.RED, due_at__isnull=True, then=0),
        When(urgency=WorkItem.Urgency.RED, then=1),
        default=2,
    )
    return _joined(items).order_by(rank, F("due_at").asc(nulls_last=True), "urgency", "created_at")


def _joined(items: QuerySet[WorkItem]) -> QuerySet[WorkItem]:
    return items.select_related("patient", "taken_by", "for_member", "location")


def _line(actor: Actor, item: WorkItem, *, is_closed: bool, now: datetime) -> Line:
    is_red = item.urgency == WorkItem.Urgency.RED
    member = getattr(actor, "member_id", None)
    due_on = timezone.localtime(item.due_at).date() if item.due_at else None
    minutes = (item.due_at - now) / timedelta(minutes=1) if item.due_at else None
    today = timezone.localtime(now).date()
    return Line(
        item=item,
        name="Restricted chart" if is_closed and item.patient else item.patient.short_name if item.patient else "",
        born=None if is_closed or not item.patient else item.patient.birth_date,
        is_closed=is_closed,
        left=rules.left(is_red=is_red, due_at=item.due_at, now=now),
        heading=rules.heading(is_red=is_red, due_on=due_on, minutes_left=minutes, today=today),
        icon=ICONS.get(item.kind, "work"),
        is_mine=item.taken_by_id is not None and item.taken_by_id == member,
        taken_by=str(item.taken_by) if item.taken_by else "",
    )
