"""Level 3: the amounts of a claim add up, its own and those of payers before (X222, 1.4.4; X12 RFI 1115, 1294, 2168).

(a) charge of the claim = sum of its lines; (b) charge of a line = paid + adjusted, for each payer that decided on it;
(c) what a payer paid = sum paid on its lines less what was adjusted at the claim; (d) charge of the claim = paid +
adjusted at the claim and at its lines.
"""

from collections.abc import Iterable, Iterator

from edi.loops import Loop, Say, Segment
from edi.money import cents, dollars


class Unreadable(ValueError):
    """An amount that is none; level 1 has said so, and what rests on it cannot be added up."""


def check(claim: Loop, say: Say) -> None:
    """Say which equations of a claim (loop 2300) fail."""
    clm = claim.first("CLM")
    if clm is None:
        return
    lines = list(claim.inside("2400"))
    for index, element, words in _failures(claim, clm, lines):
        say(index, element, "balance", words)


def _failures(claim: Loop, clm: Segment, lines: list[Loop]) -> Iterator[tuple[int, str, str]]:
    try:
        charge, charged = _amount(clm[2]), sum(_charge(line) for line in lines)
    except Unreadable:
        return
    if lines and charge != charged:
        words = f"CLM02 is {dollars(charge)}; the lines add up to {dollars(charged)}."
        yield clm.index, "CLM02", words
    for coverage in claim.inside("2320"):
        try:
            yield from _of_coverage(coverage, charge, lines)
        except Unreadable:
            continue


def _of_coverage(coverage: Loop, charge: int, lines: list[Loop]) -> Iterator[tuple[int, str, str]]:
    payer = _payer(coverage)
    decided = [(line, one) for line in lines for one in line.inside("2430") if payer and _paid_by(one) == payer]
    for line, one in decided:
        yield from _of_line(line, one)
    paid, at_claim = coverage.first("AMT", "D"), _adjusted([coverage])
    on_lines = sum(_amount(svd[2]) for _, one in decided for svd in one.all("SVD"))
    if paid is None:
        return
    said = _amount(paid[2])
    if decided and said != on_lines - at_claim:
        words = (
            f"AMT02 says the payer paid {dollars(said)}; its lines and adjustments make {dollars(on_lines - at_claim)}."
        )
        yield paid.index, "AMT02", words
    explained = said + at_claim + _adjusted(one for _, one in decided)
    if (decided or coverage.first("CAS")) and explained != charge:
        words = (
            f"The other payer's payment and adjustments make {dollars(explained)}; the claim charges {dollars(charge)}."
        )
        yield paid.index, "AMT02", words


def _of_line(line: Loop, decision: Loop) -> Iterator[tuple[int, str, str]]:
    svd = decision.first("SVD")
    if svd is None:
        return
    charge, explained = _charge(line), _amount(svd[2]) + _adjusted([decision])
    if charge != explained:
        words = f"Paid and adjusted on this line make {dollars(explained)}; the line charges {dollars(charge)}."
        yield svd.index, "SVD02", words


def _payer(coverage: Loop) -> str:
    payer = coverage.one("2330B")
    name = payer.first("NM1") if payer else None
    return name[9] if name else ""


def _paid_by(decision: Loop) -> str:
    svd = decision.first("SVD")
    return svd[1] if svd else ""


def _charge(line: Loop) -> int:
    return sum(_amount(service[2]) for service in line.all("SV1"))


def _adjusted(loops: Iterable[Loop]) -> int:
    return sum(_amount(cas[at]) for loop in loops for cas in loop.all("CAS") for at in range(3, 20, 3) if cas[at])


def _amount(text: str) -> int:
    try:
        return cents(text)
    except ValueError:
        raise Unreadable from None
