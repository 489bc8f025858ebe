"""Time-ordered identifiers (UUIDv7, RFC 9562 section 5.7); Python 3.11 has none of its own."""

import secrets
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """Return a UUIDv7 that sorts after every earlier one of this process.

    48 bits of Unix milliseconds, then a 12-bit fraction of the millisecond that is also the counter within it
    (RFC 9562 section 6.2, method 3), then 62 random bits.
    """
    global _last  # noqa: PLW0603
    with _lock:
        stamp = (time.time_ns() << 12) // 1_000_000
        _last = stamp = max(stamp, _last + 1)
    milliseconds, fraction = stamp >> 12, stamp & 0xFFF
    return UUID(int=milliseconds << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | secrets.randbits(62))
