"""One transaction through the levels, as far as its guide and the caller go."""

from typing import Final

from edi.envelope import Transaction
from edi.guides import guide
from edi.loops import Loop, Walk, missing
from edi.problems import Problem, Problems, Severity
from edi.validation import (
    level_1_syntax,
    level_2_guide,
    level_3_balancing,
    level_4_situations,
    level_5_codes,
)
from edi.validation.level_5_codes import CodeLists

_GUIDES_OF_CLAIMS: Final = frozenset({"837P"})


def validate(
    transaction: Transaction, problems: Problems, lists: CodeLists | None = None, *, level: int = 5
) -> Loop | None:
    """Add to ``problems`` what is wrong up to a SNIP ``level``; return the loops, where a guide is at hand.

    Never raises on what the transaction holds. What this program does not read is not checked either.
    """
    if not transaction.is_supported:
        return None
    return _Validation(transaction, problems).run(lists or CodeLists(), level)


class _Validation:
    def __init__(self, transaction: Transaction, problems: Problems) -> None:
        self.transaction = transaction
        self.problems = problems
        self.found: list[Problem] = []

    def run(self, lists: CodeLists, level: int) -> Loop | None:
        marks = self.transaction.interchange.delimiters
        layout = guide(self.transaction.type) if level > 1 else None
        walk = Walk(layout, marks.component, self._say) if layout else None
        for index, piece in enumerate(self.transaction.pieces):
            elements = piece.split(marks.element)
            said = set()
            for element, code, words in level_1_syntax.faults(elements, marks):
                said.add(element)
                severity = Severity.WARNING if code == "trailing" else Severity.ERROR
                self._say(index, element, code, words, severity)
            segment = walk.take(index, elements) if walk else None
            for element, code, words in level_2_guide.faults(segment) if segment else ():
                if element not in said:
                    self._say(index, element, code, words)
        if walk:
            missing(walk.root, self._say)
            level_2_guide.numbers(walk.root, self._say)
            if self.transaction.type in _GUIDES_OF_CLAIMS:
                self._claims(walk.root, lists, level)
        self._tell()
        return walk.root if walk else None

    def _claims(self, root: Loop, lists: CodeLists, level: int) -> None:
        if level >= 3:
            for claim in root.everywhere("2300"):
                level_3_balancing.check(claim, self._say)
        if level >= 4:
            for fault in level_4_situations.faults(root):
                self._say(*fault)
        if level >= 5:
            for one in level_5_codes.faults(root, lists):
                self._say(*one)

    def _say(self, index: int, element: str, code: str, words: str, severity: Severity = Severity.ERROR) -> None:
        number = self.transaction.segment + index
        self.found.append(Problem(number, index, element, severity, code, words))

    def _tell(self) -> None:
        """Add what was found in the order of the segments; an element that is wrong twice is said once."""
        said: set[tuple[int, str]] = set()
        for one in sorted(self.found, key=lambda one: one.segment):
            if one.element and (one.segment, one.element) in said and one.code != "missing":
                continue
            said.add((one.segment, one.element))
            self.transaction.errors += one.severity is Severity.ERROR
            where = self.transaction.byte_of(one.offset)
            self.problems.add(Problem(one.segment, where, one.element, one.severity, one.code, one.message))
