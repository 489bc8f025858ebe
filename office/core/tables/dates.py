"""Dates of a whole column: in which order its numbers stand, and each of them read in that order.

One date may fit two orders (02/03/1980), a column hardly ever does. When it does, that is said and asked, not guessed.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

_PARTS = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{1,4})(.*)", re.DOTALL)
_WORD_SECOND = re.compile(r"(\d{1,2})[-/. ]*([A-Za-z]{3,9})\.?[-/., ]*(\d{4}|\d{2})(?!\d)(.*)", re.DOTALL)
_WORD_FIRST = re.compile(r"([A-Za-z]{3,9})\.?[ -]*(\d{1,2})(?:st|nd|rd|th)?,?[ -]+(\d{4}|\d{2})(?!\d)(.*)", re.DOTALL)
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +", re.IGNORECASE)
_RUN = re.compile(r"\d{7,8}")
_SERIAL = re.compile(r"(\d{4,5})(\.\d+)?")
_CLOCK = re.compile(
    r"[T ,]*(\d{1,2})(?::?(\d{2}))?(?::(\d{2})(?:\.\d+)?)?\s*([AaPp])?\.?[Mm]?\.?\s*(?:Z|[+-]\d\d:?\d\d)?"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
#: What programs write where they know no date.
_NONE = re.compile(r"0{1,4}([-/. ])0{1,2}\1?0{0,4}.*|0?1[-/]0?0[-/]1900.*|0+|1/1/0001.*|0001-01-01.*")
#: Day 0 of Excel's calendar, with which its leap year 1900 comes out right from March 1900.
_EXCEL = date(1899, 12, 30)
#: How many of a column may fit only the other order and still be taken for slips of the pen.
SLIPS = 0.05


class Order(StrEnum):
    """In which order a date is written."""

    MONTH_FIRST = "month_first"
    DAY_FIRST = "day_first"
    UNTOLD = "untold"


class NotADate(ValueError):
    """The cell is no date; the message says why, beginning with the cell."""


@dataclass(frozen=True)
class _Numbers:
    """A date taken apart: the year, and the two numbers whose order is open; ``is_told`` when it is not."""

    year: int
    first: int
    second: int
    rest: str = ""
    is_told: bool = True
    short_year: bool = False


def is_empty(text: str) -> bool:
    """Whether the cell says that there is no date."""
    return not text.strip() or bool(_NONE.fullmatch(text.strip()))


class DateEvidence:
    """What a column's cells say of the order of their dates."""

    def __init__(self) -> None:
        self.dates = self.month_first = self.day_first = 0

    def add(self, text: str) -> None:
        """Take a cell into account."""
        found = _taken_apart(text.strip())
        if found is None:
            return
        self.dates += 1
        if not found.is_told and found.first != found.second:
            self.month_first += found.first <= 12 < found.second <= 31
            self.day_first += found.second <= 12 < found.first <= 31

    @property
    def order(self) -> Order:
        """The order that the column has, or UNTOLD when nothing tells, or when it has both."""
        told = self.month_first + self.day_first
        if self.day_first <= told * SLIPS and self.month_first:
            return Order.MONTH_FIRST
        if self.month_first <= told * SLIPS and self.day_first:
            return Order.DAY_FIRST
        return Order.UNTOLD


def read_date(text: str, order: Order, *, today: date, past: bool) -> date:
    """Return the day, with two digits of a year in the past or, when not ``past``, in this century.

    Raises NotADate: for what is none, for a day that does not exist, and for one that UNTOLD leaves open.
    """
    return _read(text.strip(), order, today=today, past=past)[0]


def read_moment(text: str, order: Order, *, today: date) -> datetime:
    """Return day and time of day, without a zone; midnight when the cell has no time. Raises NotADate."""
    day, rest = _read(text.strip(), order, today=today, past=False)
    return datetime.combine(day, read_time(rest) if rest.strip(" T,") else time())


def read_time(text: str) -> time:
    """Return a time of day: 14:30, 2:30 PM, 1430, or Excel's fraction of a day. Raises NotADate."""
    stripped = text.strip()
    if re.fullmatch(r"0?\.\d+", stripped):
        return _of_a_day(float(stripped))
    found = _CLOCK.fullmatch(stripped)
    if not found or not (found[2] or found[4]):
        raise NotADate(f"“{_shown(text)}” is no time of day")
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[4]:
        if not 1 <= hour <= 12:
            raise NotADate(f"“{_shown(text)}” is no time of day")
        hour = hour % 12 + (12 if found[4] in "pP" else 0)
    if hour > 23 or minute > 59:
        raise NotADate(f"“{_shown(text)}” is no time of day")
    return time(hour, minute)


def _of_a_day(part: float) -> time:
    minutes = min(round(part * 1440), 1439)
    return time(minutes // 60, minutes % 60)


def _read(text: str, order: Order, *, today: date, past: bool) -> tuple[date, str]:
    numbers = _taken_apart(text)
    if numbers is None:
        raise NotADate(f"“{_shown(text)}” is no date")
    year = numbers.year + (today.year // 100 * 100 if numbers.short_year else 0)
    month, day = _month_and_day(text, numbers, order)
    try:
        read = date(year, month, day)
        if past and numbers.short_year and read > today:
            read = date(year - 100, month, day)
    except ValueError:
        if month > 12 >= day and not numbers.is_told:
            other = "day" if order is Order.MONTH_FIRST else "month"
            raise NotADate(f"“{_shown(text)}” has the {other} first, unlike its column") from None
        raise NotADate(f"“{_shown(text)}” does not exist") from None
    return read, numbers.rest


def _month_and_day(text: str, numbers: _Numbers, order: Order) -> tuple[int, int]:
    first, second = numbers.first, numbers.second
    if numbers.is_told or first == second:
        return first, second
    if order is Order.UNTOLD and first <= 12 and second <= 12:
        raise NotADate(f"“{_shown(text)}” may have the month or the day first, and nothing in its column tells")
    day_first = order is Order.DAY_FIRST or (order is Order.UNTOLD and first > 12)
    return (second, first) if day_first else (first, second)


def _taken_apart(text: str) -> _Numbers | None:
    text = _WEEKDAY.sub("", text, count=1) if text[:1].isalpha() else text
    if found := _PARTS.fullmatch(text):
        return _of_three(found[1], found[3], found[4], found[5])
    if found := _WORD_SECOND.fullmatch(text):
        return _with_a_word(found[2], found[1], found[3], found[4])
    if found := _WORD_FIRST.fullmatch(text):
        return _with_a_word(found[1], found[2], found[3], found[4])
    return _of_a_run(text) if _RUN.fullmatch(text) else _of_a_serial(text)


def _of_a_run(text: str) -> _Numbers | None:
    run = text.zfill(8)  # 6171949 lost the zero of its month
    if len(text) == 8 and 1850 <= int(run[:4]) <= 2100 and 1 <= int(run[4:6]) <= 12 and 1 <= int(run[6:]) <= 31:
        return _Numbers(int(run[:4]), int(run[4:6]), int(run[6:]))
    if 1850 <= int(run[4:]) <= 2100:
        return _Numbers(int(run[4:]), int(run[:2]), int(run[2:4]), is_told=False)
    return None


def _of_a_serial(text: str) -> _Numbers | None:
    """Excel's count of days; what may be a year is not taken for one."""
    found = _SERIAL.fullmatch(text)
    if not found or int(found[1]) <= 2_100:
        return None
    day = _EXCEL + timedelta(days=int(found[1]))
    return _Numbers(day.year, day.month, day.day, found[2] or "")


def _of_three(one: str, two: str, three: str, rest: str) -> _Numbers | None:
    if rest and not _CLOCK.fullmatch(rest):
        return None
    if len(one) >= 3:
        return _Numbers(int(one), int(two), int(three), rest) if len(one) == 4 and len(three) < 3 else None
    if len(three) == 3:
        return None
    return _Numbers(int(three), int(one), int(two), rest, is_told=False, short_year=len(three) < 3)


def _with_a_word(word: str, day: str, year: str, rest: str) -> _Numbers | None:
    short = word[:3].lower()
    if short not in _MONTHS or (rest and not _CLOCK.fullmatch(rest)):
        return None
    return _Numbers(int(year), _MONTHS.index(short) + 1, int(day), rest, short_year=len(year) == 2)


def _shown(text: str) -> str:
    return " ".join(text.split())[:40]
