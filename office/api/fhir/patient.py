"""A FHIR R4 Patient as the rows we keep. Race, birth place, multiple birth and the rest stay in the verbatim copy."""

import re
from datetime import date
from typing import Any

import phonenumbers

from office.api.fhir.elements import Wrong, a_date, a_moment, codes, concept_text, each, one, text, words
from office.patients.actions.bulk import Arrival
from office.patients.models import Address, Contact, Identifier, Name, Patient, Telecom

_SEX = {"female": "F", "male": "M", "other": "X", "unknown": "U"}
_NAMES = {"maiden": Name.Kind.MAIDEN, "old": Name.Kind.FORMER}
_SSN_SYSTEM = "http://hl7.org/fhir/sid/us-ssn"
_IDENTIFIERS = {"MR": "MR", "DL": "DL", "PPN": "PPN"}
_USES = {"mobile": "mobile", "home": "home", "work": "work", "old": "old"}
_ADDRESS_USES = {"temp": "temp", "old": "old", "billing": "mail"}
_SSN = re.compile(r"\d{3}-?\d{2}-?\d{4}")


def read(resource: dict[str, Any], *, today: date) -> Arrival:
    """Return the patient with everything that has a place. Raises Wrong."""
    names = list(each(resource, "name"))
    present = _present(names)
    birth_date = a_date(resource, "birthDate")
    if birth_date and (birth_date > today or birth_date.year < 1850):
        raise Wrong("birthDate is in the future" if birth_date > today else "birthDate is before 1850")
    given = words(present, "given")
    patient = Patient(
        family_name=_family(present), given_name=given[0][:80] if given else "", middle_name=" ".join(given[1:])[:80],
        prefix=" ".join(words(present, "prefix"))[:20], suffix=" ".join(words(present, "suffix"))[:20],
        called=next((_first(name) for name in names if name.get("use") == "nickname"), "")[:80],
        birth_date=birth_date, sex=_sex(resource), language=_language(resource),
        marital_status=_code(one(resource, "maritalStatus"))[:20],
    )  # fmt: skip
    _death(resource, patient)
    arrival = Arrival(patient)
    arrival.names = [
        _other_name(patient, name) for name in names if name is not present and name.get("use") != "nickname"
    ]
    _identify(resource, arrival)
    arrival.telecoms = [row for row in (_telecom(patient, item) for item in each(resource, "telecom")) if row]
    arrival.addresses = [_address(patient, item) for item in each(resource, "address")]
    arrival.contacts = [_contact(patient, item) for item in each(resource, "contact")]
    return arrival


def _present(names: list[dict[str, Any]]) -> dict[str, Any]:
    """The name in use: official, else usual, else the first that is not past."""
    for use in ("official", "usual", None):
        for name in names:
            if name.get("use") == use:
                return name
    return next((name for name in names if name.get("use") not in {"old", "maiden", "nickname"}), (names or [{}])[0])


def _family(name: dict[str, Any]) -> str:
    family = text(name, "family", 80) or text(name, "text", 160).split(",")[0].split(" ")[-1][:80]
    if not family:
        raise Wrong("name has no family name")
    return family


def _first(name: dict[str, Any]) -> str:
    return next(iter(words(name, "given")), "") or text(name, "text", 80)


def _other_name(patient: Patient, name: dict[str, Any]) -> Name:
    given = words(name, "given")
    return Name(
        patient=patient, kind=_NAMES.get(text(name, "use"), Name.Kind.ALIAS), family_name=_family(name),
        given_name=given[0][:80] if given else "", middle_name=" ".join(given[1:])[:80],
        until_on=a_date(one(name, "period"), "end"),
    )  # fmt: skip


def _sex(resource: dict[str, Any]) -> str:
    gender = text(resource, "gender") or "unknown"
    if gender not in _SEX:
        raise Wrong("gender is none of male, female, other, unknown")
    return _SEX[gender]


def _language(resource: dict[str, Any]) -> str:
    spoken = sorted(each(resource, "communication"), key=lambda item: item.get("preferred") is not True)
    code = _code(one(spoken[0], "language")) if spoken else ""
    language = code.lower()[:20] or "en"
    return "en" if language in {"en-us", "eng"} else language


def _code(concept: dict[str, Any]) -> str:
    return next((text(coding, "code") for coding in each(concept, "coding") if coding.get("code")), "") or text(
        concept, "text", 20
    )


def _death(resource: dict[str, Any], patient: Patient) -> None:
    is_dead = resource.get("deceasedBoolean", False)
    if not isinstance(is_dead, bool):
        raise Wrong("deceasedBoolean is neither true nor false")
    when = a_moment(resource, "deceasedDateTime")
    patient.is_deceased = is_dead or when is not None
    # The day as the source writes it: its own zone's, not ours.
    patient.died_on = a_date({"on": text(resource, "deceasedDateTime", 40)[:10]}, "on") if when else None


def _identify(resource: dict[str, Any], arrival: Arrival) -> None:
    for item in each(resource, "identifier"):
        value, system, kind = text(item, "value", 120), text(item, "system", 200), _code(one(item, "type"))
        if not value:
            continue
        if kind in {"SS", "SSN"} or system in {_SSN_SYSTEM, "urn:oid:2.16.840.1.113883.4.1"}:
            arrival.social_security_numbers.append(value)
            continue
        if _SSN.fullmatch(value) and "-" in value:
            # Looks like one, wherever it stands: it is sealed like one.
            arrival.social_security_numbers.append(value)
            continue
        arrival.identifiers.append(
            Identifier(patient=arrival.patient, kind=_IDENTIFIERS.get(kind, "other"), system=system, value=value)
        )


def phone(said: str) -> str:
    """Return a phone number as E.164 when it can be one, else as it was written."""
    try:
        parsed = phonenumbers.parse(said, "US")
    except phonenumbers.NumberParseException:
        return said[:254]
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def _telecom(patient: Patient, item: dict[str, Any]) -> Telecom | None:
    value, system = text(item, "value", 254), text(item, "system")
    if not value or system not in {"phone", "email", "fax", "sms"}:
        return None
    use = _USES.get(text(item, "use"), "mobile" if system == "sms" else "home")
    rank = item.get("rank", 1)
    return Telecom(
        patient=patient, system="phone" if system == "sms" else system, use=use,
        value=value if system == "email" else phone(value),
        rank=rank if isinstance(rank, int) and 0 < rank < 100 else 1,
    )  # fmt: skip


def _address(patient: Patient, item: dict[str, Any]) -> Address:
    lines = words(item, "line")
    return Address(
        patient=patient, use=_ADDRESS_USES.get(text(item, "use"), "home"),
        line=(lines[0] if lines else text(item, "text"))[:160], line2=", ".join(lines[1:])[:160],
        city=text(item, "city", 80), state=text(item, "state", 40), postal_code=text(item, "postalCode", 12),
        country=(text(item, "country", 3) or "US").upper(),
    )  # fmt: skip


def _contact(patient: Patient, item: dict[str, Any]) -> Contact:
    name = one(item, "name")
    said = " ".join([*words(name, "given"), text(name, "family")]).strip() or text(name, "text", 160)
    said = said or text(one(item, "organization"), "display", 160) or "Not named"
    relation_codes = {code.get("code") for concept in each(item, "relationship") for code in codes(concept)}
    relations = [concept_text(concept, 40) for concept in each(item, "relationship")]
    numbers = [text(entry, "value", 40) for entry in each(item, "telecom") if entry.get("system") == "phone"]
    return Contact(
        patient=patient, name=said[:160], relationship=(relations or ["Contact"])[0] or "Contact",
        phone=phone(numbers[0])[:20] if numbers else "",
        is_emergency_contact="C" in relation_codes,
    )  # fmt: skip
