"""Bringing an older office's tables to this version: whole or not at all, after a copy, beside writers.

All migrations of an upgrade run in one transaction. An old process that still writes waits for it, or is told that
its write failed; what it acknowledged before is in the upgraded tables. A migration that fails takes all back.
"""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from config import state
from office.core import snapshot
from office.core.commands import CannotDo

log = logging.getLogger("office.commands")
KEPT = 3  # copies from before an upgrade; the next ones push the oldest out


def is_newer(applied: Iterable[Sequence[str]]) -> bool:
    """Whether a database with these migrations (app, name) was used by a newer version than this."""
    loader = MigrationLoader(None)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    known = {*loader.disk_migrations, *replaced}
    return any((app, name) not in known for app, name in applied)


def is_due() -> bool:
    """Whether the tables are older than this version. Raises CannotDo when they are newer."""
    executor = MigrationExecutor(connection)
    if is_newer(executor.loader.applied_migrations):
        raise CannotDo(
            f"This office was last used by a newer version of Frontdesk than this one ({settings.VERSION}). "
            "Nothing was changed. Install that version, or restore a back-up from before it."
        )
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@contextmanager
def whole() -> Iterator[None]:
    """Let the migrations inside be done together or not at all, after a copy of what they begin with.

    Raises CannotDo when one fails; the old tables are then as they were.
    """
    kept = keep_a_copy()
    if connection.vendor == "sqlite":
        # SQLite changes a table by making it anew, and looks for foreign keys at the end; inside it cannot be told to.
        connection.disable_constraint_checking()
    try:
        with transaction.atomic():
            yield
            connection.check_constraints()
    except CannotDo:
        raise
    except Exception as fault:
        log.error("An upgrade failed", exc_info=fault)
        copy = f" A copy from before is {kept}." if kept else ""
        raise CannotDo(
            f"The upgrade to version {settings.VERSION} failed ({type(fault).__name__}) and was taken back: the office "
            f"is as it was. Run the version from before, and send us {state.folder() / 'logs' / 'frontdesk.log'}.{copy}"
        ) from fault
    finally:
        connection.enable_constraint_checking()


def keep_a_copy() -> Path | None:
    """Copy the database before it is changed, into ``upgrades/``; None when there is nothing in it yet."""
    if snapshot.is_empty() or not MigrationRecorder(connection).applied_migrations():
        return None
    folder = state.made(state.folder() / "upgrades")
    ending = "sqlite3" if connection.vendor == "sqlite" else "pgdump"
    copy = folder / f"before-{settings.VERSION}-{timezone.now():%Y%m%dT%H%M%SZ}.{ending}"
    snapshot.copy(copy)
    copy.chmod(0o600)
    for old in sorted(folder.glob("before-*"), key=lambda path: path.stat().st_mtime, reverse=True)[KEPT:]:
        old.unlink()
    return copy


def settle(action: str) -> None:
    """Before each migration have PostgreSQL check what it put off: it changes no table that has checks outstanding."""
    if action == "apply_start" and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
