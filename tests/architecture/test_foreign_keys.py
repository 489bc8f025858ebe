"""Relations point down, like imports; a string foreign key is an import that import-linter cannot see."""

import tomllib

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey

from tests.architecture.sources import ROOT


def heights() -> dict[str, int]:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["name"] == "Areas depend downward")["layers"]
    return {area.strip(): -depth for depth, layer in enumerate(layers) for area in layer.split("|")}


RELATIONS = [
    (model, field)
    for area in settings.AREAS
    for model in apps.get_app_config(area).get_models()
    for field in model._meta.get_fields()
    if field.is_relation and not field.auto_created and field.related_model
]


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=str)
def test_relations_point_down(model: type, field: object) -> None:
    of, to = model._meta.app_label, field.related_model._meta.app_label  # type: ignore[attr-defined]
    if to in heights():
        assert of == to or heights()[to] < heights()[of], f"{of} may not point up to {to}"


def test_nothing_is_a_generic_foreign_key() -> None:
    generic = [
        field
        for area in settings.AREAS
        for model in apps.get_app_config(area).get_models()
        for field in model._meta.private_fields
        if isinstance(field, GenericForeignKey)
    ]
    assert generic == []
