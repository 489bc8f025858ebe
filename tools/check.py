"""`./run test [PATH…] [--long]`: every check, then every test; one failure does not hide the others.

Tests run on SQLite, then those that touch tables once more on PostgreSQL, then in a browser. With PATHs only those
tests run, and no checks.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree as ET

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

MANAGE = [sys.executable, "manage.py"]
CHECKS = {
    "ruff": ["ruff", "check", "--quiet", "."],
    "format": ["ruff", "format", "--check", "--quiet", "."],
    "templates": ["djhtml", "--check", *map(str, sorted((ROOT / "office").rglob("*.html")))],
    "contracts": ["lint-imports", "--no-cache"],
    "types": ["mypy", "--no-error-summary"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run", "-v0"],
    "deployment": [*MANAGE, "check", "--deploy", "--fail-level", "WARNING"],
}
PASSES = {
    "SQLite": "not browser",
    "PostgreSQL": "database and not browser",
    "browser": "browser",
}
NO_TESTS = 5


@dataclass
class Tally:
    """What ran, and what failed of it: tests, and checks beside them."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)

    def add_report(self, name: str, report: Path) -> None:
        suite = next(ET.parse(report).getroot().iter("testsuite"))  # noqa: S314 (pytest's own report)
        count = {key: int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")}
        failed = count["failures"] + count["errors"]
        passed = count["tests"] - failed - count["skipped"]
        self.passed, self.failed, self.skipped = (
            self.passed + passed,
            self.failed + failed,
            self.skipped + count["skipped"],
        )
        self.notes.append(f"{name}: {passed} passed, {failed} failed, {count['skipped']} skipped")


def checked(tally: Tally) -> None:
    """Run every check, two at a time, and say how each went."""
    with tempfile.TemporaryDirectory() as state, ThreadPoolExecutor(2) as pool:
        environment = {**os.environ, "FRONTDESK_VAR": state, "SECURE": "1"}

        def run(command: list[str]) -> subprocess.CompletedProcess[str]:
            return subprocess.run(command, check=False, capture_output=True, text=True, env=environment)

        for name, done in zip(CHECKS, pool.map(run, CHECKS.values()), strict=True):
            print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'}", flush=True)
            if done.returncode:
                print(done.stdout + done.stderr, flush=True)
                tally.failed += 1
                tally.notes.append(f"{name}: failed")


@contextmanager
def postgres() -> Iterator[str | None]:
    """Start the tests' own PostgreSQL, or say why there is none."""
    from tests.databases import NoPostgres, throwaway_postgres

    try:
        server = throwaway_postgres()
        url = server.__enter__()
    except NoPostgres as reason:
        print(f"PostgreSQL tests are skipped. {reason}", flush=True)
        yield None
        return
    try:
        yield url
    finally:
        server.__exit__(None, None, None)


def tested(name: str, paths: list[str], tally: Tally, *, long: bool, server: str | None) -> None:
    """Run one pass of the tests on both cores, and count them."""
    environment = {**os.environ, **({"TEST_DATABASE_URL": server} if server else {})}
    if name == "PostgreSQL":
        if server is None:
            return
        environment["DATABASE_URL"] = server
    marks = PASSES[name] if long else f"{PASSES[name]} and not long"
    if name == "browser":
        walks = ROOT / "tests" / "browser"
        paths = paths or [str(walks)]
        if not any(walks.is_relative_to(path.partition("::")[0]) or str(walks) in path for path in paths):
            return
    print(f"\n--- tests, {name}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = ["pytest", "-n", "2", "-m", marks, f"--junit-xml={report}", *paths]
        status = subprocess.run(command, check=False, env=environment, stdin=subprocess.DEVNULL).returncode
        if report.exists():
            tally.add_report(name, report)
        if status not in {0, 1, NO_TESTS}:
            tally.failed += 1
            tally.notes.append(f"{name}: the run itself ended with status {status}")


def main(arguments: list[str]) -> int:
    asks = argparse.ArgumentParser(prog="./run test", description="Every check and every test.")
    asks.add_argument("paths", nargs="*", metavar="PATH", help="run only the tests there, and no checks")
    asks.add_argument("--long", action="store_true", help="the tests that take minutes, too")
    options = asks.parse_args(arguments)
    paths = [str(Path(path).absolute()) for path in options.paths]
    if missing := [path for path in paths if not Path(re.split("::", path)[0]).exists()]:
        print(f"There is no {missing[0]}.", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    os.environ["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    # The tests' databases are their own, whatever this terminal works on.
    os.environ.pop("DATABASE_URL", None)
    tally = Tally()
    if not paths:
        checked(tally)
    with postgres() as server:
        for name in PASSES:
            tested(name, paths, tally, long=options.long, server=server)
    print("\n" + "\n".join(tally.notes))
    if not tally.passed + tally.failed:
        print("No test ran.")
        return 1
    print(f"total: {tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped")
    return 1 if tally.failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
