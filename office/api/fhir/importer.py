"""One import of FHIR R4: files in any order, in as many passes as references need, in batches, never twice.

Every resource that was read is counted once: ``created`` (a Patient or Encounter that became a row), ``changed`` (it
was here and says something else now), ``unchanged`` (it was here, word for word but for ``meta.lastUpdated`` and
``meta.versionId``), ``kept_verbatim`` (any other type, Practitioner and Organization included: stored sealed until it
has a place) or ``rejected``. A line that cannot be read counts as one resource.

Patients and bundles come first, then practitioners, organizations and places, then the rest, whatever the files are
called. A bundle entry about a patient of another file waits for the last pass.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from office.api.fhir import encounter, patient
from office.api.fhir.elements import Wrong
from office.api.fhir.items import Item, sha256_of
from office.api.fhir.reading import Bad, Line, Resource, Unreadable, lines_of, parse, written
from office.api.fhir.references import name_in, source_of, subject_of, target_of, tokens_of
from office.api.fhir.versions import objection_to
from office.core.actors import Actor
from office.patients.actions.bulk import Arrival, load_patients
from office.records import actions as records
from office.records.models import Encounter, Import, Received

COUNTS = ("created", "changed", "unchanged", "kept_verbatim", "rejected")
_BATCH, _BATCH_BYTES = 1_000, 16 * 2**20
_DIRECTORY = ("Practitioner", "Organization", "Location")
_DIRECTORY_BYTES = tuple(f'"{kind}"'.encode() for kind in _DIRECTORY)
_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_KIND = re.compile(r"[A-Z][A-Za-z]{2,59}")
PATIENTS, DIRECTORY, REST = range(3)


class Waits(Exception):
    """The patient may yet come with another file."""


def pass_of(raw: bytes) -> int:
    """The earliest pass in which a line can be wanted, seen from its bytes alone."""
    if b'"Patient"' in raw or b'"Bundle"' in raw:
        return PATIENTS
    return DIRECTORY if any(kind in raw for kind in _DIRECTORY_BYTES) else REST


class Importer:
    """One run. ``reject`` hears of each line that does not come in, ``tick`` of each line that was read."""

    def __init__(
        self, actor: Actor, today: date, *, reject: Callable[[Bad, str, int], None], tick: Callable[[Line], None]
    ) -> None:
        self.actor, self.today, self.reject, self.tick = actor, today, reject, tick
        self.counts: Counter[str] = Counter()
        self.batch: list[Item] = []
        self.batch_bytes = 0
        self.people: dict[str, dict[str, UUID]] = defaultdict(dict)
        self.folders: dict[Path, set[str]] = defaultdict(set)
        self.names: dict[tuple[str, str], str] = {}
        self.directories: set[str] = set()
        self.waiting: dict[tuple[Path, int], set[int]] = defaultdict(set)
        self.brought_by: Import | None = None
        self.now = PATIENTS

    def run(self, files: Sequence[Path], source: str) -> Counter[str]:
        self.brought_by = records.begin_import(self.actor, kind="fhir", source=source)
        wanted: dict[Path, set[int]] = {}
        for self.now in (PATIENTS, DIRECTORY, REST):
            for file in files:
                if self.now == PATIENTS or self.now in wanted[file] or self.waits(file):
                    wanted.setdefault(file, set()).update(self.read(file))
            self.flush()
        self.counts["read"] = sum(self.counts[name] for name in COUNTS)
        records.finish_import(self.actor, brought_by=self.brought_by, counts=self.counts)
        return self.counts

    def waits(self, file: Path) -> bool:
        return self.now == REST and any(path == file for path, _ in self.waiting)

    # --- lines into items

    def read(self, file: Path) -> set[int]:
        """Take what this pass wants; return the passes that the file's lines want."""
        passes = set()
        for line in lines_of(file):
            if isinstance(line, Bad):
                if self.now == PATIENTS:
                    self.refuse(line)
                continue
            earliest = pass_of(line.raw)
            passes |= {self.take(line, earliest)} if earliest <= self.now else {earliest, REST}
            if self.now == PATIENTS:
                self.tick(line)
            if len(self.batch) >= _BATCH or self.batch_bytes >= _BATCH_BYTES:
                self.flush()
        return passes

    def take(self, line: Line, earliest: int) -> int:
        """Take a line when this is its pass; return the pass that is."""
        try:
            resource = parse(line.raw)
            kind = resource.get("resourceType")
            if not isinstance(kind, str) or not _KIND.fullmatch(kind):
                raise Unreadable("has no resourceType: not a FHIR resource")
        except Unreadable as fault:
            if earliest == self.now:
                self.refuse(Bad(line.file, line.number, str(fault), line.raw))
            return self.now
        if kind == "Bundle":
            self.take_bundle(line, resource)
            return PATIENTS
        wanted = PATIENTS if kind == "Patient" else DIRECTORY if kind in _DIRECTORY else REST
        if self.now == wanted:
            self.add(Item(line, 0, resource, line.raw, ""))
        return wanted

    def take_bundle(self, line: Line, bundle: Resource) -> None:
        retried = self.waiting.get((line.file, line.number))
        if self.now != PATIENTS and not (self.now == REST and retried):
            return None
        entries = bundle.get("entry", [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            return self.refuse(Bad(line.file, line.number, "entry is not a list of objects", line.raw))
        items = list(self.entries(line, entries))
        if objection := next(filter(None, (self.objection(item) for item in items)), None):
            return self.refuse(Bad(line.file, line.number, objection, line.raw), resources=len(entries))
        for item in items:
            if retried is None or item.index in retried:
                self.add(item)
        return None

    def entries(self, line: Line, entries: list[dict[str, Any]]) -> Iterator[Item]:
        full_urls: dict[str, str] = {}
        scope: set[str] = set()
        for index, entry in enumerate(entries):
            resource, full_url = entry.get("resource"), entry.get("fullUrl", "")
            if not isinstance(resource, dict) or not _KIND.fullmatch(str(resource.get("resourceType"))):
                if self.now == PATIENTS:
                    self.refuse(Bad(line.file, line.number, f"entry {index + 1} has no resource"))
                continue
            if isinstance(full_url, str) and full_url:
                resource.setdefault("id", full_url.rpartition(":")[2].rpartition("/")[2])
                full_urls[full_url] = f"{resource['resourceType']}/{resource['id']}"
            yield Item(line, index, resource, b"", "", str(full_url), full_urls, scope)

    @staticmethod
    def objection(item: Item) -> str | None:
        return objection_to(item.resource, item.body or written(item.resource))

    def add(self, item: Item) -> None:
        """Put an item into the batch once it holds what every resource needs."""
        try:
            if item.kind == "Bundle":
                raise Wrong("a bundle within a bundle")
            if not isinstance(item.resource.get("id"), str) or not _ID.fullmatch(item.id):
                raise Wrong("has no id, or one that FHIR does not allow")
            if item.bundle is None and (objection := self.objection(item)):
                raise Wrong(objection)
            item.sha256 = sha256_of(item.resource, item.full_urls)
            item.body = item.body or written(item.resource)
        except (Wrong, Unreadable) as fault:
            return self.refuse_item(item, str(fault))
        self.batch.append(item)
        self.batch_bytes += len(item.body)
        return None

    def refuse(self, bad: Bad, *, resources: int = 1) -> None:
        self.counts["rejected"] += resources
        self.reject(bad, "", resources)

    def refuse_item(self, item: Item, reason: str) -> None:
        self.counts["rejected"] += 1
        where = f"entry {item.index + 1}: " if item.bundle is not None else ""
        self.reject(Bad(item.line.file, item.line.number, where + reason, item.body), f"{item.kind}", 1)

    # --- a batch into rows

    def flush(self) -> None:
        """Store the batch, whole or not at all: its patients, then names, then what is about the patients."""
        batch, self.batch, self.batch_bytes = self.batch, [], 0
        groups = (
            [item for item in batch if item.kind == "Patient"],
            [item for item in batch if item.kind in _DIRECTORY],
            [item for item in batch if item.kind != "Patient" and item.kind not in _DIRECTORY],
        )
        with transaction.atomic():
            for group, store in zip(groups, (self.store_patients, self.store_names, self.store_rest), strict=True):
                store(group)

    def compared(self, items: Sequence[Item]) -> list[tuple[Item, Received | None]]:
        """Return those that are new or say something else than before, with what is here of them."""
        held = {
            (row.source_system, row.kind, row.source_id): row
            for row in Received.objects.filter(source_id__in={item.id for item in items}).defer("body")
        }
        latest: dict[tuple[str, str, str], Item] = {}
        for item in items:
            key = (item.source, item.kind, item.id)
            before = latest[key].sha256 if key in latest else held[key].sha256 if key in held else None
            if before == item.sha256:
                self.counts["unchanged"] += 1
                continue
            if key in latest:
                # Said twice in one batch, differently: the later word holds.
                self.counts["changed"] += 1
            latest[key] = item
        return [(item, held.get(key)) for key, item in latest.items()]

    def store_patients(self, items: list[Item]) -> None:
        read = {item: arrival for item in items if (arrival := self.arrival(item))}
        new: list[Arrival] = []
        changed: list[Arrival] = []
        arrived: list[records.Arrived] = []
        for item, before in self.compared(list(read)):
            arrival = read[item]
            if before and before.patient_id:
                arrival.patient.pk, item.replaces = before.patient_id, before.pk
            (changed if before else new).append(arrival)
            item.patient_id = arrival.patient.pk
            arrived.append(self.arrived(item))
        load_patients(self.actor, new=new, changed=changed)
        self.keep(arrived)
        self.counts["created"] += len(new)
        self.counts["changed"] += len(changed)
        for item in read:
            self.folders[item.line.file.parent].add(item.source)
            if item.bundle is not None:
                item.bundle.add(item.source)
        self.know({item.id for item in read})

    def arrival(self, item: Item) -> Arrival | None:
        try:
            item.source = source_of(item.resource, item.full_url)
            return patient.read(item.resource, today=self.today)
        except Wrong as fault:
            self.refuse_item(item, str(fault))
            return None

    def know(self, ids: set[str]) -> None:
        """Learn whose ids these are, from this run and from earlier ones."""
        rows = Received.objects.filter(kind="Patient", source_id__in=ids, patient__isnull=False)
        for number, source, key in rows.values_list("source_id", "source_system", "patient_id"):
            if key:
                self.people[number][source] = key

    def store_names(self, items: list[Item]) -> None:
        self.store_verbatim([item for item in items if self.belongs(item)])
        for item in items:
            self.name(item.source, item.resource)

    def belongs(self, item: Item) -> bool:
        """Give an item about nobody its source; False when the item is wrong and was refused."""
        try:
            own = source_of(item.resource, item.full_url)
        except Wrong as fault:
            self.refuse_item(item, str(fault))
            return False
        around = item.bundle if item.bundle is not None else self.folders[item.line.file.parent]
        item.source = next(iter(around)) if len(around) == 1 else own
        return True

    def name(self, source: str, resource: Resource) -> None:
        try:
            said, kind = name_in(resource), resource["resourceType"]
            for key in (f"{kind}/{resource['id']}", *(f"{kind}?{token}" for token in tokens_of(resource))):
                self.names[source, key] = said
        except Wrong:
            return

    def name_of(self, item: Item, reference: dict[str, Any]) -> str:
        said = reference.get("reference")
        key = target_of(said, item.full_urls) if isinstance(said, str) else ""
        if key and (item.source, key) not in self.names and item.source not in self.directories:
            self.directories.add(item.source)
            for row in Received.objects.filter(source_system=item.source, kind__in=_DIRECTORY).iterator(500):
                self.name(item.source, parse(records.opened(row)))
        display = reference.get("display")
        return self.names.get((item.source, key), "") or (display.strip() if isinstance(display, str) else "")

    def store_rest(self, items: list[Item]) -> None:
        unknown = {target_of(subject_of_or_nobody(item), item.full_urls).rpartition("/")[2] for item in items}
        self.know(unknown - self.people.keys())
        known = [item for item in items if self.settle(item)]
        self.store_verbatim([item for item in known if item.kind != "Encounter"])
        rows: dict[Item, Encounter] = {}
        for item in known:
            if item.kind == "Encounter" and (row := self.encounter(item)):
                rows[item] = row
        fresh = self.compared(list(rows))
        for item, before in fresh:
            item.replaces = before.pk if before else None
            self.counts["changed" if before else "created"] += 1
        self.keep([self.arrived(item) for item, _ in fresh], [rows[item] for item, _ in fresh])

    def settle(self, item: Item) -> bool:
        """Find whom an item is about; False when it waits or was refused."""
        try:
            reference = subject_of(item.resource)
            target = target_of(reference, item.full_urls)
            if reference and not target:
                raise Wrong("its patient is referred to in a way that leads nowhere")
            if not target and item.kind == "Encounter":
                raise Wrong("has no patient")
            if target.startswith(("Patient/", "?/")):
                item.source, item.patient_id = self.whose(item, target.rpartition("/")[2])
            elif target.startswith("Patient?"):
                raise Wrong("its patient is referred to by a search")
            else:
                return self.belongs(item)
        except Waits:
            self.waiting[item.line.file, item.line.number].add(item.index)
            return False
        except Wrong as fault:
            self.refuse_item(item, str(fault))
            return False
        return True

    def whose(self, item: Item, number: str) -> tuple[str, UUID]:
        """Return the source and the chart of the patient with that id, nearest first: bundle, folder, everything."""
        found = self.people.get(number, {})
        for near in (item.bundle or set(), self.folders[item.line.file.parent]):
            here = {source: key for source, key in found.items() if source in near}
            if len(here) == 1:
                return next(iter(here.items()))
        if len(found) == 1:
            return next(iter(found.items()))
        if found:
            raise Wrong("its patient's id is one of several source systems")
        if self.now != REST:
            raise Waits
        raise Wrong("its patient is in none of the files, and none came before")

    def encounter(self, item: Item) -> Encounter | None:
        try:
            row = encounter.read(item.resource, name_of=lambda reference: self.name_of(item, reference))
        except Wrong as fault:
            self.refuse_item(item, str(fault))
            return None
        assert item.patient_id  # noqa: S101 - settled
        row.patient_id = item.patient_id
        row.source_system, row.source_id = item.source, item.id
        return row

    def store_verbatim(self, items: list[Item]) -> None:
        fresh = self.compared(items)
        for item, before in fresh:
            item.replaces = before.pk if before else None
            self.counts["changed" if before else "kept_verbatim"] += 1
        self.keep([self.arrived(item) for item, _ in fresh])

    @staticmethod
    def arrived(item: Item) -> records.Arrived:
        return records.Arrived(item.source, item.kind, item.id, item.sha256, item.body, item.patient_id, item.replaces)

    def keep(self, arrived: Sequence[records.Arrived], encounters: Sequence[Encounter] = ()) -> None:
        assert self.brought_by  # noqa: S101 - begun before the first batch
        records.keep(self.actor, brought_by=self.brought_by, resources=arrived, encounters=encounters)


def subject_of_or_nobody(item: Item) -> str:
    try:
        return subject_of(item.resource)
    except Wrong:
        return ""
