"""What a back-up is made of, and how it is sealed and opened.

A back-up is one file, encrypted with age: the database, the signed checkpoints, the key of sealed columns, and a list
of the documents. The documents lie beside it in ``files/``, each encrypted once and for all, under a name that says
nothing of what is in it: a keyed fingerprint, a dot, and the SHA-256 of the encrypted bytes, so that anybody can check
a copy.
"""

import hashlib
import hmac
import json
import shutil
import tarfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyrage
from pyrage.x25519 import Identity, Recipient

from office.core.commands import CannotDo
from office.core.snapshot import Facts

FORMAT = 1
FILES = "files"
_BLOCK, _TAG = 1 << 16, 16  # age's payload: blocks of 64 KiB, each with its tag


@dataclass(frozen=True)
class Manifest:
    """What a back-up says of itself. ``made_at`` is ISO 8601; ``files`` the SHA-256 names of its documents.

    ``demo`` holds the two small files by which a demo knows its day.
    """

    version: str
    kind: str
    made_at: str
    database_sha256: str
    server: int
    recipient: str
    public_keys: Sequence[str]
    files: Sequence[str]
    facts: Facts
    demo: dict[str, str]
    format: int = FORMAT

    @classmethod
    def read(cls, text: str) -> "Manifest":
        found: dict[str, Any] = json.loads(text)
        if found.get("format") != FORMAT:
            raise CannotDo("This back-up was made by a newer version of Frontdesk. Install that version, then restore.")
        return cls(**{**found, "facts": Facts(**found["facts"])})

    def text(self) -> str:
        return json.dumps(asdict(self))

    @property
    def rows(self) -> int:
        return sum(self.facts.counts.values())


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


# --- names that tell nothing


def office_mark(key: bytes) -> str:
    """Return the eight digits by which an office's back-ups are told from another's."""
    return hmac.new(key, b"backup|office", hashlib.sha256).hexdigest()[:8]


def hidden(name: str, key: bytes, recipient: str) -> str:
    """Return the name of a document at the place: 32 digits that only the holder of the office's key can make.

    Another recovery key makes other names, so that every document is brought anew for it.
    """
    return hmac.new(key, f"backup|{recipient}|{name}".encode(), hashlib.sha256).hexdigest()[:32]


# --- packing


def pack(into: Path, parts: dict[str, Path | bytes]) -> None:
    """Write parts into one packed file, in their order; a part is a file or bytes."""
    scratch = into.with_suffix(".part")
    with tarfile.open(into, "w:gz", compresslevel=1) as archive:
        for name, part in parts.items():
            if isinstance(part, bytes):
                scratch.write_bytes(part)
            archive.add(scratch if isinstance(part, bytes) else part, name, recursive=False, filter=_nobody)
    scratch.unlink(missing_ok=True)


def _nobody(member: tarfile.TarInfo) -> tarfile.TarInfo:
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    member.mode = 0o600
    return member


def unpack(file: Path, into: Path) -> None:
    """Bring the parts back. Raises CannotDo when they are not a whole back-up's."""
    try:
        with tarfile.open(file, "r:gz") as archive:
            for member in archive:
                _take_out(archive, member, into)
    except (tarfile.TarError, EOFError, OSError) as fault:
        if isinstance(fault, OSError) and fault.errno is not None:
            raise
        raise CannotDo("What the back-up holds cannot be read. Nothing was restored.") from fault


def _take_out(archive: tarfile.TarFile, member: tarfile.TarInfo, into: Path) -> None:
    """Write one part. By hand, since tarfile's own filter for what strangers made came only with Python 3.11.4."""
    content = archive.extractfile(member) if member.isreg() else None
    if content is None or member.name in {"", ".", ".."} or {"/", "\\", "\0"} & set(member.name):
        raise tarfile.ExtractError(member.name)
    with content, (into / member.name).open("xb") as part:
        shutil.copyfileobj(content, part)


# --- sealing


def seal(plain: Path, into: Path, recipients: Sequence[str]) -> None:
    """Encrypt a file for each recipient (``age1…``)."""
    with plain.open("rb") as source, into.open("wb") as sealed:
        try:
            pyrage.encrypt_io(source, sealed, [Recipient.from_str(one) for one in recipients])
        except pyrage.EncryptError as fault:
            raise OSError(getattr(fault, "errno", None) or 5, str(fault), str(into)) from fault


def unseal(sealed: Path, into: Path, identity: Identity) -> None:
    """Decrypt a file. Raises CannotDo that names the damaged block of bytes, or says that the key is another."""
    with sealed.open("rb") as source, into.open("wb") as plain:
        try:
            pyrage.decrypt_io(source, plain, [identity])
        except pyrage.DecryptError:
            _say_why_not(sealed)
        except OSError as fault:
            if fault.errno is not None:
                raise
            plain.flush()
            _say_where(sealed, plain.tell())


def _say_why_not(sealed: Path) -> None:
    if _payload(sealed) is None:
        raise CannotDo(f"{sealed.name} is no back-up of Frontdesk, or its beginning is damaged. Nothing was restored.")
    raise CannotDo(
        f"{sealed.name} does not open with this recovery key: it is another office's, or its first bytes are damaged. "
        "Nothing was restored."
    )


def _say_where(sealed: Path, good: int) -> None:
    start = (_payload(sealed) or 0) + (good // _BLOCK) * (_BLOCK + _TAG)
    end = min(start + _BLOCK + _TAG, sealed.stat().st_size)
    if start >= end:
        raise CannotDo(f"{sealed.name} is cut off at byte {end:,}. Nothing was restored; use the one before it.")
    raise CannotDo(
        f"{sealed.name} is damaged between byte {start:,} and byte {end:,}. Nothing was restored; "
        "use the one before it."
    )


def _payload(sealed: Path) -> int | None:
    """Return where the encrypted blocks begin: after age's header and its nonce of 16 bytes."""
    with sealed.open("rb") as source:
        head = source.read(4096)
    if not head.startswith(b"age-encryption.org/"):
        return None
    mark = head.find(b"\n---")
    end = head.find(b"\n", mark + 1) if mark >= 0 else -1
    return end + 1 + 16 if end >= 0 else None
