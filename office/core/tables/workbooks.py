"""An XLSX workbook as CSV, in a process of its own: what unfolds into gigabytes ends that process and nothing else.

Run as a program it writes the first sheet that holds anything to standard output, a row a line, and keeps empty rows so
that line numbers are the sheet's row numbers. It imports nothing of ours.
"""

import contextlib
import csv
import subprocess
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO, Any

MEMORY_BYTES = 1 << 30
SECONDS = 300
CSV_BYTES = 512 * 1024 * 1024
_TELLS = {3: "holds no table", 4: "is no workbook, or a damaged one", 5: "is a workbook with a password"}


class UnreadableWorkbook(Exception):
    """The workbook cannot be read; the message says why."""


def to_csv(workbook: Path, into: IO[bytes]) -> None:
    """Write the workbook's first sheet as CSV in UTF-8. Raises UnreadableWorkbook."""
    command = [sys.executable, "-I", __file__, str(workbook)]
    try:
        done = subprocess.run(  # noqa: S603 (our own file, no shell)
            command, stdout=into, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise UnreadableWorkbook(f"takes longer than {SECONDS // 60} minutes to unfold") from None
    if done.returncode:
        raise UnreadableWorkbook(_TELLS.get(done.returncode, "unfolds into more than fits; save the sheet as CSV"))


def _text(value: Any) -> str:
    """Return a cell as a spreadsheet would type it: whole numbers without a point, days as 1961-04-12."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
    # One line a row keeps line numbers the sheet's own.
    return " ".join(str(value).splitlines())


def _limit() -> None:
    """Bound this process, where the system can (every Unix)."""
    import resource

    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, CSV_BYTES),
    ):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def _main(workbook: str) -> int:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    out = csv.writer(sys.stdout, lineterminator="\n")
    sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")  # type: ignore[union-attr]
    try:
        book = CalamineWorkbook.from_path(workbook)
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            if sheet.height:
                for row in sheet.iter_rows():
                    out.writerow([_text(cell) for cell in row])
                return 0
    except PasswordError:
        return 5
    except (CalamineError, OSError, ValueError):
        return 4
    return 3


if __name__ == "__main__":
    _limit()
    sys.exit(_main(sys.argv[1]))
