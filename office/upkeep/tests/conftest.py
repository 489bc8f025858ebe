"""A state folder of a test's own with an office in it, and what it takes to lose and restore it."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.conf import settings as program
from pyrage.x25519 import Identity

from config import state
from office.audit import notes, sealer, trail
from office.core import files, recovery, secrets
from office.core.actors import Automation
from office.patients.models import Patient
from tests.databases import RealDatabase, postgres_copy


@dataclass
class Ran:
    """How a command ended. ``said`` are its JSON lines, ``words`` what it said beside them."""

    status: int
    said: list[dict[str, Any]]
    words: str


def run(var: Path, *command: str, **environment: str) -> Ran:
    """Run a command of ours on a state folder, in a process of its own."""
    done = subprocess.run(
        [sys.executable, str(program.ROOT / "manage.py"), *command],
        env={**os.environ, "FRONTDESK_VAR": str(var), **environment},
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Ran(done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr)


@dataclass
class Office:
    """An office with a patient, sealed entries and two documents, on a database that keeps what is committed."""

    var: Path
    place: Path
    key_file: Path
    identity: Identity
    environment: dict[str, str]
    documents: list[str] = field(default_factory=list)

    def run(self, *command: str) -> Ran:
        return run(self.var, *command, **self.environment)

    def newest(self) -> Path:
        return max(self.place.glob("*.backup"))


@pytest.fixture
def office(
    real_database: RealDatabase, ana: Patient, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Office]:
    """An office of its own, in its own state folder; this process works on it too."""
    var = state.made(tmp_path / "office")
    monkeypatch.setenv("FRONTDESK_VAR", str(var))
    monkeypatch.setenv("DATABASE_URL", real_database.url)
    settings.VAR, settings.FILES_ROOT = var, var / "files"
    kept_in_memory = (notes._private_key, secrets._key)
    for cached in kept_in_memory:
        cached.cache_clear()
    state.become("office")
    secret = recovery.make()
    key_file = tmp_path / "sheet"
    key_file.write_text(f"A sheet of paper\n{secret[:16]}\n{secret[16:40]} {secret[40:]}\nand more words\n")
    for number in range(5):
        trail.record(Automation("test", ()), "test.done", number=number)
    sealer.seal_entries()
    documents = [files.store(b"A referral about canary-in-a-document"), files.store(b"Another letter")]
    environment = {"DATABASE_URL": real_database.url}
    yield Office(var, tmp_path / "place", key_file, recovery.read(secret), environment, documents)
    for cached in kept_in_memory:
        cached.cache_clear()


@dataclass
class Machine:
    """A machine on which there has never been an office."""

    var: Path
    environment: dict[str, str]

    def run(self, *command: str) -> Ran:
        return run(self.var, *command, **self.environment)

    def restore(self, file: Path | str, key_file: Path) -> Ran:
        return self.run("restore", str(file), "--key-file", str(key_file))


@pytest.fixture
def empty_machine(
    real_database: RealDatabase, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Machine]:
    """An empty state folder, and an empty database of the same engine."""
    var = tmp_path / "machine"
    if real_database.vendor == "sqlite":
        yield Machine(var, {"DATABASE_URL": ""})
        return
    with postgres_copy(request.getfixturevalue("postgres_server"), "template0") as url:
        yield Machine(var, {"DATABASE_URL": url})
