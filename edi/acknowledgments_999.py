"""What a receiver answers: the TA1 for an interchange, the 999 005010X231A1 for its groups.

A file that is an acknowledgment itself is not answered (X231, 1.3). Numbers and the time are given by the caller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from edi.envelope import Group, Interchange, Transaction
from edi.problems import Problem, Severity
from edi.segments import Delimiters, join

GUIDE: Final = "005010X231A1"
_MARKS: Final = Delimiters()
#: TA105, the interchange note, by the element that is wrong (X12.59, element I18).
_NOTES: Final = {
    "ISA01": "010", "ISA02": "011", "ISA03": "012", "ISA04": "013", "ISA05": "005", "ISA06": "006", "ISA07": "007",
    "ISA08": "008", "ISA09": "014", "ISA10": "015", "ISA11": "016", "ISA12": "017", "ISA13": "018", "ISA14": "019",
    "ISA15": "020", "ISA16": "027", "IEA01": "021", "IEA02": "001", "IEA": "023",
}  # fmt: skip
_REFUSING: Final = frozenset({"001", "023"})  # the interchange may be cut short, or be two halves
#: IK502 and AK905 by element (X12 elements 618 and 716).
_OF_SET: Final = {"ST01": "1", "SE": "2", "SE02": "3", "SE01": "4", "ST02": "7"}
_OF_GROUP: Final = {"GE": "3", "GE02": "4", "GE01": "5"}
#: IK304 by a problem's code (X12 element 620), where the segment as a whole is wrong; IK403 (element 621) otherwise.
_OF_SEGMENT: Final = {"missing": "3", "too_many": "5", "out_of_order": "7", "unexpected": "2", "segment_name": "1"}
_OF_ELEMENT: Final = {
    "missing": "1", "goes_with": "2", "needs_one": "2", "too_many_elements": "3", "too_short": "4", "too_long": "5",
    "character": "6", "number": "6", "amount": "6", "code": "7", "date": "8", "range": "8", "time": "9",
    "exclusive": "10", "too_many_components": "13", "not_used": "I10",
}  # fmt: skip
_CODE_IS_WRONG: Final = "7"
_NAMELESS: Final = "ZZ"  # IK301 must name something; what came has no name that a segment can have


@dataclass(slots=True)
class Received:
    """One interchange as it came: its groups with their transactions, and the problems found in it."""

    interchange: Interchange
    transactions: Sequence[Transaction]
    problems: Sequence[Problem]

    @property
    def groups(self) -> list[Group]:
        return list({id(one.group): one.group for one in self.transactions if one.group}.values())


def acknowledge(received: Received, *, at: datetime, control: int) -> str:
    """Return the answering interchange, or nothing where none is due. ``control`` numbers it and what is in it."""
    note = _note(received)
    groups = [] if note and note[0] == "R" else [one for one in received.groups if one.element(1) != "FA"]
    if not note and not groups:
        return ""
    sent = received.interchange.elements
    number, day, hour = f"{control:09}", at.strftime("%y%m%d"), at.strftime("%H%M")
    parties = [_clean(sent[at])[:width].ljust(width) for at, width in ((7, 2), (8, 15), (5, 2), (6, 15))]
    empty = ["00", " " * 10, "00", " " * 10]
    head = [
        "ISA",
        *empty,
        *parties,
        day,
        hour,
        _MARKS.repetition,
        "00501",
        number,
        "0",
        _clean(sent[15])[:1] or "P",
        _MARKS.component,
    ]
    rows = [head]
    if note:
        rows.append(["TA1", *map(_clean, (received.interchange.control, sent[9], sent[10])), *note])
    if groups:
        application = [_clean(groups[0].element(3)), _clean(groups[0].element(2))]
        rows.append(["GS", "FA", *application, at.strftime("%Y%m%d"), hour, str(control), "X", GUIDE])
        for position, group in enumerate(groups, 1):
            rows += _answer(received, group, f"{position:04}")
        rows.append(["GE", str(len(groups)), str(control)])
    rows.append(["IEA", "1" if groups else "0", number])
    return join(rows, _MARKS, "\n")


def _clean(element: str) -> str:
    """Return an element of theirs without the characters that separate ours; theirs may be others."""
    return "".join(one for one in element if one not in "*:^~\r\n")


def _note(received: Received) -> list[str] | None:
    """Return TA104 and TA105 where a TA1 is due: something is wrong with ISA or IEA, or the sender asked for it."""
    notes = [_NOTES[problem.element] for problem in received.problems if problem.element in _NOTES]
    if notes:
        worst = next((note for note in notes if note in _REFUSING), notes[0])
        return ["R" if worst in _REFUSING else "E", worst]
    return ["A", "000"] if received.interchange.elements[14] == "1" else None


def _answer(received: Received, group: Group, number: str) -> list[list[str]]:
    """Return ST to SE for one group."""
    rows = [["ST", "999", number, GUIDE], ["AK1", *(_clean(group.element(at)) for at in (1, 6, 8))]]
    own = [one for one in received.transactions if one.group is group]
    accepted = 0
    for one in own:
        answer = _answer_set(one, received.problems)
        accepted += answer[-1][1] != "R"
        rows += answer
    codes = _codes(_of_group(received, group), _OF_GROUP)
    said = next((p.found for p in _of_group(received, group) if p.element == "GE01"), str(group.transactions))
    count = said if said.isdigit() else str(group.transactions)
    verdict = "R" if codes or not accepted else "P" if accepted < len(own) else "A"
    if verdict == "A" and any(row[:2] == ["IK5", "E"] for row in rows):
        verdict = "E"
    rows.append(["AK9", verdict, count, str(group.transactions), str(accepted if verdict != "R" else 0), *codes])
    return [*rows, ["SE", str(len(rows) + 1), number]]


def _answer_set(one: Transaction, problems: Iterable[Problem]) -> list[list[str]]:
    span = range(one.offset, one.offset + len(one.text))
    own = [problem for problem in problems if problem.offset in span and problem.element not in _OF_GROUP]
    rows = [["AK2", *[_clean(element.strip()) for element in one.header[1:4]]]]
    content = [problem for problem in own if problem.element not in _OF_SET and problem.severity is Severity.ERROR]
    for segment, together in groupby(content, lambda problem: problem.segment):
        rows += _answer_segment(segment - one.segment + 1, list(together))
    codes = _codes(own, _OF_SET)
    if content:
        codes.append("5")  # one or more segments in error
    rows.append(["IK5", "R" if codes else "A", *codes[:5]])
    return rows


def _answer_segment(place: int, problems: list[Problem]) -> list[list[str]]:
    """Return an IK3 for each fault of the segment as a whole, and one IK3 over the faults of its elements."""
    rows, elements = [], []
    tag = ""
    for problem in problems:
        element, _, component = problem.element.partition("-")
        if len(element) > 3 and element[-2:].isdigit():
            tag = element[:-2]
            where = f"{int(element[-2:])}{_MARKS.component}{component}" if component else str(int(element[-2:]))
            elements.append(["IK4", where, "", _OF_ELEMENT.get(problem.code, _CODE_IS_WRONG)])
        else:
            rows.append(["IK3", element or _NAMELESS, str(place), "", _OF_SEGMENT.get(problem.code, "2")])
    return [*rows, ["IK3", tag, str(place), "", "8"], *elements] if elements else rows


def _of_group(received: Received, group: Group) -> list[Problem]:
    """Return what is wrong with the group's trailer: a missing one is said where the next thing begins."""
    following = [one.offset for one in received.groups if one.offset > group.offset]
    end = min(following, default=None)
    return [
        problem
        for problem in received.problems
        if problem.element in _OF_GROUP and problem.offset > group.offset and (end is None or problem.offset <= end)
    ]


def _codes(problems: Iterable[Problem], known: dict[str, str]) -> list[str]:
    return sorted({known[problem.element] for problem in problems if problem.element in known})
