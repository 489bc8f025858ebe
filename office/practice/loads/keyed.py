"""Rows that a key of their own makes one: new, changed, or as they were. The shape that most kinds of table share."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from office.core.actors import Actor
from office.core.ids import uuid7
from office.practice.loads.kinds import Line, Outcome


class Wrong(ValueError):
    """The row cannot be loaded; the message says why."""


@dataclass
class Wanted:
    """What a row asks for: what makes it this row and no other, and its columns of ours."""

    key: tuple[Any, ...]
    fields: dict[str, Any]
    id: UUID = field(default_factory=uuid7, kw_only=True)


@dataclass(frozen=True)
class Held:
    """A row of ours under that key. ``untouched`` is False once the office changed it."""

    id: UUID
    fields: dict[str, Any]
    untouched: bool = True


W = TypeVar("W", bound=Wanted)


class KeyedRun(ABC, Generic[W]):
    """One load of such a kind. The methods beneath ``settle`` say what is its own."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.planned: dict[tuple[Any, ...], Held] = {}

    def settle(self, actor: Actor, lines: Sequence[Line], *, write: bool) -> None:
        self.prepare(lines)
        asked = [(line, wanted) for line in lines if line.outcome is None and (wanted := self._asked(line))]
        held = {**self.held([wanted for _, wanted in asked]), **self.planned}
        new: list[W] = []
        changed: list[tuple[Held, W]] = []
        for line, wanted in asked:
            before = held.get(wanted.key)
            try:
                self.check(wanted, before)
            except Wrong as fault:
                line.reject(str(fault))
                continue
            if before is None:
                line.becomes(Outcome.CREATED, wanted.id)
                new.append(wanted)
                held[wanted.key] = self.planned[wanted.key] = Held(wanted.id, wanted.fields)
                continue
            line.before = {"fields": _differences(before, wanted)}
            line.becomes(Outcome.CHANGED if line.before["fields"] else Outcome.UNCHANGED, before.id)
            if line.before["fields"]:
                changed.append((before, wanted))
                held[wanted.key] = self.planned[wanted.key] = Held(before.id, {**before.fields, **wanted.fields})
        if write:
            self.write(actor, new, changed)
            self.planned.clear()

    def _asked(self, line: Line) -> W | None:
        try:
            return self.read(line)
        except Wrong as fault:
            line.reject(str(fault))
            return None

    def prepare(self, lines: Sequence[Line]) -> None:
        """Read what a batch needs."""

    @abstractmethod
    def read(self, line: Line) -> W:
        """Return what the row asks for. Raises Wrong."""

    @abstractmethod
    def held(self, wanted: Sequence[W]) -> dict[tuple[Any, ...], Held]:
        """Return what is here under these keys."""

    def check(self, wanted: W, before: Held | None) -> None:
        """Object to a row beside what is here. Raises Wrong."""

    @abstractmethod
    def write(self, actor: Actor, new: Sequence[W], changed: Sequence[tuple[Held, W]]) -> None:
        """Write a batch by one action."""


def _differences(before: Held, wanted: Wanted) -> dict[str, list[Any]]:
    return {
        name: [_plain(before.fields.get(name)), _plain(value)]
        for name, value in wanted.fields.items()
        if before.fields.get(name) != value
    }


def _plain(value: Any) -> Any:
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value
