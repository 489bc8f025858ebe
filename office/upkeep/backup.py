"""Making a back-up while the office runs."""

import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.utils import timezone

from config import state
from office.audit import notes
from office.audit.sealer import checkpoints_file, write_outside
from office.core import files, recovery, snapshot
from office.core.commands import CannotDo, one_at_a_time
from office.upkeep import archive, places, rules
from office.upkeep.archive import Manifest

NO_KEY = (
    "There is no recovery key yet, so nothing could be encrypted. ./run backup at the terminal makes and shows one."
)


@dataclass(frozen=True)
class Made:
    """A back-up that is whole at its place. ``new_files`` are the documents that it brought there, by hidden name."""

    place: str
    name: str
    bytes: int
    sha256: str
    seconds: float
    manifest: Manifest
    new_files: frozenset[str]
    damaged: Sequence[str] = field(default_factory=list)

    @property
    def file(self) -> str:
        return f"{self.place}/{self.name}"


def back_up(url: str, *, also_for: Sequence[str] = ()) -> Made:
    """Make a back-up at ``url``, for the recovery key and for ``also_for``, and thin out older ones there.

    Raises CannotDo; then the back-ups of before are as they were, and none looks whole that is not.
    """
    recipient = recovery.recipient()
    if recipient is None:
        raise CannotDo(NO_KEY)
    began = time.monotonic()
    try:
        with one_at_a_time("backup"), scratch("backup") as folder, places.opened(url) as place:
            made = _made(place, folder, [recipient, *also_for], began)
            _thin(place, archive.office_mark(state.key("fields")))
            return made
    except OSError as fault:
        where = f" ({fault.filename})" if fault.filename else ""
        raise CannotDo(
            f"No back-up was made: {fault.strerror or fault}{where}. The office and its back-ups are as before."
        ) from fault


def _made(place: places.Place, folder: Path, recipients: Sequence[str], began: float) -> Made:
    key, now = state.key("fields"), timezone.now()
    name = str(rules.Name(now, archive.office_mark(key)))
    database = folder / "database"
    facts = snapshot.take(database)
    # After the database: a row's document is on the disk before the row is.
    kept, brought, damaged = _send_files(place, folder, recipients, key)
    manifest = Manifest(
        version=settings.VERSION,
        kind=state.kind() or "blank",
        made_at=now.astimezone(UTC).isoformat(),
        database_sha256=archive.sha256(database),
        server=snapshot.server_version(),
        recipient=recipients[0],
        public_keys=notes.public_keys(),
        files=kept,
        facts=facts,
        demo={path.name: path.read_text(encoding="utf-8") for path in state.folder().glob("demo-*")},
    )
    packed, sealed = folder / "packed", folder / name
    archive.pack(
        packed,
        {
            "manifest.json": manifest.text().encode(),
            "key": key,
            "checkpoints": _checkpoints(facts.sealed).encode(),
            "database": database,
        },
    )
    archive.seal(packed, sealed, recipients)
    place.send(sealed, name)
    return Made(
        place=place.url,
        name=name,
        bytes=sealed.stat().st_size,
        sha256=archive.sha256(sealed),
        seconds=round(time.monotonic() - began, 3),
        manifest=manifest,
        new_files=brought,
        damaged=damaged,
    )


def _checkpoints(sealed: int) -> str:
    """Return the notes outside the database, up to those that the copy of the database knows."""
    write_outside()  # the sealer may be between its commit and this
    path = checkpoints_file()
    found = notes.split(path.read_text(encoding="utf-8")) if path.exists() else []
    return "".join(note for note in found if int(note.split("\n")[1]) <= sealed)


def _send_files(
    place: places.Place, folder: Path, recipients: Sequence[str], key: bytes
) -> tuple[list[str], frozenset[str], list[str]]:
    """Bring there the documents that are not there; return all names, the hidden ones brought, and the damaged."""
    there = {name.partition(".")[0] for name in place.names(archive.FILES) if not name.endswith(places.PART)}
    kept, damaged, brought = [], [], set()
    for name in files.names():
        hidden = archive.hidden(name, key, recipients[0])
        if hidden not in there:
            try:
                (folder / "plain").write_bytes(files.read(name))
            except (files.Corrupted, files.Missing):
                damaged.append(name)
                continue
            archive.seal(folder / "plain", folder / "sealed", recipients)
            place.send(folder / "sealed", f"{archive.FILES}/{hidden}.{archive.sha256(folder / 'sealed')}")
            brought.add(hidden)
        kept.append(name)
    return kept, frozenset(brought), damaged


def _thin(place: places.Place, office: str) -> None:
    """Remove what was cut off in the middle, and this office's back-ups that the rules let go. Documents stay."""
    found = place.names()
    ours = {name for name in map(rules.Name.read, found) if name is not None and name.office == office}
    for name in ours - rules.kept(ours, timezone.now()):
        place.remove(str(name))
    for cut in [name for name in found if name.endswith(places.PART) and f"-{office}-" in name]:
        place.remove(cut)


@contextmanager
def scratch(purpose: str) -> Iterator[Path]:
    """A folder of the state folder for what is only half done; what a killed process left there is removed first.

    Only the holder of the lock of that name may ask for it.
    """
    root = state.made(state.folder() / "scratch")
    for left in root.glob(f"{purpose}-*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = state.made(root / f"{purpose}-{uuid4().hex[:8]}")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
