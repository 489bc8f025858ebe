"""The asynchronous sealer: gives each entry a number and a place in a hash tree, and signs checkpoints of it.

Sealing inside the transaction would make every writer wait for the one before (decision 9). One sealer at a time
takes the entries that have no number yet, in the order of their ids; one committed late gets a later number.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from config import state
from office.audit import notes
from office.audit.merkle import Tree, leaf_hash
from office.audit.models import Checkpoint, Entry, Seal
from office.core.commands import one_at_a_time

BATCH = 1_000
#: No transaction is open for longer: an entry older than this before the last checkpoint came by another way.
LATEST_COMMIT = timedelta(hours=1)
_LOCK = 0x5EA1  # PostgreSQL's advisory lock of the one sealer


def checkpoints_file() -> Path:
    return state.made(state.folder() / "audit") / "checkpoints"


def canonical(entry: Entry, subjects: Iterable[tuple[str, str]]) -> bytes:
    """Return the bytes that are hashed: every field of the entry and its subjects, in one order, as UTF-8 JSON."""
    content: dict[str, Any] = {
        "id": str(entry.pk),
        "at": entry.at.astimezone(UTC).isoformat(),
        "actor_id": entry.actor_id,
        "actor_label": entry.actor_label,
        "location_id": str(entry.location_id) if entry.location_id else None,
        "verb": entry.verb,
        "outcome": entry.outcome,
        "request_id": entry.request_id,
        "details": entry.details,
        "subjects": sorted(subjects),
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def unsealed() -> QuerySet[Entry]:
    return Entry.objects.filter(~Exists(Seal.objects.filter(entry_id=OuterRef("pk")))).order_by("pk")


def seal_entries(*, thoroughly: bool = False) -> int:
    """Seal what is not sealed yet and write the checkpoints outside the database; return how many entries.

    Looks back ``LATEST_COMMIT`` from the newest checkpoint; ``thoroughly`` looks through the whole trail.
    """
    total = 0
    while sealed := _seal_batch(thoroughly=thoroughly):
        total += sealed
    write_outside()
    return total


@transaction.atomic
def _seal_batch(*, thoroughly: bool) -> int:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    last = Checkpoint.objects.order_by("-size").first()
    waiting = unsealed()
    if last and not thoroughly:
        waiting = waiting.filter(at__gte=last.at - LATEST_COMMIT)
    entries = list(waiting.prefetch_related("subjects")[:BATCH])
    if not entries:
        return 0
    tree = Tree(last.size, [bytes.fromhex(node) for node in last.frontier]) if last else Tree()
    chain = bytes.fromhex(Seal.objects.get(number=last.size).chain) if last else b""
    seals = []
    for entry in entries:
        leaf = leaf_hash(canonical(entry, [(about.kind, about.subject_id) for about in entry.subjects.all()]))
        chain = link(chain, leaf)
        tree.append(leaf)
        seals.append(Seal(number=tree.size, entry_id=entry.pk, leaf=leaf.hex(), chain=chain.hex()))
    Seal.objects.bulk_create(seals)
    now = timezone.now()
    Checkpoint.objects.create(
        size=tree.size,
        at=now,
        frontier=[node.hex() for node in tree.frontier],
        note=notes.sign(notes.Statement(tree.size, tree.root(), now)),
    )
    return len(entries)


def link(chain: bytes, leaf: bytes) -> bytes:
    return hashlib.sha256(chain + leaf).digest()


def write_outside() -> None:
    """Append the checkpoints that the file lacks; after the commit, so that it never knows more than the trail."""
    path = checkpoints_file()
    with one_at_a_time("checkpoints"):
        written = last_written(path)
        missing = list(Checkpoint.objects.filter(size__gt=written).order_by("size").values_list("note", flat=True))
        if not missing:
            return
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(descriptor, "a", encoding="utf-8") as file:
            file.writelines(missing)
            file.flush()
            os.fsync(file.fileno())


def last_written(path: Path) -> int:
    """Return the size that the newest checkpoint of the file names, 0 without one."""
    if not path.exists():
        return 0
    found = notes.split(path.read_text(encoding="utf-8"))
    return max((int(size) for size in (note.split("\n")[1] for note in found) if size.isdigit()), default=0)


def sealed_until() -> datetime | None:
    last = Checkpoint.objects.order_by("-size").first()
    return last.at if last else None
