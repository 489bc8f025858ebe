"""Preparing what patients are told, and what is on record of the channels.

Outside a real office nothing leaves: it is shown as what would have been sent.
"""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from office.audit import trail
from office.core import secrets
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.inbox import rules
from office.inbox.models import Channel, Message
from office.patients.queries.reach import way_to_write
from office.practice.models import Practice
from office.scheduling.models import AppointmentChange


@action(Permission.PREPARE_MESSAGES)
def prepare_notice(actor: Actor, *, change: AppointmentChange, kind: str) -> Message | None:
    """Write the notice of a change of a visit, once for each change, by a channel agreed to. ``kind`` as the rules say.

    Nothing is written to the dead, nor to who agreed to no channel.
    """
    visit, about = change.appointment, f"change:{change.pk}"
    way = way_to_write(visit.patient)
    if visit.patient.is_deceased or way is None:
        unchanged()
        return None
    if already := Message.objects.filter(about=about).first():
        unchanged()
        return already
    practice = Practice.objects.first()
    message = Message.objects.create(
        about=about,
        patient=visit.patient,
        channel=way.kind,
        to=way.to,
        body=rules.notice(
            kind,
            first_name=visit.patient.called or visit.patient.given_name,
            practice=practice.name if practice else visit.location.name,
            at=visit.starts_at.astimezone(ZoneInfo(visit.location.zone)),
            phone=visit.location.phone,
        ),
        status=Message.Status.PREPARED if settings.STATE_KIND == "office" else Message.Status.WOULD_HAVE_BEEN_SENT,
    )
    trail.record(actor, "message.prepared", message, patient_id=visit.patient_id, kind=kind, channel=way.kind)
    return message


@action(Permission.PREPARE_MESSAGES)
def settle_message(actor: Actor, *, message: Message, is_sent: bool) -> Message:
    """Keep that a prepared message left, or that it cannot."""
    now = Message.objects.select_for_update().get(pk=message.pk)
    if now.status != Message.Status.PREPARED:
        unchanged()
        return now
    now.status = Message.Status.SENT if is_sent else Message.Status.FAILED
    now.save(update_fields=["status"])
    verb = "message.sent" if is_sent else "message.failed"
    trail.record(actor, verb, now, patient_id=now.patient_id, channel=now.channel)
    return now


# --- the channels


#: A test of e-mail proves these; whatever changes one of them is to be tested again.
TESTED = frozenset({"address", "host", "port", "security", "user", "password"})


@action(Permission.MANAGE_PRACTICE)
def change_channel(actor: Actor, /, *, kind: str, **changes: Any) -> Channel:
    """Say who carries a channel, under which agreement and registration, and by which server.

    ``changes`` are fields of Channel; ``password`` is kept sealed, and an empty one leaves the one that is kept.
    """
    channel, _ = Channel.objects.select_for_update().get_or_create(kind=kind)
    password = changes.pop("password", "")
    before, facts = {name: getattr(channel, name) for name in changes}, channel.facts
    for name, value in changes.items():
        setattr(channel, name, value)
    for objection in (
        rules.objection_to_channel(facts, channel.facts),
        rules.objection_to_unencrypted(channel.host, channel.security),
    ):
        if objection:
            raise Refused(objection)
    changed = {name for name, was in before.items() if was != changes[name]} | ({"password"} if password else set())
    if not changed:
        unchanged()
        return channel
    if password:
        channel.sealed = secrets.seal(password.encode(), row=channel.row)
    if changed & TESTED:
        channel.tested_at, channel.tested_to = None, ""
    channel.save()
    after = {name: changes[name] for name in changed & before.keys()}
    told = {"before": {name: before[name] for name in after}, "after": after, "is_password_new": bool(password)}
    trail.record(actor, "channel.changed", channel, channel=kind, changed=told)
    return channel


@action(Permission.MANAGE_PRACTICE)
def record_test(actor: Actor, *, channel: Channel, to: str, problem: str = "") -> Channel:
    """Keep that a test left for ``to``, or why it did not."""
    now = Channel.objects.select_for_update().get(pk=channel.pk)
    now.tested_at, now.tested_to = (None, "") if problem else (timezone.now(), to)
    now.save(update_fields=["tested_at", "tested_to"])
    trail.record(actor, "channel.tested", now, channel=now.kind, problem=problem)
    return now
