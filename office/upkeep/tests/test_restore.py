"""`./run restore` refuses what is damaged, foreign or in the way, and then leaves nothing behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as program
from pyrage.x25519 import Identity

from office.core import recovery
from office.core.actions import Refused
from office.upkeep.backup import back_up
from office.upkeep.tests.conftest import Machine, Office

SQLITE = pytest.mark.parametrize("real_database", ["sqlite"], indirect=True)


def flip(file: Path, at: int) -> None:
    content = bytearray(file.read_bytes())
    content[at] ^= 1
    file.write_bytes(content)


def require_untouched(machine: Machine) -> None:
    assert not any((machine.var / name).exists() for name in ("kind", "frontdesk.sqlite3", "files", "restoring"))
    assert machine.run("restore", "nowhere.backup", "--key-file", os.devnull).status == 2


@SQLITE
def test_restore_names_the_block_of_a_damaged_byte(office: Office, empty_machine: Machine) -> None:
    made = back_up(str(office.place))
    at = made.bytes - 100
    flip(Path(made.file), at)
    done = empty_machine.restore(made.file, office.key_file)
    assert done.status == 2
    start, end = (int(word.rstrip(".").replace(",", "")) for word in done.words.split() if word[0].isdigit())
    assert start <= at < end <= made.bytes
    assert end - start <= 65_552
    require_untouched(empty_machine)


@SQLITE
@pytest.mark.parametrize("share", [0.3, 0.9])
def test_restore_refuses_a_file_that_was_cut_off(office: Office, empty_machine: Machine, share: float) -> None:
    made = back_up(str(office.place))
    os.truncate(made.file, int(made.bytes * share))
    done = empty_machine.restore(made.file, office.key_file)
    assert done.status == 2
    assert "Nothing was restored" in done.words
    require_untouched(empty_machine)


def a_document_is_gone(place: Path) -> None:
    next((place / "files").iterdir()).unlink()


def a_document_is_damaged(place: Path) -> None:
    flip(next((place / "files").iterdir()), -1)


def a_document_has_another_name(place: Path) -> None:
    first, second = sorted((place / "files").iterdir())
    content = first.read_bytes()
    second.rename(place / "files" / f"{second.name[:32]}.{first.name[33:]}")
    (place / "files" / f"{second.name[:32]}.{first.name[33:]}").write_bytes(content)


@SQLITE
@pytest.mark.parametrize("happened", [a_document_is_gone, a_document_is_damaged, a_document_has_another_name])
def test_restore_wants_every_document(office: Office, empty_machine: Machine, happened: Callable[[Path], None]) -> None:
    made = back_up(str(office.place))
    happened(office.place)
    done = empty_machine.restore(made.file, office.key_file)
    assert done.status == 2
    assert "document" in done.words or "files/" in done.words
    require_untouched(empty_machine)


@SQLITE
def test_restore_refuses_a_folder_that_holds_an_office(office: Office) -> None:
    made = back_up(str(office.place))
    done = office.run("restore", made.file, "--key-file", str(office.key_file))
    assert done.status == 2
    assert "holds an office. A restore needs an empty folder" in done.words


@pytest.mark.parametrize("real_database", ["postgres"], indirect=True)
def test_restore_refuses_a_database_that_is_not_empty(office: Office, tmp_path: Path) -> None:
    made = back_up(str(office.place))
    machine = Machine(tmp_path / "other", office.environment)
    done = machine.restore(made.file, office.key_file)
    assert done.status == 2
    assert "not empty" in done.words


@SQLITE
def test_restore_refuses_a_folder_with_somebody_elses_files(office: Office, empty_machine: Machine) -> None:
    made = back_up(str(office.place))
    empty_machine.var.mkdir()
    (empty_machine.var / "files").mkdir()
    done = empty_machine.restore(made.file, office.key_file)
    assert done.status == 2
    assert "it holds files" in done.words


def test_a_restore_killed_in_the_middle_is_begun_anew(office: Office, empty_machine: Machine) -> None:
    made = back_up(str(office.place))
    command = [
        sys.executable,
        str(program.ROOT / "manage.py"),
        "restore",
        made.file,
        "--key-file",
        str(office.key_file),
    ]
    environment = {**os.environ, "FRONTDESK_VAR": str(empty_machine.var), **empty_machine.environment}
    killed = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    work = empty_machine.var / "restoring"
    # The trail is being verified by a process of its own: the database is there, nothing is in place.
    while killed.poll() is None and not (work / "office" / "keys" / "fields").exists():
        time.sleep(0.001)
    killed.send_signal(signal.SIGKILL)
    assert killed.wait() == -signal.SIGKILL
    assert work.exists()

    in_between = empty_machine.run("verify_audit")
    again = empty_machine.restore(made.file, office.key_file)

    assert (in_between.status, in_between.said) == (2, [])
    assert again.status == 0, again.words
    assert not work.exists()


def test_a_restore_cut_short_while_putting_in_place_is_taken_back(office: Office, empty_machine: Machine) -> None:
    made = back_up(str(office.place))
    work = empty_machine.var / "restoring"
    work.mkdir(parents=True)
    for name in ("files", "audit"):
        (empty_machine.var / name).mkdir()
        (empty_machine.var / name / "half").write_text("half")
    paths = [str(empty_machine.var / name) for name in ("files", "audit", "frontdesk.sqlite3", "kind")]
    (work / "plan").write_text(json.dumps({"database": "", "paths": paths}))
    done = empty_machine.restore(made.file, office.key_file)
    assert done.status == 0, done.words
    assert not (empty_machine.var / "files" / "half").exists()


@SQLITE
def test_restore_refuses_a_back_up_of_a_newer_version(office: Office, empty_machine: Machine) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('core', '9999_later', '2030-01-01')")
    made = back_up(str(office.place))
    done = empty_machine.restore(made.file, office.key_file)
    assert done.status == 2
    assert "Install that version" in done.words
    require_untouched(empty_machine)


def test_a_key_is_read_however_it_was_typed_and_a_wrong_letter_is_noticed() -> None:
    secret = str(Identity.generate())
    groups = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)).lower()
    assert str(recovery.read(f"  {groups}\n")) == secret
    wrong = secret[:-1] + ("Q" if secret[-1] != "Q" else "P")
    for typed in (wrong, secret[:-1], "", "juniper-street-42"):
        with pytest.raises(Refused):
            recovery.read(typed)
