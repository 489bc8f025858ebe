"""`./run import-table KIND FILE…`: the old system's tables, CSV or XLSX, into the office; see also `undo-import`."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, ClassVar

from rich.console import Console
from rich.progress import Progress

from office.core.commands import CannotDo, OfficeCommand
from office.core.permissions import Permission
from office.core.tables.reading import Unreadable
from office.practice.loads import actions
from office.practice.loads.columns import WrongMap
from office.practice.loads.engine import Result, run_table
from office.practice.loads.kinds import Kind, kinds
from office.practice.loads.models import Load

_SAID = 20


class Command(OfficeCommand):
    """Load patients, insurance, appointments, balances or recalls from a table; --preview only says what would come."""

    help = __doc__ or ""
    permissions: ClassVar = (Permission.IMPORT_RECORDS,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", metavar="KIND", choices=list(kinds()), help=", ".join(kinds()))
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV or XLSX")
        parser.add_argument("--preview", action="store_true", help="write nothing; say what would come")
        parser.add_argument("--map", type=Path, metavar="MAP.json", help='{"their column": "our field" or null}')

    def work(self, **options: Any) -> int:
        kind = kinds()[options["kind"]]
        chosen = _read_map(options["map"]) if options["map"] else {}
        worst = 0
        for path in options["files"]:
            if not path.is_file():
                self.note(f"{path}: there is no such file.")
                worst = 2
                continue
            try:
                result = self.run_one(kind, path, chosen, preview=options["preview"])
            except (Unreadable, WrongMap) as fault:
                hint = " Say which in --map." if isinstance(fault, WrongMap) else ""
                self.note(f"{path} {fault.args[0]}.{hint}")
                worst = 2
                continue
            self.put(told(kind, path, result))
            self.say_rejects(path, result)
            worst = max(worst, 1 if result.counts["rejected"] else 0)
        return worst

    def run_one(self, kind: Kind, path: Path, chosen: dict[str, Any], *, preview: bool) -> Result:
        console = Console(file=sys.stderr)
        actor = self.actor()

        def begin() -> Load:
            return actions.note_load(actor, kind=kind.name, file_name=path.name)

        with Progress(console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
            bar = progress.add_task("Rows", total=None)

            def tick(rows: int) -> None:
                progress.advance(bar, rows)

            return run_table(actor, kind, path, chosen=chosen, begin=None if preview else begin, tick=tick)

    def say_rejects(self, path: Path, result: Result) -> None:
        for line, reason in result.rejects[:_SAID]:
            self.note(f"{path}, line {line}: {reason}")
        if len(result.rejects) > _SAID:
            self.note(f"More was rejected; all of it stands in {result.rejects_file}.")


def told(kind: Kind, path: Path, result: Result) -> dict[str, Any]:
    """Return what the command prints of a table."""
    return {
        "id": str(result.load.pk) if result.load else None,
        "kind": kind.name,
        "file": str(path),
        "encoding": result.encoding,
        "columns": result.columns,
        **result.facts(),
        "rejects_file": result.rejects_file,
        "totals": result.totals,
    }


def _read_map(path: Path) -> dict[str, str | None]:
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as fault:
        raise CannotDo(f"{path} cannot be read: {fault.strerror}.") from fault
    except ValueError as fault:
        raise CannotDo(f"{path} is not JSON.") from fault
    if not isinstance(said, dict) or not all(value is None or isinstance(value, str) for value in said.values()):
        raise CannotDo(f'{path} must be one object: {{"their column": "our field" or null}}.')
    return said
