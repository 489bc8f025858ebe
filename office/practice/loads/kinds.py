"""What an area offers to be loaded from a table: its columns, and how rows become rows of its own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Protocol
from uuid import UUID

from office.core.actors import Actor
from office.core.tables.columns import Shape
from office.core.wiring import wiring


class Outcome(StrEnum):
    """What became of a row; every row is exactly one of these."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REVIEW = "review"
    REJECTED = "rejected"


@dataclass(frozen=True)
class Field:
    """Something a table may say of a row. ``past`` is for dates of two-digit years that lie behind us.

    ``synonyms`` are headings as other programs write them, in small letters and digits alone.
    """

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    shape: Shape = Shape.TEXT
    past: bool = False
    longest: int = 120


@dataclass
class Line:
    """A row on its way: its values by field name, then what became of it and why.

    ``subject_id`` is the row of ours that it made, changed or found, or that a person is to compare it with. ``before``
    is what an undo needs. ``forced`` is a person's answer to a review: the same as ``subject_id``, or someone new.
    """

    number: int
    values: dict[str, Any]
    outcome: Outcome | None = None
    reason: str = ""
    subject_id: UUID | None = None
    before: dict[str, Any] = field(default_factory=dict)
    forced: str = ""

    def reject(self, reason: str) -> None:
        self.outcome, self.reason = Outcome.REJECTED, reason

    def becomes(self, outcome: Outcome, subject_id: UUID | None) -> None:
        self.outcome, self.subject_id = outcome, subject_id


class Run(Protocol):
    """One load as its kind sees it; keeps what it learned from earlier rows."""

    def settle(self, actor: Actor, lines: Sequence[Line], *, write: bool) -> None:
        """Give each line its outcome; write it too when ``write``, within the running action."""


@dataclass(frozen=True)
class TakenBack:
    """What an undo did: rows removed or set back, and rows kept because someone used them since."""

    removed: int = 0
    kept: int = 0


class Loaded(Protocol):
    """What is remembered of a row that came in (see models.LoadedRow)."""

    outcome: str
    subject_id: UUID | None
    before: Any


@dataclass(frozen=True)
class Kind:
    """A kind of table. ``needs`` are groups of fields of which each must have one that is found.

    ``begin(today)`` starts a run, ``take_back(actor, rows, at)`` undoes rows loaded up to that moment; ``total`` names
    the field whose sum is held against the old report. ``comes_again`` is a table that the office itself loads, every
    year or so, long after the old system is gone.
    """

    name: str
    label: str
    fields: Sequence[Field]
    needs: Sequence[Sequence[str]]
    begin: Callable[[date], Run]
    take_back: Callable[..., TakenBack]
    total: str = ""
    comes_again: bool = False
    #: ``describe(actor, ids)``: what a row to review is compared with, by field name; leaves its own trace.
    describe: Callable[[Actor, Sequence[UUID]], Mapping[UUID, Mapping[str, Any]]] | None = None

    def field(self, name: str) -> Field | None:
        return next((one for one in self.fields if one.name == name), None)


def kinds() -> Mapping[str, Kind]:
    """Return the kinds that the areas offer, by name, in the order they are best loaded."""
    return {kind.name: kind for kind in wiring().importer_kinds}
