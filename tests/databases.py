"""Databases that tests may commit to and throw away: copies of a migrated template, on both engines.

PostgreSQL is a server of the tests' own, started where its programs are found, or the one that TEST_DATABASE_URL names.
"""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from django.core.management import call_command
from django.db import connections

from config.database import database

NO_POSTGRES = (
    "PostgreSQL was not found: install it (Debian: apt install postgresql) or set TEST_DATABASE_URL to a server "
    "on which databases may be made."
)

# Stops the server when the tests that started it end, however they end: its standard input closes with them.
_WATCH = '"$@" & read -r _; kill -INT $!; wait $!'


class NoPostgres(Exception):
    """No server can be had here; the message says how to get one."""


@dataclass(frozen=True)
class RealDatabase:
    """A migrated database of one test, for threads (through Django's connection) and processes (through the URL)."""

    url: str

    @property
    def vendor(self) -> str:
        return "sqlite" if self.url.startswith("sqlite") else "postgresql"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that is to work on this database."""
        return {**os.environ, "DATABASE_URL": self.url}


@contextmanager
def connected_to(url: str) -> Iterator[None]:
    """Point Django's default connection, in every thread, at another database for a while."""
    before = connections.settings["default"]
    connections["default"].close()
    del connections["default"]
    # Configured as Django configures its own, by a handler of the same kind.
    connections.settings["default"] = type(connections)({"default": database(url)}).settings["default"]
    try:
        yield
    finally:
        connections["default"].close()
        del connections["default"]
        connections.settings["default"] = before


def migrate(url: str) -> None:
    """Make the tables of the database at ``url``."""
    with connected_to(url):
        call_command("migrate", verbosity=0)


def sqlite_copy(template: Path, folder: Path) -> str:
    """Copy a closed SQLite file; return the copy's URL."""
    copy = folder / f"{uuid4().hex}.sqlite3"
    shutil.copyfile(template, copy)
    return f"sqlite:///{copy}"


# --- PostgreSQL


def programs() -> Path:
    """Return the folder of the newest PostgreSQL server's programs."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name), reverse=True)
    if found := shutil.which("initdb"):
        folders.append(Path(found).resolve().parent)
    for folder in folders:
        if (folder / "postgres").exists():
            return folder
    raise NoPostgres(NO_POSTGRES)


def _unprivileged() -> str:
    """Return who runs the server: PostgreSQL refuses root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            pwd.getpwnam(name)
            return name
    raise NoPostgres("PostgreSQL refuses to run as root, and there is no other user here to run it as.")


@contextmanager
def throwaway_postgres(*, durable: bool = False) -> Iterator[str]:
    """Run a server in a folder of its own, reached by a Unix socket; yield its URL. Nothing of it is kept.

    ``durable`` writes through to the disk, as an office's server does: for measuring.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    binaries, user = programs(), _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="frontdesk-postgres-"))
    # user= drops from root; None leaves an ordinary user as it is.
    run_as = user if os.geteuid() == 0 else None
    if run_as:
        shutil.chown(folder, user)
    data = folder / "data"
    try:
        subprocess.run(
            [binaries / "initdb", "-D", data, "-U", "frontdesk", "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
            check=True,
            user=run_as,
            cwd=folder,
            capture_output=True,
        )
        # As in an office: a DETAIL line quotes the row's values, a STATEMENT line those that were to be written.
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(folder),
            "max_connections": "120",
            # For tests no fsync: the folder is thrown away.
            **({} if durable else {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}),
            "log_error_verbosity": "terse",
            "log_min_error_statement": "panic",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("w") as log:
            server = subprocess.Popen(
                ["sh", "-c", _WATCH, "sh", binaries / "postgres", "-D", data, *options],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                user=run_as,
                cwd=folder,
                start_new_session=True,
            )
        try:
            url = f"postgres://frontdesk@/postgres?host={quote(str(folder), safe='')}"
            _wait_for(url, folder / "log")
            yield url
        finally:
            server.communicate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, log: Path) -> None:
    for _ in range(200):
        with suppress(psycopg.OperationalError):
            psycopg.connect(url).close()
            return
        time.sleep(0.05)
    raise NoPostgres(f"The tests' own PostgreSQL did not start: {log.read_text()[-300:]}")


def named(url: str, name: str) -> str:
    """Return the URL of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def _say(server: str, statement: str) -> None:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(statement)


def postgres_template(server: str) -> str:
    """Make a migrated template database; return its name."""
    name = f"template_{uuid4().hex[:12]}"
    _say(server, f"CREATE DATABASE {name}")
    migrate(named(server, name))
    return name


@contextmanager
def postgres_copy(server: str, template: str) -> Iterator[str]:
    """Copy the template for one test, and drop the copy with whatever still hangs on it."""
    name = f"test_{uuid4().hex[:12]}"
    _say(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield named(server, name)
    finally:
        _say(server, f"DROP DATABASE {name} WITH (FORCE)")
