"""Packed parts: brought back as they were, and nothing written where the packer had no business."""

import io
import tarfile
from pathlib import Path

import pytest

from office.core.commands import CannotDo
from office.upkeep import archive


def packed(folder: Path, *members: tarfile.TarInfo) -> Path:
    file = folder / "packed"
    with tarfile.open(file, "w:gz") as made:
        for member in members:
            made.addfile(member, io.BytesIO(b"x" * member.size))
    return file


def member(name: str, kind: bytes = tarfile.REGTYPE, *, size: int = 0, link: str = "") -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.type, made.size, made.linkname = kind, size, link
    return made


def test_parts_come_back_byte_for_byte(tmp_path: Path) -> None:
    (tmp_path / "source").write_bytes(b"\x00rows" * 1000)
    archive.pack(tmp_path / "packed", {"manifest.json": b"{}", "database": tmp_path / "source"})
    into = tmp_path / "into"
    into.mkdir()
    archive.unpack(tmp_path / "packed", into)
    assert {part.name: part.read_bytes() for part in into.iterdir()} == {
        "manifest.json": b"{}",
        "database": b"\x00rows" * 1000,
    }


@pytest.mark.parametrize(
    "bad",
    [
        member("../outside", size=3),
        member("/outside", size=3),
        member("deep/inside", size=3),
        member("..", size=3),
        member("..\\outside", size=3),
        member("database", tarfile.SYMTYPE, link="/etc/passwd"),
        member("database", tarfile.LNKTYPE, link="../outside"),
        member("database", tarfile.FIFOTYPE),
        member("database", tarfile.CHRTYPE),
        member("database", tarfile.DIRTYPE),
    ],
    ids=["above", "root", "folder", "parent", "backslash", "symlink", "link", "pipe", "device", "directory"],
)
def test_a_part_that_is_no_plain_file_of_its_own_is_refused_and_writes_nothing(
    tmp_path: Path, bad: tarfile.TarInfo
) -> None:
    into = tmp_path / "one" / "into"
    into.mkdir(parents=True)
    file = packed(tmp_path, bad)
    with pytest.raises(CannotDo, match="cannot be read"):
        archive.unpack(file, into)
    assert [path for path in (tmp_path / "one").rglob("*") if path != into] == []
