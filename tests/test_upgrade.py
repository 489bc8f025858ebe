"""From every released state to this version, on both engines: whole or not at all, and beside somebody who writes."""

import gzip
import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db.migrations.loader import MigrationLoader

from tests.databases import named, postgres_copy

ROOT = Path(__file__).resolve().parent.parent
RELEASED = sorted(path.name for path in (ROOT / "tests" / "released").iterdir() if path.is_dir())
Ask = Callable[[str], list[tuple[Any, ...]]]


@dataclass
class Old:
    """An office that an earlier version left, in a state folder of its own."""

    engine: str
    var: Path
    url: str
    ask: Ask

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return run(self.var, self.url, *command)

    def applied(self) -> list[tuple[Any, ...]]:
        return self.ask("SELECT app, name FROM django_migrations ORDER BY app, name")


def run(var: Path, url: str, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "FRONTDESK_VAR": str(var), "DATABASE_URL": url}
    arguments = [sys.executable, str(ROOT / "manage.py"), *command]
    return subprocess.run(arguments, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(params=RELEASED)
def release(request: pytest.FixtureRequest) -> Path:
    return ROOT / "tests" / "released" / str(request.param)


@pytest.fixture(params=["sqlite", "postgresql"])
def old(request: pytest.FixtureRequest, release: Path, tmp_path: Path) -> Iterator[Old]:
    """The office that the release left, on either engine."""
    engine = str(request.param)
    var = tmp_path / "var"
    (var / "audit").mkdir(parents=True)
    (var / "kind").write_text("office\n")
    (var / "audit" / "checkpoints").write_bytes((release / f"{engine}.checkpoints").read_bytes())
    (var / "audit" / "earlier-keys").write_text((release / f"{engine}.key").read_text())
    statements = gzip.decompress((release / f"{engine}.sql.gz").read_bytes()).decode()
    if engine == "sqlite":
        file = var / "frontdesk.sqlite3"
        with closing(sqlite3.connect(file)) as hand:
            hand.executescript(statements)
            hand.execute("PRAGMA journal_mode=WAL")

        def ask_sqlite(statement: str) -> list[tuple[Any, ...]]:
            with closing(sqlite3.connect(file)) as asked:
                return asked.execute(statement).fetchall()

        yield Old(engine, var, "", ask_sqlite)
        return
    server = request.getfixturevalue("postgres_server")
    with postgres_copy(server, "template0") as url:
        with psycopg.connect(url, autocommit=True) as hand_pg:
            hand_pg.execute(statements.encode())

        def ask_postgres(statement: str) -> list[tuple[Any, ...]]:
            with psycopg.connect(url) as asked:
                return asked.execute(statement.encode()).fetchall()

        yield Old(engine, var, url, ask_postgres)


SHAPE = {
    "sqlite": "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY type, name",
    "postgresql": """
        SELECT table_name, column_name, data_type, is_nullable, column_default
          FROM information_schema.columns WHERE table_schema = 'public'
        UNION ALL
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', ''
          FROM pg_constraint WHERE connamespace = 'public'::regnamespace
        UNION ALL SELECT tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'
        ORDER BY 1, 2, 3""",
}


def plain(shape: list[tuple[Any, ...]]) -> set[tuple[str, ...]]:
    """Without casts and brackets, which PostgreSQL writes otherwise for what went through a dump."""
    return {tuple(re.sub(r"::[a-z ]+(\[\])?|[()]", "", str(part)) for part in row) for row in shape}


def test_a_released_office_has_this_versions_tables_afterwards_and_all_its_rows(
    old: Old, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    done = old.run("migrate", "-v0")
    assert done.returncode == 0, done.stderr
    assert old.ask("SELECT count(*) FROM patients_patient") == [(3,)]
    assert old.ask("SELECT count(*) FROM scheduling_appointment") == [(3,)]
    verdict = json.loads(old.run("verify_audit").stdout)
    assert (verdict["intact"], verdict["entries"], verdict["checkpoints"]) == (True, 3, 1)
    if old.engine == "sqlite":
        with closing(sqlite3.connect(request.getfixturevalue("sqlite_template"))) as fresh:
            wanted = fresh.execute(SHAPE["sqlite"]).fetchall()
    else:
        url = named(request.getfixturevalue("postgres_server"), request.getfixturevalue("postgres_template"))
        with psycopg.connect(url) as asked:
            wanted = asked.execute(SHAPE["postgresql"].encode()).fetchall()
    assert plain(old.ask(SHAPE[old.engine])) == plain(wanted)


def test_an_upgrade_keeps_a_copy_of_the_state_before_it(old: Old) -> None:
    before = old.applied()
    old.run("migrate", "-v0")
    assert old.applied() != before
    [copy] = (old.var / "upgrades").iterdir()
    if old.engine == "sqlite":
        with closing(sqlite3.connect(copy)) as kept:
            assert kept.execute("SELECT app, name FROM django_migrations ORDER BY app, name").fetchall() == before
    else:
        assert copy.read_bytes().startswith(b"PGDMP")


def test_a_failed_upgrade_is_taken_back_whole_and_says_so(old: Old) -> None:
    # The last migration meets a table of its name; those before it went well.
    if old.engine == "sqlite":
        with closing(sqlite3.connect(old.var / "frontdesk.sqlite3")) as hand:
            hand.execute("CREATE TABLE upkeep_drill (id integer)")
    else:
        with psycopg.connect(old.url) as hand_pg:
            hand_pg.execute("CREATE TABLE upkeep_drill (id integer)")
    before, shape = old.applied(), old.ask(SHAPE[old.engine])
    for _ in range(2):
        done = old.run("migrate")
        assert done.returncode == 2, done.stderr
        assert "was taken back: the office is as it was" in done.stderr
        assert (old.applied(), old.ask(SHAPE[old.engine])) == (before, shape)


def test_a_newer_office_is_refused_and_left_alone(old: Old) -> None:
    later = "INSERT INTO django_migrations (app, name, applied) VALUES ('tomorrow', '0001_initial', '2030-01-01')"
    if old.engine == "sqlite":
        with closing(sqlite3.connect(old.var / "frontdesk.sqlite3")) as hand, hand:
            hand.execute(later)
    else:
        with psycopg.connect(old.url) as hand_pg:
            hand_pg.execute(later.encode())
    before = old.applied()
    for command in ("verify_audit", "migrate"):
        done = old.run(command)
        assert (done.returncode, done.stdout) == (2, ""), done.stdout
        assert "newer version of Frontdesk" in done.stderr
    assert old.applied() == before


def test_no_migration_steps_out_of_the_one_transaction() -> None:
    loader = MigrationLoader(None)
    assert [key for key, migration in loader.disk_migrations.items() if not migration.atomic] == []


WRITER = """
import sqlite3, sys, time, psycopg
url, file = sys.argv[1:]
connection = psycopg.connect(url, autocommit=True) if url else sqlite3.connect(file, timeout=20, isolation_level=None)
mark = "%s" if url else "?"
for number in range(1_000_000):
    values = (f"written-{number}", "2026-11-24 15:00:00+00:00")
    connection.execute(f"INSERT INTO core_timetableslot (name, due_at) VALUES ({mark}, {mark})", values)
    print(number, flush=True)
    time.sleep(0.001)
"""


def test_what_an_old_process_acknowledges_during_the_upgrade_is_in_the_new_tables(old: Old) -> None:
    arguments = [sys.executable, "-c", WRITER, old.url, str(old.var / "frontdesk.sqlite3")]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        said = [writer.stdout.readline() for _ in range(20)]
        done = old.run("migrate", "-v0")
        time.sleep(0.2)
        writer.terminate()
        said += writer.stdout.readlines()
    assert done.returncode == 0, done.stderr
    acknowledged = {f"written-{line.strip()}" for line in said if line.endswith("\n")}
    kept = {name for (name,) in old.ask("SELECT name FROM core_timetableslot")}
    assert len(acknowledged) > 100
    assert acknowledged <= kept
