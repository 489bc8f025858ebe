"""Where claims stand: 276 asked, 277 answered (005010X212), and the 277CA (005010X214) that answers a batch of claims.

A 999 that accepts a file does not accept its claims; the 277CA does, claim by claim. Amounts are integer cents.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from edi.collecting import without_collecting
from edi.envelope import Transaction
from edi.money import cents, dollars
from edi.problems import Problem, Problems, Severity
from edi.segments import readable

#: STC01-1: the claim was refused and never reaches adjudication: unprocessable, not found, missing, invalid, relations.
_REFUSED: Final = frozenset({"A3", "A4", "A6", "A7", "A8"})
_NOTHING: Final = ("",) * 14
_LEVELS: Final = {
    "20": "payer", "21": "receiver", "19": "provider", "22": "subscriber", "23": "dependent", "PT": "patient",
}  # fmt: skip


@dataclass(slots=True)
class Status:
    """STC: up to three reasons, each category, code and entity; ``action`` is STC03 (``WQ`` accepted, ``U`` refused);
    what was charged and paid; check or EFT with its day, and the day on which the claim was decided."""

    reasons: list[tuple[str, str, str]]
    date: str = ""
    action: str = ""
    charge: int | None = None
    paid: int | None = None
    decided: str = ""
    check_date: str = ""
    check: str = ""
    message: str = ""
    segment: int = field(default=0, compare=False)

    @property
    def is_refused(self) -> bool:
        return self.action == "U" or any(category in _REFUSED for category, _, _ in self.reasons)


@dataclass(slots=True)
class LineStatus:
    """SVC and what follows: one service line of a claim; ``control`` is our line number (REF*FJ)."""

    procedure: str
    charge: int | None = None
    paid: int | None = None
    statuses: list[Status] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class Tracked:
    """TRN and what follows: a claim, or at the levels above a batch. ``kind`` is TRN01 (``1`` ours, ``2`` sent back),
    ``number`` TRN02, which for a claim is its CLM01. ``totals`` are QTY and AMT by qualifier, amounts in cents."""

    kind: str
    number: str
    statuses: list[Status] = field(default_factory=list)
    references: list[tuple[str, str]] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    quantities: list[tuple[str, str]] = field(default_factory=list)
    amounts: list[tuple[str, int]] = field(default_factory=list)
    lines: list[LineStatus] = field(default_factory=list)
    segment: int = field(default=0, compare=False)

    @property
    def is_refused(self) -> bool:
        return any(status.is_refused for status in self.statuses)


@dataclass(slots=True)
class Level:
    """HL: ``payer``, ``receiver``, ``provider``, ``subscriber``, ``dependent`` or ``patient``, with its name."""

    kind: str
    name: str = ""
    given: str = ""
    qualifier: str = ""
    identifier: str = ""
    birth_date: str = ""
    sex: str = ""
    tracked: list[Tracked] = field(default_factory=list)

    @property
    def is_patient(self) -> bool:
        return self.kind in {"subscriber", "dependent", "patient"}


@dataclass(slots=True)
class ClaimStatus:
    """One ST to SE of a 276, 277 or 277CA: its levels in the order sent."""

    control: str
    reference: str = ""
    date: str = ""
    levels: list[Level] = field(default_factory=list)

    @property
    def claims(self) -> list[Tracked]:
        """The claims with what is said of each, without the batches above them."""
        return [one for level in self.levels if level.is_patient for one in level.tracked]


@without_collecting
def read(transaction: Transaction, problems: Problems) -> ClaimStatus:
    """Return what is asked or said about claims; each fault is added to ``problems``. Never raises on what it holds."""
    return _Reading(transaction, problems).read()


def unreconciled(answer: ClaimStatus) -> list[str]:
    """Return in words what a batch's totals say (QTY*90, QTY*AA, AMT*YU, AMT*YY) and its claims do not bear out."""
    claims = [one for one in answer.claims if one.statuses]
    refused = [one for one in claims if one.is_refused]
    accepted = [one for one in claims if not one.is_refused]
    found = []
    for level in answer.levels:
        if level.kind != "receiver":
            continue
        for batch in level.tracked:
            for qualifier, own in (("90", accepted), ("AA", refused)):
                said = dict(batch.quantities).get(qualifier, "")
                if said.isascii() and said.isdigit() and int(said[:12]) != len(own):
                    found.append(f"QTY*{qualifier} says {int(said[:12])} claims; there are {len(own)}.")
            for qualifier, own in (("YU", accepted), ("YY", refused)):
                total = sum(one.statuses[0].charge or 0 for one in own)
                amount = dict(batch.amounts).get(qualifier)
                if amount is not None and amount != total:
                    found.append(f"AMT*{qualifier} says {dollars(amount)}; the claims make {dollars(total)}.")
    return found


class _Reading:
    """A walk over the segments: the level, what is tracked in it, and the line that the next segment belongs to."""

    def __init__(self, transaction: Transaction, problems: Problems) -> None:
        self.transaction, self.problems = transaction, problems
        self.component = transaction.interchange.delimiters.component
        self.found = ClaimStatus(transaction.control)
        self.level: Level | None = None
        self.tracked: Tracked | None = None
        self.line: LineStatus | None = None
        self.numbers: set[str] = set()
        self.index = 0

    def read(self) -> ClaimStatus:
        element, takes = self.transaction.interchange.delimiters.element, _TAKES.get
        for index, piece in enumerate(self.transaction.pieces):
            elements = piece.split(element)
            take = takes(elements[0])
            if take is not None:
                self.index = index
                elements += _NOTHING[len(elements) :]
                take(self, elements)
        return self.found

    def bht(self, e: list[str]) -> None:
        self.found.reference, self.found.date = e[3], e[4]

    def hl(self, e: list[str]) -> None:
        if e[3] not in _LEVELS:
            self._say("HL03", "level", "HL03 names a level that has no place here.")
        if e[2] and e[2] not in self.numbers:
            self._say("HL02", "parent", "HL02 names no level above this one; it was read all the same.")
        if e[1] in self.numbers:
            self._say("HL01", "level_twice", f"The level number {e[1][:12]} is used twice.")
        self.numbers.add(e[1])
        self.level = Level(_LEVELS.get(e[3], ""))
        self.found.levels.append(self.level)
        self.tracked = self.line = None

    def nm1(self, e: list[str]) -> None:
        if self.level is not None:
            self.level.name, self.level.given = readable(e[3]), readable(e[4])
            self.level.qualifier, self.level.identifier = e[8], readable(e[9])

    def dmg(self, e: list[str]) -> None:
        if self.level is not None:
            self.level.birth_date, self.level.sex = e[2], e[3]

    def trn(self, e: list[str]) -> None:
        self.tracked, self.line = Tracked(e[1], e[2], segment=self.transaction.segment + self.index), None
        if self.level is None:
            self._say("TRN", "misplaced", "A trace number stands before any level; it was not kept.")
        else:
            self.level.tracked.append(self.tracked)

    def stc(self, e: list[str]) -> None:
        reasons = []
        for one in (e[1], e[10], e[11]):
            if one:
                category, code, entity = (*one.split(self.component), "", "", "")[:3]
                reasons.append((category, code, entity))
        status = Status(
            reasons, e[2], e[3], self._cents(e[4], "STC04"), self._cents(e[5], "STC05"), e[6], e[8], e[9],
            readable(e[12]), self.transaction.segment + self.index,
        )  # fmt: skip
        holder = self.line or self.tracked
        if holder is None:
            self._say("STC", "misplaced", "A status stands before any trace number; it was not kept.")
        else:
            holder.statuses.append(status)

    def svc(self, e: list[str]) -> None:
        self.line = LineStatus(e[1], self._cents(e[2], "SVC02"), self._cents(e[3], "SVC03"))
        if self.tracked is not None:
            self.tracked.lines.append(self.line)

    def ref(self, e: list[str]) -> None:
        holder = self.line or self.tracked
        if holder is not None:
            holder.references.append((e[1], e[2]))

    def dtp(self, e: list[str]) -> None:
        holder = self.line or self.tracked
        if holder is not None:
            holder.dates.append((e[1], e[3]))

    def qty(self, e: list[str]) -> None:
        if self.tracked is not None:
            self.tracked.quantities.append((e[1], e[2]))

    def amt(self, e: list[str]) -> None:
        if self.tracked is not None:
            self.tracked.amounts.append((e[1], self._cents(e[2], "AMT02") or 0))

    def _cents(self, text: str, element: str) -> int | None:
        try:
            return cents(text) if text else None
        except ValueError:
            self._say(element, "amount", f"{element} is no amount of dollars and cents; it is left out.")
            return None

    def _say(self, element: str, code: str, words: str) -> None:
        self.transaction.errors += 1
        number, offset = self.transaction.segment + self.index, self.transaction.byte_of(self.index)
        self.problems.add(Problem(number, offset, element, Severity.ERROR, code, words))


_TAKES: Final[dict[str, Callable[[_Reading, list[str]], None]]] = {
    name.upper(): getattr(_Reading, name)
    for name in ("bht", "hl", "nm1", "dmg", "trn", "stc", "svc", "ref", "dtp", "qty", "amt")
}
