"""The old system's patients coming in from a table: rows a second, the same once more, and memory."""

import csv
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings

from tools.bench.figure import Figure

ROWS = 100_000
_SOUNDS = ("ba", "der", "fin", "gor", "hal", "kim", "lor", "men", "nor", "pet", "ros", "san", "tor", "ul", "ven", "wil")


def figures() -> Iterator[Figure]:
    """Yield the issue's limits of 1,000 rows a second and 256 MB, measured on the command itself."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        _write(Path(folder) / "patients.csv")
        looked = _timed(folder, "--preview")
        loaded, again = _timed(folder), _timed(folder)
    megabytes = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    yield Figure.at_least("table rows loaded", ROWS / loaded, "a second", 1_000, n=ROWS)
    rate = ("the first time", round(ROWS / loaded))
    yield Figure.beside("the same table again", ROWS / again, "a second", rate, n=ROWS)
    yield Figure.beside("its dry run", ROWS / looked, "a second", rate, n=ROWS)
    yield Figure.at_most("memory of the table's load", megabytes, "MB", 256, n=ROWS)


def _timed(folder: str, *options: str) -> float:
    environment = {**os.environ, "FRONTDESK_VAR": str(Path(folder) / "var")}
    command = [sys.executable, str(settings.ROOT / "manage.py"), "import_table", "patients"]
    before = os.times().elapsed
    done = subprocess.run(
        [*command, str(Path(folder) / "patients.csv"), *options], check=True, env=environment, capture_output=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    if found["rows"] != ROWS or found["rejected"]:
        raise AssertionError(f"The bench's own table was not read whole: {found}")
    return os.times().elapsed - before


def _write(path: Path) -> None:
    """Write a table of invented people: a thousand family names, four thousand given ones, ninety years of births."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(
            ["pid", "lname", "fname", "mname", "DOB", "sex", "phone_cell", "phone_home", "email", "street", "city",
             "state", "postal_code"]
        )  # fmt: skip
        for n in range(ROWS):
            born = date(1934, 1, 1) + timedelta(days=n * 7_919 % 33_000)
            out.writerow(
                [n + 1, _name(n * 31 % 1_000), _name(n * 17 % 4_000 + 1_000), "", f"{born:%m/%d/%Y}", "FM"[n % 2],
                 f"(503) {200 + n // 10_000}-{n % 10_000:04}", f"(971) {200 + n // 10_000}-{n % 10_000:04}",
                 f"p{n}@example.org", f"{n % 9_000 + 1} {_name(n % 200)} St", "Portland", "OR", f"972{n % 40:02}"]
            )  # fmt: skip


def _name(number: int) -> str:
    parts: list[str] = []
    while number or not parts:
        number, rest = divmod(number, 16)
        parts.append(_SOUNDS[rest])
    return "".join(parts).title()
