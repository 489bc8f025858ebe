"""Amounts as integer cents. A float never touches money."""

import re
from typing import Final

_AMOUNT: Final = re.compile(r"-?(?:\d{1,16}(?:\.(\d*))?|\.(\d+))", re.ASCII)


def cents(text: str) -> int:
    """Return an X12 decimal (type R: ``100``, ``-3.5``, ``.75``) in cents. Raises ValueError on anything else.

    More than two decimals are refused unless they are zeros: half a cent is a fault, not something to round.
    """
    if text.isdigit() and text.isascii() and len(text) < 17:
        return int(text) * 100
    if text[-3:-2] == "." and (text[0] + text[1:-3] + text[-2:]).removeprefix("-").isdigit() and len(text) < 20:
        return int(text[:-3] + text[-2:])
    return _slowly(text)


def _slowly(text: str) -> int:
    found = _AMOUNT.fullmatch(text)
    if not found:
        raise ValueError("not an amount")
    part = (found[1] or found[2] or "").rstrip("0")
    if len(part) > 2:
        raise ValueError("parts of a cent")
    whole = text.lstrip("-").partition(".")[0] or "0"
    value = int(whole) * 100 + int(part.ljust(2, "0"))
    return -value if text.startswith("-") else value


def decimal(amount: int) -> str:
    """Return cents as X12 sends them, without zeros at the end (X12.6, 3.5.1.3): ``-3.75``, ``100``, ``0.5``."""
    return dollars(amount).rstrip("0").rstrip(".") if amount % 100 else str(amount // 100)


def dollars(amount: int) -> str:
    """Return cents as ``-3.75``."""
    sign = "-" if amount < 0 else ""
    return f"{sign}{abs(amount) // 100}.{abs(amount) % 100:02}"
