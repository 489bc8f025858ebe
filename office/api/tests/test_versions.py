"""The tables that tell R4 from other versions, checked against models that others wrote."""

import json
from typing import Any

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


def test_an_old_address_beside_a_new_one_does_not_make_a_resource_old() -> None:
    kind = {"coding": [{"system": "http://hl7.org/fhir/v2/0203", "code": "MR"}]}
    status = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v3-MaritalStatus", "code": "M"}]}
    patient: dict[str, Any] = {"resourceType": "Patient", "id": "1", "identifier": [{"type": kind, "value": "7"}]}
    assert versions.objection_to(patient, json.dumps(patient).encode()) is not None
    patient["maritalStatus"] = status
    assert versions.objection_to(patient, json.dumps(patient).encode()) is None
