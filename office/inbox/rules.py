"""Whether and how a patient is told of a change, and in what words: nothing of why they come."""

from dataclasses import dataclass
from datetime import datetime

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
