"""What areas offer to pages below them: rail entries, palette commands, set-up cards, check-in lights and the like.

An area never imports upward; it asks here, and office/wiring.py answers.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.module_loading import import_string

from office.core.actors import Actor
from office.core.permissions import Permission


@dataclass(frozen=True)
class Screen:
    """An entry of the rail and of the palette. ``keys`` is what a person presses, such as ``g s``."""

    label: str
    url_name: str
    icon: str
    group: str
    permission: Permission
    keys: str = ""


@dataclass(frozen=True)
class Panel:
    """A part of a page that another area renders under its own URL (htmx loads it)."""

    url_name: str
    permission: Permission
    label: str = ""


@dataclass(frozen=True)
class Light:
    """A check-in light: what an area knows about a visit before the patient is let through.

    ``asks(actor, appointment)`` returns the light's state; see scheduling.rules.check_in.
    """

    name: str
    asks: Callable[..., Any]


@dataclass(frozen=True)
class PatientCommand:
    """A verb of the palette about the patient it found. ``key`` is one letter.

    ``url_name`` takes the patient's key in its path, or in the parameter that ``query`` names.
    """

    label: str
    url_name: str
    icon: str
    permission: Permission
    key: str = ""
    query: str = ""

    def url_for(self, patient_id: UUID) -> str:
        if self.query:
            return f"{reverse(self.url_name)}?{self.query}={patient_id}"
        return reverse(self.url_name, args=[patient_id])


@dataclass(frozen=True)
class Hit:
    """What a palette search found: a person, a claim, a document. ``note`` says why this one, or how it stands.

    A patient without ``url`` leads to the first verb that the person may use, in the order of ``patient_commands``.
    """

    label: str
    icon: str
    group: str
    url: str = ""
    born: date | None = None
    note: str = ""
    patient_id: UUID | None = None


@dataclass(frozen=True)
class Count:
    """The figure beside a rail entry, such as ``2 red``; ``words`` tells a screen reader what is counted."""

    n: int
    words: str
    tone: str = ""
    unit: str = ""


@dataclass(frozen=True)
class Tally:
    """What the frame of every page counts for a person: what they parked, and rail figures by url name."""

    parked: int = 0
    counts: Mapping[str, Count] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What `./run doctor` finds: about what, in which words, how bad (``ok``, ``warn``, ``fail``), and what to do."""

    about: str
    words: str
    state: Literal["ok", "warn", "fail"] = "ok"
    remedy: str = ""


@dataclass(frozen=True)
class SetUpPart:
    """One thing that a set-up card asks for, and what follows while it is missing.

    ``stops`` says that no patient can be seen without it; ``works`` is what can be done once it is there.
    """

    name: str
    is_done: bool
    consequence: str = ""
    why: str = ""
    url: str = ""
    stops: bool = False
    works: str = ""


@dataclass(frozen=True)
class SetUpCard:
    """A card of set-up. Several areas may add parts to one; it is done when every part is.

    ``minutes`` is about how long it takes; ``is_first`` marks those that make a patient bookable. A card whose
    suggestions suit as they are is done when somebody ``confirms`` it.
    """

    key: str
    title: str
    about: str
    url_name: str
    permission: Permission
    parts: Sequence[Callable[[], Sequence[SetUpPart]]]
    minutes: int = 5
    is_first: bool = False
    confirms: bool = False


@dataclass(frozen=True)
class Wiring:
    """Everything the areas offer. Each field is a plain sequence in the order it is shown."""

    screens: Sequence[Screen] = ()
    commands: Sequence[Screen] = ()
    home_panels: Sequence[Panel] = ()
    patient_panels: Sequence[Panel] = ()
    check_in_lights: Sequence[Light] = ()
    booking_guards: Sequence[Callable[..., str | None]] = ()
    #: ``search(actor, text, limit) -> hits``, best first; a search that shows patients leaves its own audit entry.
    palette_searches: Sequence[Callable[[Actor, str, int], Sequence[Hit]]] = ()
    patient_commands: Sequence[PatientCommand] = ()
    #: One query for the frame of every page.
    tally: Callable[[Actor], Tally] | None = None
    #: ``names(kind, keys)``: how the rows of that kind are called on the audit report, by key.
    subject_names: Callable[[str, Collection[str]], Mapping[str, str]] | None = None
    #: ``charts(patient_id)``: the chart that was kept, then those merged into it; the trail shows them as one.
    charts_in_one: Callable[[UUID], Sequence[UUID]] | None = None
    #: What may be loaded from the old system's tables (practice.loads.kinds.Kind), in the order it is best loaded.
    importer_kinds: Sequence[Any] = ()
    #: What each area finds on this machine: `./run doctor`, and the screen of the same.
    findings: Sequence[Callable[[], Sequence[Finding]]] = ()
    set_up_cards: Sequence[SetUpCard] = ()
    #: The kinds of channel (``text``, ``email``) by which a patient may be written to now.
    open_channels: Callable[[], Collection[str]] | None = None
    fhir_readers: dict[str, Callable[..., Any]] = field(default_factory=dict)


@cache
def wiring() -> Wiring:
    found: Wiring = import_string(settings.OFFICE_WIRING["wiring"])
    return found
