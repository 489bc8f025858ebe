"""Sealing what must not be readable in the database: AES-256-GCM, bound to the row it belongs to."""

import hashlib
import hmac
import secrets
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from config import state

_VERSION = b"\x01"  # names the key; the next key gets the next number


@cache
def _key(purpose: str) -> bytes:
    return hmac.new(state.key("fields"), purpose.encode(), hashlib.sha256).digest()


def seal(plain: bytes, *, row: str) -> bytes:
    """Encrypt for one row; ``row`` reads ``table|column|key``, and a value moved to another row does not open."""
    nonce = secrets.token_bytes(12)
    return _VERSION + nonce + AESGCM(_key("seal")).encrypt(nonce, plain, row.encode())


def unseal(sealed: bytes, *, row: str) -> bytes:
    """Return what was sealed for this row. Raises cryptography's InvalidTag when it was not, or was altered."""
    return AESGCM(_key("seal")).decrypt(bytes(sealed[1:13]), bytes(sealed[13:]), row.encode())


def blind_index(value: str, *, field: str) -> str:
    """Return a keyed fingerprint by which an exact value is found without being readable: 32 hex digits."""
    return hmac.new(_key(f"index|{field}"), value.encode(), hashlib.sha256).hexdigest()[:32]
