"""`./run backup` and `./run restore`: what was there is there again, on another machine."""

import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Event, Thread

import pyrage
import pytest
from django.conf import settings as program
from django.db import connection

from office.core import files
from office.patients.models import Patient
from office.upkeep import archive
from office.upkeep.backup import back_up
from office.upkeep.models import Backup
from office.upkeep.tests.conftest import Machine, Office
from tests.databases import RealDatabase


def test_an_office_is_restored_into_an_empty_machine(office: Office, empty_machine: Machine) -> None:
    made = office.run("backup", "--to", str(office.place))
    assert made.status == 0, made.words
    [said] = made.said
    assert list(said) == ["file", "bytes", "sha256", "seconds"]
    file = Path(said["file"])
    assert (file.stat().st_size, archive.sha256(file)) == (said["bytes"], said["sha256"])
    before = {name: files.read(name) for name in files.names()}

    done = empty_machine.restore(file, office.key_file)

    assert done.status == 0, done.words
    [restored] = done.said
    assert list(restored) == ["from", "patients", "rows", "files", "audit_intact"]
    assert (restored["patients"], restored["files"], restored["audit_intact"]) == (1, 2, True)
    there = {path.name: path.read_bytes() for path in (empty_machine.var / "files").glob("??/*")}
    assert there == before
    verdict = empty_machine.run("verify_audit")
    assert verdict.said[0]["intact"] is True
    # The trail was sealed by the machine that is gone: its five entries are under a checkpoint that can still be read.
    assert verdict.said[0]["checkpoints"] == 1


def test_the_signing_key_stays_and_the_key_of_sealed_columns_comes_along(
    office: Office, empty_machine: Machine
) -> None:
    made = back_up(str(office.place))
    assert empty_machine.restore(made.file, office.key_file).status == 0
    old, new = office.var / "keys", empty_machine.var / "keys"
    assert (new / "fields").read_bytes() == (old / "fields").read_bytes()
    assert (new / "recovery.pub").read_text() == (old / "recovery.pub").read_text()
    assert (new / "secret").read_bytes() != (old / "secret").read_bytes() if (old / "secret").exists() else True
    assert not (new / "audit-seal").exists() or (new / "audit-seal").read_bytes() != (old / "audit-seal").read_bytes()


def test_the_restored_office_goes_on_sealing_and_backs_up_for_the_same_sheet(
    office: Office, empty_machine: Machine, tmp_path: Path
) -> None:
    made = back_up(str(office.place))
    empty_machine.restore(made.file, office.key_file)
    assert empty_machine.run("backup", "--to", str(tmp_path / "second")).status == 0
    [second] = (tmp_path / "second").glob("*.backup")
    archive.unseal(second, tmp_path / "opened", office.identity)
    assert (tmp_path / "opened").stat().st_size > 0


def test_documents_are_brought_once(office: Office) -> None:
    first = back_up(str(office.place))
    files.store(b"A third one")
    second = back_up(str(office.place))
    assert (len(first.new_files), len(second.new_files)) == (2, 1)
    assert len(list((office.place / "files").iterdir())) == 3
    assert len(second.manifest.files) == 3


def test_nothing_at_the_place_can_be_read_without_the_sheet(office: Office) -> None:
    back_up(str(office.place))
    kept = [path.read_bytes() for path in office.place.rglob("*") if path.is_file()]
    names = [path.name for path in office.place.rglob("*")]
    assert len(kept) == 3
    for canary in (b"canary", b"Marsh", b"SQLite format", b"PGDMP"):
        assert not any(canary in content for content in kept)
    assert not any(document in name for document in office.documents for name in names)
    own = Path(office.var / "keys").iterdir()
    assert not any(office.key_file.read_text().split()[4] in path.read_bytes().hex() for path in own)


def test_a_back_up_holds_what_was_acknowledged_before_it_while_people_go_on_writing(
    office: Office, empty_machine: Machine, make_patient: Callable[..., Patient]
) -> None:
    acknowledged: list[str] = []
    stop = Event()

    def write() -> None:
        while not stop.is_set():
            acknowledged.append(make_patient().mrn)
        connection.close()

    thread = Thread(target=write)
    thread.start()
    try:
        while len(acknowledged) < 20:
            time.sleep(0.01)
        before = len(acknowledged)
        made = back_up(str(office.place))
        after = len(acknowledged)
    finally:
        stop.set()
        thread.join()
    restored = empty_machine.restore(made.file, office.key_file)
    assert restored.status == 0, restored.words
    assert before + 1 <= restored.said[0]["patients"] <= after + 2
    assert Patient.objects.count() == len(acknowledged) + 1


def test_a_back_up_killed_in_the_middle_leaves_nothing_that_looks_whole(office: Office, empty_machine: Machine) -> None:
    files.store(os.urandom(40_000_000))
    command = [sys.executable, str(program.ROOT / "manage.py"), "backup", "--to", str(office.place)]
    killed = subprocess.Popen(command, env={**os.environ, **office.environment}, stdout=subprocess.DEVNULL)
    while killed.poll() is None and not list(office.place.rglob("*.part")):
        time.sleep(0.001)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    assert list(office.place.glob("*.backup")) == []

    again = office.run("backup", "--to", str(office.place))

    assert again.status == 0, again.words
    assert list((office.var / "scratch").iterdir()) == []
    assert empty_machine.restore(office.newest(), office.key_file).status == 0


@pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)
def test_a_full_disk_is_one_line_and_changes_nothing(office: Office) -> None:
    back_up(str(office.place))
    before = sorted(path.name for path in office.place.rglob("*"))
    files.store(os.urandom(30_000_000))
    limit = 20_000_000
    done = subprocess.run(
        [sys.executable, str(program.ROOT / "manage.py"), "backup", "--to", str(office.place)],
        env={**os.environ, **office.environment},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "No back-up was made" in done.stderr
    assert sorted(path.name for path in office.place.rglob("*") if path.suffix != ".part") == before
    assert Backup.objects.get().problem == done.stderr.strip()


def test_a_damaged_document_is_named_and_the_rest_is_backed_up(office: Office) -> None:
    name = office.documents[0]
    (office.var / "files" / name[:2] / name).write_bytes(b"rotten")
    done = office.run("backup", "--to", str(office.place))
    assert done.status == 1
    assert name in done.words
    assert office.newest().exists()


def test_back_up_without_a_recovery_key_says_how_to_make_one(office: Office) -> None:
    (office.var / "keys" / "recovery.pub").unlink()
    done = office.run("backup", "--to", str(office.place))
    assert (done.status, done.said) == (2, [])
    assert "recovery key" in done.words


@pytest.mark.parametrize("real_database", ["postgres"], indirect=True)
def test_back_up_says_which_program_is_missing_or_too_old(
    office: Office, real_database: RealDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "pg_dump was not found. On Debian: apt install postgresql-client-" in office.run("backup").words
    old = tmp_path / "pg_dump"
    old.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 9.6.24'\n")
    old.chmod(0o755)
    assert "pg_dump is version 9, the server" in office.run("backup").words


def test_the_sheet_of_another_office_does_not_open_it(office: Office, empty_machine: Machine, tmp_path: Path) -> None:
    made = back_up(str(office.place))
    other = tmp_path / "other"
    other.write_text(str(pyrage.x25519.Identity.generate()))
    done = empty_machine.restore(made.file, other)
    assert done.status == 2
    assert "does not open with this recovery key" in done.words
    assert not (empty_machine.var / "kind").exists()
