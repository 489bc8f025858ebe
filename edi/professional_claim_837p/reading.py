"""An 837P to values. A segment that has no field is kept with its claim or line, and passed over before any claim."""

from collections.abc import Callable
from typing import Final

from edi.collecting import without_collecting
from edi.envelope import Transaction
from edi.money import cents
from edi.problems import Problem, Problems, Severity
from edi.professional_claim_837p.values import (
    Address,
    BillingProvider,
    Claim,
    Decision,
    Drug,
    Insurance,
    OtherCoverage,
    Party,
    Patient,
    PatientFacts,
    ServiceLine,
    Submission,
    Subscriber,
)
from edi.remittance_835 import Adjustment
from edi.segments import readable

Holder = Party | Drug | Decision | ServiceLine | OtherCoverage | Claim


@without_collecting
def read(transaction: Transaction, problems: Problems) -> Submission:
    """Return what an 837P says; each amount that is none is added to ``problems``. Never raises on what it holds."""
    return _Reading(transaction, problems).read()


class _Reading:
    """A walk over the segments. Of what is open, the innermost takes what comes: party, drug, decision, line, claim."""

    def __init__(self, transaction: Transaction, problems: Problems) -> None:
        marks = transaction.interchange.delimiters
        self.transaction, self.problems = transaction, problems
        self.element, self.component = marks.element, marks.component
        self.found = Submission(transaction.control, transaction.version)
        self.billing = BillingProvider(Party("85"))
        self.subscriber = _nobody()
        self.patient: Patient | None = None
        self.claim: Claim | None = None
        self.coverage: OtherCoverage | None = None
        self.line: ServiceLine | None = None
        self.decision: Decision | None = None
        self.drug: Drug | None = None
        self.party: Party | None = None
        self.index = 0

    def read(self) -> Submission:
        element, takes, keep = self.element, _TAKES.get, _Reading.keep
        for index, piece in enumerate(self.transaction.pieces):
            elements = piece.split(element)
            self.index = index
            if len(elements) < 10:
                elements += _NOTHING[len(elements) :]
            takes(elements[0], keep)(self, elements)
        return self.found

    # --- who

    def bht(self, e: list[str]) -> None:
        found = self.found
        found.purpose, found.reference, found.date, found.time, found.use = e[2:7]

    def hl(self, e: list[str]) -> None:
        self.claim = self.coverage = self.line = self.decision = self.drug = self.party = None
        if e[3] == "20":
            self.billing = BillingProvider(Party("85"))
        elif e[3] == "22":
            self.subscriber, self.patient = _nobody(), None
        elif e[3] == "23":
            self.patient = Patient(Party("QC"), PatientFacts())

    def nm1(self, e: list[str]) -> None:
        party = Party(e[1], e[2], readable(e[3]), readable(e[4]), readable(e[5]), readable(e[7]), e[8], e[9])
        self.party, self.drug = party, None
        if self.line is not None:
            self.decision = None
            self.line.providers.append(party)
        elif self.coverage is not None:
            if e[1] == "IL":
                self.coverage.insured = party
            elif e[1] == "PR":
                self.coverage.payer = party
            else:
                self.coverage.providers.append(party)
        elif self.claim is not None:
            self.claim.providers.append(party)
        else:
            self._head(party)

    def _head(self, party: Party) -> None:
        holder = {
            "41": (self.found, "submitter"), "40": (self.found, "receiver"), "85": (self.billing, "party"),
            "87": (self.billing, "pay_to"), "PE": (self.billing, "pay_to_plan"), "IL": (self.subscriber, "party"),
            "PR": (self.subscriber, "payer"), "QC": (self.patient, "party"),
        }.get(party.role)  # fmt: skip
        if holder is not None and holder[0] is not None:
            setattr(*holder, party)

    def n3(self, e: list[str]) -> None:
        if self.party is not None:
            self._address().lines = [readable(line) for line in e[1:3] if line]

    def n4(self, e: list[str]) -> None:
        if self.party is not None:
            address = self._address()
            address.city, address.state, address.postal_code, address.country = readable(e[1]), e[2], e[3], e[4]
            address.subdivision = e[7]

    def _address(self) -> Address:
        party = self.party or Party("")
        if party.address is None:
            party.address = Address()
        return party.address

    def per(self, e: list[str]) -> None:
        if self.party is not None:
            self.party.contacts.append([readable(one) for one in _trimmed(e[2:])])

    def prv(self, e: list[str]) -> None:
        if self.party is None:
            self.billing.taxonomy = e[3]
        else:
            self.party.taxonomy = e[3]

    def cur(self, e: list[str]) -> None:
        self.billing.currency = e[2]

    def dmg(self, e: list[str]) -> None:
        if self.party is not None:
            self.party.birth_date, self.party.sex = e[2], e[3]

    def sbr(self, e: list[str]) -> None:
        insurance = Insurance(e[1], e[2], e[3], readable(e[4]), e[5], e[9])
        if self.claim is None:
            self.subscriber.insurance = insurance
        else:
            self.coverage, self.party = OtherCoverage(insurance), None
            self.claim.coverages.append(self.coverage)

    def pat(self, e: list[str]) -> None:
        facts = PatientFacts(e[1], e[6], e[8], e[9])
        if self.patient is None:
            self.subscriber.facts = facts
        else:
            self.patient.facts = facts

    # --- the claim

    def clm(self, e: list[str]) -> None:
        place, causes = e[5].split(self.component), (e[11] if len(e) > 11 else "").split(self.component)
        place += ["", ""]
        causes += [""] * (5 - len(causes))
        e += _NOTHING[len(e) :]
        self.claim = Claim(
            self.billing, self.subscriber, e[1], self._cents(e[2], "CLM02"), place[0], place[2], self.patient,
            e[6], e[7], e[8], e[9], e[10], [cause for cause in causes[:3] if cause], causes[3], causes[4], e[12], e[20],
            segment=self.transaction.segment + self.index,
        )  # fmt: skip
        self.coverage = self.line = self.decision = self.drug = self.party = None
        self.found.claims.append(self.claim)

    def hi(self, e: list[str]) -> None:
        if self.claim is None:
            return
        codes = [tuple(one.split(self.component)) for one in e[1:] if one]
        if codes and codes[0][0] in {"ABK", "BK"}:
            self.claim.diagnoses = [(one[0], one[1] if len(one) > 1 else "") for one in codes]
        else:
            self.claim.codes.append(codes)

    def ref(self, e: list[str]) -> None:
        holder = self.party or self.drug or self.line or self.claim
        if e[4] and isinstance(holder, ServiceLine):  # a number of another payer's; REF04 says whose
            holder.kept.append(_trimmed(e))
        elif holder is not None:
            holder.references.append((e[1], readable(e[2])))

    def dtp(self, e: list[str]) -> None:
        holder = self.party or self.decision or self.line or self.claim
        if holder is not None:
            holder.dates.append((e[1], e[2], e[3]))

    def amt(self, e: list[str]) -> None:
        holder = self.decision or self.line or self.coverage or self.claim
        if holder is not None:
            holder.amounts.append((e[1], self._cents(e[2], "AMT02")))

    def nte(self, e: list[str]) -> None:
        holder = self.line or self.claim
        if holder is not None:
            holder.notes.append((e[1], readable(e[2])))

    def cas(self, e: list[str]) -> None:
        holder = self.decision or self.coverage
        if holder is None:
            return
        e += ("", "")
        for at in range(2, len(e) - 2, 3):
            if e[at] or e[at + 1]:
                amount = self._cents(e[at + 1], f"CAS{at + 1:02}")
                holder.adjustments.append(Adjustment(e[1], e[at], amount, e[at + 2]))

    def oi(self, e: list[str]) -> None:
        if self.coverage is not None:
            self.coverage.benefits_assigned, self.coverage.signature, self.coverage.release = e[3], e[4], e[6]

    def moa(self, e: list[str]) -> None:
        if self.coverage is not None:
            self.coverage.remarks = _trimmed(e[1:])

    # --- the line

    def lx(self, _: list[str]) -> None:
        self.line = self.decision = self.drug = self.party = None
        if self.claim is not None:
            self.line = ServiceLine([], 0, segment=self.transaction.segment + self.index)
            self.claim.lines.append(self.line)

    def sv1(self, e: list[str]) -> None:
        line = self.line
        if line is None:
            return
        line.procedure = e[1].split(self.component)
        line.charge = self._cents(e[2], "SV102")
        line.unit, line.quantity, line.place = e[3], e[4], e[5]
        line.pointers = e[7].split(self.component) if e[7] else []
        line.emergency = e[9]
        if len(e) > 10:
            e += _NOTHING[len(e) :]
            line.screening, line.family_planning, line.copay_exempt = e[11], e[12], e[15]

    def lin(self, e: list[str]) -> None:
        if self.line is not None:
            self.line.drug = self.drug = Drug(e[2], e[3])
            self.party = self.decision = None

    def ctp(self, e: list[str]) -> None:
        if self.drug is not None:
            self.drug.quantity, self.drug.unit = e[4], e[5].partition(self.component)[0]

    def svd(self, e: list[str]) -> None:
        if self.line is not None:
            procedure = e[3].split(self.component)
            self.decision = Decision(e[1], self._cents(e[2], "SVD02"), procedure, e[5], e[6])
            self.line.decisions.append(self.decision)
            self.party = self.drug = None

    def form(self, e: list[str]) -> None:
        if self.line is not None:
            self.line.forms.append(_trimmed(e))

    def keep(self, e: list[str]) -> None:
        holder = self.line or self.claim
        if holder is not None and e[0] != "SE":
            holder.kept.append(_trimmed(e))

    def _cents(self, text: str, element: str) -> int:
        try:
            return cents(text)
        except ValueError:
            what = "is no amount of dollars and cents" if text else "is missing"
            words = f"{element} {what}; it counts as 0.00 until a person has looked."
            self.transaction.errors += 1
            number, offset = self.transaction.segment + self.index, self.transaction.byte_of(self.index)
            self.problems.add(Problem(number, offset, element, Severity.ERROR, "amount", words))
            return 0


#: Elements that were left off a segment's end are empty.
_NOTHING: Final = ("",) * 21


def _nobody() -> Subscriber:
    return Subscriber(Insurance(""), Party("IL"), Party("PR"))


def _trimmed(elements: list[str]) -> list[str]:
    end = len(elements)
    while end and not elements[end - 1]:
        end -= 1
    return elements[:end]


_TAKES: Final[dict[str, Callable[[_Reading, list[str]], None]]] = {
    name.upper(): getattr(_Reading, name)
    for name in (
        "bht", "hl", "nm1", "n3", "n4", "per", "prv", "cur", "dmg", "sbr", "pat", "clm", "hi", "ref", "dtp", "amt",
        "nte", "cas", "oi", "moa", "lx", "sv1", "lin", "ctp", "svd",
    )
} | {"LQ": _Reading.form, "FRM": _Reading.form}  # fmt: skip
