"""One table from file to result: columns told, rows settled in batches, what was rejected written beside its reason.

rows = created + changed + unchanged + review + rejected, always: each row that is not empty is counted once.
"""

import csv
import gc
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from config import state
from office.core.actors import Actor
from office.core.tables.columns import Column, profile
from office.core.tables.reading import Row, Table, guarded, open_table
from office.practice.loads import actions
from office.practice.loads.columns import (
    LINE,
    REASON,
    Meaning,
    WrongMap,
    fingerprint_of,
    meanings,
    objection_to,
    values_of,
)
from office.practice.loads.kinds import Kind, Line, Outcome
from office.practice.loads.models import ColumnMap, Load

BATCH = 1_000
_ASKED = 50


@dataclass
class Looked:
    """A table that was looked through once: what its columns are, and what they become."""

    kind: Kind
    table: Table
    columns: list[Column]
    meanings: list[Meaning]

    @property
    def ours(self) -> dict[str, str | None]:
        """Return {theirs: ours or None}, our own two columns of a rejects file left out."""
        names = {meaning.place: meaning.field.name for meaning in self.meanings}
        return {
            column.name: names.get(place)
            for place, column in enumerate(self.columns)
            if column.name not in {LINE, REASON}
        }

    @property
    def to_remember(self) -> dict[str, str | None]:
        return {**self.ours, **{meaning.column.name: meaning.written for meaning in self.meanings}}


@dataclass
class Result:
    """What came of a table; ``likely`` and ``rejects`` are the first ones of those, for a screen."""

    encoding: str
    columns: dict[str, str | None]
    counts: Counter[str] = field(default_factory=Counter)
    totals: dict[str, str] = field(default_factory=dict)
    rejects_file: str | None = None
    load: Load | None = None
    looked: Looked | None = None
    likely: list[Line] = field(default_factory=list)
    rejects: list[tuple[int, str]] = field(default_factory=list)

    @property
    def rows(self) -> int:
        return sum(self.counts[name] for name in Outcome)

    def facts(self) -> dict[str, Any]:
        """Return the counts in the order they are told."""
        return {"rows": self.rows, **{name.value: self.counts[name] for name in Outcome}}


def look(kind: Kind, table: Table, chosen: Mapping[str, str | None]) -> Looked:
    """Read the whole table once and tell its columns. Raises columns.WrongMap."""
    columns = profile(table.header, (row.cells for row in table.rows() if not row.fault))
    remembered = ColumnMap.objects.filter(kind=kind.name, fingerprint=fingerprint_of(table.header)).first()
    held = {name: value for name, value in (remembered.columns if remembered else {}).items() if name in table.header}
    looked = Looked(kind, table, columns, meanings(kind, columns, chosen, held))
    if objection := objection_to(kind, looked.meanings):
        raise WrongMap(objection, looked)
    return looked


def run_table(
    actor: Actor,
    kind: Kind,
    path: Path,
    *,
    chosen: Mapping[str, str | None] | None = None,
    begin: Callable[[], Load] | None = None,
    tick: Callable[[int], None] = lambda _: None,
) -> Result:
    """Load a table, or without ``begin`` only look what would come of it.

    ``begin`` writes the load down once the columns are known to do. ``tick`` hears of each batch. Raises
    reading.Unreadable and columns.WrongMap before anything is written.
    """
    with open_table(path) as table, _seldom_collected():
        looked = look(kind, table, chosen or {})
        load = begin() if begin else None
        if load is not None:
            _remember(actor, looked)
        result = Result("", looked.ours, load=load, looked=looked)
        rejects = _Rejects(kind.name, table.header)
        today = timezone.localdate()
        run, sums = kind.begin(today), _Sums(kind)
        rows = table.rows()
        while batch := list(islice(rows, BATCH)):
            gc.collect(1)
            lines = [_line(looked, row, today) for row in batch]
            sums.add(lines)
            if load is not None:
                actions.load_rows(actor, load=load, run=run, lines=lines)
            else:
                run.settle(actor, lines, write=False)
            _count(result, batch, lines, rejects)
            tick(len(batch))
        result.encoding, result.totals, result.rejects_file = table.encoding, sums.told(), rejects.close()
    if load is not None:
        _finish(actor, load, result, looked.to_remember)
    return result


def _remember(actor: Actor, looked: Looked) -> None:
    fingerprint = fingerprint_of(looked.table.header)
    actions.remember_columns(actor, kind=looked.kind.name, fingerprint=fingerprint, columns=looked.to_remember)


def _finish(actor: Actor, load: Load, result: Result, columns: dict[str, str | None]) -> None:
    facts = {
        "state": Load.State.DONE,
        "finished_at": timezone.now(),
        "encoding": result.encoding,
        "columns": columns,
        "totals": result.totals,
        "rejects_file": result.rejects_file or "",
        **result.facts(),
    }
    actions.set_load(actor, load=load, facts=facts)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Look for garbage once a batch: walking all the people an index holds again and again took a third of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _line(looked: Looked, row: Row, today: Any) -> Line:
    if row.fault:
        line = Line(row.line, {})
        line.reject(f"The line {row.fault}")
        return line
    return values_of(looked.meanings, row.line, row.cells, today)


def _count(result: Result, batch: Sequence[Row], lines: Sequence[Line], rejects: "_Rejects") -> None:
    for row, line in zip(batch, lines, strict=True):
        outcome = line.outcome or Outcome.REJECTED
        result.counts[outcome] += 1
        if outcome is Outcome.REJECTED:
            rejects.add(row, line.reason or "The row could not be settled")
            if len(result.rejects) < _ASKED:
                result.rejects.append((row.line, line.reason))
        elif outcome is Outcome.REVIEW and len(result.likely) < _ASKED:
            result.likely.append(line)


class _Sums:
    """The sum of the kind's amounts: of every row that has one, and of those that did not come in."""

    def __init__(self, kind: Kind) -> None:
        self.name = kind.total
        self.all = self.out = Decimal(0)
        self.lines: list[Line] = []

    def add(self, lines: list[Line]) -> None:
        self._settled()
        self.lines = lines

    def _settled(self) -> None:
        for line in self.lines:
            amount = line.values.get(self.name, Decimal(0)) if self.name else Decimal(0)
            self.all += amount
            if line.outcome in {Outcome.REJECTED, Outcome.REVIEW}:
                self.out += amount
        self.lines = []

    def told(self) -> dict[str, str]:
        self._settled()
        if not self.name:
            return {}
        return {
            self.name: f"{self.all:.2f}",
            f"{self.name}_loaded": f"{self.all - self.out:.2f}",
            f"{self.name}_not_loaded": f"{self.out:.2f}",
        }


class _Rejects:
    """The rejected rows as they were, with line and reason; a file that only its owner reads, made when needed."""

    def __init__(self, kind: str, header: Sequence[str]) -> None:
        self.kind = kind
        # A mended file that fails again has its old line and reason already.
        self.places = [place for place, name in enumerate(header) if name not in {LINE, REASON}]
        self.header = [header[place] for place in self.places]
        self.width = len(header)
        self.path: Path | None = None
        self.file: Any = None
        self.out: Any = None

    def add(self, row: Row, reason: str) -> None:
        if self.file is None:
            self._open()
        whole = len(row.cells) == self.width
        cells = [row.cells[place] for place in self.places] if whole else row.cells
        self.out.writerow([row.line, reason, *(guarded(cell) for cell in cells)])

    def _open(self) -> None:
        stamp = datetime.now(timezone.get_current_timezone()).strftime("%Y%m%d-%H%M%S-%f")
        self.path = state.made(settings.VAR / "rejects") / f"{self.kind}-{stamp}.csv"
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        # With a byte order mark, so that Excel reads the accents.
        self.file = os.fdopen(descriptor, "w", encoding="utf-8-sig", errors="replace", newline="")
        self.out = csv.writer(self.file)
        self.out.writerow([LINE, REASON, *self.header])

    def close(self) -> str | None:
        if self.file is None:
            return None
        self.file.close()
        return str(self.path)
