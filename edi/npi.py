"""The National Provider Identifier: ten digits, the last a check digit (45 CFR 162.406)."""


def is_npi(text: str) -> bool:
    """Tell whether a text is a possible NPI: begins with 1 or 2, and passes Luhn's check behind the prefix 80840."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()) or text[0] not in "12":
        return False
    total = 24  # what 80840 adds
    for position, digit in enumerate(map(int, text)):
        doubled = digit * 2 if position % 2 == 0 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0
