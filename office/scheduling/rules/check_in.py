"""What a check-in light says, and whether the patient may be let through with one press."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class State(StrEnum):
    """Green is known to be right, neutral is not kept or not checked, amber wants a look, red stands in the way."""

    GREEN = "green"
    NEUTRAL = "neutral"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class LightState:
    """What one light says: a sentence, and for a remedy its word, its key and its address."""

    state: State
    words: str
    remedy: str = ""
    key: str = ""
    url: str = ""


class PassedFor(StrEnum):
    """Why someone was checked in past a red light."""

    LATER_TODAY = "later_today"
    PROVIDER_ASKED = "provider_asked"
    URGENT = "urgent"
    OTHER = "other"


PASSED_FOR = {
    PassedFor.LATER_TODAY: "It is settled later today",
    PassedFor.PROVIDER_ASKED: "The provider asked to see the patient now",
    PassedFor.URGENT: "Too ill to wait",
    PassedFor.OTHER: "Other",
}


def objection_to_who(*, on_file: date | None, said: date | None, is_name_alert: bool) -> str | None:
    """Return why this may be the wrong person, or None. ``said`` is the birth date typed as the patient said it."""
    if is_name_alert and said is None:
        return "NAME ALERT: someone else today has a name like this. Type the birth date as it is said."
    if said is not None and said != on_file:
        return "That is not this patient's birth date. Nobody was checked in; ask for name and birth date again."
    return None


def objection_to_passing(passed_for: str, because: str) -> str | None:
    """Return what is missing before a red light is passed, or None."""
    if passed_for not in PASSED_FOR:
        return "Something is not in order. See to it, or say why the patient is checked in anyway."
    if not because.strip():
        return "Say in a few words why the patient is checked in anyway."
    return None


def all_in_order(lights: Iterable[LightState]) -> bool:
    """Return whether one press may check in: nothing stands in the way."""
    return not any(light.state is State.RED for light in lights)


def wait_color(waited: timedelta) -> str:
    """Return amber from 12 minutes, red from 20, else nothing."""
    if waited >= timedelta(minutes=20):
        return "red"
    return "amber" if waited >= timedelta(minutes=12) else ""


def identity(birth_date: date | None, *, is_deceased: bool, alike: int) -> LightState:
    """Two identifiers, name and birth date, must be known before they can be said."""
    if is_deceased:
        return LightState(State.RED, "Recorded as deceased. Check that this is the right chart.")
    if birth_date is None:
        return LightState(State.RED, "No birth date on file. Ask for it and for a picture ID, and enter it first.")
    if alike:
        return LightState(State.AMBER, "NAME ALERT. The birth date is typed as the patient says it.")
    return LightState(State.GREEN, "Name and birth date")


def insurance(plan: str, *, ends_on: date | None, today: date, not_taken: str = "") -> LightState:
    """What is on file; whether it is active is not asked of the payer here, and the light says so.

    ``not_taken`` is the sentence that the provider does not take it, if so.
    """
    if not plan:
        return LightState(State.AMBER, "None on file. Ask for the card, or note self-pay.")
    if ends_on is not None and ends_on < today:
        return LightState(State.RED, f"{plan} ended {ends_on:%m/%d/%Y}")
    if not_taken:
        return LightState(State.AMBER, not_taken)
    return LightState(State.NEUTRAL, f"On file: {plan}, not checked")


def forms(privacy_notice_on: date | None) -> LightState:
    """The privacy notice is acknowledged once, at the first visit (45 CFR 164.520(c)(2)(ii))."""
    if privacy_notice_on is None:
        return LightState(State.AMBER, "Privacy notice not signed")
    return LightState(State.GREEN, f"Privacy notice signed {privacy_notice_on:%m/%d/%Y}")
