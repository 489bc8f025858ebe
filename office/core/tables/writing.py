"""What is written for a spreadsheet to read."""


def harmless(text: str) -> str:
    """Keep a spreadsheet from taking a cell for a formula (OWASP, CSV injection)."""
    # Also after blanks, and in the wide letters that a Japanese spreadsheet takes for the narrow ones.
    begins = text.lstrip(" \u3000")[:1]
    return f"'{text}" if begins and begins in "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20" else text
