"""Loading a table's rows in batches, taking a whole load back, and answering whether two are one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.permissions import Permission
from office.practice.loads.kinds import Kind, Line, Outcome, Run, TakenBack, kinds
from office.practice.loads.models import ColumnMap, Load, LoadedRow
from office.practice.loads.review import as_kept, fingerprint_of_values, from_kept

COUNTS = tuple(Outcome)


@action(Permission.IMPORT_RECORDS)
def note_load(actor: Actor, *, kind: str, file_name: str, source: str = "", state: str = Load.State.RUNNING) -> Load:
    """Write down that a table is to be loaded, before its first row is."""
    load = Load.objects.create(
        kind=kind, file_name=file_name[:255], source=source, state=state, by_label=actor.label[:150]
    )
    trail.record(actor, "load.begun", load, kind=kind, state=state)
    return load


@action(Permission.IMPORT_RECORDS)
def set_load(actor: Actor, *, load: Load, facts: Mapping[str, Any]) -> Load:
    """Write down how far a load is: its state, columns, counts, by the names of its columns."""
    for name, value in facts.items():
        setattr(load, name, value)
    load.save(update_fields=list(facts))
    trail.record(actor, "load.noted", load, state=load.state)
    return load


@action(Permission.IMPORT_RECORDS)
def remember_columns(actor: Actor, *, kind: str, fingerprint: str, columns: Mapping[str, str | None]) -> None:
    """Keep what the columns of this heading mean, for the next table that has it."""
    ColumnMap.objects.update_or_create(kind=kind, fingerprint=fingerprint, defaults={"columns": dict(columns)})
    trail.record(actor, "load.columns_remembered", kind=kind, columns=len(columns))


@action(Permission.IMPORT_RECORDS)
def load_rows(actor: Actor, *, load: Load, run: Run, lines: Sequence[Line]) -> Counter[Outcome]:
    """Load a batch whole or not at all: each row settled by its kind, and what an undo or a review needs kept."""
    run.settle(actor, lines, write=True)
    kept = [line for line in lines if line.outcome in {Outcome.CREATED, Outcome.CHANGED, Outcome.REVIEW}]
    LoadedRow.objects.bulk_create([_remembered(load, line) for line in kept], batch_size=500)
    counts = Counter(line.outcome for line in lines if line.outcome)
    Load.objects.filter(pk=load.pk).update(
        rows=F("rows") + len(lines), **{name.value: F(name.value) + counts[name] for name in COUNTS}
    )
    trail.record(actor, "load.rows", load, counts={name.value: counts[name] for name in COUNTS})
    return counts


def _remembered(load: Load, line: Line) -> LoadedRow:
    row = LoadedRow(
        load=load,
        line=line.number,
        outcome=line.outcome or "",
        subject_id=line.subject_id,
        before=line.before,
        reason=line.reason[:200],
    )
    if line.outcome is Outcome.REVIEW:
        row.values, row.fingerprint = as_kept(line.values), fingerprint_of_values(load.kind, line.values)
    return row


@action(Permission.IMPORT_RECORDS)
def undo_load(actor: Actor, *, load: Load) -> TakenBack:
    """Take a whole load back: what it made goes, what it changed is as before, and what was used since stays."""
    load = Load.objects.select_for_update().get(pk=load.pk)
    if load.state == Load.State.UNDONE:
        raise Refused("This load was undone already.")
    if load.state == Load.State.RUNNING and load.finished_at is None and load.rows == 0:
        raise Refused("Nothing of this load came in.")
    rows = load.loaded_rows.filter(outcome__in=(Outcome.CREATED, Outcome.CHANGED))
    # From the last to the first, so that what one row changed twice is set back in turn.
    taken = kinds()[load.kind].take_back(actor, list(rows.order_by("-created_at")), load.finished_at or timezone.now())
    load.state, load.undone_at = Load.State.UNDONE, timezone.now()
    load.undone = {"removed": taken.removed, "kept_because_used": taken.kept}
    load.save(update_fields=["state", "undone_at", "undone"])
    LoadedRow.objects.filter(load=load, outcome=Outcome.REVIEW, answer="").delete()
    trail.record(actor, "load.undone", load, removed=taken.removed, kept=taken.kept)
    return taken


@action(Permission.IMPORT_RECORDS)
def answer_review(actor: Actor, *, row: LoadedRow, answer: str, today: date) -> LoadedRow:
    """Say of a row that waits whether it is the one it looks like (``same``) or someone else (``new``); load it so."""
    if answer not in {"same", "new"}:
        raise Refused("Say whether they are the same person or two people.")
    row = LoadedRow.objects.select_for_update().get(pk=row.pk)
    if row.outcome != Outcome.REVIEW or row.answer:
        raise Refused("This row was answered already.")
    kind: Kind = kinds()[row.load.kind]
    line = Line(row.line, from_kept(kind, row.values), subject_id=row.subject_id, forced=answer)
    kind.begin(today).settle(actor, [line], write=True)
    if line.outcome is Outcome.REJECTED or line.outcome is None:
        raise Refused(f"This row cannot be loaded: {line.reason}.")
    row.outcome, row.subject_id, row.before = line.outcome, line.subject_id, line.before
    row.answer, row.answered_by = answer, actor.label[:150]
    row.save(update_fields=["outcome", "subject_id", "before", "answer", "answered_by"])
    Load.objects.filter(pk=row.load_id).update(
        review=F("review") - 1, **{line.outcome.value: F(line.outcome.value) + 1}
    )
    trail.record(actor, "load.review_answered", row, answer=answer)
    return row
