"""The frame around every page: the rail, what is counted beside it, the theme, and whether single letters act."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from office.core import toasts
from office.core.actors import Actor, Visitor
from office.core.wiring import Screen, Tally, wiring

THEMES = {"system": "As the system", "light": "Light", "dark": "Dark"}
NOTICES = {
    "demo": "Demo office: invented people. Nothing leaves this machine.",
    "practice mode": "Practice mode: for trying things out. Nothing leaves this machine.",
}


class Keyed(NamedTuple):
    """A key, or two in a row, and what it does."""

    keys: str
    words: str


EVERYWHERE = [
    Keyed("Ctrl K", "Search or do anything"),
    Keyed("J K", "Next, previous"),
    Keyed("P", "Park"),
    Keyed("Z", "Undo"),
    Keyed("Ctrl .", "Blur the screen"),
    Keyed("?", "This page"),
]


@dataclass(frozen=True)
class Entry:
    """A line of the rail."""

    screen: Screen
    is_current: bool

    @property
    def letter(self) -> str:
        """The letter after g, or nothing."""
        return self.screen.keys[2:] if self.screen.keys.startswith("g ") else ""


class Shell:
    """What base.html needs, computed when the page asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def actor(self) -> Actor:
        return getattr(self._request, "actor", None) or Visitor()

    @cached_property
    def groups(self) -> dict[str, list[Entry]]:
        """The rail's entries that this person may open, by group, in the order of the wiring."""
        screens = _open_to(self.actor)
        current = self._current(screens)
        groups: dict[str, list[Entry]] = {}
        for screen in screens:
            groups.setdefault(screen.group, []).append(Entry(screen, screen is current))
        return groups

    def _current(self, screens: list[Screen]) -> Screen | None:
        match = self._request.resolver_match
        if not match:
            return None
        exact = next((screen for screen in screens if screen.url_name == match.view_name), None)
        above = {
            url: one for one in screens if (url := reverse(one.url_name)) != "/" and self._request.path.startswith(url)
        }
        same_area = (screen for screen in screens if screen.url_name.split(":")[0] == match.namespace)
        return exact or above.get(max(above, key=len, default="")) or next(same_area, None)

    @cached_property
    def new(self) -> Screen | None:
        """What the top bar's outline button makes: the first command on the letter n."""
        return _new_for(self.actor)

    @cached_property
    def key_groups(self) -> list[dict[str, Any]]:
        """The keys that work everywhere, for the key sheet and its printed card."""
        return keys_of(self.actor)

    @cached_property
    def tally(self) -> Tally:
        count = wiring().tally
        return count(self.actor) if count and self.actor.at is not None else Tally()

    @cached_property
    def resumed(self) -> dict[str, list[str]]:
        """What was typed on this page before it was parked, once."""
        session = getattr(self._request, "session", None)
        waiting = session.get("resumed") if session is not None else None
        if session is None or not waiting or waiting["link"] != self._request.get_full_path():
            return {}
        draft: dict[str, list[str]] = session.pop("resumed")["draft"]
        return draft

    @property
    def theme(self) -> str:
        wanted = self._request.COOKIES.get("theme", "")
        return wanted if wanted in THEMES else "system"

    @property
    def themes(self) -> dict[str, str]:
        return THEMES

    @property
    def letters_act(self) -> bool:
        """Single letters can be switched off (WCAG 2.1.4)."""
        return self._request.COOKIES.get("letters") != "off"

    @property
    def notice(self) -> str:
        return NOTICES.get(settings.STATE_KIND or "", "")

    @property
    def clock_notice(self) -> str:
        """The demo says so when its day is not the real one; a narrow screen leaves it out."""
        return "Its clock is set to office hours." if settings.CLOCK_AHEAD else ""

    @property
    def happened(self) -> list[toasts.Toast]:
        return toasts.happened(self._request)

    @property
    def unseen(self) -> list[toasts.Toast]:
        return toasts.unseen(self._request)


def keys_of(actor: Actor) -> list[dict[str, Any]]:
    """The keys that work everywhere for somebody who may do what this actor may, in groups with a title."""
    go = [Keyed(screen.keys, screen.label) for screen in _open_to(actor)]
    new = _new_for(actor)
    everywhere = [EVERYWHERE[0], *([Keyed("N", new.label)] if new else []), *EVERYWHERE[1:]]
    return [
        {"title": "Go to", "rows": [row._asdict() for row in go if row.keys]},
        {"title": "Everywhere", "rows": [row._asdict() for row in everywhere]},
    ]


def _open_to(actor: Actor) -> list[Screen]:
    return [screen for screen in wiring().screens if actor.may(screen.permission)]


def _new_for(actor: Actor) -> Screen | None:
    return next((one for one in wiring().commands if one.keys == "n" and actor.may(one.permission)), None)
