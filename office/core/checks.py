"""What the database must be told so that its own log holds no patient; said by `./run migrate`."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning  # noqa: A004 (Django's name)
from django.db import connections

#: PostgreSQL writes a refused row into its log as DETAIL, and the whole statement with its values as STATEMENT.
KEEPS_VALUES_OUT = {
    "log_error_verbosity": {"terse"},
    "log_min_error_statement": {"fatal", "panic"},
    "log_statement": {"none", "ddl"},
    "log_min_duration_statement": {"-1"},
    "log_parameter_max_length_on_error": {"0"},
}


def the_server_log_names_nobody(*, databases: Sequence[str] | None = None, **options: Any) -> list[CheckMessage]:
    """Warn of each setting under which PostgreSQL writes values of our rows into its log."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        if connections[alias].vendor != "postgresql":
            continue
        with connections[alias].cursor() as cursor:
            cursor.execute(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s) ORDER BY name", [list(KEEPS_VALUES_OUT)]
            )
            found += [_told(name, value) for name, value in cursor.fetchall() if value not in KEEPS_VALUES_OUT[name]]
    return found


def _told(name: str, value: str) -> CheckMessage:
    right = sorted(KEEPS_VALUES_OUT[name])[-1]
    return Warning(
        f"PostgreSQL may write patients' data into its log: {name} is {value}.",
        hint=f"ALTER SYSTEM SET {name} = '{right}'; SELECT pg_reload_conf();",
        id="office.W001",
    )
