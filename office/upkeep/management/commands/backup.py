"""`./run backup [--to PLACE]`: a back-up of the running office, encrypted for the recovery key."""

import sys
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone

from office.core import recovery
from office.core.commands import CannotDo, OfficeCommand
from office.core.permissions import Permission
from office.practice.models import Practice
from office.upkeep.actions import record_backup
from office.upkeep.backup import back_up


class Command(OfficeCommand):
    help = "Make a back-up of the running office."
    permissions: ClassVar = (Permission.KEEP_BACKUPS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--to", default=settings.BACKUP_TO, metavar="PLACE", help="a folder or sftp://user@host/folder"
        )

    def work(self, **options: Any) -> int:
        if recovery.recipient() is None:
            self._make_key()
        began = timezone.now()
        try:
            made = back_up(options["to"])
        except CannotDo as problem:
            record_backup(self.actor(), place=options["to"], at=began, problem=str(problem)[:400])
            raise
        record_backup(
            self.actor(),
            place=made.place,
            at=datetime.fromisoformat(made.manifest.made_at),
            file=made.file,
            bytes=made.bytes,
            sha256=made.sha256,
            seconds=made.seconds,
        )
        self.put({"file": made.file, "bytes": made.bytes, "sha256": made.sha256, "seconds": made.seconds})
        for name in made.damaged:
            self.note(f"The document {name} is damaged on this machine and is not in the back-up.")
        return 1 if made.damaged else 0

    def _make_key(self) -> None:
        """The first back-up of an office whose sheet was never printed; a service has nobody who would read it."""
        if not sys.stderr.isatty() and settings.STATE_KIND == "office":
            raise CannotDo(
                "There is no recovery key yet. Run ./run backup at a terminal: it makes one and shows it once."
            )
        office = Practice.objects.values_list("name", flat=True).first() or "Frontdesk"
        self.note(recovery.sheet(recovery.make(), office=office, made_on=timezone.localdate()))
