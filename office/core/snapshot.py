"""The database as it was at one moment: copied while people work, counted, put back, on either engine."""

import os
import re
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import psycopg.conninfo
from django.db import connection

from office.core.commands import CannotDo

Ask = Callable[[str], list[tuple[Any, ...]]]
#: A counter of SQLite's own and whatever begins like it; the rest is the office's.
_OWN = "name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"


@dataclass(frozen=True)
class Facts:
    """What a copy must hold: rows by table, migrations, and the newest checkpoint (its number of entries, its note)."""

    engine: str
    counts: dict[str, int] = field(default_factory=dict)
    migrations: list[list[str]] = field(default_factory=list)
    sealed: int = 0
    note: str = ""


def take(into: Path) -> Facts:
    """Copy the database to the file ``into`` and return what it held at that moment. Raises CannotDo."""
    return _take_sqlite(into) if connection.vendor == "sqlite" else _take_postgres(into)


def copy(into: Path) -> None:
    """Copy the database to the file ``into``, whatever it holds. Raises CannotDo."""
    if connection.vendor == "postgresql":
        _require_program("pg_dump", server_version())
        _run("pg_dump", own_database(), "--format=custom", f"--file={into}")
        return
    try:
        with _reader() as source, closing(sqlite3.connect(into)) as target:
            source.backup(target)
    except sqlite3.Error as fault:
        raise CannotDo(f"The database could not be copied: {fault}.") from fault


def facts(engine: str, ask: Ask, tables: Iterable[str]) -> Facts:
    """Ask one reader, in one transaction, for what the database holds."""
    known = sorted(set(tables))
    counts = {table: int(ask(f'SELECT count(*) FROM "{table}"')[0][0]) for table in known}  # noqa: S608 (a catalog's name)
    if "django_migrations" not in counts or "audit_checkpoint" not in counts:
        raise CannotDo("The database holds no office yet: there is nothing to back up.")
    migrations = [list(row) for row in ask("SELECT app, name FROM django_migrations ORDER BY app, name")]
    newest = ask("SELECT size, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1")
    sealed, note = newest[0] if newest else (0, "")
    return Facts(engine, counts, migrations, int(sealed), str(note))


# --- SQLite


def sqlite_path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _reader() -> closing[sqlite3.Connection]:
    """A connection of its own to the office's file, that can write nothing."""
    return closing(sqlite3.connect(f"file:{sqlite_path()}?mode=ro", uri=True, timeout=20, isolation_level=None))


def _take_sqlite(into: Path) -> Facts:
    path = sqlite_path()
    if not path.exists():
        raise CannotDo(f"There is no database at {path}: nothing to back up.")
    try:
        # One read transaction for the counts and the copy: WAL lets everybody write meanwhile.
        with _reader() as source:
            source.execute("BEGIN")
            found = facts("sqlite", _asker(source), _sqlite_tables(source))
            with closing(sqlite3.connect(into)) as target:
                source.backup(target)
        check_sqlite(into)
    except sqlite3.Error as fault:
        raise CannotDo(f"The database could not be copied: {fault}.") from fault
    return found


def check_sqlite(file: Path) -> None:
    """Have SQLite look through the whole file. Raises CannotDo with its first complaint."""
    try:
        with closing(sqlite3.connect(file)) as copy:
            said = copy.execute("PRAGMA integrity_check(1)").fetchone()[0]
    except sqlite3.DatabaseError as fault:
        said = str(fault)
    if said != "ok":
        raise CannotDo(f"The copy of the database is damaged: {str(said).splitlines()[0]}.")


def sqlite_facts(file: Path) -> Facts:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as copy:
        return facts("sqlite", _asker(copy), _sqlite_tables(copy))


def _sqlite_tables(source: sqlite3.Connection) -> list[str]:
    asked = f"SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' AND {_OWN}"  # noqa: S608
    return [name for (name,) in source.execute(asked)]


def _asker(source: sqlite3.Connection) -> Ask:
    return lambda statement: source.execute(statement).fetchall()


# --- PostgreSQL

_TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
Target = dict[str, Any]  #: what libpq needs to reach a database


def own_database() -> Target:
    """Return how to reach the database that the settings name."""
    known = {option.keyword.decode() for option in psycopg.pq.Conninfo.get_defaults()}
    given: dict[str, Any] = connection.get_connection_params()
    return {key: value for key, value in given.items() if key in known}


def _take_postgres(into: Path) -> Facts:
    target = own_database()
    _require_program("pg_dump", server_version())
    with _reading(target) as (ask, shown):
        found = facts("postgresql", ask, [name for (name,) in ask(_TABLES)])
        # Uncompressed: the archive is packed as a whole.
        _run("pg_dump", target, "--format=custom", "--compress=0", f"--snapshot={shown}", f"--file={into}")
    return found


@contextmanager
def _reading(target: Target) -> Iterator[tuple[Ask, str]]:
    """A connection of its own that sees one moment, and the name by which pg_dump sees the same."""
    with psycopg.connect(**target) as reader:
        reader.isolation_level, reader.read_only = psycopg.IsolationLevel.REPEATABLE_READ, True

        def ask(statement: str) -> list[tuple[Any, ...]]:
            return reader.execute(statement.encode()).fetchall()

        yield ask, str(ask("SELECT pg_export_snapshot()")[0][0])


def postgres_facts(target: Target) -> Facts:
    with _reading(target) as (ask, _):
        return facts("postgresql", ask, [name for (name,) in ask(_TABLES)])


@contextmanager
def scratch_postgres() -> Iterator[Target]:
    """A database of the same server that is dropped afterwards. Raises CannotDo when we may not make one."""
    own, name = own_database(), f"frontdesk_drill_{uuid4().hex[:12]}"
    with psycopg.connect(**own, autocommit=True) as maker:
        try:
            maker.execute(f'CREATE DATABASE "{name}" TEMPLATE template0'.encode())
        except psycopg.errors.InsufficientPrivilege:
            words = (
                "The drill may not make a scratch database: ALTER ROLE … CREATEDB for the role that DATABASE_URL names."
            )
            raise CannotDo(words) from None
        try:
            yield {**own, "dbname": name}
        finally:
            maker.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())


def is_empty() -> bool:
    """Whether the database that the settings name holds no table."""
    if connection.vendor == "sqlite":
        return not sqlite_path().exists()
    with _reading(own_database()) as (ask, _):
        return not ask(_TABLES)


def put_into_postgres(dump: Path, target: Target, *, made_by: int) -> None:
    """Restore a dump into an empty database, in one transaction. ``made_by`` is the version of the dump's server."""
    server = server_version()
    if made_by > server:
        raise CannotDo(f"The back-up is from PostgreSQL {made_by}; this server is {server}. Use {made_by} or newer.")
    _require_program("pg_restore", made_by)
    _run("pg_restore", target, "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(dump))


def empty_postgres() -> None:
    """Take out everything that a restore put into our database. Only ever called for one that was empty before."""
    connection.close()
    with psycopg.connect(**own_database()) as hand:
        hand.execute("DROP SCHEMA public CASCADE")
        hand.execute("CREATE SCHEMA public")


def server_version() -> int:
    """Return PostgreSQL's major version; 0 on SQLite, whose files every version reads."""
    if connection.vendor != "postgresql":
        return 0
    with psycopg.connect(**own_database()) as asked:
        return int(asked.info.server_version) // 10_000


def url_of(target: Target) -> str:
    """Return the URL for a process that is to work on ``target``, which is on the settings' own server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{quote(str(target['dbname']))}"))


def database_of(url: str) -> str:
    return unquote(urlsplit(url).path.removeprefix("/"))


def _require_program(name: str, server: int) -> None:
    try:
        said = subprocess.run([name, "--version"], capture_output=True, text=True, check=True, timeout=30).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        raise CannotDo(f"{name} was not found. On Debian: apt install postgresql-client-{server}.") from None
    version = int(next(iter(re.findall(r"(\d+)", said)), 0))
    if version < server:
        raise CannotDo(
            f"{name} is version {version}, the server {server}; it must not be older. "
            f"On Debian: apt install postgresql-client-{server}."
        )


def _run(program: str, target: Target, *arguments: str) -> None:
    """Run one of PostgreSQL's programs; the password travels in the environment, where no other user sees it."""
    password = target.get("password")
    shown = {key: value for key, value in target.items() if key != "password"}
    done = subprocess.run(  # noqa: S603 (its name is ours, its arguments are the settings')
        [program, f"--dbname={psycopg.conninfo.make_conninfo(**shown)}", "--no-password", *arguments],
        env={**os.environ, **({"PGPASSWORD": str(password)} if password else {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        # The line that says what; those after it may quote rows.
        words = next((line for line in done.stderr.splitlines() if "error" in line.lower()), done.stderr[:200])
        raise CannotDo(f"{program} could not do it: {words.removeprefix(f'{program}: ').strip()[:300]}")
