"""Loading a table's rows in batches, taking a whole load back, and answering whether two are one."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from office.audit import trail
from office.core import files
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.practice.loads.events import TableWaits
from office.practice.loads.kinds import Kind, Line, Outcome, Run, TakenBack, kinds
from office.practice.loads.models import ColumnMap, Load, LoadedRow
from office.practice.loads.review import as_kept, fingerprint_of_values, from_kept

COUNTS = tuple(Outcome)
MOST_BYTES = 100 * 1024 * 1024


@action(Permission.IMPORT_RECORDS)
def note_load(actor: Actor, *, kind: str, file_name: str, source: str = "", state: str = Load.State.RUNNING) -> Load:
    """Write down that a table is to be loaded, before its first row is."""
    load = Load.objects.create(
        kind=kind, file_name=file_name[:255], source=source, state=state, by_label=actor.label[:150]
    )
    trail.record(actor, "load.begun", load, kind=kind, state=state)
    return load


@action(Permission.IMPORT_RECORDS)
def upload_table(actor: Actor, *, kind: Kind, file_name: str, data: bytes) -> Load:
    """Keep a table that was sent, and have it looked through."""
    if not data:
        raise Refused("This file is empty.")
    if len(data) > MOST_BYTES:
        raise Refused("This file is larger than 100 MB. Load it with ./run import-table, or in parts.")
    load = Load.objects.create(
        kind=kind.name,
        file_name=file_name[:255],
        source=files.store(data),
        state=Load.State.LOOKING,
        by_label=actor.label[:150],
    )
    trail.record(actor, "load.uploaded", load, kind=kind.name, bytes=len(data))
    announce(TableWaits(str(load.pk)))
    return load


@action(Permission.IMPORT_RECORDS)
def choose_columns(actor: Actor, *, load: Load, columns: Mapping[str, str | None]) -> Load:
    """Say what the columns of an upload mean, and have it looked through anew."""
    load = _standing(load, Load.State.LOOKED_AT)
    load.columns, load.state = dict(columns), Load.State.LOOKING
    load.save(update_fields=["columns", "state"])
    trail.record(actor, "load.columns_chosen", load)
    announce(TableWaits(str(load.pk)))
    return load


@action(Permission.IMPORT_RECORDS)
def start_load(actor: Actor, *, load: Load) -> Load:
    """Load an upload that was looked at; the rows come in by a job."""
    load = _standing(load, Load.State.LOOKED_AT)
    if load.looked.get("problem"):
        raise Refused("The columns do not do yet. Say what they hold, then look again.")
    load.state = Load.State.WAITING
    load.rows = load.created = load.changed = load.unchanged = load.review = load.rejected = 0
    load.save()
    trail.record(actor, "load.asked", load)
    announce(TableWaits(str(load.pk)))
    return load


def _standing(load: Load, state: Load.State) -> Load:
    load = Load.objects.select_for_update().get(pk=load.pk)
    if load.state != state:
        raise Refused(f"This table is no longer as it was: {load.get_state_display().lower()}. Look again.")
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
def note_rejects_taken(actor: Actor, *, load: Load) -> None:
    """Write down that the rejected rows, which are of patients, left as a file."""
    trail.record(actor, "load.rejects_taken", load, rows=load.rejected)


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
