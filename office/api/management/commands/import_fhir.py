"""`./run import-fhir PATH…`: FHIR R4 files and folders into charts, encounters and sealed copies."""

import json
import os
import re
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.core.management.base import CommandParser
from django.utils import timezone
from rich.console import Console
from rich.progress import Progress

from config import state
from office.api.fhir.importer import COUNTS, Importer
from office.api.fhir.reading import Bad, files_of
from office.core.commands import CannotDo, OfficeCommand
from office.core.permissions import Permission

_SAID = 50
#: The rejects file is for mending, the original stays where it was: no social security number in either.
_SSN = re.compile(r"(?<!\d)\d{3}-?\d{2}-?\d{4}(?!\d)")


class Command(OfficeCommand):
    """Import FHIR R4: bundles (a file each, or one a line) and bulk-export NDJSON, plain or gzip."""

    help = __doc__ or ""
    permissions: ClassVar = (Permission.IMPORT_RECORDS,)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file or a folder")

    def work(self, **options: Any) -> int:
        paths: list[Path] = options["paths"]
        if missing := [path for path in paths if not path.exists()]:
            raise CannotDo(f"{missing[0]}: there is no such file or folder. Nothing was imported.")
        files = list(dict.fromkeys(file for path in paths for file in files_of(path)))
        if not files:
            raise CannotDo(f"{paths[0]} holds no .json, .ndjson or .jsonl file, plain or gzip. Nothing was imported.")
        for file in files:
            check_format(file)
        begun = time.monotonic()
        self.rejects = Rejects(self)
        console = Console(file=sys.stderr)
        with Progress(console=console, disable=not sys.stderr.isatty(), transient=True) as progress:
            bar = progress.add_task("Reading", total=None)
            importer = Importer(
                self.actor(), timezone.localdate(), reject=self.rejects.add, tick=lambda _: progress.advance(bar)
            )
            counts = importer.run(files, ", ".join(path.name for path in paths))
        self.rejects.close()
        result = {name: counts[name] for name in ("read", *COUNTS)}
        self.put({**result, "rejects_file": self.rejects.path, "seconds": round(time.monotonic() - begun, 2)})
        return 1 if counts["rejected"] else 0


def check_format(file: Path) -> None:
    """Refuse what is not JSON at all, before anything is touched."""
    with file.open("rb") as stream:
        head = stream.read(512).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"<":
        raise CannotDo(f"{file}: FHIR as XML is not read; ask for JSON. Nothing was imported.")
    if head.startswith(b"PK\x03\x04"):
        raise CannotDo(f"{file}: unpack the ZIP file first. Nothing was imported.")
    if head and head[:2] != b"\x1f\x8b" and head[:1] != b"{" and not file.name.lower().endswith((".ndjson", ".jsonl")):
        raise CannotDo(f"{file} is not FHIR as JSON or NDJSON. Nothing was imported.")


class Rejects:
    """What did not come in: a line each, in a file that only its owner reads, made when there is something to say."""

    def __init__(self, command: Command) -> None:
        self.command, self.said = command, 0
        self.path: str | None = None
        self.file: Any = None

    def add(self, bad: Bad, kind: str, resources: int) -> None:
        if self.file is None:
            stamp = datetime.now(timezone.get_current_timezone()).strftime("%Y%m%d-%H%M%S-%f")
            self.path = str(state.made(settings.VAR / "rejects") / f"fhir-{stamp}.ndjson")
            descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            self.file = os.fdopen(descriptor, "w", encoding="utf-8")
        raw = _SSN.sub("***-**-****", bad.raw[:65_536].decode("utf-8", "backslashreplace"))
        row = {"file": str(bad.file), "line": bad.number, "reason": bad.reason, "kind": kind, "resources": resources}
        self.file.write(json.dumps({**row, "raw": raw}, ensure_ascii=False).encode("utf-8", "replace").decode() + "\n")
        if self.said < _SAID:
            self.command.note(f"{bad.file}, line {bad.number}: {bad.reason}")
        elif self.said == _SAID:
            self.command.note(f"More was refused; all of it stands in {self.path}.")
        self.said += 1

    def close(self) -> None:
        if self.file is not None:
            self.file.close()
