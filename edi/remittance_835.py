"""The payer's remittance, 835 005010X221A1: a payment, the claims that it pays, and what was taken or added beside.

Amounts are integer cents; dates stay as sent (CCYYMMDD). A segment that has no place here is passed over, so that a
code or qualifier of tomorrow costs no claim of today.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from edi.collecting import without_collecting
from edi.envelope import Transaction
from edi.money import cents
from edi.problems import Problem, Problems, Severity
from edi.segments import readable

REVERSAL: Final = "22"  # CLP02
CROSSED_OVER: Final = frozenset({"19", "20", "21"})  # CLP02: forwarded to another payer


@dataclass(slots=True)
class Adjustment:
    """One reason of a CAS: group ``CO``, ``PR``, ``OA``, ``PI`` (``CR`` in older files), CARC, cents, quantity."""

    group: str
    reason: str
    amount: int
    quantity: str = ""


@dataclass(slots=True)
class ServiceLine:
    """SVC: what was adjudicated; ``procedure`` as sent (``HC:99213:25``), ``original`` where the payer recoded it."""

    procedure: str
    charge: int
    paid: int
    units: str = ""
    original: str = ""
    adjustments: list[Adjustment] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    amounts: list[tuple[str, int]] = field(default_factory=list)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    segment: int = 0


@dataclass(slots=True)
class Party:
    """NM1 or N1: its role, names, and identifier with its qualifier."""

    role: str
    name: str
    given: str = ""
    middle: str = ""
    qualifier: str = ""
    identifier: str = ""


@dataclass(slots=True)
class Claim:
    """CLP: a claim's outcome. ``control`` is our number (CLP01), ``payer_control`` the payer's (CLP07)."""

    control: str
    status: str
    charge: int
    paid: int
    patient_responsibility: int
    filing: str = ""
    payer_control: str = ""
    place: str = ""
    frequency: str = ""
    adjustments: list[Adjustment] = field(default_factory=list)
    lines: list[ServiceLine] = field(default_factory=list)
    parties: list[Party] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    amounts: list[tuple[str, int]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    segment: int = 0

    @property
    def is_reversal(self) -> bool:
        return self.status == REVERSAL

    @property
    def is_crossed_over(self) -> bool:
        return self.status in CROSSED_OVER or any(party.role == "TT" for party in self.parties)


@dataclass(slots=True)
class ProviderAdjustment:
    """One pair of a PLB. A positive amount reduces the payment, a negative one adds to it (X221, 1.10.2.2)."""

    provider: str
    period_end: str
    reason: str
    reference: str
    amount: int


@dataclass(slots=True)
class Remittance:
    """One ST of an 835: ``paid`` is BPR02; ``trace`` (TRN02) and ``origin`` (TRN03) together are the check or EFT."""

    control: str
    paid: int = 0
    method: str = ""
    date: str = ""
    trace: str = ""
    origin: str = ""
    parties: list[Party] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    provider_adjustments: list[ProviderAdjustment] = field(default_factory=list)

    @property
    def lines(self) -> int:
        return sum(len(claim.lines) for claim in self.claims)


@without_collecting
def read(transaction: Transaction, problems: Problems) -> Remittance:
    """Return what an 835 says; each fault of its content is added to ``problems``. Never raises on what it holds."""
    return _Reading(transaction, problems).read()


class _Reading:
    """A walk over the segments; ``claim`` and ``line`` are those that the next segment belongs to."""

    def __init__(self, transaction: Transaction, problems: Problems) -> None:
        self.transaction = transaction
        self.problems = problems
        self.component = transaction.interchange.delimiters.component
        self.found = Remittance(transaction.control)
        self.claim: Claim | None = None
        self.line: ServiceLine | None = None
        self.index = 0
        self.seen: set[str] = set()

    def read(self) -> Remittance:
        element = self.transaction.interchange.delimiters.element
        take_of = _TAKES.get
        for index, piece in enumerate(self.transaction.pieces):
            elements = piece.split(element)
            take = take_of(elements[0])
            if take is not None:
                self.index = index
                take(self, elements)
        for tag, what in (("BPR", "says no amount paid"), ("TRN", "has no trace number")):
            if tag not in self.seen:
                self.index = 0
                self._say(tag, "missing", f"The payment {what}: its segment {tag} is missing.")
        return self.found

    def bpr(self, e: list[str]) -> None:
        e += _NOTHING[len(e) :]
        self.seen.add("BPR")
        self.found.paid = self._cents(e[2], "BPR02")
        self.found.method, self.found.date = e[4], e[16]

    def trn(self, e: list[str]) -> None:
        e += _NOTHING[len(e) :]
        if "TRN" not in self.seen:
            self.seen.add("TRN")
            self.found.trace, self.found.origin = e[2], e[3]

    def n1(self, e: list[str]) -> None:
        e += _NOTHING[len(e) :]
        self.found.parties.append(Party(e[1], readable(e[2]), qualifier=e[3], identifier=e[4]))

    def nm1(self, e: list[str]) -> None:
        e += _NOTHING[len(e) :]
        if self.claim is not None:
            party = Party(e[1], readable(e[3]), readable(e[4]), readable(e[5]), e[8], e[9])
            self.claim.parties.append(party)

    def clp(self, e: list[str]) -> None:
        e += _NOTHING[len(e) :]
        charge, paid = self._cents(e[3], "CLP03"), self._cents(e[4], "CLP04")
        owed = self._cents(e[5], "CLP05") if e[5] else 0
        number = self.transaction.segment + self.index
        self.claim = Claim(e[1], e[2], charge, paid, owed, e[6], e[7], e[8], e[9], segment=number)
        self.line = None
        self.found.claims.append(self.claim)
        if not e[1]:
            self._say("CLP01", "missing", "The claim has no control number, so no claim of ours can be found for it.")

    def svc(self, e: list[str]) -> None:
        e += _NOTHING[len(e) :]
        charge, paid = self._cents(e[2], "SVC02"), self._cents(e[3], "SVC03") if e[3] else 0
        number = self.transaction.segment + self.index
        self.line = ServiceLine(e[1], charge, paid, e[5] or "1", e[6], segment=number)
        if self.claim is None:
            self._say("SVC", "misplaced", "A service line stands before any claim; it was not counted.")
        else:
            self.claim.lines.append(self.line)

    def cas(self, e: list[str]) -> None:
        holder = self.line or self.claim
        if holder is None:
            self._say("CAS", "misplaced", "An adjustment stands before any claim; it was not counted.")
            return
        e += ("", "")
        for at in range(2, len(e) - 2, 3):  # CAS02, CAS05 … CAS17: reason, amount, quantity
            if e[at] or e[at + 1]:
                amount = self._cents(e[at + 1], f"CAS{at + 1:02}")
                holder.adjustments.append(Adjustment(e[1], e[at], amount, e[at + 2]))

    def ref(self, e: list[str]) -> None:
        if len(e) < 3:
            return
        (self.line or self.claim or self.found).references.append((e[1], e[2]))

    def dtm(self, e: list[str]) -> None:
        if len(e) < 3:
            return
        holder = self.line or self.claim
        if holder is not None:
            holder.dates.append((e[1], e[2]))

    def amt(self, e: list[str]) -> None:
        if len(e) < 3:
            return
        holder = self.line or self.claim
        if holder is not None:
            holder.amounts.append((e[1], self._cents(e[2], "AMT02")))

    def lq(self, e: list[str]) -> None:
        if len(e) < 3:
            return
        if self.line is not None:
            self.line.remarks.append((e[1], e[2]))

    def moa(self, e: list[str]) -> None:
        e += _NOTHING[len(e) :]
        if self.claim is not None:
            self.claim.remarks += [code for code in e[3:8] if code]

    def mia(self, e: list[str]) -> None:
        e += _NOTHING[len(e) :]
        if self.claim is not None:
            self.claim.remarks += [code for code in (e[5], *e[20:24]) if code]

    def plb(self, e: list[str]) -> None:
        self.claim = self.line = None
        e.append("")
        for at in range(3, len(e) - 1, 2):  # PLB03 … PLB13: reason with reference, amount
            if e[at] or e[at + 1]:
                reason, _, reference = e[at].partition(self.component)
                amount = self._cents(e[at + 1], f"PLB{at + 1:02}")
                self.found.provider_adjustments.append(ProviderAdjustment(e[1], e[2], reason, reference, amount))

    def lx(self, _: list[str]) -> None:
        self.claim = self.line = None

    def _cents(self, text: str, element: str) -> int:
        try:
            return cents(text)
        except ValueError:
            what = "is no amount of dollars and cents" if text else "is missing"
            self._say(element, "amount", f"{element} {what}; it counts as 0.00 until a person has looked.")
            return 0

    def _say(self, element: str, code: str, words: str) -> None:
        self.transaction.errors += 1
        number, offset = self.transaction.segment + self.index, self.transaction.byte_of(self.index)
        self.problems.add(Problem(number, offset, element, Severity.ERROR, code, words))


#: Elements that were left off a segment's end are empty; no segment read here has more than these.
_NOTHING: Final = ("",) * 25
_TAKES: Final[dict[str, Callable[[_Reading, list[str]], None]]] = {
    name.upper(): getattr(_Reading, name)
    for name in ("bpr", "trn", "n1", "nm1", "lx", "clp", "cas", "svc", "dtm", "ref", "amt", "lq", "moa", "mia", "plb")
}
