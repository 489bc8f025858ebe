"""Reading the sealed trail from the first entry to the last and naming the first thing that is not as it was."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from office.audit import notes
from office.audit.merkle import Tree, leaf_hash
from office.audit.models import Checkpoint, Entry, Seal
from office.audit.sealer import LATEST_COMMIT, canonical, checkpoints_file, link, unsealed

_CHUNK = 2_000


@dataclass(frozen=True)
class Fault:
    """``kind`` is altered, removed, reordered, inserted or checkpoint; ``entry`` the id or the number, as known."""

    entry: str | None
    kind: str
    words: str


@dataclass(frozen=True)
class Verdict:
    entries: int
    checkpoints: int
    first_fault: Fault | None

    @property
    def intact(self) -> bool:
        return self.first_fault is None


@dataclass
class _Walk:
    """How far the walk has come."""

    tree: Tree
    chain: bytes = b""
    entries: int = 0
    checkpoints: int = 0


def verify(progress: Callable[[int], object] = lambda done: None) -> Verdict:
    """Walk the trail; the first fault ends the walk. ``progress`` hears now and then how many entries are done.

    Finds an entry altered, removed, reordered or inserted, a cut tail, and a checkpoint that was touched. Someone who
    has the database, the key and the checkpoint file can forge; that is why checkpoints are to leave the machine.
    """
    walk = _Walk(Tree())
    try:
        stated = _outside()
    except notes.BadNote as problem:
        return Verdict(0, 0, Fault(None, "checkpoint", str(problem)))
    fault = _missing_outside(stated) or _walk(walk, stated, progress) or _cut_tail(walk, stated) or _slipped_in(walk)
    return Verdict(walk.entries, walk.checkpoints, fault)


def _outside() -> list[notes.Statement]:
    path = checkpoints_file()
    if not path.exists():
        return []
    return [notes.read(note) for note in notes.split(path.read_text(encoding="utf-8"))]


def _missing_outside(stated: list[notes.Statement]) -> Fault | None:
    known = {statement.size for statement in stated}
    for size in Checkpoint.objects.order_by("size").values_list("size", flat=True):
        if size not in known:
            return Fault(None, "checkpoint", f"The checkpoint of {size:,} entries is missing outside the database.")
    return None


def _walk(walk: _Walk, stated: list[notes.Statement], progress: Callable[[int], object]) -> Fault | None:
    waiting = iter(sorted(stated, key=lambda statement: statement.size))
    checkpoint = next(waiting, None)
    before: datetime | None = None
    for seal, entry, leaf in _sealed():
        fault = _fault_of(walk, seal, entry, leaf) or _too_old(entry, before)
        if fault:
            return fault
        walk.chain = bytes.fromhex(seal.chain)
        walk.tree.append(bytes.fromhex(seal.leaf))
        walk.entries += 1
        if walk.entries % _CHUNK == 0:
            progress(walk.entries)
        while checkpoint and checkpoint.size == walk.tree.size:
            if checkpoint.root != walk.tree.root():
                words = f"Entries up to number {checkpoint.size:,} are not those that were sealed at {checkpoint.at}."
                return Fault(str(seal.entry_id), "reordered", words)
            walk.checkpoints, before = walk.checkpoints + 1, checkpoint.at
            checkpoint = next(waiting, None)
    return None


def _fault_of(walk: _Walk, seal: Seal, entry: Entry | None, leaf: bytes) -> Fault | None:
    if seal.number != walk.tree.size + 1:
        return Fault(None, "removed", f"Number {walk.tree.size + 1:,} is missing.")
    if entry is None:
        return Fault(str(seal.entry_id), "removed", f"Entry number {seal.number:,} is gone.")
    if link(walk.chain, bytes.fromhex(seal.leaf)).hex() != seal.chain:
        return Fault(str(seal.entry_id), "reordered", f"Entry number {seal.number:,} is not in its place.")
    if leaf.hex() != seal.leaf:
        return Fault(str(seal.entry_id), "altered", f"Entry number {seal.number:,} is not as it was written.")
    return None


def _too_old(entry: Entry | None, before: datetime | None) -> Fault | None:
    if entry and before and entry.at < before - LATEST_COMMIT:
        return Fault(str(entry.pk), "inserted", "This entry is dated long before those that were sealed before it.")
    return None


def _cut_tail(walk: _Walk, stated: list[notes.Statement]) -> Fault | None:
    largest = max((statement.size for statement in stated), default=0)
    if largest > walk.tree.size:
        words = f"A checkpoint knows {largest:,} entries, {walk.tree.size:,} are left."
        return Fault(None, "removed", words)
    return None


def _slipped_in(walk: _Walk) -> Fault | None:
    last = Checkpoint.objects.order_by("-size").first()
    late = unsealed().filter(at__lt=last.at - LATEST_COMMIT).first() if last else None
    walk.entries += unsealed().count()
    if late:
        return Fault(
            str(late.pk), "inserted", "This entry is dated long before the last checkpoint and was never sealed."
        )
    return None


def _sealed() -> Iterator[tuple[Seal, Entry | None, bytes]]:
    number = 0
    while chunk := list(Seal.objects.filter(number__gt=number).order_by("number")[:_CHUNK]):
        entries: dict[UUID, Entry] = {
            entry.pk: entry
            for entry in Entry.objects.filter(pk__in=[seal.entry_id for seal in chunk]).prefetch_related("subjects")
        }
        for seal in chunk:
            entry = entries.get(seal.entry_id)
            about = [(one.kind, one.subject_id) for one in entry.subjects.all()] if entry else []
            yield seal, entry, leaf_hash(canonical(entry, about)) if entry else b""
        number = chunk[-1].number
