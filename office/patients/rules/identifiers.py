"""Social security numbers: which can be one, and how little of one is shown."""

import re

AREAS_NEVER_GIVEN = {"000", "666"}


class NotASocialSecurityNumber(ValueError):
    """The text can be none; the message says why, without the text."""


def read_social_security_number(text: str) -> str:
    """Return the nine digits. Raises NotASocialSecurityNumber.

    No number has the area 000, 666 or 900 to 999, the group 00 or the serial 0000 (SSA, Program Operations Manual
    RM 10201.035); one that begins with 9 is a taxpayer's number (ITIN).
    """
    if not re.fullmatch(r"\d{3}[- ]?\d{2}[- ]?\d{4}", text.strip()):
        raise NotASocialSecurityNumber("A social security number has nine digits: 123-45-6789.")
    digits = re.sub(r"\D", "", text)
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    if area in AREAS_NEVER_GIVEN or area[0] == "9" or group == "00" or serial == "0000":
        raise NotASocialSecurityNumber("No social security number is like that. Look at the card again.")
    return digits


def last_four(digits: str) -> str:
    """Return the last four of nine digits, or nothing of what is no whole number."""
    return digits[-4:] if len(digits) == 9 else ""


def written(digits: str) -> str:
    """Return ``123-45-6789``; digits that are no whole number as they are."""
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}" if len(digits) == 9 else digits
