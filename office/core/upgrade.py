"""Bringing an older office's tables to this version."""

from collections.abc import Iterable, Sequence

from django.db.migrations.loader import MigrationLoader


def is_newer(applied: Iterable[Sequence[str]]) -> bool:
    """Whether a database with these migrations (app, name) was used by a newer version than this."""
    loader = MigrationLoader(None)
    replaced = {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    known = {*loader.disk_migrations, *replaced}
    return any((app, name) not in known for app, name in applied)
