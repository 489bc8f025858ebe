"""What a column holds, told by all of its cells: dates and their order, phones, names, postal codes, money, e-mail.

A profile is taken in one pass and keeps counts and three samples, so a table of any length fits.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from office.core.tables.dates import DateEvidence, Order, is_empty
from office.core.tables.values import is_nothing

SAMPLES = 3
_MOSTLY = 0.7


class Shape(StrEnum):
    """The kinds of values that are told apart."""

    TEXT = "text"
    DATE = "date"
    MOMENT = "moment"
    TIME = "time"
    PHONE = "phone"
    ZIP = "zip"
    MONEY = "money"
    EMAIL = "email"
    NAME = "name"
    NUMBER = "number"


_LOOKS: tuple[tuple[Shape, re.Pattern[str]], ...] = (
    (Shape.EMAIL, re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")),
    (Shape.PHONE, re.compile(r"[^\d]{0,12}(?:\+?1[\s.-]*)?\(?[2-9]\d\d\)?[\s.\-/]*\d{3}[\s.-]*\d{4}\b.{0,24}")),
    (Shape.ZIP, re.compile(r"\d{5}(?:-\d{4})?|\d{9}")),
    (Shape.TIME, re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?:\s*[AaPp]\.?[Mm]\.?)?")),
    (Shape.MONEY, re.compile(r"\(?-?\$?\s*-?[\d,]*\.\d{2}\)?-?|\(?-?\$\s*[\d,.]+\)?")),
    (Shape.NAME, re.compile(r"[^\W\d_][\w'.\- ]*,\s*[^\W\d_][\w'.\- ]*")),
    (Shape.NUMBER, re.compile(r"-?\d+(?:\.\d+)?")),
)
_HAS_A_TIME = re.compile(r"\d[T ,]+\d{1,2}:\d{2}|\d{4,5}\.\d+")


class Column:
    """The profile of one column."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.filled = self.moments = self.short_zips = 0
        self.samples: list[str] = []
        self.dates = DateEvidence()
        self._looks: Counter[Shape] = Counter()

    def add(self, cell: str) -> None:
        """Take a cell into account."""
        if is_nothing(cell) or is_empty(cell):
            return
        self.filled += 1
        if len(self.samples) < SAMPLES and cell not in self.samples:
            self.samples.append(cell[:60])
        before = self.dates.dates
        self.dates.add(cell)
        if self.dates.dates > before and _HAS_A_TIME.search(cell):
            self.moments += 1
        text = cell.strip()
        for shape, pattern in _LOOKS:
            if pattern.fullmatch(text):
                self._looks[shape] += 1
                break
        if len(text) in {3, 4} and text.isdigit():
            self.short_zips += 1

    @property
    def shape(self) -> Shape:
        """What most of the cells look like; TEXT when they look like nothing in particular."""
        if not self.filled:
            return Shape.TEXT
        looks, most = self._looks.copy(), self.filled * _MOSTLY
        if looks[Shape.ZIP] and looks[Shape.ZIP] + self.short_zips > most:
            return Shape.ZIP
        if self.dates.dates > most:
            return Shape.MOMENT if self.moments > most else Shape.DATE
        shape, count = looks.most_common(1)[0] if looks else (Shape.TEXT, 0)
        return shape if count > most else Shape.TEXT

    @property
    def order(self) -> Order:
        return self.dates.order


def profile(header: Sequence[str], rows: Iterable[Sequence[str]]) -> list[Column]:
    """Return the profile of each column over all rows; a row of another length is left out."""
    columns = [Column(name) for name in header]
    for cells in rows:
        if len(cells) >= len(columns):
            for column, cell in zip(columns, cells, strict=False):
                if cell:
                    column.add(cell)
    return columns
