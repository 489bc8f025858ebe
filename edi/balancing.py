"""Whether an 835 adds up (X221, section 1.10.2). What does not is said, never mended.

B1 to B5 look inside one payment, B8 at its envelope; B6 and B7 need a ledger.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from edi.money import dollars
from edi.problems import Problem
from edi.remittance_835 import Adjustment, Claim, Remittance

#: These mean that the payment does not add up; the others are things payers do, worth a look.
DECISIVE: Final = frozenset({"B1", "B2", "B4"})


@dataclass(frozen=True, slots=True)
class Fault:
    """An equation that fails: the claim (CLP01) and the line in it from 1, where there is one; what the rest of the
    payment makes of the figure, what the figure says, and the difference, found less expected."""

    equation: str
    claim: str | None
    line: int | None
    expected: str
    found: str
    difference: str | None


def faults(payment: Remittance) -> list[Fault]:
    """Return what does not add up, in the order of the file; then the payment as a whole."""
    found = [fault for claim in payment.claims for fault in _of_claim(claim)]
    taken = sum(one.amount for one in payment.provider_adjustments)
    found += _unequal("B4", None, None, sum(claim.paid for claim in payment.claims) - taken, payment.paid)
    return found


def envelope_faults(problems: Iterable[Problem]) -> list[Fault]:
    """Return B8: counts and control numbers of trailers that disagree with what stands before them."""
    return [_of_envelope(problem) for problem in problems if problem.expected or problem.found]


def is_balanced(found: Iterable[Fault]) -> bool:
    return not any(fault.equation in DECISIVE for fault in found)


def _of_claim(claim: Claim) -> Iterator[Fault]:
    lines = claim.lines
    for number, line in enumerate(lines, 1):
        yield from _unequal("B1", claim, number, line.charge - _sum(line.adjustments), line.paid)
    at_claim, at_lines = _sum(claim.adjustments), sum(_sum(line.adjustments) for line in lines)
    yield from _unequal("B2", claim, None, claim.charge - at_claim - at_lines, claim.paid)
    if lines:
        yield from _unequal("B3", claim, None, sum(line.charge for line in lines), claim.charge)
        yield from _unequal("B3", claim, None, sum(line.paid for line in lines) - at_claim, claim.paid)
    if not claim.is_reversal:  # X221: CLP05 is not sent on a reversal
        everywhere = [*claim.adjustments, *(one for line in lines for one in line.adjustments)]
        owed = [one for one in everywhere if one.group == "PR"]
        yield from _unequal("B5", claim, None, _sum(owed), claim.patient_responsibility)


def _sum(adjustments: Iterable[Adjustment]) -> int:
    return sum(one.amount for one in adjustments)


def _unequal(equation: str, claim: Claim | None, line: int | None, expected: int, found: int) -> Iterator[Fault]:
    if expected != found:
        control = claim.control if claim else None
        yield Fault(equation, control, line, dollars(expected), dollars(found), dollars(found - expected))


def _of_envelope(problem: Problem) -> Fault:
    counts = problem.code == "count" and problem.found.isdigit()
    difference = str(int(problem.found) - int(problem.expected)) if counts else None
    return Fault("B8", None, None, problem.expected, problem.found, difference)
