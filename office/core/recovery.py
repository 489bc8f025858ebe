"""The recovery key: back-ups are encrypted for it, and the office's machine keeps its public half alone.

Whoever holds the machine can make back-ups and read none. The secret half is on the recovery sheet, printed once.
"""

import os
import re
from datetime import date

from pyrage import IdentityError
from pyrage.x25519 import Identity

from config import state
from office.core.actions import Refused

_SECRET = re.compile(r"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}")


def recipient() -> str | None:
    """Return the public half, as age writes it (``age1…``), or None before there is a recovery key."""
    path = state.folder() / "keys" / "recovery.pub"
    return path.read_text(encoding="ascii").strip() if path.exists() else None


def make() -> str:
    """Make the recovery key, keep its public half and return the secret half, which nothing keeps.

    Raises Refused when there is one: back-ups made for it would be lost with it.
    """
    identity = Identity.generate()
    try:
        keep(str(identity.to_public()))
    except FileExistsError:
        raise Refused("This office has a recovery key already. Its sheet was printed when it was made.") from None
    return str(identity)


def keep(public: str) -> None:
    """Keep a public half, durably. Raises FileExistsError when there is one."""
    path = state.made(state.folder() / "keys") / "recovery.pub"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(public + "\n")
        file.flush()
        os.fsync(file.fileno())


def read(typed: str) -> Identity:
    """Return the key that somebody typed from the sheet: spaces, line ends, small letters and words around it allowed.

    Raises Refused when no whole key is in it; its last six letters are a checksum that finds mistyped ones.
    """
    found = _SECRET.search(re.sub(r"\s", "", typed).upper())
    try:
        return Identity.from_str(found[0] if found else "")
    except IdentityError:
        raise Refused("That is not a whole recovery key. Look for a letter that was left out or mistaken.") from None


def sheet(secret: str, *, office: str, made_on: date) -> str:
    """Return the recovery sheet as text: the key in groups of four, and what it is for."""
    head, key = secret[:16], secret[16:]
    groups = [key[at : at + 4] for at in range(0, len(key), 4)]
    return "\n".join(
        [
            f"RECOVERY SHEET                                {made_on:%m/%d/%Y}",
            office,
            "",
            head,
            " ".join(groups[:8]),
            " ".join(groups[8:]),
            "",
            "This key opens the office's back-ups. It is shown this once and is on no machine.",
            "Without it a lost office cannot be restored, by anybody.",
            "Keep two copies on paper: one in a safe, one away from the office.",
            "To restore: ./run restore FILE on an empty machine, then type the three lines above.",
        ]
    )
