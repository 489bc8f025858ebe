"""What comes in from elsewhere: an import, the encounters it brings, and every resource as it was received."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils import timezone

from office.audit import trail
from office.core import secrets
from office.core.actions import action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.records.models import Encounter, Import, Received

_ENCOUNTER_FIELDS = (
    "patient", "status", "kind", "type_text", "type_codes", "reason_text", "starts_at", "ends_at", "place_name",
    "provider_names",
)  # fmt: skip


@dataclass(frozen=True)
class Arrived:
    """A resource as it came: where from, what, about whom (if anyone), and its bytes."""

    source_system: str
    kind: str
    source_id: str
    sha256: str
    body: bytes
    patient_id: UUID | None
    replaces: UUID | None = None


def opened(received: Received) -> bytes:
    """Return the bytes that were received."""
    return zlib.decompress(secrets.unseal(bytes(received.body), row=_row(received)))


def _row(received: Received) -> str:
    return f"records_received|body|{received.pk}"


@action(Permission.IMPORT_RECORDS)
def begin_import(actor: Actor, *, kind: str, source: str) -> Import:
    """Open an import; what it brings names it."""
    begun = Import.objects.create(kind=kind, source=source[:255], by_label=actor.label)
    trail.record(actor, "import.begun", begun, kind=kind)
    return begun


@action(Permission.IMPORT_RECORDS)
def finish_import(actor: Actor, *, brought_by: Import, counts: Mapping[str, Any]) -> None:
    """Close an import with what became of it."""
    brought_by.finished_at = timezone.now()
    brought_by.counts = dict(counts)
    brought_by.save(update_fields=["finished_at", "counts"])
    trail.record(actor, "import.finished", brought_by, **counts)


@action(Permission.IMPORT_RECORDS)
def keep(
    actor: Actor, *, brought_by: Import, resources: Sequence[Arrived], encounters: Sequence[Encounter] = ()
) -> None:
    """Keep a batch as received, sealed, in place of what it replaces; store its encounters, new or changed."""
    if not resources:
        return unchanged()
    rows = [
        Received(
            source_system=thing.source_system, kind=thing.kind, source_id=thing.source_id, sha256=thing.sha256,
            patient_id=thing.patient_id, brought_by=brought_by, **({"id": thing.replaces} if thing.replaces else {}),
        )
        for thing in resources
    ]  # fmt: skip
    for row, thing in zip(rows, resources, strict=True):
        row.body = secrets.seal(zlib.compress(thing.body), row=_row(row))
    replaced = [row for row, thing in zip(rows, resources, strict=True) if thing.replaces]
    Received.objects.bulk_create([row for row, thing in zip(rows, resources, strict=True) if not thing.replaces])
    Received.objects.bulk_update(replaced, ["sha256", "body", "patient", "brought_by"], batch_size=200)
    _store(encounters)
    trail.record(
        actor, "records.received", brought_by, resources=len(rows), replaced=len(replaced), encounters=len(encounters),
        patient_ids={row.patient_id for row in rows if row.patient_id},
    )  # fmt: skip
    return None


def _store(encounters: Sequence[Encounter]) -> None:
    """Create those that are not here yet, and bring the others up to date; none is here twice."""
    held = {
        (system, number): key
        for system, number, key in Encounter.objects.filter(
            source_id__in=[row.source_id for row in encounters]
        ).values_list("source_system", "source_id", "pk")
    }
    new = [row for row in encounters if (row.source_system, row.source_id) not in held]
    known = [row for row in encounters if (row.source_system, row.source_id) in held]
    for row in known:
        row.pk = held[row.source_system, row.source_id]
    Encounter.objects.bulk_create(new)
    Encounter.objects.bulk_update(known, _ENCOUNTER_FIELDS, batch_size=200)
