"""Bringing an office back from a back-up: everything is checked before anything is put in place."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Collection
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from pyrage.x25519 import Identity

from config import state
from office.core import snapshot
from office.core.commands import CannotDo
from office.core.upgrade import is_newer
from office.patients.models import Patient
from office.upkeep import archive, places, rules
from office.upkeep.archive import Manifest

#: What a machine that never held an office may have in its state folder.
_NOTHING_YET = {"logs", "static", "keys", "backups", "scratch", "settings", state.RESTORING}
_OWN_KEYS = {"secret", "backup-ssh", "backup-ssh.pub"}


@dataclass(frozen=True)
class Restored:
    """An office as it was at ``made_at``."""

    made_at: datetime
    patients: int
    rows: int
    files: int
    audit_intact: bool
    first_fault: str


@dataclass(frozen=True)
class Opened:
    """A back-up's parts, decrypted into a folder."""

    manifest: Manifest
    folder: Path

    @property
    def key(self) -> bytes:
        return (self.folder / "key").read_bytes()

    @property
    def database(self) -> Path:
        return self.folder / "database"


def restore(file: str, identity: Identity, say: Callable[[str], None]) -> Restored:
    """Restore the back-up at ``file`` into this state folder, which must hold nothing. Whole, or not at all.

    Raises CannotDo with what is wrong; the folder and the database are then as empty as before.
    """
    url, name = places.parent(file)
    root = state.folder()
    work = root / state.RESTORING
    _undo_an_unfinished(work)
    _require_nothing_here(root)
    state.made(work)
    try:
        with places.opened(url) as place:
            opened = open_backup(place, name, identity, state.made(work / "parts"))
            _require_same_engine(opened.manifest)
            say(f"A back-up of {opened.manifest.made_at}, {opened.manifest.rows:,} rows. Bringing its documents.")
            office = state.made(work / "office")
            bring_files(place, opened, identity, office / "files")
        restored = _stage(opened, office, work, say)
        _put_in_place(work, office)
    except BaseException:
        _undo_an_unfinished(work)
        raise
    shutil.rmtree(work)
    return restored


# --- opening a back-up


def open_backup(place: places.Place, name: str, identity: Identity, into: Path) -> Opened:
    """Fetch, decrypt and check one back-up. Raises CannotDo."""
    if rules.Name.read(name) is None:
        raise CannotDo(f"{name} is not called like a back-up of Frontdesk.")
    place.fetch(name, into / name)
    archive.unseal(into / name, into / "packed", identity)
    (into / name).unlink()
    archive.unpack(into / "packed", into)
    (into / "packed").unlink()
    manifest = Manifest.read((into / "manifest.json").read_text(encoding="utf-8"))
    if is_newer(manifest.facts.migrations):
        raise CannotDo(f"The back-up was made by Frontdesk {manifest.version}. Install that version, then restore.")
    if archive.sha256(into / "database") != manifest.database_sha256:
        raise CannotDo("The database in the back-up is not the one that was put into it. Nothing was restored.")
    return Opened(manifest, into)


def bring_files(
    place: places.Place, opened: Opened, identity: Identity, into: Path, only: Collection[str] | None = None
) -> int:
    """Fetch, decrypt and check the back-up's documents, or ``only`` those of these hidden names; return how many."""
    there = dict(name.split(".", 1) for name in place.names(archive.FILES) if name.count(".") == 1)
    brought = 0
    sealed, plain = opened.folder / "sealed", opened.folder / "plain"
    for name in opened.manifest.files:
        hidden = archive.hidden(name, opened.key, opened.manifest.recipient)
        if hidden not in there:
            raise CannotDo(f"The document {hidden} is missing in {place.url}/{archive.FILES}. Nothing was restored.")
        if only is not None and hidden not in only:
            continue
        fetch_checked(place, hidden, there[hidden], sealed)
        archive.unseal(sealed, plain, identity)
        if archive.sha256(plain) != name:
            raise CannotDo(f"The document {hidden} is not the one that was stored. Nothing was restored.")
        target = into / name[:2] / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        plain.replace(target)
        target.chmod(0o600)
        brought += 1
    return brought


def fetch_checked(place: places.Place, hidden: str, sha256: str, into: Path) -> None:
    """Fetch a document's encrypted bytes and compare them with their name. Raises CannotDo."""
    name = f"{archive.FILES}/{hidden}.{sha256}"
    place.fetch(name, into)
    if archive.sha256(into) != sha256:
        raise CannotDo(f"{name} in {place.url} is damaged. Bring it from another copy of the place, then try again.")


# --- an office that is not in place yet


def prove(opened: Opened, office: Path, database_url: str) -> tuple[bool, str]:
    """Check a staged office: rows by table, then its trail by a process of its own; return intact, first fault."""
    if opened.manifest.facts.engine == "sqlite":
        snapshot.check_sqlite(office / "frontdesk.sqlite3")
        found = snapshot.sqlite_facts(office / "frontdesk.sqlite3")
    else:
        target = {**snapshot.own_database(), "dbname": snapshot.database_of(database_url)}
        found = snapshot.postgres_facts(target)
    if found != opened.manifest.facts:
        raise CannotDo(f"The restored database differs from the one that was backed up: {_difference(opened, found)}.")
    if opened.manifest.facts.engine != "sqlite":
        _run(["migrate", "-v0"], office, database_url)
    said = json.loads(_run(["verify_audit", "--json"], office, database_url).splitlines()[-1])
    return said["intact"], said["first_fault"]["words"] if said["first_fault"] else ""


def lay_out(opened: Opened, office: Path) -> None:
    """Put everything but the database and the documents into a state folder."""
    manifest = opened.manifest
    keys, trail = state.made(office / "keys"), state.made(office / "audit")
    _write(keys / "fields", opened.key)
    _write(keys / "recovery.pub", f"{manifest.recipient}\n".encode())
    _write(trail / "checkpoints", (opened.folder / "checkpoints").read_bytes())
    _write(trail / "earlier-keys", "".join(f"{key}\n" for key in manifest.public_keys).encode())
    for name, text in manifest.demo.items():
        _write(office / Path(name).name, text.encode())
    _write(office / "kind", f"{manifest.kind}\n".encode())


def _stage(opened: Opened, office: Path, work: Path, say: Callable[[str], None]) -> Restored:
    say("Checking the database and the audit trail.")
    lay_out(opened, office)
    if connection.vendor == "sqlite":
        shutil.move(opened.database, office / "frontdesk.sqlite3")
        intact, fault = prove(opened, office, f"sqlite:///{office / 'frontdesk.sqlite3'}")
        _close(office / "frontdesk.sqlite3")
    else:
        target = snapshot.own_database()
        _plan(work, [], database=str(target["dbname"]))
        snapshot.put_into_postgres(opened.database, target, made_by=opened.manifest.server)
        intact, fault = prove(opened, office, os.environ["DATABASE_URL"])
    return Restored(
        made_at=datetime.fromisoformat(opened.manifest.made_at),
        patients=opened.manifest.facts.counts[Patient._meta.db_table],
        rows=opened.manifest.rows,
        files=len(opened.manifest.files),
        audit_intact=intact,
        first_fault=fault,
    )


def _run(command: list[str], office: Path, database_url: str) -> str:
    done = subprocess.run(  # noqa: S603
        [sys.executable, str(settings.ROOT / "manage.py"), *command],
        env={**os.environ, "FRONTDESK_VAR": str(office), "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise CannotDo(f"The restored office does not start: {last}")
    return done.stdout


def _difference(opened: Opened, found: snapshot.Facts) -> str:
    wanted = opened.manifest.facts.counts
    for table in sorted(wanted.keys() | found.counts.keys()):
        if wanted.get(table) != found.counts.get(table):
            return f"{table} has {found.counts.get(table, 'no table')} rows, not {wanted.get(table, 'no table')}"
    return "its migrations or its checkpoints are others"


def _close(database: Path) -> None:
    """Write what is in the journal into the file, which then is all there is of the database."""
    with closing(sqlite3.connect(database)) as hand:
        hand.execute("PRAGMA wal_checkpoint(TRUNCATE)")


# --- putting it in place


def _put_in_place(work: Path, office: Path) -> None:
    """Move the pieces, the mark ``kind`` last; until ``restoring`` is gone no other command works here."""
    root = state.folder()
    moves = {path: root / path.relative_to(office) for path in _pieces(office)}
    if connection.vendor == "sqlite":
        moves[office / "frontdesk.sqlite3"] = snapshot.sqlite_path()
    last = moves.pop(office / "kind")
    connection.close()
    _plan(work, [*moves.values(), last])
    for source, target in {**moves, office / "kind": last}.items():
        state.made(target.parent)
        shutil.move(source, target)
        places.sync(target.parent)
    places.sync(root)


def _pieces(office: Path) -> list[Path]:
    keys = [path for path in (office / "keys").iterdir() if path.name != "secret"]
    whole = [office / "files", office / "audit", office / "kind", *office.glob("demo-*")]
    return [path for path in whole if path.exists()] + keys


def _plan(work: Path, paths: Collection[Path], *, database: str = "") -> None:
    """Write down what is about to appear outside the work folder, so that a restore cut short can be taken back."""
    before: dict[str, Any] = json.loads((work / "plan").read_text()) if (work / "plan").exists() else {}
    plan = {"database": database or before.get("database", ""), "paths": [str(path) for path in paths]}
    _write(work / "plan", json.dumps(plan).encode())
    places.sync(work)


def _undo_an_unfinished(work: Path) -> None:
    if not work.exists():
        return
    plan: dict[str, Any] = json.loads((work / "plan").read_text()) if (work / "plan").exists() else {}
    for path in map(Path, plan.get("paths", ())):
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
    if plan.get("database"):
        if connection.vendor != "postgresql" or snapshot.own_database()["dbname"] != plan["database"]:
            raise CannotDo(
                f"A restore into the database {plan['database']} was cut short: set DATABASE_URL to that one."
            )
        snapshot.empty_postgres()
    shutil.rmtree(work)


def _require_nothing_here(root: Path) -> None:
    held = state.kind()
    if held is not None:
        raise CannotDo(
            f"{root} holds {state.WORDS[held]}. A restore needs an empty folder: set FRONTDESK_VAR to another."
        )
    here = {path.name for path in root.iterdir() if path.suffix != ".lock"} - _NOTHING_YET
    here |= {f"keys/{path.name}" for path in (root / "keys").glob("*") if path.name not in _OWN_KEYS}
    if here:
        raise CannotDo(f"{root} is not empty: it holds {sorted(here)[0]}. Choose another folder with FRONTDESK_VAR.")
    if not snapshot.is_empty():
        raise CannotDo("The database that DATABASE_URL names is not empty. A restore needs an empty one.")


def _require_same_engine(manifest: Manifest) -> None:
    names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
    if manifest.facts.engine != connection.vendor:
        held, here = names[manifest.facts.engine], names[connection.vendor]
        raise CannotDo(f"The back-up is of an office on {held}; DATABASE_URL names {here}. Nothing was restored.")


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
