"""Streets and places as they are compared."""

import re

from office.patients.rules.names import fold

_SHORT = {
    "street": "st", "avenue": "ave", "av": "ave", "road": "rd", "drive": "dr", "lane": "ln", "court": "ct",
    "place": "pl", "boulevard": "blvd", "crescent": "cres", "circuit": "cct", "close": "cl", "parade": "pde",
    "terrace": "ter", "highway": "hwy", "parkway": "pkwy", "square": "sq", "circle": "cir", "trail": "trl",
    "north": "n", "south": "s", "east": "e", "west": "w", "northeast": "ne", "northwest": "nw", "southeast": "se",
    "southwest": "sw", "apartment": "apt", "suite": "ste", "unit": "apt", "number": "", "no": "", "mount": "mt",
    "saint": "st", "fort": "ft",
}  # fmt: skip
_NUMBER_FIRST = re.compile(r"(\d+[a-z]?) (.+)")


def street(line: str) -> str:
    """Return a street line folded, with the usual words in their short form (USPS Publication 28, appendix C)."""
    return " ".join(short for word in fold(line).split() if (short := _SHORT.get(word, word)))


def number_and_street(line: str) -> tuple[str, str]:
    """Return the house number, or "", and the rest of a street line, both as compared."""
    whole = street(line)
    found = _NUMBER_FIRST.fullmatch(whole)
    return (found[1], found[2]) if found else ("", whole)


def postal_code(code: str) -> str:
    """Return the code as compared: five digits of a ZIP, whatever follows them."""
    plain = fold(code).replace(" ", "")
    return plain[:5] if plain.isdigit() and len(plain) == 9 else plain
