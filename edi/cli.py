"""``./run x12 check|ack``: text in, JSON lines or X12 out. It starts without Django."""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from edi.envelope import Reader
from edi.problems import Problems
from edi.source import Source


def check(path: Path) -> tuple[dict[str, Any], bool]:
    """Return the line that says what a file holds and what is wrong in it, and whether an error is among it."""
    problems = Problems()
    with path.open("rb") as stream:
        reader = Reader(Source(stream), problems)
        transactions = [
            {
                "type": one.type,
                "version": one.version,
                "control": one.control,
                "segments": len(one.pieces),
                "status": one.status,
            }
            for one in reader
        ]
    line: dict[str, Any] = {
        "file": str(path),
        "interchanges": len(reader.interchanges),
        "transactions": transactions,
        "problems": [
            {
                "segment": problem.segment,
                "offset": problem.offset,
                "element": problem.element,
                "severity": problem.severity.value,
                "code": problem.code,
                "message": problem.message,
            }
            for problem in problems
        ],
    }
    if problems.more:
        line["problems_more"] = problems.more
    return line, problems.errors > 0


def _each(files: Sequence[Path], read: Callable[[Path], tuple[dict[str, Any], bool]]) -> int:
    """Print a line a file; return the exit status of the worst."""
    worst = 0
    for path in files:
        try:
            line, wrong = read(path)
        except OSError as fault:
            sys.stderr.write(f"{path}: {fault.strerror or 'cannot be read'}.\n")
            worst = 2
            continue
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        worst = max(worst, int(wrong))
    return worst


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit status: 0 nothing wrong, 1 something in a file is wrong, 2 a file could not be read."""
    parser = argparse.ArgumentParser(prog="./run x12", description="Reads X12 and says what is wrong in it.")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("check", help="a line a file: what it holds, and every problem with its place")
    one.add_argument("files", nargs="+", type=Path, metavar="FILE")
    one.add_argument("--json", action="store_true", help="the output is JSON anyway")
    asked = parser.parse_args(arguments)
    return _each(asked.files, check)


if __name__ == "__main__":
    try:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
