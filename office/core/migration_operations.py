"""Promises that only one of the two databases can keep in its own words."""

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def _only(vendor: str, statements: tuple[str, ...], undo: tuple[str, ...]) -> migrations.RunPython:
    def run(_apps: Any, schema_editor: BaseDatabaseSchemaEditor, *, lines: tuple[str, ...] = statements) -> None:
        if schema_editor.connection.vendor == vendor:
            for line in lines:
                schema_editor.execute(line, params=None)

    def take_back(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        run(apps, schema_editor, lines=undo)

    return migrations.RunPython(run, take_back)


def postgres_only(*statements: str, undo: tuple[str, ...] = ()) -> migrations.RunPython:
    """Run SQL on PostgreSQL and nothing elsewhere."""
    return _only("postgresql", statements, undo)


def sqlite_only(*statements: str, undo: tuple[str, ...] = ()) -> migrations.RunPython:
    """Run SQL on SQLite and nothing elsewhere."""
    return _only("sqlite", statements, undo)
