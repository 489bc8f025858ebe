"""Which segments a transaction holds, in which loops, how often, and what their elements may be: a text file a guide.

The files set down facts of the structure in our own notation and words, see `edi.guides.notation`.
"""

from functools import lru_cache
from pathlib import Path
from typing import Final

from edi.guides.notation import LoopPlace, read

_FOLDER: Final = Path(__file__).parent


@lru_cache
def guide(name: str) -> LoopPlace | None:
    """Return the guide of a transaction by the name billers call it, ``837P``; nothing where we have none."""
    path = _FOLDER / f"{name.lower()}.txt"
    return read(path.read_text(encoding="utf-8")) if name.isalnum() and path.is_file() else None
