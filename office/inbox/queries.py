"""The channels as they stand, and what set-up asks of them."""

from django.urls import reverse
from django.utils import timezone

from office.core.wiring import SetUpPart
from office.inbox.models import Channel
from office.inbox.rules import missing_of

#: What follows while a channel is not arranged for.
CONSEQUENCES = {
    Channel.Kind.PHONE: "Calls run without a known agreement",
    Channel.Kind.TEXT: "No text can leave",
    Channel.Kind.EMAIL: "No e-mail can leave",
    Channel.Kind.FAX: "No fax can leave",
}


def channels_now() -> list[Channel]:
    """Return all four channels in their order; one of which nothing is on record is not saved yet."""
    kept = {channel.kind: channel for channel in Channel.objects.all()}
    return [kept.get(kind) or Channel(kind=kind) for kind in Channel.Kind.values]


def channel_parts() -> list[SetUpPart]:
    """Each channel arranged for, or said not to be had; and e-mail seen to arrive."""
    today, found = timezone.localdate(), []
    for channel in channels_now():
        kind = Channel.Kind(channel.kind)
        url, missing = reverse("inbox:set_up_channel", args=[kind.value]), missing_of(channel.facts, today=today)
        found.append(SetUpPart(str(kind.label), not missing, CONSEQUENCES[kind], " ".join(missing), url))
        if kind == Channel.Kind.EMAIL and channel.arrangement != Channel.Arrangement.NONE and not missing:
            leaves = f"E-mail leaves by {channel.host}"
            why = "Send yourself a test."
            found.append(
                SetUpPart("test", bool(channel.tested_at), "Nobody has seen an e-mail leave", why, url, works=leaves)
            )
    return found
