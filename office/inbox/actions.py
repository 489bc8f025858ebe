"""Preparing what patients are told. Outside a real office nothing leaves: it is shown as what would have been sent."""

from zoneinfo import ZoneInfo

from django.conf import settings

from office.audit import trail
from office.core.actions import action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.inbox import rules
from office.inbox.models import Message
from office.patients.models import Consent, Patient, Telecom
from office.practice.models import Practice
from office.scheduling.models import Appointment

CHANNELS = (
    (Message.Channel.TEXT, Consent.Kind.TEXT, Telecom.System.PHONE),
    (Message.Channel.EMAIL, Consent.Kind.EMAIL, Telecom.System.EMAIL),
)


@action(Permission.PREPARE_MESSAGES)
def prepare_notice(actor: Actor, *, appointment: Appointment, kind: str) -> Message | None:
    """Write the notice about a change of the visit, once for each version of its time, by a channel agreed to.

    Nothing is written to the dead, to who agreed to no channel, or for a change that no longer stands.
    """
    about = f"{kind}:{appointment.pk}:{appointment.starts_at.isoformat()}"
    stands = (appointment.status == Appointment.Status.CANCELED) == (kind == "canceled")
    reached = _channel(appointment.patient)
    if not stands or appointment.patient.is_deceased or reached is None:
        unchanged()
        return None
    if already := Message.objects.filter(about=about).first():
        unchanged()
        return already
    channel, to = reached
    practice = Practice.objects.first()
    message = Message.objects.create(
        about=about,
        patient=appointment.patient,
        channel=channel,
        to=to,
        body=rules.notice(
            kind,
            first_name=appointment.patient.called or appointment.patient.given_name,
            practice=practice.name if practice else appointment.location.name,
            at=appointment.starts_at.astimezone(ZoneInfo(appointment.location.zone)),
            phone=appointment.location.phone,
        ),
        status=Message.Status.PREPARED if settings.STATE_KIND == "office" else Message.Status.WOULD_HAVE_BEEN_SENT,
    )
    trail.record(actor, "message.prepared", message, patient_id=appointment.patient_id, kind=kind, channel=channel)
    return message


def _channel(patient: Patient) -> tuple[str, str] | None:
    for channel, consent, system in CHANNELS:
        newest = Consent.objects.filter(patient=patient, kind=consent).first()
        number = Telecom.objects.filter(patient=patient, system=system).exclude(use=Telecom.Use.OLD).first()
        if newest and newest.is_given and number:
            return channel, number.value
    return None
