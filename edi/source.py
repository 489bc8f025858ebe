"""A file read in blocks as Latin-1 text, with the byte offset of the place where reading stands."""

import re
from functools import lru_cache
from typing import Final, Protocol

from edi.segments import GAPS, Delimiters

_BLOCK: Final = 1 << 18
#: No transaction is longer; 5,000 claims, the most that the 837P guide recommends in one, are about 5 MB.
LONGEST: Final = 1 << 24
_HEADER: Final = re.compile(r"ISA[^0-9A-Za-z\r\n\t ]")


class Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


class Source:
    """Text ahead of the place where reading stands. ``offset`` is that place's byte in the file."""

    def __init__(self, stream: Readable) -> None:
        self._stream = stream
        self._text = ""
        self._at = 0
        self._base = 0
        self._ended = False

    @property
    def offset(self) -> int:
        return self._base + self._at

    @property
    def is_empty(self) -> bool:
        return self._at >= len(self._text) and not self._more()

    def _more(self) -> bool:
        """Bring another block behind the text, and let go of what was read."""
        block = b"" if self._ended else self._stream.read(max(_BLOCK, len(self._text) - self._at))
        if not block:
            self._ended = True
            return False
        self._base += self._at
        self._text = self._text[self._at :] + block.decode("latin-1")
        self._at = 0
        return True

    def peek(self, length: int) -> str:
        while len(self._text) - self._at < length and self._more():
            pass
        return self._text[self._at : self._at + length]

    def take(self, length: int) -> None:
        self._at = min(self._at + length, len(self._text))

    def give_back(self, offset: int) -> None:
        """Go back to a place of the text that was read last."""
        self._at = offset - self._base

    def skip_mark(self) -> None:
        if self.peek(3) == "\xef\xbb\xbf":
            self.take(3)

    def skip(self, characters: str) -> int:
        """Pass over characters that say nothing; return how many."""
        passed = 0
        while not self.is_empty:
            rest = len(self._text) - self._at
            left = len(self._text[self._at :].lstrip(characters))
            self._at += rest - left
            passed += rest - left
            if left:
                break
        return passed

    def find_header(self) -> int:
        """Return how far ahead the next ISA begins in the text at hand, or -1."""
        self.peek(4)
        found = _HEADER.search(self._text, self._at)
        return found.start() - self._at if found else -1

    def drop_all_but(self, length: int) -> bool:
        """Let go of the text but for its end; return whether more came."""
        self._at = max(self._at, len(self._text) - length)
        if self._more():
            return True
        self._at = len(self._text)
        return False

    def next_piece(self, terminator: str) -> tuple[int, str, bool] | None:
        """Return the next segment's byte, its text, and whether it was terminated; nothing at the end of the file."""
        self.skip(GAPS)
        start = self._at
        searched = start
        while (end := self._text.find(terminator, searched)) < 0:
            ahead = len(self._text) - self._at
            if ahead > LONGEST or not self._more():
                break
            searched = ahead
        start = self._at
        if end < 0:
            end = len(self._text)
            text = self._text[start:end]
            offset, self._at = self.offset, end
            return (offset, text, False) if text else None
        offset, self._at = self.offset, end + 1
        return offset, self._text[start:end], True

    def take_through(self, last: str, marks: Delimiters, envelope: tuple[str, ...]) -> tuple[str, bool]:
        """Take a transaction: through its segment ``last``, or up to another segment of the envelope.

        Returns the text and whether ``last`` closed it.
        """
        pattern = _next_of(envelope, marks.segment, marks.element)
        searched = 1
        while True:
            found = pattern.search(self._text, self._at + searched)
            end = -1
            if found:
                closes = found[1] == last
                end = self._text.find(marks.segment, found.end()) if closes else found.start()
                if end >= 0:
                    return self._cut(end + 1), closes
            ahead = len(self._text) - self._at
            searched = searched if found else max(1, ahead - 80)
            if ahead > LONGEST or not self._more():
                return self._cut(len(self._text)), bool(found and found[1] == last)

    def _cut(self, end: int) -> str:
        text = self._text[self._at : end]
        self._at = end
        return text


@lru_cache(maxsize=32)
def _next_of(envelope: tuple[str, ...], segment: str, element: str) -> re.Pattern[str]:
    return re.compile(f"{re.escape(segment)}[{re.escape(GAPS)}]*({'|'.join(envelope)}){re.escape(element)}")
