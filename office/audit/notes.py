"""Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint): plain text that anyone can keep and check.

The signing key never leaves the machine, not even in a back-up. An office restored on another machine signs with a key
of its own and still reads what the earlier machine signed, by that machine's public key.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from config import state

ORIGIN = "frontdesk/audit"
_SIGNATURE = re.compile(rf"^— {re.escape(ORIGIN)} (?P<signature>[A-Za-z0-9+/=]+)$")


class BadNote(Exception):
    """A checkpoint that this office did not sign, or that was altered. The message says which."""


@dataclass(frozen=True)
class Statement:
    """What a checkpoint says: this many entries, this root, at this moment."""

    size: int
    root: bytes
    at: datetime


@cache
def _private_key() -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(state.key("audit-seal"))


def earlier_keys_file() -> Path:
    return state.folder() / "audit" / "earlier-keys"


def public_keys() -> list[str]:
    """Return the public keys that this office's checkpoints were signed with, its own first, as base64."""
    own = _base64(_private_key().public_key().public_bytes_raw())
    file = earlier_keys_file()
    return [own, *(file.read_text(encoding="ascii").split() if file.exists() else [])]


def _key_id(public: bytes) -> bytes:
    return hashlib.sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]


def _signer(signature: bytes) -> Ed25519PublicKey:
    for public in (base64.b64decode(key) for key in public_keys()):
        if signature[:4] == _key_id(public):
            return Ed25519PublicKey.from_public_bytes(public)
    raise BadNote("A checkpoint was signed with another key.")


def sign(statement: Statement) -> str:
    """Return the note: origin, size, root, moment, an empty line, the signature."""
    text = f"{ORIGIN}\n{statement.size}\n{_base64(statement.root)}\n{statement.at.isoformat()}\n"
    own = _private_key().public_key().public_bytes_raw()
    return f"{text}\n— {ORIGIN} {_base64(_key_id(own) + _private_key().sign(text.encode()))}\n"


def read(note: str) -> Statement:
    """Return what a note says once its signature holds. Raises BadNote."""
    text, separator, rest = note.partition("\n\n")
    signed = _SIGNATURE.match(rest.strip("\n"))
    if not separator or not signed:
        raise BadNote("A checkpoint cannot be read.")
    try:
        signature = base64.b64decode(signed["signature"], validate=True)
        _signer(signature).verify(signature[4:], f"{text}\n".encode())
        origin, size, root, at = text.split("\n")
        if origin != ORIGIN:
            raise BadNote("A checkpoint is of another trail.")
        return Statement(int(size), base64.b64decode(root, validate=True), datetime.fromisoformat(at))
    except (InvalidSignature, ValueError) as fault:
        raise BadNote("A checkpoint was altered after it was signed.") from fault


def split(text: str) -> list[str]:
    """Return the notes of a file of notes, each as it was written."""
    return [note for note in re.split(rf"(?m)^(?={re.escape(ORIGIN)}$)", text) if note]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
