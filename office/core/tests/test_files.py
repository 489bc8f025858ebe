"""Bytes under their own fingerprint, and pictures made anew."""

import hashlib
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from django.conf import settings as office_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from office.core import files
from office.core.actions import Refused


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, settings: Any) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def jpeg(size: tuple[int, int] = (40, 30), **saved: Any) -> bytes:
    written = BytesIO()
    Image.new("RGB", size, "teal").save(written, "JPEG", **saved)
    return written.getvalue()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.binary(max_size=200))
def test_what_was_stored_is_what_is_read(data: bytes) -> None:
    name = files.store(data)
    assert name == hashlib.sha256(data).hexdigest()
    assert files.read(name) == data


def test_the_same_bytes_are_one_file(own_folder: Path) -> None:
    assert files.store(b"card") == files.store(b"card")
    assert len([path for path in own_folder.rglob("*") if path.is_file()]) == 1


def test_only_the_owner_can_read_the_file(own_folder: Path) -> None:
    name = files.store(b"card")
    assert (own_folder / name[:2] / name).stat().st_mode & 0o777 == 0o600


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.integers(0, 8 * 64 - 1))
def test_a_flipped_bit_is_never_served(bit: int) -> None:
    name = files.store(bytes(range(64)))
    place = Path(office_settings.FILES_ROOT) / name[:2] / name
    altered = bytearray(bytes(range(64)))
    altered[bit // 8] ^= 1 << bit % 8
    place.write_bytes(altered)
    with pytest.raises(files.Corrupted):
        files.read(name)
    assert list(files.damaged()) == [name]
    files.store(bytes(range(64)))
    assert files.read(name) == bytes(range(64))


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64, "a" * 63, "0" * 64])
def test_a_name_that_is_not_kept_is_missing(name: str) -> None:
    with pytest.raises(files.Missing):
        files.read(name)


def test_a_picture_loses_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[0x010E] = "12 Alder Street"
    exif.get_ifd(0x8825)[1] = "N"
    taken = jpeg(exif=exif, comment=b"12 Alder Street")
    assert b"Alder" in taken
    made = files.picture(taken)
    assert b"Alder" not in made
    assert not Image.open(BytesIO(made)).getexif()


def test_a_picture_stands_upright_and_fits() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    made = Image.open(BytesIO(files.picture(jpeg((4000, 2000), exif=exif))))
    assert made.size == (800, 1600)


def test_a_transparent_picture_is_laid_on_white() -> None:
    written = BytesIO()
    Image.new("RGBA", (9, 9), (0, 0, 0, 0)).save(written, "PNG")
    pixel = Image.open(BytesIO(files.picture(written.getvalue()))).getpixel((4, 4))
    assert isinstance(pixel, tuple)
    assert min(pixel) > 250


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"<svg xmlns='http://www.w3.org/2000/svg'/>", jpeg()[:200], b"GIF89a" + bytes(50)]
)
def test_what_is_no_picture_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(Refused, match="could not be read as a picture"):
        files.picture(data)


def test_a_small_file_that_unfolds_into_gigabytes_is_refused_unopened() -> None:
    header = b"IHDR" + (50_000).to_bytes(4) + (50_000).to_bytes(4) + bytes([8, 2, 0, 0, 0])
    bomb = b"\x89PNG\r\n\x1a\n" + (13).to_bytes(4) + header + crc32(header).to_bytes(4)
    with pytest.raises(Refused):
        files.picture(bomb)


def test_too_many_bytes_and_too_many_pixels_are_refused() -> None:
    with pytest.raises(Refused, match="10 MB"):
        files.picture(bytes(files.PICTURE_BYTES + 1))
    written = BytesIO()
    Image.new("1", (8_000, 6_000)).save(written, "PNG")
    with pytest.raises(Refused, match="40 million"):
        files.picture(written.getvalue())
