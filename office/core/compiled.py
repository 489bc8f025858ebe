"""Reads on the way of every booking: Django builds their SQL once, and then only the values change.

Building such a statement takes Django several times as long as the database takes to answer it. The statement stays an
ordinary queryset, so there is no SQL of our own to keep in step with the models.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Self

from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.transaction import TransactionManagementError


class Later(Expression):
    """A value that is known when the statement runs, by its name; ``later - timedelta`` is the moment that much before.

    A None equals nothing, as in SQL.
    """

    def __init__(self, name: str, output_field: Field[Any, Any], *, less: timedelta | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name, self.kind, self.less = name, output_field, less

    def __sub__(self, less: timedelta) -> Self:  # type: ignore[override]
        return type(self)(self.name, self.kind, less=less)

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self]

    def among(self, values: dict[str, Any]) -> Any:
        """Return the value as this database takes it."""
        value = values[self.name] if self.less is None else values[self.name] - self.less
        return self.kind.get_db_prep_value(value, connection, prepared=False)


class Compiled:
    """A queryset of ``values_list``, built once for each kind of database; call it with the values of its ``Later``.

    Returns plain tuples. One that locks raises TransactionManagementError outside a transaction, as a queryset does.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._built: dict[str, tuple[str, list[Any], list[Any], bool]] = {}

    def __call__(self, **values: Any) -> list[tuple[Any, ...]]:
        sql, parameters, columns, locks = self._built.get(connection.vendor) or self._compile()
        if locks and connection.get_autocommit():
            raise TransactionManagementError("A row is locked within a transaction.")
        with connection.cursor() as cursor:
            cursor.execute(sql, [one.among(values) if isinstance(one, Later) else one for one in parameters])
            rows: list[tuple[Any, ...]] = cursor.fetchall()
        return _converted(rows, columns) if rows else rows

    def _compile(self) -> tuple[str, list[Any], list[Any], bool]:
        query: Any = self._build().query
        compiler = query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        built = self._built[connection.vendor] = (sql, list(parameters), columns, query.select_for_update)
        return built


def _converted(rows: list[tuple[Any, ...]], columns: list[Any]) -> list[tuple[Any, ...]]:
    """Return what the database gave as Python has it: SQLite knows no UUID and no moment."""
    # Asked of this thread's connection each time: a converter kept would keep another thread's connection open.
    of = [
        (place, column, [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)])
        for place, column in enumerate(columns)
    ]
    needed = [one for one in of if one[2]]
    if not needed:
        return rows
    changed = [list(row) for row in rows]
    for row in changed:
        for place, column, converters in needed:
            for convert in converters:
                row[place] = convert(row[place], column, connection)
    return [tuple(row) for row in changed]
