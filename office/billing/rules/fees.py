"""Codes, modifiers and which price holds: values alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

#: A million dollars: beyond that it is a mistyped amount.
MOST_CENTS = 1_000_000_00
_CODE = re.compile(r"[A-Z0-9]{1,10}")
_MODIFIER = re.compile(r"[A-Z0-9]{2}")
_JOINED = re.compile(r"([A-Z0-9]{4,7})((?:[-: ][A-Z0-9]{2}){1,4})")


@dataclass(frozen=True)
class Price:
    """One price of a line, from a day to a last day if it has one."""

    code: str
    modifiers: str
    place_of_service: str
    cents: int
    starts_on: date
    ends_on: date | None = None


def code_of(typed: str) -> tuple[str, str]:
    """Return the code and what modifiers stand behind it: ``g0439-25`` is ``("G0439", "25")``."""
    text = typed.strip().upper()
    if joined := _JOINED.fullmatch(text):
        return joined[1], modifiers_of(joined[2])
    return text, ""


def modifiers_of(*typed: str) -> str:
    """Return modifiers one way, in their order and each once: ``26, 59`` and ``26-59`` are ``26 59``."""
    return " ".join(dict.fromkeys(re.findall(r"[A-Z0-9]+", " ".join(typed).upper())))


def objection_to_code(code: str) -> str | None:
    """Return why this is no code, or None."""
    if not _CODE.fullmatch(code):
        return "A code has up to ten letters and digits"
    return None


def lost_its_zeros(code: str) -> bool:
    """Tell whether a spreadsheet may have taken the zeros before a code of five digits."""
    return bool(re.fullmatch(r"[1-9]\d{1,3}", code))


def objection_to_modifiers(modifiers: str) -> str | None:
    """Return why these are no modifiers, or None."""
    each = modifiers.split()
    if len(each) > 4:
        return "A line has at most four modifiers"
    if not all(_MODIFIER.fullmatch(one) for one in each):
        return "A modifier has two letters or digits"
    return None


def objection_to_amount(cents: int) -> str | None:
    """Return why this cannot be a price, or None. Nothing is a price too: some codes are reported and not charged."""
    if cents < 0:
        return "A price is not less than nothing"
    if cents > MOST_CENTS:
        return "A price is at most a million dollars"
    return None


def in_force(prices: Iterable[Price], *, on: date) -> Price | None:
    """Return the one of a line that holds on the day: the latest that has begun, unless it has ended."""
    begun = [price for price in prices if price.starts_on <= on]
    latest = max(begun, key=lambda price: price.starts_on, default=None)
    return None if latest is None or (latest.ends_on and latest.ends_on < on) else latest


def fee_for(prices: Iterable[Price], *, code: str, modifiers: str, place_of_service: str, on: date) -> Price | None:
    """Return what one unit costs, or None when nobody has said.

    A price for exactly these modifiers comes before one without; then one for this place before one for anywhere.
    """
    of_code = [price for price in prices if price.code == code]
    for wanted in dict.fromkeys([(modifiers, place_of_service), (modifiers, ""), ("", place_of_service), ("", "")]):
        line = [price for price in of_code if (price.modifiers, price.place_of_service) == wanted]
        if found := in_force(line, on=on):
            return found
    return None
