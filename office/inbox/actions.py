"""Preparing what patients are told. Outside a real office nothing leaves: it is shown as what would have been sent."""

from zoneinfo import ZoneInfo

from django.conf import settings

from office.audit import trail
from office.core.actions import action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.inbox import rules
from office.inbox.models import Message
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
