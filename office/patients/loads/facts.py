"""What a row of the patients' table says, and what a chart says already, in one form that can be compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from office.core.tables.values import NotAValue, Phone, objection_to_name, person_name, without_phones
from office.patients.models import Patient, Telecom
from office.patients.rules.dates import OLDEST_AGE, age_on
from office.patients.rules.names import fold

_SEXES = {
    "f": "F", "female": "F", "woman": "F", "girl": "F", "w": "F", "m": "M", "male": "M", "man": "M", "boy": "M",
    "x": "X", "other": "X", "nonbinary": "X", "nb": "X", "o": "X", "u": "U", "unknown": "U", "undifferentiated": "U",
    "unassigned": "U", "notspecified": "U", "declined": "U", "choosenottodisclose": "U",
}  # fmt: skip
_LANGUAGES = {"english": "en", "eng": "en", "spanish": "es", "espanol": "es", "spa": "es", "chinese": "zh",
    "vietnamese": "vi", "russian": "ru", "french": "fr", "arabic": "ar", "korean": "ko", "tagalog": "tl",
    "portuguese": "pt", "german": "de", "haitian creole": "ht"}  # fmt: skip
_PHONES = (("cell_phone", "mobile"), ("home_phone", "home"), ("work_phone", "work"))


class Wrong(ValueError):
    """The row is no patient; the message says why."""


@dataclass
class Facts:
    """Columns of the patient's own row, and what hangs on it: phones by use, e-mails, an address, numbers."""

    own: dict[str, Any]
    phones: dict[str, str] = field(default_factory=dict)
    emails: list[str] = field(default_factory=list)
    address: tuple[str, str, str, str, str] | None = None
    number: str = ""
    ssn: str = ""

    def known(self) -> dict[str, Any]:
        """Return what likeness compares."""
        line, _, city, state, code = self.address or ("", "", "", "", "")
        phone = next(iter(self.phones), "")
        return {**self.own, "phone": phone, "line": line, "city": city, "state": state, "postal_code": code}

    def said(self) -> dict[str, Any]:
        """Return every statement by a name of its own; the same name again with another value is a change."""
        found: dict[str, Any] = {name: str(value) for name, value in self.own.items()}
        found.update({f"phone {number}": "" for number in self.phones})
        found.update({f"email {address}": "" for address in self.emails})
        if self.address:
            found["address " + " ".join(fold(part) for part in self.address)] = ""
        if self.number:
            found[f"number {self.number}"] = ""
        return found


def facts_of(values: Mapping[str, Any], today: date) -> Facts:
    """Return what a row says. Raises Wrong for what is not one person who can be told from others."""
    own, phones = _names(values)
    _dates(own, values, today)
    _choices(own, values)
    numbers = {f"+1{phone}": "mobile" for phone in phones}
    for name, use in _PHONES:
        found = values.get(name)
        if isinstance(found, Phone):
            numbers.setdefault(f"+1{found.digits}", use)
    facts = Facts(own, dict(list(numbers.items())[:6]), number=values.get("old_number", ""))
    if email := values.get("email"):
        if not re.fullmatch(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;]+", email):
            raise Wrong(f"E-mail: “{email[:60]}” is no address")
        facts.emails = [email.lower()]
    if any(name in values for name in ("line", "city", "postal_code")):
        facts.address = tuple(values.get(name, "") for name in ("line", "line2", "city", "state", "postal_code"))
    if number := values.get("ssn"):
        digits = re.sub(r"\D", "", number)
        if len(digits) not in {8, 9} or digits in {"000000000", "999999999", "123456789"}:
            raise Wrong("Social security number: it has not nine digits")
        facts.ssn = digits.zfill(9)
    return facts


def _names(values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]]:
    try:
        if "family_name" not in values and "full_name" in values:
            name = person_name(values["full_name"])
            own = {
                "family_name": name.family,
                "given_name": name.given,
                "middle_name": name.middle,
                "suffix": name.suffix,
            }
            phones = name.phones
        else:
            own, phones = _parts(values)
    except NotAValue as fault:
        raise Wrong(f"Name: {fault}") from fault
    own = {name: value for name, value in own.items() if value}
    if called := values.get("called"):
        own["called"] = called
    if not own.get("family_name") and phones:
        raise Wrong("Name: there is only a phone number")
    if not own.get("family_name"):
        raise Wrong("Name: there is no family name")
    if not own.get("given_name") and "birth_date" not in values:
        raise Wrong("Name: there is neither a given name nor a birth date")
    return own, phones


def _parts(values: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    own: dict[str, str] = {}
    phones: tuple[str, ...] = ()
    for part in ("family_name", "given_name", "middle_name", "suffix"):
        text, found = without_phones(values.get(part, ""))
        phones += found
        if objection := objection_to_name(text):
            raise NotAValue(objection)
        own[part] = text
    if not own["given_name"] and "," in own["family_name"]:
        name = person_name(own["family_name"])
        return {
            "family_name": name.family,
            "given_name": name.given,
            "middle_name": name.middle,
            "suffix": name.suffix,
        }, phones
    if "," in own["family_name"]:
        head, _, suffix = own["family_name"].partition(",")
        own["family_name"], own["suffix"] = head.strip(), own["suffix"] or suffix.strip()[:20]
    return own, phones


def _dates(own: dict[str, Any], values: Mapping[str, Any], today: date) -> None:
    if born := values.get("birth_date"):
        if born > today:
            raise Wrong(f"Birth date: {born:%m/%d/%Y} is still to come")
        if age_on(born, today) > OLDEST_AGE:
            raise Wrong(f"Birth date: {born:%m/%d/%Y} is more than {OLDEST_AGE} years ago")
        own["birth_date"] = born
    if died := values.get("died_on"):
        if died > today or (born and died < born):
            raise Wrong(f"Date of death: {died:%m/%d/%Y} cannot be")
        own["died_on"], own["is_deceased"] = died, True


def _choices(own: dict[str, Any], values: Mapping[str, Any]) -> None:
    if sex := values.get("sex"):
        known = _SEXES.get(re.sub(r"[^a-z]", "", sex.casefold()))
        if known is None:
            raise Wrong(f"Sex: “{sex[:30]}” is not female, male, another or unknown")
        if known != Patient.Sex.UNKNOWN:
            own["sex"] = known
    if language := values.get("language"):
        own["language"] = _LANGUAGES.get(fold(language), language.casefold()[:20])
    if status := values.get("marital_status"):
        own["marital_status"] = status[:20].casefold()


def facts_of_chart(patient: Patient, names: Mapping[str, Any]) -> Facts:
    """Return what a chart says of the same things; telecoms, addresses and identifiers are prefetched."""
    own = {name: getattr(patient, name) for name in names}
    telecoms = patient.telecoms.all()
    return Facts(
        own,
        {one.value: one.use for one in telecoms if one.system == Telecom.System.PHONE},
        [one.value.lower() for one in telecoms if one.system == Telecom.System.EMAIL],
    )
