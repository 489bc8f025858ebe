"""Text to segments and elements, and back.

Text is the file's bytes read as Latin-1: one character a byte, so that places in the text are byte offsets and every
byte comes out as it went in. `readable` turns one element into what a person reads.
"""

import re
from functools import lru_cache
from typing import Final, NamedTuple

#: What may stand between a segment terminator and the next segment: line ends and blanks that mailers add.
GAPS: Final = "\r\n\t \x00"


class Delimiters(NamedTuple):
    """The four characters that an interchange declares; ``repetition`` is empty before version 00402."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"


def split(text: str, delimiters: Delimiters) -> list[list[str]]:
    """Return each segment's elements, its name first. Gaps between segments are dropped, and so is an empty end."""
    pieces = text.split(delimiters.segment)
    element = delimiters.element
    return [piece.split(element) for piece in (piece.lstrip(GAPS) for piece in pieces) if piece]


def split_segments(text: str, terminator: str) -> list[str]:
    """Return segments as text, without terminators, gaps and an empty end."""
    body = text.rstrip(GAPS).removesuffix(terminator)
    first = body.find(terminator) + 1
    after = body[first : first + 8]
    gap = after[: len(after) - len(after.lstrip(GAPS))] if first else ""
    whole = terminator + gap
    # Most files put the same after every segment; then one split in C does what a loop would.
    if body.count(whole) == body.count(terminator) and body[:1] not in GAPS and not _uneven(whole).search(body):
        return body.split(whole)
    return [piece for piece in (one.lstrip(GAPS) for one in body.split(terminator)) if piece]


@lru_cache(maxsize=32)
def _uneven(whole: str) -> re.Pattern[str]:
    return re.compile(f"{re.escape(whole)}[{re.escape(GAPS + whole[0])}]")


def join(segments: list[list[str]], delimiters: Delimiters, gap: str = "") -> str:
    """Undo `split`, with ``gap`` (a line end, or nothing) after each terminator."""
    end = delimiters.segment + gap
    return "".join(delimiters.element.join(segment) + end for segment in segments)


def readable(element: str) -> str:
    """Return an element as text: its bytes are UTF-8 where they can be, else Latin-1, which senders also use."""
    if element.isascii():
        return element
    try:
        return element.encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return element
