"""Places of service in force (CMS, Place of Service Code Set, revision of May 2024)."""

import re
from typing import Final

PLACES_OF_SERVICE: Final = frozenset(
    re.findall(
        r"\d\d",
        """01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 31 32 33 34 41 42
        49 50 51 52 53 54 55 56 57 58 60 61 62 65 66 71 72 81 99""",
    )
)
