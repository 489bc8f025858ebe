"""Single cells as values: money, phone numbers, postal codes, and the names of people.

Each returns what the cell says, or raises NotAValue with the reason, beginning with the cell.
"""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_NOTHING = frozenset({"", "-", "--", "n/a", "na", "none", "null", "\\n", "nil", "unknown", "unk", "#n/a", "#ref!", "."})


class NotAValue(ValueError):
    """The cell does not say what its column holds; the message says why."""


def is_nothing(text: str) -> bool:
    """Whether a cell is what programs write where they know nothing."""
    return text.strip().casefold() in _NOTHING


# --- money

_MONEY = re.compile(
    r"(?P<open>\()?\s*(?P<sign>[-+])?\s*\$?\s*(?P<sign2>-)?(?P<digits>\d[\d,. ']*|\.\d+)\s*"
    r"(?P<close>\))?\s*(?P<after>-|CR|cr|DR|dr)?"
)


def money(text: str) -> Decimal:
    """Return an amount in dollars and cents: 1,234.50, $12, (12.00), 12.00-, 12.00 CR, 1.234,56."""
    found = _MONEY.fullmatch(text.strip())
    if not found or bool(found["open"]) != bool(found["close"]) or (found["sign"] and found["sign2"]):
        raise NotAValue(f"“{_shown(text)}” is no amount")
    digits = re.sub(r"[ ']", "", found["digits"])
    whole, mark, cents = re.fullmatch(r"(.*?)(?:([.,])(\d{1,2}|(?<=\.)\d{4,}))?", digits).groups()  # type: ignore[union-attr]
    if not mark or not re.fullmatch(r"\d{0,3}(?:[.,]\d{3})*|\d*", whole):
        whole, cents = digits, "0"
    if not re.fullmatch(r"\d{1,3}(?:,\d{3})*|\d{1,3}(?:\.\d{3})+|\d*", whole):
        raise NotAValue(f"“{_shown(text)}” is no amount")
    try:
        amount = Decimal(f"{re.sub(r'[.,]', '', whole) or '0'}.{cents}").quantize(Decimal("0.01"))
    except InvalidOperation:
        raise NotAValue(f"“{_shown(text)}” is no amount") from None
    minus = found["open"] or found["sign"] == "-" or found["sign2"] or found["after"] in {"-", "CR", "cr"}
    return -amount if minus else amount


# --- phone numbers

_PHONE = re.compile(
    r"(?<![\d-])(?:\+?1[\s.\-/]*)?\(?(\d{3})\)?[\s.\-/]*(\d{3})[\s.\-]*(\d{4})(?!\d)"
    r"(?:\s*(?:x|ext\.?|extension|#)\s*(\d{1,6}))?",
    re.IGNORECASE,
)
_LOCAL = re.compile(r"(?<![\d-])(\d{3})[\s.\-]?(\d{4})(?!\d)")


@dataclass(frozen=True)
class Phone:
    """A North American number of ten digits, an extension, and what else the cell said."""

    digits: str
    extension: str = ""
    note: str = ""


def phone(text: str) -> Phone:
    """Return the phone number in a cell, and whatever words stood around it."""
    stripped = re.sub(r"\.0$", "", text.strip())
    found = _PHONE.search(stripped)
    if not found:
        if _LOCAL.search(stripped):
            raise NotAValue(f"“{_shown(text)}” has no area code")
        raise NotAValue(f"“{_shown(text)}” is no phone number")
    if found[1][0] in "01" or len(set(found[1] + found[2] + found[3])) == 1:
        raise NotAValue(f"“{_shown(text)}” is no phone number")
    around = stripped[: found.start()] + " " + stripped[found.end() :]
    note = " ".join(re.sub(r"[()\[\],;:]", " ", around).split())
    return Phone(found[1] + found[2] + found[3], found[4] or "", note)


# --- postal codes


def zip_code(text: str) -> str:
    """Return a ZIP, with +4 when there is one; the zeros at its beginning, which Excel drops, are put back."""
    plain = re.sub(r"\.0$", "", text.strip()).replace(" ", "")
    if found := re.fullmatch(r"(\d{3,5})(?:-(\d{3,4})?)?", plain):
        return found[1].zfill(5) + (f"-{found[2].zfill(4)}" if found[2] else "")
    if re.fullmatch(r"\d{7,9}", plain):
        whole = plain.zfill(9)
        return f"{whole[:5]}-{whole[5:]}"
    if re.fullmatch(r"[A-Za-z]\d[A-Za-z]\d[A-Za-z]\d", plain):  # Canada
        return f"{plain[:3]} {plain[3:]}".upper()
    raise NotAValue(f"“{_shown(text)}” is no ZIP code")


# --- names


@dataclass(frozen=True)
class PersonName:
    """A name taken apart, and the phone numbers that stood in it."""

    family: str
    given: str = ""
    middle: str = ""
    suffix: str = ""
    phones: tuple[str, ...] = ()


_SUFFIXES = {"jr": "Jr", "sr": "Sr", "ii": "II", "iii": "III", "iv": "IV"}
_TITLES = {"mr", "mrs", "ms", "miss", "dr", "prof", "rev"}
_PARTICLES = {
    "de",
    "del",
    "della",
    "di",
    "da",
    "dos",
    "la",
    "las",
    "los",
    "van",
    "von",
    "der",
    "den",
    "le",
    "st",
    "san",
}
_BOTH = re.compile(r"\s*&\s*|\s+(?:and|AND|And)\s+|\s*\+\s*|(?<=\w)/(?=\w)|\s*;\s*")
#: Text that was UTF-8, was read as Windows-1252, and was written down so; or lost letters for good.
_BROKEN = re.compile("[\u00c2\u00c3][\u0080-\u00bf\u2013-\u2122\u0152-\u0178]|\u00e2\u20ac|\ufffd")


def person_name(text: str) -> PersonName:
    """Return the one person whom a cell names, as “Last, First M” or “First M Last”; raises NotAValue for two."""
    name, phones = without_phones(text)
    if not name:
        raise NotAValue("has only a phone number for a name" if phones else "has no name")
    objection = objection_to_name(name)
    if objection:
        raise NotAValue(objection)
    head, comma, tail = name.partition(",")
    if comma and _suffix(tail):
        name, comma = f"{head} {tail}", ""
    if comma:
        family, suffix = _without_suffix(head.split())
        given, suffix2 = _without_suffix([word for word in tail.replace(",", " ").split() if not _is_title(word)])
        if not family or not given:
            raise NotAValue(f"“{_shown(text)}” is no full name")
        return PersonName(" ".join(family), given[0], " ".join(given[1:]), suffix or suffix2, phones)
    words, suffix = _without_suffix([word for word in name.split() if not _is_title(word)])
    if len(words) < 2:
        raise NotAValue(f"“{_shown(text)}” is only one name")
    start = len(words) - 1
    while start > 1 and words[start - 1].casefold().strip(".") in _PARTICLES:
        start -= 1
    return PersonName(" ".join(words[start:]), words[0], " ".join(words[1:start]), suffix, phones)


def without_phones(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a name without the phone numbers someone typed into it, and their digits."""
    numbers = tuple("".join(found.groups()[:3]) for found in _PHONE.finditer(text))
    rest = (
        re.sub(r"\(\s*\)|\b(?:cell|home|work|ph|phone|tel|call)\b\.?:?", " ", _PHONE.sub(" ", text), flags=re.I)
        if numbers
        else text
    )
    return " ".join(rest.split()).strip(" ,;:-"), numbers


def objection_to_name(text: str) -> str:
    """Return why this cannot be one person's name or a part of it, or ""."""
    shown = _shown(text)
    if _BROKEN.search(text):
        try:
            return f"“{shown}” has broken characters; it may be “{text.encode('cp1252').decode('utf-8')}”"
        except UnicodeError:
            return f"“{shown}” has broken characters"
    if _BOTH.search(text):
        return f"Two people in one row: “{shown}”"
    if re.search(r"\d{3}", text):
        return f"“{shown}” has a number in the name"
    if text.startswith(("=", "@")) or re.search(r"[<>{}\\|]", text):
        return f"“{shown}” is no name"
    return ""


def _suffix(word: str) -> str:
    return _SUFFIXES.get(word.casefold().strip(" .,"), "")


def _is_title(word: str) -> bool:
    return word.casefold().strip(".") in _TITLES


def _without_suffix(words: list[str]) -> tuple[list[str], str]:
    if len(words) > 1 and (suffix := _suffix(words[-1])):
        return words[:-1], suffix
    return words, ""


def _shown(text: str) -> str:
    return " ".join(text.split())[:60]
