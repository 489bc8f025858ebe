"""Level 4: what a situation calls for stands, and what it forbids does not (X222, situational rules).

A warning says what payers refuse often but the claim alone cannot prove wrong.
"""

import re
from collections.abc import Callable, Iterator
from typing import Final

from edi.loops import Loop, Segment
from edi.problems import Severity

#: Segment, element, code, sentence, severity.
Fault = tuple[int, str, str, str, Severity]

_BOX: Final = re.compile(
    r"\bP\.?\s*O\.?\s*(?:BOX|B\.?\s*\d)|\bPOST\s+OFFICE\s+BOX|^\s*(?:LOCK)?BOX\s+\d", re.IGNORECASE
)
_MEDICARE: Final = {"MA", "MB"}
_ACCIDENTS: Final = {"AA", "EM", "OA"}
_BY_OTHER_WAY: Final = {"BM", "EL", "EM", "FT", "FX"}  # PWK02: the attachment travels apart, and is found by its number
_ANESTHESIA: Final = re.compile(r"0[01]\d{3}", re.ASCII)  # CPT 00100 to 01999
#: Anesthesia codes that are counted, not timed: a daily visit, and a burn's further area.
_COUNTED: Final = {"01953", "01996"}


def faults(root: Loop) -> Iterator[Fault]:
    """Yield what the situations of a whole transaction miss."""
    for provider in root.everywhere("2010AA"):
        yield from _billing_address(provider)
    for subscriber in root.everywhere("2000B"):
        yield from _subscriber(subscriber)
    for claim in root.everywhere("2300"):
        for rule in _CLAIM_RULES:
            yield from rule(claim)


def _error(segment: Segment | Loop, element: str, code: str, words: str) -> Fault:
    return segment.index, element, code, words, Severity.ERROR


def _warning(segment: Segment | Loop, element: str, code: str, words: str) -> Fault:
    return segment.index, element, code, words, Severity.WARNING


def _billing_address(provider: Loop) -> Iterator[Fault]:
    for street in provider.all("N3"):
        for position in (1, 2):
            if _BOX.search(street[position]):
                words = "The billing provider's address is a P.O. box; it must be a street. Pay-to takes a box."
                yield _error(street, f"N3{position:02}", "po_box", words)
    for city in provider.all("N4"):
        if city[4] in {"", "US"} and not re.fullmatch(r"\d{9}", city[3], re.ASCII):
            yield _error(city, "N403", "zip", "The billing provider's ZIP code must have nine digits, without a dash.")


def _subscriber(loop: Loop) -> Iterator[Fault]:
    sbr, person = loop.first("SBR"), loop.one("2010BA")
    patients, claims = list(loop.inside("2000C")), list(loop.inside("2300"))
    if sbr is not None:
        if claims and sbr[2] != "18":
            yield _error(sbr, "SBR02", "missing", "SBR02 must be 18: the claim below is the subscriber's own.")
        if patients and sbr[2] and not claims:
            words = "SBR02 may not stand: the patient below is another than the subscriber."
            yield _error(sbr, "SBR02", "not_used", words)
        yield from _medicare_second(sbr)
    for holder in patients or [loop]:
        if holder.one("2300") is None:
            yield _error(holder, "CLM", "missing", f"{holder.place.words.capitalize()} has no claim.")
    if person is not None:
        yield from _insured(person, is_patient=bool(claims))


def _insured(person: Loop, *, is_patient: bool) -> Iterator[Fault]:
    for tag, what in (("N3", "street"), ("N4", "city"), ("DMG", "birth date and sex")):
        if is_patient and person.first(tag) is None:
            words = f"The subscriber is the patient; the segment {tag} ({what}) is missing."
            yield _error(person, tag, "missing", words)
    name = person.first("NM1")
    if name and name[2] == "1" and not name[9]:
        yield _error(name, "NM109", "missing", "The subscriber's member number is missing.")


def _medicare_second(sbr: Segment) -> Iterator[Fault]:
    second = sbr[1] not in {"P", ""}
    if second and sbr[9] in _MEDICARE and not sbr[5]:
        yield _error(sbr, "SBR05", "missing", "Medicare is not the first payer: SBR05 must say why.")
    if sbr[5] and not (second and sbr[9] in _MEDICARE):
        words = "SBR05 may stand only where Medicare is billed and is not the first payer."
        yield _error(sbr, "SBR05", "not_used", words)


def _replacement(claim: Loop) -> Iterator[Fault]:
    clm = claim.first("CLM")
    if clm and clm.part(5, 3) in {"7", "8"} and claim.first("REF", "F8") is None:
        words = "A replacement or a void needs the payer's number of the claim it takes the place of (REF*F8)."
        yield _error(clm, "REF", "missing", words)


def _accident(claim: Loop) -> Iterator[Fault]:
    clm = claim.first("CLM")
    if clm is None:
        return
    causes = {clm.part(11, at) for at in (1, 2, 3)} & _ACCIDENTS
    if "AA" in causes and not clm.part(11, 4) and not clm.part(11, 5):
        yield _error(clm, "CLM11-4", "missing", "An auto accident needs the state where it happened.")
    if causes & {"AA", "OA"} and claim.first("DTP", "439") is None:
        yield _error(clm, "DTP", "missing", "An accident needs its date (DTP*439).")


def _diagnoses(claim: Loop) -> Iterator[Fault]:
    hi = next((one for one in claim.all("HI") if one.part(1, 1) in {"ABK", "BK"}), None)
    known = sum(bool(hi[at]) for at in range(1, 13)) if hi else 0
    for line in claim.inside("2400"):
        for service in line.all("SV1"):
            pointers = [service.part(7, at) for at in range(1, 5)]
            for at, pointer in enumerate(pointers, 1):
                if pointer.isascii() and pointer.isdigit() and not 1 <= int(pointer[:4]) <= known:
                    words = f"SV107-{at} points to diagnosis {int(pointer[:4])}; the claim has {known}."
                    yield _error(service, f"SV107-{at}", "pointer", words)
            used = [pointer for pointer in pointers if pointer]
            if len(set(used)) < len(used):
                yield _error(service, "SV107", "pointer_twice", "The line points to one diagnosis twice.")


def _attachments(claim: Loop) -> Iterator[Fault]:
    for loop in (claim, *claim.inside("2400")):
        for attachment in loop.all("PWK"):
            if attachment[2] in _BY_OTHER_WAY and attachment[1] != "CT" and not attachment[6]:
                words = (
                    "The attachment is sent apart: it needs the number by which the payer finds it (PWK05 AC, PWK06)."
                )
                yield _error(attachment, "PWK06", "missing", words)


def _other_coverages(claim: Loop) -> Iterator[Fault]:
    subscriber = claim.above("2000B")
    sbr = subscriber.first("SBR") if subscriber else None
    seen = {sbr[1]} if sbr else set[str]()
    for coverage in claim.inside("2320"):
        other = coverage.first("SBR")
        if other and other[1] in seen - {"U", ""}:
            words = "Two coverages of one claim have the same place in the order of payers (SBR01)."
            yield _error(other, "SBR01", "order_twice", words)
        seen |= {other[1]} if other else set()
    before = {"S": "P", "T": "PS"}.get(sbr[1], "") if sbr else ""
    if sbr and not seen.issuperset(before):
        words = f"The claim goes to the {'second' if len(before) == 1 else 'third'} payer; one before it is missing."
        yield _error(sbr, "SBR01", "payer_before", words)


def _other_payers(claim: Loop) -> Iterator[Fault]:
    payers = set[str]()
    for coverage in claim.inside("2320"):
        payer = coverage.one("2330B")
        name = payer.first("NM1") if payer else None
        if name and name[9] in payers:
            words = "Two other payers have one number; their payments cannot be told apart."
            yield _error(name, "NM109", "payer_twice", words)
        payers |= {name[9]} if name else set()
    for line in claim.inside("2400"):
        for decision in line.inside("2430"):
            svd = decision.first("SVD")
            if svd and svd[1] not in payers:
                words = "SVD01 names a payer that is none of the claim's other payers (loop 2330B, NM109)."
                yield _error(svd, "SVD01", "payer_unknown", words)


def _providers(claim: Loop) -> Iterator[Fault]:
    billing = claim.above("2000A")
    provider = billing.one("2010AA") if billing else None
    own = provider.first("NM1") if provider else None
    rendering, place = claim.one("2310B"), claim.one("2310C")
    name = rendering.first("NM1") if rendering else None
    if own and name and own[9] and own[9] == name[9]:
        words = "The rendering provider is the billing provider; it is named only where it is another."
        yield _warning(name, "NM109", "provider_twice", words)
    if provider and place:
        here, there = ([one.elements[1:] for one in loop.all("N3")] for loop in (provider, place))
        if here and here == there:
            words = "The place of service is the billing provider's own address; some payers refuse it when sent twice."
            yield _warning(place, "NM1", "address_twice", words)
    for city in place.all("N4") if place else ():
        if city[4] in {"", "US"} and not re.fullmatch(r"\d{9}", city[3], re.ASCII):
            yield _error(
                city, "N403", "zip", "The ZIP code of the place of service must have nine digits, without a dash."
            )


def _admission(claim: Loop) -> Iterator[Fault]:
    clm = claim.first("CLM")
    if clm and clm.part(5, 1) == "21" and claim.first("DTP", "435") is None:
        yield _warning(clm, "DTP", "missing", "Care in a hospital bed is billed with the admission date (DTP*435).")


def _anesthesia(claim: Loop) -> Iterator[Fault]:
    for line in claim.inside("2400"):
        for service in line.all("SV1"):
            code = service.part(1, 2)
            if _ANESTHESIA.fullmatch(code) and code not in _COUNTED and service[3] == "UN":
                words = "Anesthesia is billed in minutes (MJ); this line counts units."
                yield _warning(service, "SV103", "minutes", words)


_CLAIM_RULES: Final[tuple[Callable[[Loop], Iterator[Fault]], ...]] = (
    _replacement, _accident, _diagnoses, _attachments, _other_coverages, _other_payers, _providers, _admission,
    _anesthesia,
)  # fmt: skip
