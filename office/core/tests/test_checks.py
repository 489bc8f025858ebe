"""`./run migrate` says when the database server would write patients' data into its log."""

import pytest
from django.db import connection

from office.core.checks import KEEPS_VALUES_OUT, the_server_log_names_nobody

pytestmark = pytest.mark.django_db


def settings_warned_of() -> set[str]:
    found = {str(warning.msg) for warning in the_server_log_names_nobody(databases=["default"])}
    return {name for name in KEEPS_VALUES_OUT if any(f"{name} is" in words for words in found)}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no log")
@pytest.mark.parametrize(
    ("name", "value"),
    [("log_error_verbosity", "default"), ("log_min_error_statement", "error"), ("log_statement", "all")],
)
def test_names_the_setting_that_is_wrong(name: str, value: str) -> None:
    with connection.cursor() as cursor:
        for right, values in KEEPS_VALUES_OUT.items():
            cursor.execute(f"SET LOCAL {right} = '{sorted(values)[-1]}'")
        assert settings_warned_of() == set()
        cursor.execute(f"SET LOCAL {name} = '{value}'")
    assert settings_warned_of() == {name}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has a log")
def test_an_embedded_database_has_no_log_to_warn_of() -> None:
    assert settings_warned_of() == set()
