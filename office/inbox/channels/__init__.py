"""The one way out: every channel is asked about here before anything leaves by it."""

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from office.core.actions import Refused
from office.inbox.channels import email
from office.inbox.channels.letter import Letter
from office.inbox.models import Channel
from office.inbox.rules import ChannelFacts, objection_to_sending

#: What this version can speak to. A vendor of another channel is on record, and nothing is sent there.
CARRIERS: dict[str, Callable[[Channel, Letter], None]] = {Channel.Kind.EMAIL: email.send}


def objection_to(kind: str) -> str | None:
    """Return why nothing leaves by this kind of channel now, or None."""
    channel = Channel.objects.filter(kind=kind).first()
    facts = channel.facts if channel else ChannelFacts(kind)
    return objection_to_sending(facts, today=timezone.localdate(), can_carry=kind in CARRIERS)


def open_channels() -> frozenset[str]:
    """Return the kinds by which a patient may be written to. Outside a real office all: there nothing leaves anyway."""
    written = (Channel.Kind.TEXT, Channel.Kind.EMAIL)
    return frozenset(kind.value for kind in written if settings.STATE_KIND != "office" or objection_to(kind) is None)


def send(kind: str, letter: Letter) -> None:
    """Hand a letter to the channel's carrier.

    Raises Refused when nothing may leave by it, email.NotTaken when the server would not have it, and OSError or
    smtplib.SMTPException when it could not be asked.
    """
    if settings.STATE_KIND != "office":
        raise Refused("Only a real office sends. Here it is shown as what would have been sent.")
    if objection := objection_to(kind):
        raise Refused(objection)
    CARRIERS[kind](Channel.objects.get(kind=kind), letter)
