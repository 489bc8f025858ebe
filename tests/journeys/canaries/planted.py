"""Who is planted, and how they are recognized in whatever spelling they turn up."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

FAMILY, GIVEN, CALLED = "Zyxqvarna", "Qovelthub", "Quvvy"
#: A second person, refused by the database itself.
REFUSED_FAMILY = "Wrelkvatch"
#: A third one, who comes by import, with the only social security number.
IMPORTED_FAMILY = "Yonduvixen"
BORN, BORN_TYPED = "1919-02-23", "02/23/1919"
PHONE = "8455550173"
EMAIL = "quvvy@zyxqvarna.example"
STREET = "7719 Quibblewick Lane"
MEMBER_ID = "XQZ7719ZZ"
NOTE = "fears zebraflukes"
FILE_NAME = "zyxqvarna-card.jpg"
SSN = "987-65-4329"

_WORDS = [
    FAMILY, GIVEN, CALLED, REFUSED_FAMILY, IMPORTED_FAMILY, "Quibblewick", MEMBER_ID, "zebrafluke", BORN, BORN_TYPED,
    "2/23/1919", "February 23, 1919", "datetime.date(1919, 2, 23)",
]  # fmt: skip
_PATTERNS = [
    *(re.compile(re.escape(word), re.I) for word in _WORDS),
    re.compile(r"845\D{0,3}555\D{0,2}0173"),
]
_SSN = re.compile(r"987\D?65\D?4329")


def found_in(text: str) -> set[str]:
    """Return what of the planted people stands in a text, as such or percent-encoded."""
    plain = f"{text}\n{unquote_plus(text)}"
    return {match.group() for pattern in (*_PATTERNS, _SSN) for match in pattern.finditer(plain)}


def numbers_in(data: bytes) -> Iterator[str]:
    """Yield the social security number wherever it can be read."""
    for match in _SSN.finditer(data.decode("latin-1")):
        yield match.group()
