"""The set-up desk: the cards that areas offer, how each stands, and forms that may be left half done.

A card is a list of parts, each done or not (core.wiring.SetUpCard). Nothing here knows what a card asks for.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from office.core.actions import Refused
from office.core.actors import Actor
from office.core.pages import OfficeRequest, go_to, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.core.wiring import SetUpCard, SetUpPart, wiring
from office.practice.actions import keep_half_typed
from office.practice.models import HalfTyped, SetUpNote
from office.practice.queries import practice

Save = Callable[[dict[str, Any]], object]


@dataclass(frozen=True)
class Standing:
    """How one card stands for the person who looks."""

    card: SetUpCard
    parts: Sequence[SetUpPart]
    note: SetUpNote | None
    may_open: bool
    today: date

    @property
    def done(self) -> int:
        return sum(part.is_done for part in self.parts)

    @property
    def state(self) -> str:
        """``done``, ``later``, ``half`` or ``to_do``."""
        if self.parts and self.done == len(self.parts) and (self.note_is_seen or not self.card.confirms):
            return "done"
        if self.note and self.note.later_on and self.note.later_on > self.today:
            return "later"
        return "half" if self.done else "to_do"

    @property
    def note_is_seen(self) -> bool:
        return bool(self.note and self.note.looked_at)

    @property
    def words(self) -> str:
        later = self.note.later_on if self.note else None
        return {
            "done": "Done",
            "later": f"Later, {later:%b} {later.day}" if later else "",
            "half": f"{self.done} of {len(self.parts)}",
            "to_do": "To do",
        }[self.state]

    @property
    def icon(self) -> str:
        return {"done": "check", "later": "clock", "half": "half", "to_do": "ring"}[self.state]

    @property
    def url(self) -> str:
        return reverse(self.card.url_name)

    @property
    def missing(self) -> list[SetUpPart]:
        return [part for part in self.parts if not part.is_done and part.consequence]


@dataclass(frozen=True)
class Desk:
    """The whole of set-up: what the frame of each card shows."""

    standings: Sequence[Standing]
    current: Standing | None
    opens_on: date | None
    today: date

    @property
    def first(self) -> list[Standing]:
        return [one for one in self.standings if one.card.is_first]

    @property
    def rest(self) -> list[Standing]:
        return [one for one in self.standings if not one.card.is_first]

    @property
    def done(self) -> int:
        return sum(one.state == "done" for one in self.standings)

    @property
    def first_done(self) -> int:
        return sum(one.state == "done" for one in self.first)

    @property
    def minutes_left(self) -> int:
        """About how long the first cards still take."""
        left = (
            one.card.minutes * (len(one.parts) - one.done) / max(len(one.parts), 1)
            for one in self.first
            if one.state != "done"
        )
        return round(sum(left))

    @property
    def missing(self) -> list[SetUpPart]:
        """What is missing: what stops the office first, then what the open card asks for.

        What leads to the same end is one line, with every reason.
        """
        found: dict[tuple[str, str], SetUpPart] = {}
        cards = sorted(self.standings, key=lambda one: one is not self.current)
        for part in (part if one.may_open else replace(part, url="") for one in cards for part in one.missing):
            key = (part.consequence, part.url)
            said = found.get(key)
            found[key] = _with(said, part) if said else part
        return sorted(found.values(), key=lambda part: not part.stops)

    @property
    def is_ready(self) -> bool:
        return not any(part.stops for part in self.missing)

    @property
    def works(self) -> list[str]:
        return [part.works for one in self.standings for part in one.parts if part.is_done and part.works]

    @property
    def next(self) -> Standing | None:
        """The card after this one that is not done, from the top again at the end."""
        keys = [one.card.key for one in self.standings]
        start = keys.index(self.current.card.key) + 1 if self.current else 0
        around = [*self.standings[start:], *self.standings[: max(0, start - 1)]]
        return next((one for one in around if one.may_open and one.state in ("half", "to_do")), None)

    @property
    def days_to_go(self) -> int | None:
        return (self.opens_on - self.today).days if self.opens_on else None


def _with(said: SetUpPart, other: SetUpPart) -> SetUpPart:
    """Return one line for two parts that lead to the same end; the same reason is told once."""
    why = said.why if other.why in said.why else f"{said.why} {other.why}"
    return replace(said, why=why, stops=said.stops or other.stops)


def desk_of(actor: Actor, key: str = "") -> Desk:
    """Return set-up as it stands, with the card of that key open."""
    notes = {note.card: note for note in SetUpNote.objects.all()}
    today = timezone.localdate()
    standings = [
        Standing(card, [part for parts in card.parts for part in parts()], notes.get(card.key), may, today)
        for card in wiring().set_up_cards
        for may in [actor.may(card.permission)]
    ]
    current = next((one for one in standings if one.card.key == key), None)
    office = practice()
    return Desk(standings, current, office.opens_on if office else None, today)


def set_up_page(
    request: OfficeRequest, template: str, key: str, context: dict[str, Any], *, invalid: bool = False
) -> HttpResponse:
    """Show a card in the frame of set-up (practice/set_up.html)."""
    desk = desk_of(request.actor, key)
    frame = {
        "desk": desk,
        "standing": desk.current,
        "just_saved": request.method == "POST",
        "may_put_off": request.actor.may(Permission.MANAGE_PRACTICE),
    }
    return page(request, template, {**frame, **context}, invalid=invalid)


def next_card(request: OfficeRequest, key: str) -> HttpResponse:
    """Go on to the card that comes next, or to set-up's end."""
    following = desk_of(request.actor, key).next
    return go_to(request, following.url if following else reverse("practice:set_up"))


# --- forms that may be left half done


def half_form(
    request: OfficeRequest, kind: type[forms.Form], *, about: str = "", now: Mapping[str, Any], **more: Any
) -> forms.Form:
    """Return the form as it was left: what is saved, with what was typed and does not fit yet in its place."""
    if request.method == "POST":
        return kind(request.POST, initial=dict(now), **more)
    left = HalfTyped.objects.filter(form=kind.__name__, about=about).first()
    if left is None:
        return kind(initial=dict(now), **more)
    blank = kind(initial=dict(now), **more)
    plain = {name: blank[name].value() for name in blank.fields}
    return kind({**plain, **left.typed}, initial=dict(now), **more)


def save_half(request: OfficeRequest, form: forms.Form, save: Save, *, about: str = "") -> bool:
    """Save every field that fits, keep the others as typed; returns whether all of it is saved now."""
    form.full_clean()
    fits = {name: value for name, value in form.cleaned_data.items() if name not in form.errors}
    try:
        save(fits)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    faulty = {name: form[name].data for name in form.errors if name in form.fields}
    keep_half_typed(request.actor, form=type(form).__name__, about=about, typed=faulty)
    return not form.errors


def saved(request: OfficeRequest, key: str, words: str = "Saved.") -> HttpResponse:
    """Say that it is saved, and go where the button said: to the next card, or back to this one."""
    toast(request, words)
    if "stay" in request.POST:
        return go_to(request, request.get_full_path())
    return next_card(request, key)


def answers_half(request: OfficeRequest) -> bool:
    """Tell whether the form was sent by itself, after a field changed, and only the note beside it is wanted back."""
    return request.method == "POST" and bool(request.htmx)
