"""Proving a back-up by restoring it, on the machine that cannot read its own back-ups.

The drill makes a back-up for two keys: the recovery sheet's, and one that lives in this process's memory while it runs.
With that one it reads back what lies at the place, restores it into a scratch office and compares. Documents brought
there on earlier days are for the sheet alone: each is looked for, and a thirtieth of them are read a night and
compared with the SHA-256 in their names, so that each is read once a month.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import connection
from django.utils import timezone
from pyrage.x25519 import Identity

from config import state
from office.core import snapshot
from office.core.commands import CannotDo, one_at_a_time
from office.patients.models import Patient
from office.upkeep import archive, places
from office.upkeep.backup import Made, back_up, scratch
from office.upkeep.restore import Opened, bring_files, fetch_checked, lay_out, open_backup, prove

NIGHTS = 30  # until each document has been read


@dataclass(frozen=True)
class Proof:
    """What was restored and compared; all of it agreed."""

    file: str
    patients: int
    rows: int
    files_opened: int
    files_checked: int
    seconds: float


def prove_one(url: str, *, then: Callable[[Made], object] = lambda made: None) -> Proof:
    """Make a back-up at ``url``, tell ``then`` of it, read it back from there and restore it into a scratch office.

    Raises CannotDo with what was wrong.
    """
    began, session = time.monotonic(), Identity.generate()
    made = back_up(url, also_for=[str(session.to_public())])
    then(made)
    with one_at_a_time("drill"), scratch("drill") as folder, places.opened(url) as place:
        opened = open_backup(place, made.name, session, state.made(folder / "parts"))
        office = state.made(folder / "office")
        brought = bring_files(place, opened, session, office / "files", only=made.new_files)
        checked = _check_documents(place, opened, made.new_files, timezone.localdate())
        lay_out(opened, office)
        _prove_database(opened, office)
    return Proof(
        file=made.file,
        patients=opened.manifest.facts.counts[Patient._meta.db_table],
        rows=opened.manifest.rows,
        files_opened=brought,
        files_checked=checked,
        seconds=round(time.monotonic() - began, 3),
    )


def _prove_database(opened: Opened, office: Path) -> None:
    if connection.vendor == "sqlite":
        database = office / "frontdesk.sqlite3"
        opened.database.replace(database)
        intact, fault = prove(opened, office, f"sqlite:///{database}")
    else:
        with snapshot.scratch_postgres() as target:
            snapshot.put_into_postgres(opened.database, target, made_by=opened.manifest.server)
            intact, fault = prove(opened, office, snapshot.url_of(target))
    if not intact:
        raise CannotDo(f"The audit trail in the back-up has a fault: {fault}")


def _check_documents(place: places.Place, opened: Opened, new: frozenset[str], today: date) -> int:
    """Compare tonight's share of the earlier documents with their names; return how many."""
    checked = 0
    for name in place.names(archive.FILES):
        hidden, _, sha256 = name.partition(".")
        if not name.endswith(places.PART) and hidden not in new and _is_due(hidden, today):
            fetch_checked(place, hidden, sha256, opened.folder / "sealed")
            checked += 1
    return checked


def _is_due(hidden: str, today: date) -> bool:
    return int(hidden[:8], 16) % NIGHTS == today.toordinal() % NIGHTS
