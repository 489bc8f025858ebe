"""Dates as staff type them: explicit formats only, never a guess.

General date libraries read "4-12-61" as the year 2061; a birth date is always in the past.
"""

import re
from datetime import date

OLDEST_AGE = 125
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})")
_RUN = re.compile(r"(\d{2})(\d{2})(\d{4}|\d{2})")
_RUN_YEAR_FIRST = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_WORD = re.compile(r"([a-z]{3,9})\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4}|\d{2})")
_DAY_MONTH_WORD = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]+([a-z]{3,9})\.?,?[ -]+(\d{4}|\d{2})")


class NotADate(ValueError):
    """The text is no date; the message is a sentence for the person who typed it."""


def read_birth_date(text: str, *, today: date) -> date:
    """Return the birth date that was typed: month first, or the year first; two digits of a year lie in the past.

    Raises NotADate, saying why: not a form we read, no such day, still to come, or longer ago than anyone lives.
    """
    year, month, day, short = _parts(text)
    if short:
        year += today.year // 100 * 100
        if (year, month, day) > (today.year, today.month, today.day):
            year -= 100
    born = _day(year, month, day)
    if born > today:
        raise NotADate(f"{born:%m/%d/%Y} is still to come. A birth date lies in the past.")
    if age_on(born, today) > OLDEST_AGE:
        raise NotADate(f"{born:%m/%d/%Y} is more than {OLDEST_AGE} years ago.")
    return born


def read_date(text: str, *, today: date) -> date:
    """Return a date of the office's work, as insurance or an alert has one: two digits of a year mean 20xx.

    Raises NotADate, saying why.
    """
    year, month, day, short = _parts(text)
    return _day(year + today.year // 100 * 100 if short else year, month, day)


def birth_date_in(text: str, *, today: date) -> date | None:
    """Return the birth date that the text is, or None when it is none."""
    try:
        return read_birth_date(text, today=today)
    except NotADate:
        return None


def age_on(born: date, day: date) -> int:
    """Return whole years lived on that day; someone born on February 29 has a birthday on March 1 of a common year."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def spoken_age(born: date, day: date) -> str:
    """Return the age as a chart says it: days under four weeks, weeks under three months, months under two years."""
    days = (day - born).days
    if days < 28:
        return f"{days} day{'' if days == 1 else 's'}"
    months = (day.year - born.year) * 12 + day.month - born.month - (day.day < born.day)
    if months < 3:
        return f"{days // 7} weeks"
    if months < 24:
        return f"{months} months"
    return str(age_on(born, day))


def _parts(text: str) -> tuple[int, int, int, bool]:
    """Return year, month, day, and whether the year was typed with two digits."""
    typed = " ".join(text.casefold().split())
    if found := _YEAR_FIRST.fullmatch(typed):
        return int(found[1]), int(found[3]), int(found[4]), False
    if found := _YEAR_LAST.fullmatch(typed):
        return int(found[4]), int(found[1]), int(found[3]), len(found[4]) == 2
    if found := _MONTH_WORD.fullmatch(typed):
        return int(found[3]), _month(found[1]), int(found[2]), len(found[3]) == 2
    if found := _DAY_MONTH_WORD.fullmatch(typed):
        return int(found[3]), _month(found[2]), int(found[1]), len(found[3]) == 2
    if found := _RUN.fullmatch(typed):
        year_first = _RUN_YEAR_FIRST.fullmatch(typed)
        if year_first and int(found[1]) > 12:
            return int(year_first[1]), int(year_first[2]), int(year_first[3]), False
        return int(found[3]), int(found[1]), int(found[2]), len(found[3]) == 2
    raise NotADate("Type a date as 04/12/1961, 4-12-61, 041261 or 1961-04-12.")


def _month(word: str) -> int:
    if word in _FULL_MONTHS or word in _MONTHS or word == "sept":
        return _MONTHS.index(word[:3]) + 1
    raise NotADate("There is no such month. Type a date as 04/12/1961.")


def _day(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as fault:
        if not 1 <= month <= 12:
            raise NotADate(f"There is no month {month}. Month first, then day: 04/12/1961.") from fault
        raise NotADate(f"There is no {month:02d}/{day:02d} in {year}.") from fault
