"""Looking through an upload and loading it: long work that a person may leave."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from office.core import files
from office.core.actors import Automation
from office.core.jobs import job
from office.core.permissions import Permission
from office.core.tables.reading import Unreadable
from office.practice.loads import actions
from office.practice.loads.columns import WrongMap
from office.practice.loads.engine import Looked, Result, run_table
from office.practice.loads.kinds import Kind, kinds
from office.practice.loads.models import Load

LOADER = Automation("import-table", frozenset({Permission.IMPORT_RECORDS}))


@job(attempts=1, lease=timedelta(hours=2))
def work_on_table(load_id: str) -> None:
    """Do what the load waits for. A second run finds nothing waiting."""
    load = Load.objects.get(pk=UUID(load_id))
    if load.state not in {Load.State.LOOKING, Load.State.WAITING}:
        return
    kind = kinds()[load.kind]
    try:
        with _at_hand(load) as path:
            if load.state == Load.State.LOOKING:
                _look(load, kind, path)
            else:
                _load(load, kind, path)
    except Unreadable as fault:
        actions.set_load(
            LOADER, load=load, facts={"state": Load.State.FAILED, "looked": {"problem": f"The file {fault}."}}
        )
    except Exception:
        actions.set_load(LOADER, load=load, facts={"state": Load.State.FAILED})
        raise


def _look(load: Load, kind: Kind, path: Path) -> None:
    facts: dict[str, Any] = {"state": Load.State.LOOKED_AT}
    try:
        result = run_table(LOADER, kind, path, chosen=load.columns)
    except WrongMap as fault:
        # What was found all the same is shown, so that the missing column can be named.
        columns = _columns(fault.looked, load) if fault.looked else []
        facts["looked"] = {"problem": f"The file {fault.args[0]}.", "columns": columns}
    else:
        assert result.looked  # noqa: S101 - every run has looked
        facts |= {**result.facts(), "encoding": result.encoding, "totals": result.totals}
        facts |= {"rejects_file": result.rejects_file or "", "looked": _seen(result, _columns(result.looked, load))}
    actions.set_load(LOADER, load=load, facts=facts)


def _load(load: Load, kind: Kind, path: Path) -> None:
    def begin() -> Load:
        return actions.set_load(LOADER, load=load, facts={"state": Load.State.RUNNING})

    result = run_table(LOADER, kind, path, chosen=load.columns, begin=begin)
    actions.set_load(LOADER, load=load, facts={"looked": _seen(result, load.looked.get("columns", []))})


def _seen(result: Result, columns: list[dict[str, Any]]) -> dict[str, Any]:
    return {"columns": columns, "rejects": result.rejects, "rows": result.rows}


def _columns(looked: Looked, load: Load) -> list[dict[str, Any]]:
    meant = {meaning.place: meaning for meaning in looked.meanings}
    return [
        {
            "name": column.name,
            "samples": ", ".join(column.samples),
            "becomes": meant[place].written if place in meant else "",
            "is_dated": column.dates.dates > 0,
            "is_asked": place in meant and meant[place].is_asked,
            "is_chosen": column.name in load.columns,
            "months": column.dates.month_first,
            "days": column.dates.day_first,
        }
        for place, column in enumerate(looked.columns)
        if column.name in looked.ours
    ]


@contextmanager
def _at_hand(load: Load) -> Iterator[Path]:
    """The upload as a file of its own for a moment, that nobody else reads."""
    handle, name = tempfile.mkstemp(prefix="frontdesk-table-")
    path = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(files.read(load.source))
        yield path
    finally:
        path.unlink(missing_ok=True)
