"""Segments into a file: an interchange with its groups and transactions, counted and numbered.

What a value may not hold is refused here, before a broken segment can leave: a separator, a line end, a character that
the file cannot carry.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from edi.segments import Delimiters

_USUAL: Final = Delimiters()
#: An element, the parts of a composite, or (a list) the repeats of one element.
Value = str | tuple[str, ...] | list[str]
Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Parties:
    """Who sends to whom: qualifier and identifier of ISA05 to ISA08, and the application codes of GS02 and GS03."""

    sender: str
    receiver: str
    sender_qualifier: str = "ZZ"
    receiver_qualifier: str = "ZZ"
    sender_code: str = ""
    receiver_code: str = ""


@dataclass(frozen=True, slots=True)
class Writer:
    """Writes rows as text with its delimiters. ``gap`` follows each segment: a line end, or nothing."""

    marks: Delimiters = _USUAL
    gap: str = "\n"

    def text(self, rows: Iterable[Row]) -> str:
        """Return rows as segments, empty ends left off. Raises ValueError with the element that cannot be sent."""
        element, component, end = self.marks.element, self.marks.component, self.marks.segment + self.gap
        written, pieces, said = list(rows), [], list[str]()
        for row in written:
            values = []
            for one in row:
                if isinstance(one, str):
                    values.append(one)
                    said.append(one)
                else:
                    between = component if isinstance(one, tuple) else self.marks.repetition
                    if not between and len(one) > 1:
                        raise ValueError(f"{row[0]} repeats an element; this file declares no separator for that.")
                    values.append(between.join(one).rstrip(between or None))
                    said.extend(one)
            pieces.append(element.join(values).rstrip(element))
        forbidden = _forbidden(self.marks)
        if forbidden.search("".join(said)):
            self._refuse(written, forbidden)
        return end.join(pieces) + end if pieces else ""

    def _refuse(self, rows: list[Row], forbidden: re.Pattern[str]) -> None:
        row, at = next((row, at) for row in rows for at, one in enumerate(row) if forbidden.search("".join(one)))
        raise ValueError(f"{row[0]}{at:02} holds a separator, a line end, or a character that X12 cannot carry.")


@lru_cache(maxsize=32)
def _forbidden(marks: Delimiters) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(marks))}\\x00-\\x1f\\x7f]|[^\\x00-\\xff]")


def transaction(rows: Iterable[Row], control: str) -> Iterator[Row]:
    """Yield rows that begin with ST, and their SE."""
    count = 1
    for row in rows:
        count += 1
        yield row
    yield ("SE", str(count), control)


def interchange(
    parties: Parties,
    groups: Sequence[tuple[str, str, Sequence[str]]],
    *,
    at: datetime,
    control: int,
    is_test: bool = False,
    writer: Writer | None = None,
) -> str:
    """Return an interchange of groups: GS01 and GS08 of each, and its transactions as text. ``control`` is ISA13 and
    the first group's GS06. Raises ValueError where an identifier is longer than ISA's fifteen characters."""
    write = writer or Writer()
    day, hour = at.strftime("%Y%m%d"), at.strftime("%H%M")
    names = (parties.sender, parties.receiver)
    if any(len(name) > 15 or not name for name in names) or not 0 < control < 1_000_000_000:
        raise ValueError("ISA06 and ISA08 take one to fifteen characters, ISA13 a number of up to nine digits.")
    marks, number = write.marks, f"{control:09}"
    isa = (
        "ISA", "00", " " * 10, "00", " " * 10, parties.sender_qualifier, parties.sender.ljust(15),
        parties.receiver_qualifier, parties.receiver.ljust(15), day[2:], hour, marks.repetition or "U", "00501", number,
        "0", "T" if is_test else "P", marks.component,
    )  # fmt: skip
    pieces = [marks.element.join(isa) + marks.segment + write.gap]
    for offset, (code, version, transactions) in enumerate(groups):
        own = str(control + offset)
        codes = (parties.sender_code or parties.sender, parties.receiver_code or parties.receiver)
        pieces += [
            write.text([("GS", code, *codes, day, hour, own, "X", version)]),
            *transactions,
            write.text([("GE", str(len(transactions)), own)]),
        ]
    pieces.append(write.text([("IEA", str(len(groups)), number)]))
    return "".join(pieces)
