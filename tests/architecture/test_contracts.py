"""The lists that must agree: areas on disk, areas installed, areas in the contract."""

import tomllib
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.ROOT)


def areas_in_the_contract() -> set[str]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["name"] == "Areas depend downward")["layers"]
    return {area.strip() for layer in layers for area in layer.split("|")} - {"reactions", "timetable", "wiring"}


def test_every_area_is_a_package_installed_and_in_the_contract() -> None:
    on_disk = {folder.name for folder in (ROOT / "office").iterdir() if (folder / "__init__.py").exists()}
    assert on_disk == set(settings.AREAS) == areas_in_the_contract()
