"""Whether and how a patient is told, in what words (nothing of why they come), and which channel may carry it."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from office.scheduling.rules import statuses

#: How the desk answered "Patient told?".
TEXTED, SPOKE, NOT_YET = "texted", "spoke", "not_yet"


@dataclass(frozen=True)
class Telling:
    """What the program does: write a message, ask a person to call, both, or neither."""

    message: bool = False
    call: bool = False


def how_to_tell(kind: str, told: str, *, can_write: bool) -> Telling:
    """Return how the patient learns of a change. ``kind`` is booked, moved or canceled; ``told`` the desk's answer.

    A booking is made with the patient, so its notice is a courtesy; of the rest somebody or something tells.
    """
    message = can_write and (kind == "booked" or told == TEXTED)
    is_known = told == SPOKE or (kind == "booked" and not told)
    return Telling(message, not is_known and not (told == TEXTED and can_write))


def still_stands(kind: str, *, status: str, starts_at: datetime, now: datetime) -> bool:
    """Return whether the change is still news: the visit is as it says, and ahead."""
    if kind == "canceled":
        return status == statuses.CANCELED
    return status in statuses.EXPECTED and starts_at > now


def notice(kind: str, *, first_name: str, practice: str, at: datetime, phone: str) -> str:
    """Return the words of a notice. ``kind`` is booked, moved or canceled; ``at`` is in the location's time."""
    when = f"{at:%A, %B} {at.day} at {at.strftime('%I:%M %p').lstrip('0')}"
    call = f" Questions: {phone}." if phone else ""
    said = {
        "booked": f"your appointment is {when}.",
        "moved": f"your appointment is now {when}.",
        "canceled": f"your appointment of {when} is canceled.",
    }[kind]
    return f"{practice}: {first_name or 'Hello'}, {said}{call}"


# --- whether a channel may carry anything


class ChannelKind(StrEnum):
    """How the office speaks with the outside."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    FAX = "fax"


class Arrangement(StrEnum):
    """Who carries a channel. Empty is: nobody has said."""

    VENDOR = "vendor"
    CONDUIT = "conduit"
    OWN = "own"
    NONE = "none"


#: What may be said of each kind. A carrier that only transmits needs no agreement: it is a conduit, as the mail is
#: (preamble to the Omnibus Rule, 78 FR 5571, on 45 CFR 160.103). One that keeps voicemail, texts or faxes is none.
ARRANGEMENTS = {
    ChannelKind.PHONE: (Arrangement.VENDOR, Arrangement.CONDUIT, Arrangement.NONE),
    ChannelKind.TEXT: (Arrangement.VENDOR, Arrangement.NONE),
    ChannelKind.EMAIL: (Arrangement.VENDOR, Arrangement.OWN, Arrangement.NONE),
    ChannelKind.FAX: (Arrangement.VENDOR, Arrangement.CONDUIT, Arrangement.NONE),
}
CHANNEL_WORDS = {
    ChannelKind.PHONE: "phone",
    ChannelKind.TEXT: "text messages",
    ChannelKind.EMAIL: "e-mail",
    ChannelKind.FAX: "fax",
}
APPROVED = "approved"
#: Hosts that are this machine itself, to which mail may go unencrypted (45 CFR 164.312(e)(1)).
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True)
class ChannelFacts:
    """What is on record of a channel. ``host`` is the mail server's."""

    kind: str
    arrangement: str = ""
    vendor: str = ""
    address: str = ""
    agreement_on: date | None = None
    registration: str = ""
    host: str = ""


def missing_of(channel: ChannelFacts, *, today: date) -> list[str]:
    """Return, as sentences, what must be on record before this channel carries anything; nothing for one not had.

    A vendor that creates, receives, keeps or transmits patient information signs a business associate agreement first
    (45 CFR 164.502(e), 164.308(b)). Carriers block texts of an unregistered sender.
    """
    arrangement = channel.arrangement
    if not arrangement:
        return [f"Nobody has said who carries {CHANNEL_WORDS[ChannelKind(channel.kind)]} here."]
    if arrangement == Arrangement.NONE:
        return []
    found = [] if channel.address else [f"No {'address' if channel.kind == ChannelKind.EMAIL else 'number'} yet."]
    if arrangement == Arrangement.VENDOR:
        found += _missing_agreement(channel, today=today)
    if channel.kind == ChannelKind.TEXT and channel.registration != APPROVED:
        found.append("The sender\u2019s registration is not approved yet; carriers block its texts.")
    if channel.kind == ChannelKind.EMAIL and not channel.host:
        found.append("No mail server yet.")
    return found


def _missing_agreement(channel: ChannelFacts, *, today: date) -> list[str]:
    if not channel.vendor:
        return ["No vendor is named."]
    if channel.agreement_on is None:
        return [f"No business associate agreement with {channel.vendor} is on record."]
    if channel.agreement_on > today:
        return [f"The agreement with {channel.vendor} begins on {channel.agreement_on:%m/%d/%Y}."]
    return []


def objection_to_sending(channel: ChannelFacts, *, today: date, can_carry: bool) -> str | None:
    """Return why nothing leaves by this channel, or None. ``can_carry``: this version speaks to such a vendor."""
    words = CHANNEL_WORDS[ChannelKind(channel.kind)]
    if channel.arrangement == Arrangement.NONE:
        return f"This office has no {words}."
    if missing := missing_of(channel, today=today):
        return missing[0]
    return None if can_carry else f"This version has no connection to a vendor of {words}; the vendor is on record."


def objection_to_channel(now: ChannelFacts, new: ChannelFacts) -> str | None:
    """Return why a channel cannot be changed so, or None."""
    if new.arrangement and new.arrangement not in ARRANGEMENTS[ChannelKind(new.kind)]:
        return "That cannot be said of this channel."
    if now.vendor != new.vendor and now.agreement_on and now.agreement_on == new.agreement_on:
        return (
            f"The agreement of {now.agreement_on:%m/%d/%Y} is with {now.vendor}. "
            "Enter the date of the agreement with the new vendor, or empty it."
        )
    return None


def objection_to_unencrypted(host: str, security: str) -> str | None:
    """Return why mail may not go to this server so, or None."""
    if security == "none" and host and host not in THIS_MACHINE:
        return "Only a mail server on this machine itself may be reached without TLS."
    return None
