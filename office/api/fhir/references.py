"""Whom and what a resource points at, in whatever form, and which source system it belongs to.

Equal ids of two systems are two things. A source is named, in this order, by: ``meta.source`` (without its fragment);
the system of the patient's medical record number; the system of the first identifier that is not a national one;
the address before ``/Type/id`` in an absolute fullUrl. What is about a patient belongs to the patient's source; what
is about nobody to the one source of its bundle or folder. So the same patient in a bundle and in a bulk export is one.
"""

import re
from typing import Any

from office.api.fhir.elements import each, one, text

_SUBJECTS = ("subject", "patient", "beneficiary", "for", "individual")
_NATIONAL = ("http://hl7.org/fhir/sid/", "urn:oid:2.16.840.1.113883.4.")
_ADDRESS = re.compile(r"(?P<base>https?://.*/)?(?P<kind>[A-Z][A-Za-z]+)/(?P<id>[A-Za-z0-9.\-]{1,64})(?:/_history/.*)?")
_CONDITIONAL = re.compile(r"(?P<kind>[A-Z][A-Za-z]+)\?identifier=(?P<token>[^&]+)")
_UUID = re.compile(r"urn:(?:uuid|oid):(?P<id>[A-Za-z0-9.\-]{1,64})")


def source_of(resource: dict[str, Any], full_url: str) -> str:
    """Return the source system that a resource names by itself, or an empty text."""
    said = text(one(resource, "meta"), "source", 120).partition("#")[0]
    identifiers = resource.get("identifier")
    systems = list(each(resource, "identifier")) if isinstance(identifiers, list) else []
    records = [item for item in systems if any(c.get("code") == "MR" for c in each(one(item, "type"), "coding"))]
    own = [text(item, "system", 120) for item in (*records, *systems)]
    own = [system for system in own if system and not system.startswith(_NATIONAL)]
    address = _ADDRESS.fullmatch(full_url)
    base = (address["base"] or "").rstrip("/")[:120] if address else ""
    return said or next(iter(own), "") or base


def target_of(reference: str, full_urls: dict[str, str]) -> str:
    """Return ``Type/id``, ``Type?system|value``, ``?/id`` when the type is not said, or an empty text."""
    if reference in full_urls:
        return full_urls[reference]
    if found := _ADDRESS.fullmatch(reference):
        return f"{found['kind']}/{found['id']}"
    if found := _CONDITIONAL.fullmatch(reference):
        return f"{found['kind']}?{found['token']}"
    if found := _UUID.fullmatch(reference):
        return f"?/{found['id']}"
    return ""


def subject_of(resource: dict[str, Any]) -> str:
    """Return the reference to whom the resource is about, or an empty text."""
    for element in _SUBJECTS:
        about = resource.get(element)
        if isinstance(about, dict) and isinstance(about.get("reference"), str):
            return str(about["reference"])
    for participant in each(resource, "participant") if resource["resourceType"] == "Appointment" else ():
        reference = text(one(participant, "actor"), "reference")
        if "Patient/" in reference:
            return reference
    return ""


def name_in(resource: dict[str, Any]) -> str:
    """Return how a practitioner, an organization or a place is called."""
    if not isinstance(resource.get("name"), list):
        return text(resource, "name", 200)
    for name in each(resource, "name"):
        parts = [name.get("prefix", []), name.get("given", []), [name.get("family", "")], name.get("suffix", [])]
        said = " ".join(str(word) for part in parts if isinstance(part, list) for word in part if word)
        if said or name.get("text"):
            return (said or text(name, "text"))[:200]
    return ""


def tokens_of(resource: dict[str, Any]) -> list[str]:
    """Return ``system|value`` of each identifier, by which a conditional reference points."""
    if not isinstance(resource.get("identifier"), list):
        return []
    return [f"{text(item, 'system')}|{text(item, 'value')}" for item in each(resource, "identifier")]
