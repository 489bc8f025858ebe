"""`./run restore FILE`: an office from a back-up into an empty machine."""

import sys
from getpass import getpass
from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import CommandParser
from pyrage.x25519 import Identity

from office.core import recovery
from office.core.actions import Refused
from office.core.commands import CannotDo, OfficeCommand
from office.core.permissions import Permission
from office.upkeep.actions import record_restore
from office.upkeep.restore import restore


class Command(OfficeCommand):
    help = "Restore a back-up into an empty state folder."
    needs_tables = False
    permissions: ClassVar = (Permission.KEEP_BACKUPS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", metavar="FILE", help="its documents lie beside it, in files/")
        parser.add_argument("--key-file", metavar="PATH", help="a file with the recovery key; else it is asked for")

    def work(self, **options: Any) -> int:
        try:
            identity = self._key(options["key_file"])
        except Refused as refusal:
            raise CannotDo(str(refusal)) from None
        done = restore(options["file"], identity, self.note)
        record_restore(self.actor(), file=options["file"], of=done.made_at)
        self.put(
            {
                "from": done.made_at,
                "patients": done.patients,
                "rows": done.rows,
                "files": done.files,
                "audit_intact": done.audit_intact,
            }
        )
        if not done.audit_intact:
            self.note(
                f"The office is restored as it was backed up. Its audit trail had a fault then: {done.first_fault}"
            )
        return 0 if done.audit_intact else 1

    def _key(self, path: str | None) -> Identity:
        if path:
            return recovery.read(Path(path).read_text(encoding="utf-8"))
        if not sys.stdin.isatty():
            return recovery.read(sys.stdin.read())
        self.note("Type the three lines of the recovery sheet. They are not shown.")
        return recovery.read("".join(getpass(f"{part}: ") for part in ("first line", "second line", "third line")))
