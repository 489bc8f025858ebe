"""Telephone numbers as they are searched and shown. Reading what staff type is phone_numbers.py's."""

import re

_FORMATTED = re.compile(r"[+(\d][\d\s().\-/+]*")


def phone_word(number: str) -> str:
    """Return ``#`` and the digits from the last to the first, so that "ends in 0139" is a beginning; "" without any.

    A North American number counts without its country code.
    """
    digits = re.sub(r"\D", "", number)
    if len(digits) == 11 and digits[0] == "1":
        digits = digits[1:]
    return f"#{digits[::-1]}" if len(digits) >= 4 else ""


def looks_like_a_phone(text: str) -> bool:
    """Return whether someone may have typed a phone number, or at least its last four digits."""
    return bool(_FORMATTED.fullmatch(text.strip())) and 4 <= len(re.sub(r"\D", "", text)) <= 15


def shown(number: str) -> str:
    """Return ``(503) 555-0139`` for a North American E.164 number, any other as it stands."""
    if found := re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", number):
        return f"({found[1]}) {found[2]}-{found[3]}"
    return number
