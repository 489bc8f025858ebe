"""Level 5: codes inside the claim are possible ones: numbers with a check digit, dates, ZIP codes, states, duplicates.

Lists that change are passed in as `CodeLists`; a list that is not passed in is not checked against, its shape is.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from edi.loops import Loop, Segment
from edi.npi import is_npi

Fault = tuple[int, str, str, str]


@dataclass(frozen=True, slots=True)
class CodeLists:
    """Codes known on the day of the claim; None means that no list is at hand."""

    places_of_service: frozenset[str] | None = None
    diagnoses: Callable[[str, str], bool] | None = None  # code, date of service CCYYMMDD
    procedures: Callable[[str, str], bool] | None = None
    taxonomies: frozenset[str] | None = None


_STATES: Final = frozenset(
    re.findall(
        "..",
        "ALAKAZARCACOCTDEDCFLGAHIIDILINIAKSKYLAMEMDMAMIMNMSMOMTNENVNHNJNMNYNCNDOHOKORPARISCSDTNTXUTVTVAWAWVWIWY"
        "ASGUMPPRVIFMMHPWAAAEAP",
    )
)
_PROVINCES: Final = frozenset(re.findall("..", "ABBCMBNBNLNSNTNUONPEQCSKYT"))
_ICD_10: Final = re.compile(r"[A-Z]\d[0-9A-Z][0-9A-Z]{0,4}", re.ASCII)
_ICD_9: Final = re.compile(r"(?:\d{3}|V\d\d)\d{0,2}|E\d{3}\d?", re.ASCII)
_PROCEDURE: Final = re.compile(r"\d{4}[0-9A-Z]|[A-Z]\d{4}", re.ASCII)
_MODIFIER: Final = re.compile(r"[0-9A-Z]{2}", re.ASCII)
_TAXONOMY: Final = re.compile(r"\d{3}[0-9A-Z]{6}X", re.ASCII)
_CLIA: Final = re.compile(r"\d\dD\d{7}", re.ASCII)
_TEN_FROM: Final = "20151001"  # ICD-10-CM for services from this day (45 CFR 162.1002)


def faults(root: Loop, lists: CodeLists) -> Iterator[Fault]:
    """Yield the impossible codes of a whole transaction."""
    bht = root.first("BHT")
    yield from _Checking(lists, bht[4] if bht and _is_day(bht[4]) else "").loop(root)


class _Checking:
    """Looks at every segment, with the birth date and the service date of the claim that it belongs to."""

    def __init__(self, lists: CodeLists, made: str) -> None:
        self.lists = lists
        self.made = made

    def loop(self, loop: Loop) -> Iterator[Fault]:
        for segment in loop.segments:
            check = _CHECKS.get(segment.tag)
            if check:
                yield from check(self, segment, loop)
        if loop.name == "2300":
            yield from self.claim(loop)
        for inner in loop.loops:
            yield from self.loop(inner)

    def nm1(self, s: Segment, _: Loop) -> Iterator[Fault]:
        if s[8] == "XX" and not is_npi(s[9]):
            yield s.index, "NM109", "npi", "NM109 is no NPI: its check digit does not fit."

    def n4(self, s: Segment, _: Loop) -> Iterator[Fault]:
        if s[4] not in {"", "US", "CA"}:
            return
        if s[2] and s[2] not in _STATES and s[2] not in _PROVINCES:
            yield s.index, "N402", "state", "N402 is no state, territory or province."
        if (s[2] in _STATES or s[4] == "US") and not _is_zip(s[3]):
            yield s.index, "N403", "zip", "N403 must be a ZIP code of five or nine digits, without a dash."

    def dmg(self, s: Segment, _: Loop) -> Iterator[Fault]:
        if s[1] == "D8":
            yield from self.day(s, "DMG02", s[2])
            if self.made and _is_day(s[2]) and s[2] > self.made:
                yield s.index, "DMG02", "future", "The birth date lies after the day on which the file was made."

    def pat(self, s: Segment, _: Loop) -> Iterator[Fault]:
        if s[5] == "D8":
            yield from self.day(s, "PAT06", s[6])

    def dtp(self, s: Segment, _: Loop) -> Iterator[Fault]:
        first, dash, last = s[3].partition("-")
        if s[2] == "D8":
            yield from self.day(s, "DTP03", s[3])
        elif s[2] == "RD8":
            if not (dash and _is_day(first) and _is_day(last)):
                yield s.index, "DTP03", "date", "DTP03 is no range of two dates CCYYMMDD-CCYYMMDD."
            elif last < first:
                yield s.index, "DTP03", "range", "The range of dates ends before it begins."
        if s[1] == "472" and self.made and _is_day(last or first) and (last or first) > self.made:
            yield s.index, "DTP03", "future", "The date of service lies after the day on which the file was made."

    def day(self, s: Segment, element: str, value: str) -> Iterator[Fault]:
        if value and not _is_day(value):
            yield s.index, element, "date", f"{element} is no date of the calendar (CCYYMMDD)."

    def prv(self, s: Segment, _: Loop) -> Iterator[Fault]:
        known = self.lists.taxonomies
        if s[2] == "PXC" and s[3] and (not _TAXONOMY.fullmatch(s[3]) or (known is not None and s[3] not in known)):
            yield s.index, "PRV03", "taxonomy", "PRV03 is no taxonomy code: ten characters that end in X."

    def ref(self, s: Segment, loop: Loop) -> Iterator[Fault]:
        shape = _REFERENCES.get((s[1], loop.name)) or _REFERENCES.get((s[1], ""))
        if shape and s[2] and not re.fullmatch(shape[0], s[2], re.ASCII):
            yield s.index, "REF02", shape[1], shape[2]

    def clm(self, s: Segment, _: Loop) -> Iterator[Fault]:
        known, place = self.lists.places_of_service, s.part(5, 1)
        if place and not re.fullmatch(r"\d\d", place, re.ASCII):
            yield s.index, "CLM05-1", "place_of_service", "CLM05-1 is no place of service: two digits."
        elif place and known is not None and place not in known:
            yield s.index, "CLM05-1", "place_of_service", "CLM05-1 is no place of service of the list in force."

    def hi(self, s: Segment, loop: Loop) -> Iterator[Fault]:
        day, seen = self.service_day(loop), set[str]()
        for position in range(1, 13):
            kind, code, element = s.part(position, 1), s.part(position, 2), f"HI{position:02}-2"
            if kind not in {"ABK", "ABF", "BK", "BF"} or not code:
                continue
            if code in seen:
                yield s.index, element, "diagnosis_twice", f"{element} repeats a diagnosis of this claim."
            seen.add(code)
            shape = _ICD_10 if kind.startswith("A") else _ICD_9
            known = self.lists.diagnoses
            if not shape.fullmatch(code) or (known is not None and not known(code, day)):
                yield s.index, element, "diagnosis", f"{element} is no diagnosis code, written without a point."
            elif day and kind.startswith("A") != (day >= _TEN_FROM):
                words = "ICD-10 for services since October 1, 2015, and ICD-9 before."
                yield s.index, f"HI{position:02}-1", "diagnosis_edition", words

    def sv1(self, s: Segment, loop: Loop) -> Iterator[Fault]:
        yield from self.procedure(s, 1, loop)
        known, place = self.lists.places_of_service, s[5]
        if place and (not re.fullmatch(r"\d\d", place, re.ASCII) or (known is not None and place not in known)):
            yield s.index, "SV105", "place_of_service", "SV105 is no place of service of the list in force."
        if s[2].startswith("-"):
            yield s.index, "SV102", "negative", "A charge may not be negative."
        if not re.search(r"[1-9]", s[4]) or s[4].startswith("-"):
            yield s.index, "SV104", "quantity", "The number of units or minutes must be more than zero."

    def svd(self, s: Segment, loop: Loop) -> Iterator[Fault]:
        yield from self.procedure(s, 3, loop)

    def procedure(self, s: Segment, position: int, loop: Loop) -> Iterator[Fault]:
        element, code, known = f"{s.tag}{position:02}", s.part(position, 2), self.lists.procedures
        is_one = bool(_PROCEDURE.fullmatch(code)) and (known is None or known(code, _day_of(loop)))
        if s.part(position, 1) == "HC" and code and not is_one:
            yield s.index, f"{element}-2", "procedure", f"{element}-2 is no procedure code of five characters."
        modifiers = [(at, s.part(position, at)) for at in range(3, 7) if s.part(position, at)]
        for at, modifier in modifiers:
            if not _MODIFIER.fullmatch(modifier):
                yield s.index, f"{element}-{at}", "modifier", f"{element}-{at} is no modifier of two characters."
        if len({modifier for _, modifier in modifiers}) < len(modifiers):
            yield s.index, element, "modifier_twice", f"{element} carries one modifier twice."

    def lin(self, s: Segment, _: Loop) -> Iterator[Fault]:
        if s[2] == "N4" and not re.fullmatch(r"\d{11}", s[3], re.ASCII):
            yield s.index, "LIN03", "ndc", "LIN03 must be the drug's NDC in eleven digits, without dashes."

    def ctp(self, s: Segment, _: Loop) -> Iterator[Fault]:
        if not re.search(r"[1-9]", s[4]) or s[4].startswith("-"):
            yield s.index, "CTP04", "quantity", "The drug's quantity must be more than zero."

    def claim(self, claim: Loop) -> Iterator[Fault]:
        birth = self.birth(claim)
        if not birth:
            return
        for line in claim.inside("2400"):
            service = line.first("DTP", "472")
            if service and _is_day(service[3][:8]) and service[3][:8] < birth:
                yield service.index, "DTP03", "before_birth", "The date of service lies before the patient's birth."

    def birth(self, claim: Loop) -> str:
        patient, subscriber = claim.above("2000C"), claim.above("2000B")
        person = patient.one("2010CA") if patient else subscriber.one("2010BA") if subscriber else None
        dmg = person.first("DMG") if person else None
        return dmg[2] if dmg and _is_day(dmg[2]) else ""

    def service_day(self, claim: Loop) -> str:
        return next((day for line in claim.inside("2400") if (day := _day_of(line))), "")


_Check = Callable[[_Checking, Segment, Loop], Iterator[Fault]]
_CHECKS: Final[dict[str, _Check]] = {
    name.upper(): getattr(_Checking, name)
    for name in ("nm1", "n4", "dmg", "pat", "dtp", "prv", "ref", "clm", "hi", "sv1", "svd", "lin", "ctp")
}
_REFERENCES: Final = {
    ("EI", ""): (r"\d{9}", "tax_number", "REF02 must be the employer's tax number in nine digits, without a dash."),
    ("SY", ""): (
        r"(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}",
        "ssn",
        "REF02 is no Social Security number.",
    ),
    ("X4", ""): (_CLIA.pattern, "clia", "REF02 is no CLIA number: two digits, D, seven digits."),
    ("F4", ""): (_CLIA.pattern, "clia", "REF02 is no CLIA number: two digits, D, seven digits."),
}


def _day_of(line: Loop) -> str:
    service = line.first("DTP", "472")
    return service[3][:8] if service and _is_day(service[3][:8]) else ""


def _is_zip(text: str) -> bool:
    return bool(re.fullmatch(r"\d{5}(?:\d{4})?", text, re.ASCII)) and text[:5] != "00000"


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{8}", text, re.ASCII):
        return False
    try:
        date(int(text[:4]), int(text[4:6]), int(text[6:]))
    except ValueError:
        return False
    return True
