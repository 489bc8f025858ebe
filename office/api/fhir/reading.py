"""Files into resources, a line at a time: a bundle a file, a bundle a line, or bulk-export NDJSON, plain or gzip.

Nothing is believed: lines have a greatest length, JSON a greatest depth, gzip a greatest ratio, and whatever breaks a
bound is one `Bad` with its file, line and reason while the rest is read on.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

MAX_LINE = 64 * 2**20  # bytes; the largest Synthea bundle of 2021 has 41 MB
MAX_DEPTH = 60
#: JSON packs 5 to 40 to 1; deflate can reach 1032 to 1, which is only ever a bomb.
MAX_RATIO = 300
ENDINGS = (".json", ".ndjson", ".jsonl")
_PIECE = 2**20
#: FHIR decimals keep their digits (1.50 is not 1.5): numbers with a point travel as marked text.
_MARK = "\ue000"
_MARKED = re.compile(f'"{_MARK}([^"]*)"')

Resource = dict[str, Any]


class Unreadable(Exception):
    """A line that cannot be read; the message is the reason."""


@dataclass(frozen=True)
class Line:
    """A line of a file, or a file that is one document (line 1)."""

    file: Path
    number: int
    raw: bytes


@dataclass(frozen=True)
class Bad:
    """What could not be read, and why."""

    file: Path
    number: int
    reason: str
    raw: bytes = b""


def files_of(path: Path) -> list[Path]:
    """Return the file, or every JSON file of the folder and the folders in it, by name."""
    if not path.is_dir():
        return [path]
    return sorted(
        found
        for found in path.rglob("*")
        if found.is_file()
        and found.name.lower().removesuffix(".gz").endswith(ENDINGS)
        and not found.name.startswith(".")
    )


def lines_of(file: Path) -> Iterator[Line | Bad]:
    """Yield the lines that hold something; a document that spans lines is one."""
    number, is_document = 0, None
    with file.open("rb") as plain:
        pieces = _Pieces(file, plain)
        try:
            for number, raw in enumerate(pieces.lines(), start=1):
                if raw is None:
                    yield Bad(file, number, f"longer than {MAX_LINE // 2**20} MB")
                elif raw.strip():
                    if is_document is None and (is_document := _spans_lines(file, raw)):
                        yield _document(file, number, raw, pieces)
                        return
                    yield Line(file, number, raw.strip())
        except (OSError, EOFError, zlib.error, Unreadable) as fault:
            yield Bad(
                file, number + 1, str(fault) if isinstance(fault, Unreadable) else "the gzip data is damaged or cut off"
            )


def _document(file: Path, number: int, first: bytes, pieces: "_Pieces") -> Line | Bad:
    raw = first + pieces.rest(MAX_LINE - len(first) + 1)
    if len(raw) > MAX_LINE:
        return Bad(file, number, f"one document longer than {MAX_LINE // 2**20} MB")
    return Line(file, number, raw)


def _spans_lines(file: Path, first: bytes) -> bool:
    """Whether a file whose first line is ``first`` is one document: it says so by its ending or by not being whole."""
    if file.name.lower().removesuffix(".gz").endswith((".ndjson", ".jsonl")):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return True
    return False


class _Pieces:
    """The bytes of a plain or gzip file, never more of them in memory than one line may have."""

    def __init__(self, file: Path, plain: Any) -> None:
        head = plain.read(2)
        plain.seek(0)
        self.stream = gzip.GzipFile(fileobj=plain) if head == b"\x1f\x8b" else plain
        self.left = file.stat().st_size * MAX_RATIO + MAX_LINE
        self.ahead: tuple[list[bytes], bytes, int] = ([], b"", 0)

    def read(self) -> bytes:
        piece: bytes = self.stream.read(_PIECE)
        self.left -= len(piece)
        if self.left < 0:
            raise Unreadable("unpacks to far more than its size; the rest was not read")
        return piece

    def lines(self) -> Iterator[bytes | None]:
        """Yield each line, or None for one that is too long."""
        parts: list[bytes] = []
        size = 0
        while piece := self.read():
            *whole, last = piece.split(b"\n")
            for place, line in enumerate(whole):
                size += len(line)
                # What follows the line in this piece, should the file turn out to be one document.
                self.ahead = (whole, last, place)
                yield b"".join([*parts, line]) if size <= MAX_LINE else None
                parts, size = [], 0
            size += len(last)
            if size <= MAX_LINE:
                parts.append(last)
        self.ahead = ([], b"", 0)
        if size:
            yield b"".join(parts) if size <= MAX_LINE else None

    def rest(self, most: int) -> bytes:
        whole, last, place = self.ahead
        parts = [b"\n", b"\n".join([*whole[place + 1 :], last])]
        while sum(map(len, parts)) < most and (piece := self.read()):
            parts.append(piece)
        return b"".join(parts)


def parse(raw: bytes) -> Resource:
    """Return the JSON object in ``raw``. Raises Unreadable with the reason."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise Unreadable(f"not UTF-8 at byte {fault.start}") from fault
    if _MARK in text:
        raise Unreadable("holds a private-use character that no text has")
    try:
        found = json.loads(text, object_pairs_hook=_once, parse_float=_MARK.__add__, parse_constant=_no_number)
    except RecursionError as fault:
        raise Unreadable("nested too deeply") from fault
    except json.JSONDecodeError as fault:
        raise Unreadable(f"not JSON: {fault.msg} at character {fault.pos + 1}") from fault
    except ValueError as fault:
        raise Unreadable("a number has too many digits") from fault
    if not isinstance(found, dict):
        raise Unreadable("not a JSON object")
    return found


def canonical(resource: Resource) -> bytes:
    """Return what a resource says, whatever the order of its keys. Raises Unreadable for text no database keeps."""
    if _too_deep(resource, MAX_DEPTH):
        raise Unreadable("nested too deeply")
    try:
        raw = json.dumps(resource, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    except UnicodeEncodeError as fault:
        raise Unreadable("holds half a character (a lone surrogate)") from fault
    if b"\\u0000" in raw.replace(b"\\\\", b""):
        raise Unreadable("holds a NUL character")
    return raw


def written(resource: Resource) -> bytes:
    """Return a resource out of a bundle as JSON, its numbers digit for digit."""
    return _MARKED.sub(r"\1", json.dumps(resource, ensure_ascii=False, separators=(",", ":"))).encode()


def _once(pairs: Sequence[tuple[str, Any]]) -> Resource:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Unreadable("names the same key twice in one object")
    return found


def _no_number(word: str) -> NoReturn:
    raise Unreadable(f"{word} is not JSON")


def _too_deep(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    if not left:
        return True
    return any(_too_deep(item, left - 1) for item in (value.values() if isinstance(value, dict) else value))
