"""Reading a table as another program wrote it: CSV in any usual encoding and dialect, or the first sheet of an XLSX.

Rows come one at a time with the line they begin on. A line that cannot be read is a row with its ``fault``, and the
next one is read all the same: a quotation mark that is never closed swallows nothing but its own line.
"""

import csv
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO, AnyStr

from office.core.tables.workbooks import UnreadableWorkbook, to_csv

MOST_COLUMNS = 1_000
LONGEST_CELL = 10_000
LONGEST_LINE = 1 << 20
#: Over how many lines one quoted cell may run, and how many unclosed quotes make us stop looking for their end.
LINES_OF_A_CELL, UNCLOSED = 40, 100
_DELIMITERS = ",;\t|"
_LOOK = 60
_SEPARATOR_LINE = re.compile(r"sep=(.)", re.IGNORECASE)
#: How Excel is told to leave a number alone: ="01234".
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')


class Unreadable(Exception):
    """The file is no table that we read; the message says why, to follow the file's name."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row, as many as the header has unless it has a ``fault``; ``line`` is where it begins."""

    line: int
    cells: list[str]
    fault: str = ""


class Table:
    """A file that can be read as often as wanted. ``header`` names every column, and no two alike."""

    def __init__(self, lines: "_Lines", place: Path, sheet: "_Shape") -> None:
        self._lines, self._place, self._shape = lines, place, sheet
        self.header = _different(sheet.header)

    @property
    def encoding(self) -> str:
        """The encoding in Python's name for it, as far as the file was read."""
        return self._lines.encoding

    def rows(self) -> Iterator[Row]:
        """Yield each row that is not empty."""
        width = len(self.header)
        records = _records(self._lines.of(self._place), self._shape.delimiter)
        for line, cells, fault in records:
            if line <= self._shape.header_line or not (fault or any(cell.strip() for cell in cells)):
                continue
            yield Row(line, [_clean(cell) for cell in cells], fault or _fault_of(cells, width))


@dataclass(frozen=True)
class _Shape:
    delimiter: str
    header: list[str]
    header_line: int


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """Open a CSV or XLSX file. Raises Unreadable, or OSError when it is not there."""
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("is an old Excel file (.xls), or has a password: save it as .xlsx or CSV first")
    if not start.startswith(b"PK\x03\x04"):
        yield _table(path, start)
        return
    with tempfile.NamedTemporaryFile(suffix=".csv") as unfolded:
        try:
            to_csv(path, unfolded.file)
        except UnreadableWorkbook as fault:
            raise Unreadable(str(fault)) from fault
        yield _table(Path(unfolded.name), b"", delimiters=",")


def _table(place: Path, start: bytes, delimiters: str = _DELIMITERS) -> Table:
    lines = _Lines(start)
    shape = _shape_of(list(islice(lines.of(place), _LOOK)), delimiters)
    if len(shape.header) > MOST_COLUMNS:
        raise Unreadable(f"has {len(shape.header):,} columns; more than {MOST_COLUMNS:,} are not read")
    return Table(lines, place, shape)


# --- bytes into lines


class _Lines:
    """How the bytes of a file become lines of text, and what was found on the way.

    UTF-8 and Windows-1252 are told apart line by line, so a file that two programs wrote is read right as well.
    """

    def __init__(self, start: bytes) -> None:
        self._wide = _utf_16(start)
        self._found: set[str] = set()

    @property
    def encoding(self) -> str:
        if self._wide:
            return self._wide
        if self._found == {"utf-8", "windows-1252"}:
            return "utf-8 and windows-1252"
        return next(iter(self._found), "utf-8")

    def of(self, place: Path) -> Iterator[tuple[int, str]]:
        """Yield number and text of each line, with its end; what is beyond the longest line is cut off."""
        if self._wide:
            with place.open(encoding=self._wide, errors="replace", newline="") as text:
                yield from enumerate(_bounded(text), 1)
            return
        with place.open("rb") as file:
            for number, line in enumerate(_bounded(file), 1):
                yield number, self._decoded(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line)

    def _decoded(self, line: bytes) -> str:
        if line.isascii():
            return line.decode("ascii")
        try:
            text = line.decode("utf-8")
            self._found.add("utf-8")
        except UnicodeDecodeError:
            # Five bytes mean nothing in Windows-1252.
            text = line.translate(None, _NOTHING).decode("cp1252")
            self._found.add("windows-1252")
        return text


_NOTHING = b"\x81\x8d\x8f\x90\x9d"


def _bounded(file: IO[AnyStr]) -> Iterator[AnyStr]:
    while line := file.readline(LONGEST_LINE):
        yield line
        while len(line) == LONGEST_LINE and line[-1:] not in {"\n", b"\n"}:
            line = file.readline(LONGEST_LINE)


def _utf_16(start: bytes) -> str:
    """Return the encoding when the bytes are UTF-16: by its mark, or by the zero bytes beside plain letters."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    if len(start) < 4 or start.count(0) < len(start) // 4:
        return ""
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


# --- lines into records


def _records(lines: Iterator[tuple[int, str]], delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Yield line number, cells and fault of each record; a quoted cell may run over several lines."""
    waiting: list[tuple[int, str]] = []
    unclosed = 0
    while True:
        number, text = waiting.pop(0) if waiting else next(lines, (0, ""))
        if not number:
            return
        cells, fault = _parsed(text, delimiter)
        if fault == _OPEN and unclosed < UNCLOSED:
            cells, fault, used = _closed(text, waiting, lines, delimiter)
            del waiting[:used]
        if fault == _OPEN:
            unclosed += 1
            cells = text.rstrip("\r\n").split(delimiter)
        yield number, cells, fault


def _closed(
    text: str, waiting: list[tuple[int, str]], lines: Iterator[tuple[int, str]], delimiter: str
) -> tuple[list[str], str, int]:
    """Look for the end of a quoted cell in the lines that follow; return how many of ``waiting`` it took."""
    for ahead in range(LINES_OF_A_CELL):
        if ahead == len(waiting):
            if not (more := next(lines, None)):
                break
            waiting.append(more)
        text += waiting[ahead][1]
        if len(text) > 2 * LONGEST_CELL:
            break
        if '"' in waiting[ahead][1]:
            cells, fault = _parsed(text, delimiter)
            if fault != _OPEN:
                return cells, fault, ahead + 1
    return [], _OPEN, 0


_OPEN = "has a quotation mark that is never closed"
_STRAY = "has a quotation mark in the middle of a cell"


def _parsed(text: str, delimiter: str) -> tuple[list[str], str]:
    if len(text) >= LONGEST_LINE:
        return [text[:200]], f"is longer than {LONGEST_LINE:,} characters"
    if "\0" in text:
        return text.replace("\0", "").rstrip("\r\n").split(delimiter), "has a zero byte, which no text has"
    try:
        return next(csv.reader([text], delimiter=delimiter, strict=True), []), ""
    except csv.Error as fault:
        if "unexpected end" in str(fault):
            return [], _OPEN
        if "field larger" in str(fault):
            return [text[:200]], f"has a cell of more than {LONGEST_CELL:,} characters"
        return next(csv.reader([text.rstrip("\r\n")], delimiter=delimiter), []), _STRAY


def _fault_of(cells: Sequence[str], width: int) -> str:
    if (len(cells) != width and any(cell.strip() for cell in cells[width:])) or len(cells) < width:
        return f"has {len(cells)} cells, the header {width}"
    if any(len(cell) > LONGEST_CELL for cell in cells):
        return f"has a cell of more than {LONGEST_CELL:,} characters"
    return ""


# --- what the first lines say


def _shape_of(lines: Sequence[tuple[int, str]], delimiters: str) -> _Shape:
    """Find the delimiter that cuts most lines into the same number of cells, and the first line so wide: the header."""
    if lines and (told := _SEPARATOR_LINE.fullmatch(lines[0][1].strip())):
        delimiters, lines = told[1], lines[1:]
    best: tuple[tuple[int, int, int], _Shape] | None = None
    for delimiter in delimiters:
        records = [(number, cells) for number, cells, _ in _records(iter(lines), delimiter) if any(cells)]
        headers = [(number, cells) for number, cells in records if _may_be_a_header(cells)]
        for width, often in Counter(len(cells) for _, cells in records).items():
            found = next(((number, cells) for number, cells in headers if len(cells) == width), None)
            if not found:
                continue
            worth = (often if width > 1 else 0, -found[0], width)
            if best is None or worth > best[0]:
                best = (worth, _Shape(delimiter, found[1], found[0]))
    if best is None:
        raise Unreadable("holds no table: there is no row that names the columns")
    return best[1]


def _may_be_a_header(cells: Sequence[str]) -> bool:
    """A row that names columns: text in half of them at least, and no two bare numbers."""
    named = sum(bool(cell.strip()) for cell in cells)
    numbers = sum(bool(re.fullmatch(r"[\d\s./:,$-]+", cell)) for cell in cells if cell.strip())
    return named * 2 >= len(cells) and numbers <= named // 10


def _different(header: Iterable[str]) -> list[str]:
    """Give every column a name of its own: an empty one its place, a second of the same name a number."""
    names: list[str] = []
    for place, cell in enumerate(header, 1):
        name = stem = " ".join(_clean(cell).split())[:120] or f"column {place}"
        turn = 2
        while name in names:
            name, turn = f"{stem} ({turn})", turn + 1
        names.append(name)
    return names


# --- cells


def _clean(cell: str) -> str:
    if found := _KEPT_AS_TEXT.fullmatch(cell):
        return found[1]
    return unguarded(cell)


_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_PLAIN_NUMBER = re.compile(r"[+-]?[\d.,]+%?")


def guarded(cell: str) -> str:
    """Return a cell as it is written for a spreadsheet: what it would run is marked as text by a ``'``."""
    return f"'{cell}" if _FORMULA.match(cell) and not _PLAIN_NUMBER.fullmatch(cell) else cell


def unguarded(cell: str) -> str:
    """Return what ``guarded`` was given."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell
