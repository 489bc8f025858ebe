"""What a newcomer may rely on: file names, sizes, first lines, screens of one's own, no signals, test names."""

import ast
from pathlib import Path

import pytest

from office.core.actions import ACTIONS
from tests.architecture.sources import ROOT, is_test, name_of, python_files, tree_of

FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc", "services", "managers", "base"}
SIGNAL_MODULES = ("django.db.models.signals", "django.dispatch", "django.core.signals")
#: allauth tells of a sign-in only by a signal.
MAY_RECEIVE = {"office/staff/sign_in.py"}
ALL = list(python_files())
OURS = [path for path in ALL if not is_test(path)]
SCREENS = [path for path in OURS if path.name == "views.py" or "views" in path.parts]
TESTS = [path for path in ALL if path.name.startswith("test_")]


@pytest.mark.parametrize("path", ALL, ids=name_of)
def test_files_stay_small_and_say_what_they_hold(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 400, "Over 400 lines: make it a folder of the same name"
    assert path.stem not in FORBIDDEN_NAMES
    if text.strip():
        assert ast.get_docstring(tree_of(path)), "The first line says what the module holds"


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_no_signals(path: Path) -> None:
    if name_of(path) in MAY_RECEIVE:
        return
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom):
            assert not (node.module or "").startswith(SIGNAL_MODULES)


@pytest.mark.parametrize("path", OURS, ids=name_of)
def test_nothing_is_left_to_do_in_a_comment(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not any(mark in text for mark in ("TODO", "FIXME", "XXX", "NotImplementedError"))


@pytest.mark.parametrize(
    "path", [path for path in OURS if path.name == "views.py" or "views" in path.parts], ids=name_of
)
def test_screens_do_not_use_another_areas_screens(path: Path) -> None:
    area = path.relative_to(ROOT).parts[1]
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("office."):
            _, other, *rest = node.module.split(".")
            assert other == area or not {"views", "forms"} & set(rest)


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_every_function_that_takes_fixtures_is_a_test_or_a_fixture(path: Path) -> None:
    """A check whose name does not begin with ``test_`` never runs, and nobody notices."""
    tree = tree_of(path)
    called = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("test_") and not node.decorator_list:
            assert node.name in called, f"{node.name} is neither a test nor used"


@pytest.mark.parametrize("path", TESTS, ids=name_of)
def test_every_test_can_fail(path: Path) -> None:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
            text = ast.unparse(node)
            assert any(word in text for word in ("assert", "raises", "expect", "check")), f"{node.name} asserts nothing"


def test_every_action_asks_for_a_permission_that_exists() -> None:
    from office.core.permissions import Permission

    known = {permission.value for permission in Permission}
    assert {name: permission for name, permission in ACTIONS.items() if permission not in known} == {}


def test_no_file_names_a_folder_of_one_machine() -> None:
    marks = [f"/{'home'}/", f"/{'work'}/", f"/{'root'}/"]
    named = []
    for path in [*ALL, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "run"]:
        text = path.read_text(encoding="utf-8")
        named += [f"{name_of(path)}: {mark}" for mark in marks if mark in text]
    assert named == []
