"""What may be asked of whom, what is left of the time, and what of a parked page is kept. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from office.core.words import span_words

Tone = Literal["red", "amber", "neutral"]

#: Amber from here: a person on the phone needs about this long to come free.
SOON = timedelta(minutes=15)
FEWEST_LETTERS = 3
NAME_WITHIN = timedelta(days=14)
SPECIAL_ENROLLMENT = timedelta(days=30)
ENROLLMENT_CALL = timedelta(days=7)
MOST_FIELDS = 200
MOST_CHARACTERS = 20_000
NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "password", "code", "next", "toast", "parked_title", "parked_link"})


@dataclass(frozen=True)
class Left:
    """How long there is, in words, and how loudly to say it."""

    words: str
    tone: Tone


def left(*, is_red: bool, due_at: datetime | None, now: datetime) -> Left:
    """Return what is left of the time: ``Act now``, ``9 min``, ``Overdue by 3 min``; nothing when no time was set.

    Red is what must be done now or is overdue, amber what is due within a quarter of an hour.
    """
    if due_at is None:
        return Left("Act now", "red") if is_red else Left("", "neutral")
    minutes = (due_at - now) // timedelta(minutes=1)
    if due_at <= now:
        overdue = (now - due_at) // timedelta(minutes=1)
        words = "Act now" if is_red else f"Overdue by {span_words(overdue)}" if overdue else "Due now"
        return Left(words, "red")
    tone: Tone = "red" if is_red else "amber" if due_at - now <= SOON else "neutral"
    return Left(span_words(max(minutes, 1)), tone)


def heading(*, is_red: bool, due_on: date | None, minutes_left: float | None, today: date) -> str:
    """Return the heading under which a worklist shows it, red first, then by time left."""
    if is_red:
        return "Red, act now"
    if due_on is None or minutes_left is None:
        return "No time set"
    if minutes_left < 60:
        return "Due this hour"
    if due_on <= today:
        return "Later today"
    return "Tomorrow" if due_on == today + timedelta(days=1) else "Later"


def name_due_at(*, registered_at: datetime, born_on: date | None) -> datetime:
    """Return until when a newborn's name and insurance are asked for: two weeks, sooner when the plan's time runs out.

    A plan need not take a child after 30 days from birth (special enrollment, 45 CFR 146.117(b)(3)); a week before that
    leaves time for the call. Never less than a day.
    """
    latest = registered_at + NAME_WITHIN
    if born_on is None:
        return latest
    enrollment = registered_at + (born_on + SPECIAL_ENROLLMENT - ENROLLMENT_CALL - registered_at.date())
    return max(min(latest, enrollment), registered_at + timedelta(days=1))


def objection_to_asking(*, title: str, link: str, has_someone: bool) -> str | None:
    """Return why this cannot be asked, or None when it can."""
    if len(title.strip()) < FEWEST_LETTERS:
        return "Say what is to be done in a few words."
    if link and (not link.startswith("/") or link.startswith(("//", "/\\"))):
        return "A task can only lead to a page of this program."
    if not has_someone:
        return "Say who is to do it: a person or a role."
    return None


def objection_to_touching(
    *, is_done: bool, done_by: str, taken_by_other: str, is_for_me: bool, may_assign: bool
) -> str | None:
    """Return why a person cannot take, finish or hand over a thing, or None when they can.

    ``taken_by_other`` is the name of someone else who has it in hand.
    """
    if is_done:
        return f"{done_by} has finished this already."
    if may_assign:
        return None
    if taken_by_other:
        return f"{taken_by_other} has this in hand. Ask {taken_by_other} to hand it over."
    if not is_for_me:
        return "This is for someone else. A supervisor can hand it over to you."
    return None


def kept_of(typed: Mapping[str, Collection[str]]) -> dict[str, list[str]]:
    """Return what of a form's fields is worth keeping when it is parked: never a password or a token.

    Raises ValueError when it is too much to be typed by a person.
    """
    filled = {name: list(values) for name, values in typed.items() if any(value.strip() for value in values)}
    kept = {name: values for name, values in filled.items() if name not in NEVER_KEPT}
    if len(kept) > MOST_FIELDS or sum(len(v) for values in kept.values() for v in values) > MOST_CHARACTERS:
        raise ValueError("more than a person types")
    return kept
