"""What the inbox does when the schedule changed and nobody can undo it any more.

Each job reads the rows as they are now: what was undone meanwhile is not said, and what was said is not said again.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from office.core import after_undo, jobs
from office.core.actions import Refused
from office.core.actors import Automation
from office.core.jobs import job
from office.core.permissions import Permission
from office.inbox import channels
from office.inbox.actions import prepare_notice, settle_message
from office.inbox.channels.email import NotTaken
from office.inbox.channels.letter import Letter
from office.inbox.models import Message
from office.inbox.rules import Telling, how_to_tell, still_stands
from office.patients.queries.reach import way_to_write
from office.practice.queries import practice
from office.scheduling.actions.changes import telling
from office.scheduling.actions.told import settle_telling
from office.scheduling.models import AppointmentChange
from office.scheduling.rules import statuses
from office.staff.permissions import RoleName
from office.worklist.actions import ask, finish
from office.worklist.models import WorkItem

NOTICES = Automation("notices", frozenset({Permission.PREPARE_MESSAGES, Permission.DO_WORK, Permission.ASSIGN_WORK}))
CALL_WITHIN = timedelta(hours=1)
#: How long the queue has before the sweep looks whether it forgot someone.
GRACE = after_undo.UNDO_WINDOW + timedelta(minutes=4)
TITLES = {
    "booked": "Tell the patient the new time of the visit",
    "moved": "Tell the patient the new time of the visit",
    "canceled": "Tell the patient that the visit is canceled",
}


@job()
def tell_patient(appointment_id: str) -> None:
    """Tell the patient of the visit's newest change: by a message, by asking someone to call, or not at all."""
    newest = _newest_change(appointment_id)
    if newest is None or after_undo.waiting(telling(newest.appointment)):
        return  # a change that can still be undone: its own window will end
    _tell(newest)


@job()
def hear_of_telling(appointment_id: str) -> None:
    """The desk answered late: what is told already needs no call, what was to be texted is."""
    newest = _newest_change(appointment_id)
    if newest is None or after_undo.waiting(telling(newest.appointment)):
        return
    with transaction.atomic():
        if not _tell(newest).call and (asked := WorkItem.objects.open().filter(key=_key(newest)).first()):
            finish(NOTICES, item=asked, outcome=newest.appointment.get_told_display())


@job()
def tell_who_was_missed() -> None:
    """Find changes that nobody settled though their time has come, whatever became of the queue, and tell of them.

    A job that is under way or FAILED is left alone: it will run, or a person sees it on Home.
    """
    late = AppointmentChange.objects.awaiting_telling().filter(created_at__lt=timezone.now() - GRACE)
    for key in late.order_by().values_list("appointment_id", flat=True).distinct()[:500]:
        if not jobs.is_known(tell_patient, appointment_id=str(key)):
            tell_patient.enqueue(appointment_id=str(key))


@job()
def send_message(message_id: str) -> None:
    """Send a prepared message; when it may not leave or is not taken, ask someone to call.

    A server that cannot be asked is tried again, with the same Message-ID, and shown on Home after the last time.
    """
    message = Message.objects.select_related("patient").filter(pk=message_id, status=Message.Status.PREPARED).first()
    if message is None:
        return
    office = practice()
    letter = Letter(message.to, f"From {office.name if office else 'your clinic'}", message.body, str(message.pk))
    try:
        channels.send(message.channel, letter)
    except (Refused, NotTaken):
        with transaction.atomic():
            settle_message(NOTICES, message=message, is_sent=False)
            _call_instead(message)
    else:
        settle_message(NOTICES, message=message, is_sent=True)


def _call_instead(message: Message) -> None:
    """What was to be written is told by phone. ``about`` names the change of the visit."""
    change = AppointmentChange.objects.filter(pk=message.about.removeprefix("change:")).first()
    if change is not None:
        _ask_to_call(change, statuses.news(change.verb, replaced_event=change.replaced_event))


def _newest_change(appointment_id: str) -> AppointmentChange | None:
    changes = AppointmentChange.objects.standing().filter(appointment=UUID(appointment_id), verb__in=statuses.TOLD)
    return changes.select_related("appointment__patient", "appointment__location").first()


def _tell(change: AppointmentChange) -> Telling:
    visit = change.appointment
    kind = statuses.news(change.verb, replaced_event=change.replaced_event)
    stands = still_stands(kind, status=visit.status, starts_at=visit.starts_at, now=timezone.now())
    if not stands or visit.patient.is_deceased:
        how = Telling()
    else:
        how = how_to_tell(kind, visit.told, can_write=way_to_write(visit.patient) is not None)
    with transaction.atomic():
        message = prepare_notice(NOTICES, change=change, kind=kind) if how.message else None
        if how.call:
            _ask_to_call(change, kind)
        if message and message.status == Message.Status.PREPARED:
            send_message.enqueue(message_id=str(message.pk))
        words = [message.channel if message else "", "call" if how.call else ""]
        settle_telling(NOTICES, change=change, how=" and ".join(word for word in words if word))
    return how


def _ask_to_call(change: AppointmentChange, kind: str) -> None:
    visit = change.appointment
    ask(
        NOTICES,
        title=TITLES[kind],
        kind="tell_patient",
        note="" if way_to_write(visit.patient) else "No text or e-mail can reach the patient.",
        for_role=RoleName.FRONT_DESK,
        location=visit.location,
        patient=visit.patient,
        link=reverse("scheduling:visit", args=[visit.pk]),
        key=_key(change),
        due_at=min(timezone.now() + CALL_WITHIN, max(visit.starts_at, timezone.now())),
    )


def _key(change: AppointmentChange) -> str:
    return f"tell:{change.pk}"
