"""The palette's answer: people that were found, what can be done for them, and where one can go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.urls import reverse

from office.core.actors import Actor
from office.core.wiring import Hit, Screen, wiring

LIMIT = 6


@dataclass(frozen=True)
class Row:
    """A line that leads somewhere. ``letter`` acts while the row's group holds the focus."""

    id: str
    label: str
    url: str
    icon: str
    born: date | None = None
    note: str = ""
    keys: str = ""
    letter: str = ""


@dataclass(frozen=True)
class Group:
    """Rows under a title; ``for_row`` is the row that must be chosen for these to show."""

    title: str
    rows: Sequence[Row]
    for_row: str = ""
    is_first: bool = True
    shows_count: bool = False


def answer(actor: Actor, text: str) -> list[Group]:
    """Return the groups to show; with no text, everywhere the person may go and everything they may start."""
    hits = [hit for search in wiring().palette_searches for hit in search(actor, text, LIMIT)] if text else []
    groups = []
    people: list[tuple[str, Hit]] = []
    for title, found in groupby(hits, key=lambda hit: hit.group):
        rows: list[Row] = []
        for hit in found:
            key = f"hit-{len(people) + 1}"
            rows.append(Row(key, hit.label, hit.url or _first_place(actor, hit), hit.icon, hit.born, hit.note))
            people.append((key, hit))
        groups.append(Group(title, rows, shows_count=True))
    known = [(key, hit) for key, hit in people if hit.patient_id]
    groups += [_verbs(actor, key, hit, is_first=n == 0) for n, (key, hit) in enumerate(known)]
    groups += [
        Group("Do", _screens(actor, wiring().commands, text, "do")),
        Group("Go", _screens(actor, wiring().screens, text, "go")),
    ]
    return [group for group in groups if group.rows]


def words_for(groups: Sequence[Group]) -> str:
    """Return what a screen reader is told about the answer."""
    counted = [group for group in groups if group.shows_count]
    if counted:
        return ", ".join(f"{len(group.rows)} {group.title.lower()}" for group in counted)
    return f"{sum(len(group.rows) for group in groups)} found" if groups else "Nothing found"


def _verbs(actor: Actor, key: str, hit: Hit, *, is_first: bool) -> Group:
    rows = [
        Row(
            f"{key}-{n}",
            verb.label,
            verb.url_for(hit.patient_id),
            verb.icon,
            keys=verb.key.upper(),
            letter=verb.key,
        )
        for n, verb in enumerate(wiring().patient_commands)
        if hit.patient_id and actor.may(verb.permission)
    ]
    return Group(f"Do, for {hit.label}", rows, for_row=key, is_first=is_first)


def _first_place(actor: Actor, hit: Hit) -> str:
    verbs = (verb for verb in wiring().patient_commands if actor.may(verb.permission))
    first = next(verbs, None)
    return first.url_for(hit.patient_id) if first and hit.patient_id else reverse("core:palette")


def _screens(actor: Actor, screens: Sequence[Screen], text: str, prefix: str) -> list[Row]:
    wanted = text.lower().split()
    return [
        Row(f"{prefix}-{n}", screen.label, reverse(screen.url_name), screen.icon, keys=screen.keys)
        for n, screen in enumerate(screens)
        if actor.may(screen.permission) and all(_begins(word, screen.label) for word in wanted)
    ]


def _begins(word: str, label: str) -> bool:
    return any(part.startswith(word) for part in label.lower().replace("-", " ").split())
