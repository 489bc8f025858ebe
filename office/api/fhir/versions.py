"""Whether a resource is FHIR R4, by what it says and by what R4 never says.

A resource seldom names its version. What gives it away (hl7.org/fhir/R4/diff.html): types that R4 does not have,
elements that R4 removed or renamed, one value where R4 has a list, elements that R4 requires, HL7's own code systems
under the addresses they had before R4 (terminology.hl7.org since), and what only R5 has.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

_EARLIER_TYPES = frozenset(
    [
        "BodySite",
        "DataElement",
        "DeviceComponent",
        "EligibilityRequest",
        "EligibilityResponse",
        "ExpansionProfile",
        "ImagingManifest",
        "ProcedureRequest",
        "ProcessRequest",
        "ProcessResponse",
        "ReferralRequest",
        "Sequence",
        "ServiceDefinition",
        "Order",
        "OrderResponse",
        "DiagnosticOrder",
        "MedicationOrder",
        "ImagingObjectSelection",
        "DeviceUseRequest",
        "Conformance",
    ]
)
_LATER_TYPES = frozenset(
    [
        "ActorDefinition",
        "ArtifactAssessment",
        "BiologicallyDerivedProductDispense",
        "ConditionDefinition",
        "DeviceAlert",
        "DeviceAssociation",
        "DeviceDispense",
        "DeviceUsage",
        "EncounterHistory",
        "FormularyItem",
        "GenomicStudy",
        "ImagingSelection",
        "InventoryItem",
        "InventoryReport",
        "NutritionIntake",
        "Permission",
        "Requirements",
        "TestPlan",
        "Transport",
    ]
)
#: Elements of STU3 and DSTU2 that R4 does not have, by type.
_EARLIER: Mapping[str, frozenset[str]] = {
    kind: frozenset(elements.split())
    for kind, elements in {
        "AllergyIntolerance": "substance lastOccurence assertedDate",
        "Appointment": "indication incomingReferral reason",
        "CarePlan": "context modified definition",
        "CareTeam": "context",
        "Communication": "notDone notDoneReason context definition reason",
        "CommunicationRequest": "context requestedOn reason",
        "Condition": "assertedDate context dateRecorded notes",
        "Consent": "consentingParty actor action period data except dataPeriod purpose",
        "Coverage": "sequence grouping bin planId groupPlan",
        "Device": "model",
        "DiagnosticReport": "context image codedDiagnosis",
        "DocumentReference": "class created indexed",
        "Encounter": "reason indication patient incomingReferral",
        "Goal": "status targetDate",
        "Immunization": "notGiven wasNotGiven date explanation vaccinationProtocol practitioner reported",
        "MedicationAdministration": "wasNotGiven notGiven prescription reasonNotGiven definition",
        "MedicationDispense": "notDone notDoneReason",
        "MedicationRequest": "context definition",
        "MedicationStatement": "taken notTaken wasNotTaken reasonNotTaken",
        "Observation": "context related comment comments",
        "Patient": "animal careProvider",
        "Practitioner": "practitionerRole role",
        "Procedure": "notDone notDoneReason context definition notPerformed reasonNotPerformed",
        "Slot": "freeBusyType",
        "SupplyRequest": "orderedItem when",
        "Task": "context reason definition definitionUri definitionReference",
    }.items()
}
_LATER: Mapping[str, frozenset[str]] = {
    kind: frozenset(elements.split())
    for kind, elements in {
        "Appointment": "class virtualService cancellationDate recurrenceTemplate previousAppointment",
        "CarePlan": "custodian",
        "Consent": "grantor grantee decision regulatoryBasis controller manager",
        "DocumentReference": "modality bodySite attester",
        "Encounter": "actualPeriod plannedStartDate plannedEndDate virtualService careTeam admission",
        "Immunization": "basedOn supportingInformation administeredProduct informationSource",
        "Location": "form virtualService contact",
        "MedicationRequest": "medication renderedDosageInstruction effectiveDosePeriod device",
        "Observation": "triggeredBy instantiatesCanonical instantiatesReference",
        "Organization": "qualification description",
        "Practitioner": "deceasedBoolean deceasedDateTime",
        "Procedure": "occurrenceDateTime occurrencePeriod reportedBoolean reportedReference recorded",
        "Task": "requestedPerformer performer",
    }.items()
}
#: One value in an earlier version, a list in R4.
_LISTS = {
    "Appointment": ("serviceCategory", "identifier"),
    "Consent": ("identifier",),
    "Schedule": ("serviceCategory", "identifier"),
    "Slot": ("serviceCategory", "identifier"),
    "SupplyRequest": ("identifier",),
    "Patient": ("identifier", "name", "telecom", "address"),
    "Encounter": ("identifier", "type", "participant"),
}
#: A list in an earlier (or, for Encounter.class, a later) version, one value in R4.
_SINGLES = {"Communication": ("topic",), "Task": ("requester",)}
_REQUIRED = {
    "Consent": ("scope", "category"),
    "SupplyRequest": ("quantity",),
    "Encounter": ("class", "status"),
    "Immunization": ("status", "vaccineCode", "patient"),
    "Observation": ("status", "code"),
    "Task": ("status", "intent"),
    "Condition": ("subject",),
    "DocumentReference": ("status", "content"),
}
_EARLIER_SYSTEM = re.compile(
    r'"http://hl7\.org/fhir/(?:v2/|v3/|identifier-type"|location-physical-type"|consentcategorycodes"|'
    r'observation-category"|condition-category"|condition-clinical"|condition-ver-status"|organization-type"|'
    r'diagnosis-role"|encounter-type"|admit-source"|discharge-disposition"|contactentity-type"|referencerange-meaning"|'
    r'task-performer-type"|vaccination-protocol|allergy-clinical|marital-status"|data-absent-reason")'
)
_R4_SYSTEMS = b"http://terminology.hl7.org/CodeSystem/"


def objection_to(resource: Mapping[str, Any], raw: bytes) -> str | None:
    """Return why a resource is not R4 that we read, or None. ``raw`` is its JSON."""
    kind = resource["resourceType"]
    if kind in _EARLIER_TYPES:
        return f"not FHIR R4: {kind} is a type of an earlier version (STU3 or DSTU2)"
    if kind in _LATER_TYPES:
        return f"not FHIR R4: {kind} is a type of R5"
    if (version := resource.get("fhirVersion")) and not str(version).startswith("4.0"):
        return f"not FHIR R4: it says version {str(version)[:20]}"
    if found := sorted(_EARLIER.get(kind, frozenset()) & resource.keys()):
        return f"not FHIR R4: {kind}.{found[0]} is an element of an earlier version (STU3 or DSTU2)"
    if found := sorted(_LATER.get(kind, frozenset()) & resource.keys()):
        return f"not FHIR R4: {kind}.{found[0]} is an element of R5"
    return _shape(kind, resource) or _missing(kind, resource) or _systems(raw)


def _shape(kind: str, resource: Mapping[str, Any]) -> str | None:
    if kind == "Encounter" and not isinstance(resource.get("class", {}), dict):
        version = "R5" if isinstance(resource["class"], list) else "DSTU2"
        return f"not FHIR R4: Encounter.class is written as in {version}"
    for element in _LISTS.get(kind, ()):
        if element in resource and not isinstance(resource[element], list):
            return f"not FHIR R4: {kind}.{element} is a list in R4, here it is one value"
    for element in _SINGLES.get(kind, ()):
        if isinstance(resource.get(element), list):
            return f"not FHIR R4: {kind}.{element} is one value in R4, here it is a list"
    requester = resource.get("requester")
    if isinstance(requester, dict) and requester.keys() & {"agent", "onBehalfOf"}:
        return f"not FHIR R4: {kind}.requester.agent is of an earlier version (STU3)"
    return None


def _missing(kind: str, resource: Mapping[str, Any]) -> str | None:
    for element in _REQUIRED.get(kind, ()):
        if element not in resource:
            return f"{kind}.{element} is missing, which FHIR R4 requires"
    return None


def _systems(raw: bytes) -> str | None:
    if _R4_SYSTEMS in raw:
        return None  # some R4 programs still write one or two of the old addresses beside the new ones
    found = _EARLIER_SYSTEM.search(raw.decode())
    if found is None:
        return None
    return (
        f"not FHIR R4: a code system stands at {json.loads(found[0].rstrip(chr(34)) + chr(34))}, its address before R4"
    )
