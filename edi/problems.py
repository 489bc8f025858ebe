"""What is wrong in a file, and where."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

#: More than this many problems of one file help nobody; the rest is counted.
MOST: Final = 1_000


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. ``segment`` counts from 1 at ISA, ``offset`` is the byte in the file, ``element`` reads ``CLM05-1``.

    ``message`` is a sentence for a biller. It quotes counts, control numbers and codes, never a patient's data.
    ``expected`` and ``found`` are set where two figures or control numbers of the envelope disagree.
    """

    segment: int
    offset: int
    element: str
    severity: Severity
    code: str
    message: str
    expected: str = ""
    found: str = ""


class Problems:
    """The problems of one file, in the order found: at most `MOST`, and the number of those that were left off."""

    def __init__(self) -> None:
        self.listed: list[Problem] = []
        self.more = 0
        self.errors = 0

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.listed)

    def add(self, problem: Problem) -> None:
        self.errors += problem.severity is Severity.ERROR
        if len(self.listed) < MOST:
            self.listed.append(problem)
        else:
            self.more += 1
