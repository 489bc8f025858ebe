"""Back-ups of the demo office with 500 documents: making, making again, restoring, proving, and writing meanwhile."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter, sleep

from django.conf import settings
from django.db import connection

from config import state
from office.audit import trail
from office.core import files, recovery, snapshot
from office.core.actors import Automation
from office.home.demo import load
from office.home.demo.calendar import as_of, working_day
from office.home.demo.office import ZONE
from office.upkeep.backup import back_up
from office.upkeep.drill import prove_one
from tools.bench.figure import Figure

DOCUMENTS, DOCUMENT_BYTES = 500, 100_000
RUNS = 9


def figures() -> Iterator[Figure]:
    """Yield seconds and megabytes; the limits are those of a job that runs each 15 minutes, and of an hour's outage."""
    state.become("blank")
    really = datetime.now(ZONE)
    moment = as_of(working_day(really.date()), really, ZONE)
    load(moment.date(), moment, lambda what: None)
    secret = recovery.make()
    for _ in range(DOCUMENTS):
        files.store(os.urandom(DOCUMENT_BYTES))
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-place-") as place:
        database = snapshot.sqlite_path().stat().st_size / 1e6
        yield Figure("database", round(database, 1), "MB")
        first = back_up(place)
        yield Figure.at_most(f"first back-up, {DOCUMENTS} documents of 100 kB", first.seconds, "s", 60)
        again = [back_up(place) for _ in range(RUNS)]
        yield Figure.at_most("each back-up after it, median", median(made.seconds for made in again), "s", 10, n=RUNS)
        yield Figure.beside(
            "what it adds at the place", again[-1].bytes / 1e6, "MB", ("the database", round(database, 1))
        )
        alone = _slowest_writes(lambda: sleep(2))
        beside = _slowest_writes(lambda: back_up(place))
        yield Figure.beside(
            "a write while one is made, 95th percentile", beside, "ms", ("without one", round(alone, 2))
        )
        yield Figure.at_most("restore into an empty machine", _restore(again[-1].file, secret), "s", 3_600)
        yield Figure.at_most("nightly proof", prove_one(place).seconds, "s", 600)


def _slowest_writes(meanwhile: Callable[[], object]) -> float:
    """Return the 95th percentile, in ms, of an audit entry's commit while something goes on."""
    taken: list[float] = []
    stop = Event()

    def write() -> None:
        while not stop.is_set():
            begun = perf_counter()
            trail.record(Automation("bench", ()), "bench.written")
            taken.append((perf_counter() - begun) * 1_000)
            sleep(0.002)
        connection.close()

    thread = Thread(target=write)
    thread.start()
    meanwhile()
    stop.set()
    thread.join()
    return sorted(taken)[int(len(taken) * 0.95)]


def _restore(file: str, secret: str) -> float:
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-machine-") as folder:
        key = Path(folder) / "sheet"
        key.write_text(secret, encoding="ascii")
        environment = {**os.environ, "FRONTDESK_VAR": f"{folder}/var"}
        environment.pop("DATABASE_URL", None)
        begun = perf_counter()
        command = [sys.executable, str(settings.ROOT / "manage.py"), "restore", file, "--key-file", str(key)]
        subprocess.run(command, check=True, env=environment, capture_output=True)
        return perf_counter() - begun
