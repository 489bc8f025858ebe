"""The sealed trail names what was done to it, by someone with every right in the database."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from office.audit import notes, sealer, trail, verify
from office.audit.merkle import leaf_hash
from office.audit.models import Checkpoint, Entry, Immutable, Seal, Subject
from office.core.actors import Automation

pytestmark = pytest.mark.django_db
CLERK = Automation("clerk", ())
PATIENT = UUID("018f0000-0000-7000-8000-000000000001")


@pytest.fixture(autouse=True)
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has its own folder outside the database."""
    path = tmp_path / "checkpoints"
    monkeypatch.setattr(sealer, "checkpoints_file", lambda: path)
    monkeypatch.setattr(verify, "checkpoints_file", lambda: path)
    return path


@pytest.fixture
def entries() -> list[Entry]:
    """Nine entries under two checkpoints."""
    written = [trail.record(CLERK, f"chart.opened_{number}", patient_id=PATIENT) for number in range(5)]
    sealer.seal_entries()
    written += [trail.record(CLERK, f"chart.opened_{number}", patient_id=PATIENT) for number in range(5, 9)]
    sealer.seal_entries()
    return written


@pytest.fixture
def as_root() -> Callable[..., None]:
    """Run SQL with the triggers out of the way, as someone who owns the database would."""
    tables = ("audit_entry", "audit_subject", "audit_seal", "audit_checkpoint")
    on_sqlite = connection.vendor == "sqlite"

    def run(statement: str, *values: str | int | UUID) -> None:
        with connection.cursor() as cursor:
            for table in tables:
                if connection.vendor == "postgresql":
                    # deferred foreign-key checks would otherwise forbid the ALTER
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                    cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
                else:
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_never_changes")
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_never_shrinks")
            in_sql = [value.hex if isinstance(value, UUID) and on_sqlite else value for value in values]
            cursor.execute(statement, in_sql)

    return run


def fault_kind() -> str | None:
    fault = verify.verify().first_fault
    return fault.kind if fault else None


def test_an_untouched_trail_is_intact(entries: list[Entry]) -> None:
    verdict = verify.verify()
    assert verdict.intact
    assert (verdict.entries, verdict.checkpoints) == (9, 2)


def test_an_empty_trail_is_intact() -> None:
    assert verify.verify().intact


def test_an_entry_without_a_seal_yet_is_counted_and_no_fault(entries: list[Entry]) -> None:
    trail.record(CLERK, "chart.opened")
    verdict = verify.verify()
    assert verdict.intact
    assert verdict.entries == 10


@pytest.mark.parametrize("column", ["verb", "actor_label", "actor_id", "outcome", "request_id"])
def test_an_altered_field_is_named(entries: list[Entry], as_root: Callable[..., None], column: str) -> None:
    as_root(f"UPDATE audit_entry SET {column} = 'x' WHERE id = %s", entries[3].pk)
    fault = verify.verify().first_fault
    assert fault is not None
    assert (fault.kind, fault.entry) == ("altered", str(entries[3].pk))


def test_a_rewritten_subject_is_named(entries: list[Entry], as_root: Callable[..., None]) -> None:
    as_root("UPDATE audit_subject SET subject_id = 'somebody' WHERE entry_id = %s", entries[6].pk)
    fault = verify.verify().first_fault
    assert fault is not None
    assert (fault.kind, fault.entry) == ("altered", str(entries[6].pk))


def test_a_removed_entry_is_named(entries: list[Entry], as_root: Callable[..., None]) -> None:
    as_root("DELETE FROM audit_subject WHERE entry_id = %s", entries[2].pk)
    as_root("DELETE FROM audit_entry WHERE id = %s", entries[2].pk)
    fault = verify.verify().first_fault
    assert fault is not None
    assert (fault.kind, fault.entry) == ("removed", str(entries[2].pk))


def test_an_entry_removed_with_its_seal_is_noticed(entries: list[Entry], as_root: Callable[..., None]) -> None:
    as_root("DELETE FROM audit_subject WHERE entry_id = %s", entries[2].pk)
    as_root("DELETE FROM audit_entry WHERE id = %s", entries[2].pk)
    as_root("DELETE FROM audit_seal WHERE entry_id = %s", entries[2].pk)
    assert fault_kind() == "removed"


def test_a_cut_tail_is_noticed(entries: list[Entry], as_root: Callable[..., None]) -> None:
    as_root("DELETE FROM audit_subject WHERE entry_id IN (SELECT entry_id FROM audit_seal WHERE number > 7)")
    as_root("DELETE FROM audit_entry WHERE id IN (SELECT entry_id FROM audit_seal WHERE number > 7)")
    as_root("DELETE FROM audit_seal WHERE number > 7")
    as_root("DELETE FROM audit_checkpoint WHERE size > 7")
    assert fault_kind() == "removed"


def test_two_swapped_entries_are_noticed(entries: list[Entry], as_root: Callable[..., None]) -> None:
    first, second = Seal.objects.get(number=2), Seal.objects.get(number=4)
    as_root("UPDATE audit_seal SET entry_id = %s WHERE number = 2", UUID(int=0))
    as_root("UPDATE audit_seal SET entry_id = %s, leaf = %s WHERE number = 4", first.entry_id, first.leaf)
    as_root("UPDATE audit_seal SET entry_id = %s, leaf = %s WHERE number = 2", second.entry_id, second.leaf)
    fault = verify.verify().first_fault
    assert fault is not None
    assert (fault.kind, fault.entry) == ("reordered", str(second.entry_id))


def test_a_whole_chain_computed_anew_does_not_match_the_checkpoint(
    entries: list[Entry], as_root: Callable[..., None]
) -> None:
    as_root("UPDATE audit_entry SET verb = 'harmless' WHERE id = %s", entries[1].pk)
    chain = b""
    for seal in Seal.objects.order_by("number"):
        entry = Entry.objects.get(pk=seal.entry_id)
        about = [(one.kind, one.subject_id) for one in entry.subjects.all()]
        leaf = leaf_hash(sealer.canonical(entry, about))
        chain = sealer.link(chain, leaf)
        as_root("UPDATE audit_seal SET leaf = %s, chain = %s WHERE number = %s", leaf.hex(), chain.hex(), seal.number)
    assert fault_kind() == "reordered"


def test_an_entry_dated_back_is_noticed_before_and_after_it_is_sealed(entries: list[Entry]) -> None:
    slipped = Entry.objects.create(
        at=timezone.now() - timedelta(days=3), actor_id="x", actor_label="x", verb="chart.opened"
    )
    assert fault_kind() == "inserted"
    sealer.seal_entries(thoroughly=True)
    fault = verify.verify().first_fault
    assert fault is not None
    assert (fault.kind, fault.entry) == ("inserted", str(slipped.pk))


def test_a_touched_checkpoint_is_noticed(entries: list[Entry], outside: Path) -> None:
    outside.write_text(outside.read_text().replace("\n5\n", "\n4\n"))
    assert fault_kind() == "checkpoint"


def test_a_removed_checkpoint_file_is_noticed(entries: list[Entry], outside: Path) -> None:
    outside.unlink()
    assert fault_kind() == "checkpoint"


def test_a_checkpoint_lost_between_commit_and_file_is_written_by_the_next_run(
    entries: list[Entry], outside: Path
) -> None:
    first, second = notes.split(outside.read_text())
    outside.write_text(first)
    sealer.seal_entries()
    assert outside.read_text() == first + second
    assert verify.verify().intact


def test_an_entry_committed_late_is_sealed_once(entries: list[Entry]) -> None:
    late = Entry.objects.create(
        id=UUID(int=entries[0].pk.int - 1), at=timezone.now(), actor_id="x", actor_label="x", verb="chart.opened"
    )
    assert sealer.seal_entries() == 1
    assert sealer.seal_entries() == 0
    assert Seal.objects.get(entry_id=late.pk).number == 10
    assert verify.verify().intact


@pytest.mark.parametrize("model", [Entry, Subject, Seal, Checkpoint])
@pytest.mark.parametrize("statement", ["UPDATE {table} SET {key} = {key}", "DELETE FROM {table}"])
def test_the_database_refuses_to_change_the_trail(entries: list[Entry], model: type[Entry], statement: str) -> None:
    sql = statement.format(table=model._meta.db_table, key=model._meta.pk.column)
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_program_refuses_to_change_an_entry(entries: list[Entry]) -> None:
    entries[0].verb = "harmless"
    with pytest.raises(Immutable):
        entries[0].save()
    with pytest.raises(Immutable):
        entries[0].delete()
