"""Checkpoints as signed notes (C2SP signed-note and tlog-checkpoint): plain text that anyone can keep and check."""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

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


def _key_id() -> bytes:
    public = _private_key().public_key().public_bytes_raw()
    return hashlib.sha256(ORIGIN.encode() + b"\n\x01" + public).digest()[:4]


def sign(statement: Statement) -> str:
    """Return the note: origin, size, root, moment, an empty line, the signature."""
    text = f"{ORIGIN}\n{statement.size}\n{_base64(statement.root)}\n{statement.at.isoformat()}\n"
    return f"{text}\n— {ORIGIN} {_base64(_key_id() + _private_key().sign(text.encode()))}\n"


def read(note: str) -> Statement:
    """Return what a note says once its signature holds. Raises BadNote."""
    text, separator, rest = note.partition("\n\n")
    signed = _SIGNATURE.match(rest.strip("\n"))
    if not separator or not signed:
        raise BadNote("A checkpoint cannot be read.")
    try:
        signature = base64.b64decode(signed["signature"], validate=True)
        if signature[:4] != _key_id():
            raise BadNote("A checkpoint was signed with another key.")
        _private_key().public_key().verify(signature[4:], f"{text}\n".encode())
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
