"""The project's own Python, as text and as syntax trees, for the tests of its shape."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.ROOT)
PACKAGES = ("config", "edi", "office", "tests", "tools")


def python_files(*packages: str) -> Iterator[Path]:
    """Yield the files of the packages, migrations left out; without packages, of the whole project."""
    for package in packages or PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def is_test(path: Path) -> bool:
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"
