"""Only actions write. The few others that may are infrastructure, named here with their reason."""

import ast
import re
from pathlib import Path

import pytest

from tests.architecture.sources import is_test, name_of, python_files, tree_of

WRITES = {
    "save", "create", "delete", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "asave", "acreate",
    "adelete", "abulk_create",
}  # fmt: skip
#: Names whose ``update``, ``add``, ``set``, ``remove`` or ``clear`` is a queryset's or a relation's, not a dict's.
QUERYSET_MARKS = {"objects", "filter", "exclude", "all"}
CHANGES_ROWS = re.compile(r"\s*(INSERT INTO|DELETE FROM|TRUNCATE|UPDATE \S+ SET)\b")
INFRASTRUCTURE = {
    "office/patients/access.py": "opening a chart leaves a trace, and emergency access begins with a row",
    "office/patients/search_index.py": "the search index is derived, rebuildable, and written by the actions it serves",
    "office/scheduling/occupancy.py": "derived occupancy, rebuildable, written in the booking's transaction",
    "office/core/jobs.py": "the queue's own rows",
    "office/core/timetable.py": "when each line of the timetable was last due",
    "office/core/files.py": "bytes on the disk",
    "office/core/after_undo.py": "effects held back until nobody can undo them",
    "office/staff/sign_in.py": "allauth's adapters and receivers",
    "office/staff/sessions.py": "the session store's own rows",
}


def may_write(path: Path) -> bool:
    name = name_of(path)
    parts = Path(name).parts
    return (
        is_test(path)
        or name in INFRASTRUCTURE
        or parts[:2] == ("office", "audit")
        or path.name == "actions.py"
        or "actions" in parts[:-1]
    )


def writes_in(path: Path) -> list[str]:
    found = []
    for node in ast.walk(tree_of(path)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        called, text = node.func.attr, ast.unparse(node.func.value)
        on_rows = any(mark in text.replace("(", ".").split(".") for mark in QUERYSET_MARKS)
        writes = called in WRITES and not text.endswith(("cookies", "cache", "session"))
        if writes or (called in {"update", "_raw_delete"} and on_rows):
            found.append(f"{node.lineno}: {text}.{called}()")
    return found


@pytest.mark.parametrize("path", [path for path in python_files("office") if not may_write(path)], ids=name_of)
def test_only_actions_write(path: Path) -> None:
    assert writes_in(path) == [], "Changes of records belong in the area's actions.py"


@pytest.mark.parametrize("path", [path for path in python_files("office") if not may_write(path)], ids=name_of)
def test_only_actions_change_rows_by_sql(path: Path) -> None:
    words = [node.value for node in ast.walk(tree_of(path)) if isinstance(node, ast.Constant)]
    assert [word for word in words if isinstance(word, str) and CHANGES_ROWS.match(word)] == []


def test_a_write_is_seen(tmp_path: Path) -> None:
    sample = tmp_path / "views.py"
    sample.write_text("Patient.objects.filter(pk=1).update(x=1)\nthing.save()\nseen.update({1: 2})\n")
    assert writes_in(sample) == ["1: Patient.objects.filter(pk=1).update()", "2: thing.save()"]
