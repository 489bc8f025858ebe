"""From nothing to the first page, again to the first page, and what the web process needs of memory."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from tools.bench.figure import Figure


def figures() -> Iterator[Figure]:
    """Yield seconds (wall clock, with one process on the machine) and megabytes against the limits."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        begun = time.monotonic()
        with _served(folder):
            yield Figure.at_most("nothing to first page, beside the downloads", time.monotonic() - begun, "s", 30)
        begun = time.monotonic()
        with _served(folder) as (process, address):
            again, worked = time.monotonic() - begun, _processor_seconds(process.pid)
            yield Figure.at_most("first page again", again, "s", 3)
            peer = ("all of it", round(again, 2))
            yield Figure.beside("first page again, the processor in all its processes", worked, "s", peer)
            for _ in range(200):
                _get(address)
            yield Figure.at_most("web process after 200 pages", _web_megabytes(process.pid), "MB", 200, n=200)


@contextmanager
def _served(folder: str) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "FRONTDESK_VAR": folder, "PORT": str(port)}
    command = [sys.executable, str(settings.ROOT / "manage.py"), "demo"]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout  # noqa: S101 (asked for above)
        process.stdout.readline()
        address = f"http://localhost:{port}/account/login/"
        _get(address)
        yield process, address
        process.send_signal(signal.SIGTERM)


def _get(address: str) -> None:
    with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 (our own server)
        answer.read()


def _processor_seconds(parent: int) -> float:
    """Return what a process, those below it and those of them that ended have worked so far."""
    ticks = os.sysconf("SC_CLK_TCK")
    below, worked = {parent}, 0
    for stat in sorted(Path("/proc").glob("[0-9]*/stat"), key=lambda path: int(path.parent.name)):
        try:
            # The name, in parentheses, may hold anything; after it: the state, the parent, ..., and the four times.
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) in below or int(stat.parent.name) == parent:
            below.add(int(stat.parent.name))
            worked += sum(int(number) for number in fields[11:15])
    return worked / ticks


def _web_megabytes(parent: int) -> float:
    """Return the resident memory of the process that answers: granian's worker, the largest below the parent."""
    below, largest = {parent}, 0
    for status in sorted(Path("/proc").glob("[0-9]*/status"), key=lambda path: int(path.parent.name)):
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
        if int(fields["PPid"]) in below and "granian" in _command_line(status.parent):
            below.add(int(status.parent.name))
            largest = max(largest, int(fields.get("VmRSS", "0 kB").split()[0]))
    return largest / 1024


def _command_line(folder: Path) -> str:
    return (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
