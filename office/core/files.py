"""Bytes that belong to rows: content-addressed under the state folder, and checked at every read.

A file's name is the SHA-256 of what is in it, so the same bytes are kept once, a row cannot point at something that
changed, and a flipped bit is noticed and never served.
"""

import hashlib
import os
import re
import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageOps

from office.core.actions import Refused
from office.core.ids import uuid7

PICTURE_BYTES = 10 * 1024 * 1024
PICTURE_PIXELS = 40_000_000
PICTURE_SIDE = 1_600
PICTURE_KINDS = ("JPEG", "PNG", "WEBP")


class Missing(Exception):
    """No file of that name is kept here."""


class Corrupted(Exception):
    """What is on the disk is not what was stored. It is not served; bring it back from a back-up."""


def store(data: bytes) -> str:
    """Keep the bytes and return their name: 64 hex digits. They are on the disk when this returns.

    The same bytes again are one file; a damaged copy of them is replaced.
    """
    name = hashlib.sha256(data).hexdigest()
    place = _place(name)
    if place.exists() and place.read_bytes() == data:
        return name
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = place.with_name(f"{name}.{uuid7()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(place)
    _sync(place.parent)
    return name


def read(name: str) -> bytes:
    """Return the bytes of that name. Raises Missing, or Corrupted when a single bit differs."""
    try:
        data = _place(name).read_bytes()
    except FileNotFoundError:
        raise Missing(name) from None
    if hashlib.sha256(data).hexdigest() != name:
        raise Corrupted(name)
    return data


def names() -> list[str]:
    """Return the name of every file that is kept here."""
    return sorted(place.name for place in Path(settings.FILES_ROOT).glob("??/*") if len(place.name) == 64)


def damaged() -> Iterator[str]:
    """Yield the name of each file that is no longer what was stored."""
    for name in names():
        if hashlib.sha256(_place(name).read_bytes()).hexdigest() != name:
            yield name


def picture(data: bytes) -> bytes:
    """Return a photo or a card as a JPEG made anew: upright, at most 1600 pixels a side, without its metadata.

    Raises Refused with a sentence for the person when it is too large, or is not a picture. The size is read before
    anything is unpacked, so a small file that unfolds into gigabytes is refused unopened.
    """
    if len(data) > PICTURE_BYTES:
        raise Refused("This picture is larger than 10 MB. Take it again at a lower quality.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(BytesIO(data), formats=PICTURE_KINDS) as opened:
                if opened.width * opened.height > PICTURE_PIXELS:
                    raise Refused("This picture has more than 40 million pixels. Take it again at a lower quality.")
                return _anew(opened)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as fault:
        raise Refused("This file could not be read as a picture. Use a JPEG, PNG or WebP.") from fault


def _anew(opened: Image.Image) -> bytes:
    # A large photo is unpacked at half its size or less; only JPEG knows how.
    opened.draft("RGB", (PICTURE_SIDE, PICTURE_SIDE))
    upright = ImageOps.exif_transpose(opened)
    upright.thumbnail((PICTURE_SIDE, PICTURE_SIDE))
    # Pasting pixels onto an empty picture leaves everything else behind: EXIF with its place, profiles, comments.
    plain = Image.new("RGB", upright.size, "white")
    layered = upright.convert("RGBA")
    plain.paste(layered, mask=layered)
    return jpeg(plain)


def jpeg(drawn: Image.Image) -> bytes:
    """Return a picture of ours as it is kept."""
    written = BytesIO()
    drawn.save(written, "JPEG", quality=85)
    return written.getvalue()


def _place(name: str) -> Path:
    if not re.fullmatch(r"[0-9a-f]{64}", name):
        raise Missing(name)
    return Path(settings.FILES_ROOT) / name[:2] / name


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
