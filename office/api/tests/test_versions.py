"""The tables that tell R4 from other versions, checked against models that others wrote."""

import pytest
from fhir.resources.R4B import get_fhir_model_class

from office.api.fhir import versions

NAMED = sorted(
    (kind, element) for table in (versions._EARLIER, versions._LATER) for kind in table for element in table[kind]
)


@pytest.mark.parametrize(("kind", "element"), NAMED)
def test_no_element_of_r4_counts_as_another_versions(kind: str, element: str) -> None:
    fields = get_fhir_model_class(kind).model_fields
    assert element not in {field.alias or name for name, field in fields.items()} | set(fields)


@pytest.mark.parametrize(("kind", "elements"), versions._REQUIRED.items())
def test_what_r4_requires_is_an_element_of_r4(kind: str, elements: tuple[str, ...]) -> None:
    fields = get_fhir_model_class(kind).model_fields
    assert set(elements) <= {field.alias or name for name, field in fields.items()}
