"""ISA, GS and ST: interchanges, groups and transactions, their control numbers and counts (ASC X12.5, X12.6).

Reading never raises on what a file holds: each fault becomes a `Problem`, and the healthy transactions of the same file
are still delivered. A transaction keeps its own text, and finds a segment's byte only when somebody asks.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from edi.problems import Problem, Problems, Severity
from edi.segments import GAPS, Delimiters, split_segments
from edi.source import Source

_WIDTHS: Final = (2, 10, 2, 10, 2, 15, 2, 15, 6, 4, 1, 5, 9, 1, 1, 1)  # ISA01 to ISA16, X12.5
_SETS: Final = {
    ("837", "X222"): "837P", ("837", "X098"): "837P", ("837", "X223"): "837I", ("837", "X096"): "837I",
    ("837", "X224"): "837D", ("837", "X097"): "837D", ("277", "X214"): "277CA",
}  # fmt: skip
_SUPPORTED: Final = {"837P", "835", "270", "271", "276", "277", "277CA", "278", "999"}
_ENVELOPE: Final = ("ISA", "GS", "ST", "SE", "GE", "IEA")


@dataclass(slots=True)
class Interchange:
    """One ISA: its sixteen elements as sent, its delimiters, and the TA1 segments that stood before the first GS."""

    elements: list[str]
    delimiters: Delimiters
    offset: int
    acknowledgments: list[list[str]] = field(default_factory=list)
    groups: int = 0

    @property
    def control(self) -> str:
        return self.elements[13].strip()


@dataclass(slots=True)
class Group:
    """One GS: its elements, the name first, and how many transactions came in it."""

    elements: list[str]
    segment: int
    offset: int
    controls: set[str] = field(default_factory=set)
    transactions: int = 0

    def element(self, position: int) -> str:
        return self.elements[position].strip() if position < len(self.elements) else ""


@dataclass
class Transaction:
    """One ST to SE. ``text`` is what stood in the file, ``segment`` the number of its ST, ``offset`` its byte."""

    interchange: Interchange
    group: Group | None
    text: str
    segment: int
    offset: int
    errors: int = 0

    @cached_property
    def pieces(self) -> list[str]:
        """Segments as text, without terminators and gaps."""
        return split_segments(self.text, self.interchange.delimiters.segment)

    @cached_property
    def header(self) -> list[str]:
        return self.pieces[0].split(self.interchange.delimiters.element)

    @property
    def control(self) -> str:
        return self.header[2].strip() if len(self.header) > 2 else ""

    @property
    def version(self) -> str:
        """The guide, as ``005010X222A1``: ST03 where it is sent, else GS08, which binds the 835 and older sets."""
        sent = self.header[3].strip() if len(self.header) > 3 else ""
        return sent or (self.group.element(8) if self.group else "")

    @property
    def type(self) -> str:
        """How billers call the set: ``837P``, ``277CA``, or the bare number of one that has no second name."""
        number = self.header[1].strip() if len(self.header) > 1 else ""
        guide = re.search(r"X\d{3}", self.version)
        return _SETS.get((number, guide[0] if guide else ""), number)

    @property
    def is_supported(self) -> bool:
        return self.type in _SUPPORTED and (self.version.startswith("005010") or not self.version)

    @property
    def status(self) -> str:
        """``faulty`` where an error lies inside, else ``unsupported`` or ``read``."""
        return "faulty" if self.errors else "read" if self.is_supported else "unsupported"

    def byte_of(self, index: int) -> int:
        """Return the byte in the file where the segment at ``index`` (0 is ST) begins."""
        if index == len(self.pieces) - 1:
            return self.offset + self.text.rindex(self.pieces[-1])
        start, end = 0, self.interchange.delimiters.segment
        for piece in self.text.split(end):
            bare = _strip(piece)
            if bare:
                if not index:
                    return self.offset + start + len(piece) - len(bare)
                index -= 1
            start += len(piece) + 1
        raise IndexError("The transaction has no such segment.")


def _strip(piece: str) -> str:
    return piece.lstrip(GAPS)


class Reader:
    """Iterate over a file's transactions; `interchanges` and `problems` fill while doing so.

    Constant in memory but for the largest transaction, which `Source` bounds.
    """

    def __init__(self, source: Source, problems: Problems) -> None:
        self.source = source
        self.problems = problems
        self.interchanges: list[Interchange] = []
        self._number = 0
        self._at: Transaction | None = None
        self._group: Group | None = None

    def __iter__(self) -> Iterator[Transaction]:
        self.source.skip_mark()
        while self._to_next_isa():
            interchange = self._header()
            if interchange:
                self.interchanges.append(interchange)
                yield from self._interchange(interchange)
        if not self.interchanges and not self.problems.errors:
            self._say(0, "ISA", "no_interchange", "The file holds no interchange: it has no ISA segment.", segment=0)

    # --- finding the header

    def _to_next_isa(self) -> bool:
        start, stray = self.source.offset, False
        while True:
            gap = self.source.skip(GAPS)
            if self.source.is_empty:
                break
            found = self.source.find_header()
            stray = stray or found != 0
            if found >= 0:
                start += 0 if stray else gap
                self.source.take(found)
                break
            if not self.source.drop_all_but(3):
                break
        if stray:
            words = "Something other than an interchange stands here; it was passed over."
            self._say(start, "ISA", "stray_text", words, segment=0)
        return not self.source.is_empty

    def _header(self) -> Interchange | None:
        source, self._number = self.source, 1
        offset, text = source.offset, source.peek(400)
        element = text[3]
        parts = text.split(element, 17)
        last = parts[16] if len(parts) > 16 else ""
        if len(last) < 2 or any(len(part) > 60 or "ISA" in part[1:] for part in parts[:16]):
            self._say(
                offset, "ISA", "header_broken", "The interchange header ISA is cut short or has too few elements."
            )
            source.take(3)
            return None
        repetition = "" if parts[11].isalnum() or len(parts[11]) != 1 else parts[11]
        if len({element, *last[:2]}) < 3 or last[0].isalnum() or last[1].isalnum():
            words = "The interchange declares one character for two purposes, or a letter or digit as a delimiter."
            self._say(offset, "ISA16", "delimiters", words)
            source.take(3)
            return None
        if repetition in {element, *last[:2]} and repetition:
            words = "ISA11 declares a character as repetition separator that separates something else already."
            self._say(offset, "ISA11", "delimiters", words)
            repetition = ""
        marks = Delimiters(element, last[0], repetition, last[1])
        elements = [*parts[:16], last[0]]
        for position, (part, width) in enumerate(zip(elements[1:], _WIDTHS, strict=True), 1):
            if len(part) != width:
                words = f"ISA{position:02} has {len(part)} characters and must have {width}."
                self._say(offset, f"ISA{position:02}", "header_width", words)
        source.take(sum(map(len, parts[:16])) + 16 + 2)
        return Interchange(elements, marks, offset)

    # --- inside an interchange

    def _interchange(self, interchange: Interchange) -> Iterator[Transaction]:
        self._group = None
        marks, source = interchange.delimiters, self.source
        while (piece := source.next_piece(marks.segment)) is not None:
            offset, text, ended = piece
            elements = text.split(marks.element)
            tag = elements[0]
            if tag == "ISA":
                source.give_back(offset)
                break
            self._number += 1
            if not ended:
                words = "The last segment has no terminator; the file may be cut short."
                self._say(offset, _name(tag), "no_terminator", words, Severity.WARNING)
            if tag == "ST":
                source.give_back(offset)
                yield self._transaction(interchange, offset)
            elif tag == "IEA":
                self._close_interchange(interchange, elements, offset)
                return
            else:
                self._between(interchange, elements, offset)
        self._left_open(source.offset)
        self._say(source.offset, "IEA", "no_trailer", "The interchange has no trailer IEA; the file may be cut short.")

    def _between(self, interchange: Interchange, elements: list[str], offset: int) -> None:
        """Take a segment that stands in an interchange, but in no transaction."""
        tag = elements[0]
        if tag == "GS":
            self._left_open(offset)
            self._group = Group(elements, self._number, offset)
            interchange.groups += 1
        elif tag == "GE":
            self._close_group(elements, offset)
        elif tag == "TA1" and not interchange.groups:
            interchange.acknowledgments.append(elements)
        elif elements == [""]:
            self._number -= 1
            self._say(offset, "", "empty_segment", "A segment terminator stands alone.", Severity.WARNING)
        else:
            words = f"The segment {_name(tag) or 'found here'} has no place outside a transaction."
            self._say(offset, _name(tag), "stray_segment", words)

    def _transaction(self, interchange: Interchange, offset: int) -> Transaction:
        text, closed = self.source.take_through("SE", interchange.delimiters, _ENVELOPE)
        first, group = self._number, self._group
        self._at = found = Transaction(interchange, group, text, first, offset)
        self._number += len(found.pieces) - 1
        if group is None:
            self._say(offset, "ST", "outside_group", "A transaction stands outside any group (GS).", segment=first)
        else:
            self._count_in(group, found)
        if closed:
            end = found.pieces[-1].split(interchange.delimiters.element)
            where = found.byte_of(len(found.pieces) - 1)
            self._count(end, len(found.pieces), "SE01", "segments", where)
            self._same(end, found.control, "SE02", "ST02", where)
        else:
            self._say(
                offset, "SE", "no_trailer", "The transaction has no trailer SE; it may be cut short.", segment=first
            )
        if not found.is_supported:
            words = f"{_short(found.type)} {_short(found.version)} is recognized, but not read by this program."
            self._say(offset, "ST01", "unsupported", words, Severity.WARNING, segment=first)
        self._at = None
        return found

    def _count_in(self, group: Group, found: Transaction) -> None:
        if not found.control:
            words = "The transaction has no control number."
            self._say(found.offset, "ST02", "no_control", words, segment=found.segment)
        elif found.control in group.controls:
            words = f"Control number {_short(found.control)} is used twice in its group."
            self._say(found.offset, "ST02", "control_twice", words, segment=found.segment)
        group.controls.add(found.control)
        group.transactions += 1

    def _left_open(self, offset: int) -> None:
        if self._group is not None:
            words = f"Group {_short(self._group.element(6))} has no trailer GE."
            self._say(offset, "GE", "no_trailer", words)
            self._group = None

    def _close_group(self, elements: list[str], offset: int) -> None:
        if self._group is None:
            self._say(offset, "GE", "stray_segment", "A group's trailer GE stands where no group is open.")
            return
        self._count(elements, self._group.transactions, "GE01", "transactions", offset)
        self._same(elements, self._group.element(6), "GE02", "GS06", offset)
        self._group = None

    def _close_interchange(self, interchange: Interchange, elements: list[str], offset: int) -> None:
        self._left_open(offset)
        self._count(elements, interchange.groups, "IEA01", "groups", offset)
        self._same(elements, interchange.control, "IEA02", "ISA13", offset)

    def _count(self, elements: list[str], found: int, element: str, what: str, offset: int) -> None:
        said = elements[1].strip() if len(elements) > 1 else ""
        if not (said.isascii() and said.isdigit() and len(said) <= 10 and int(said) == found):
            words = f"{element} says {_short(said)} {what}; there are {found}."
            self._say(offset, element, "count", words, expected=str(found), found=_short(said))

    def _same(self, elements: list[str], opened: str, element: str, other: str, offset: int) -> None:
        said = elements[2].strip() if len(elements) > 2 else ""
        if said != opened:
            words = f"{element} is {_short(said)}, but {other} is {_short(opened)}: control numbers must agree."
            self._say(offset, element, "control_differs", words, expected=_short(opened), found=_short(said))

    def _say(
        self,
        offset: int,
        element: str,
        code: str,
        words: str,
        severity: Severity = Severity.ERROR,
        **places: Any,
    ) -> None:
        """Add a problem; it is about the segment read last, unless ``segment`` says another."""
        problem = Problem(places.pop("segment", self._number), offset, element, severity, code, words, **places)
        self.problems.add(problem)
        if self._at is not None and severity is Severity.ERROR:
            self._at.errors += 1


def _short(said: str) -> str:
    return said[:20] or "nothing"


def _name(tag: str) -> str:
    """Return a segment's name if it can be one: nothing that is quoted may be a patient's."""
    return tag if len(tag) <= 3 and tag.isascii() and tag.isalnum() and tag.isupper() else ""
