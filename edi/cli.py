"""``./run x12 check|show|balance|ack``: text in, JSON lines or X12 out. It starts without Django."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from edi import acknowledgments_999, claim_status_276_277, remittance_835
from edi.balancing import Fault, envelope_faults, faults, is_balanced
from edi.eligibility_270_271 import reading as eligibility
from edi.eligibility_270_271.values import Eligibility
from edi.envelope import Reader, Transaction
from edi.money import dollars
from edi.problems import Problem, Problems
from edi.professional_claim_837p import reading
from edi.source import Source
from edi.validation.checks import validate
from edi.validation.level_5_codes import CodeLists
from edi.validation.places_of_service import PLACES_OF_SERVICE

Line = dict[str, Any]
Lines = tuple[list[Line], bool]

_STATUS = frozenset({"276", "277", "277CA"})
#: The fields that hold cents: on the screen of a script they are strings with two decimals.
_MONEY = frozenset({"amount", "charge", "paid", "patient_responsibility"})


def _is_remittance(transaction: Transaction) -> bool:
    return transaction.type == "835" and transaction.is_supported


#: A 999 speaks of the guide; what goes beyond is said claim by claim in a 277CA (X231, 1.3).
_ACKNOWLEDGED_LEVEL = 2


def _look_into(transaction: Transaction, problems: Problems, *, level: int = 5) -> None:
    """Find what is wrong with a transaction's content: the claim by its guide, the remittance by being read."""
    if _is_remittance(transaction):
        remittance_835.read(transaction, problems)
    elif transaction.type in {"270", "271"} and transaction.is_supported:
        eligibility.read(transaction, problems)
    elif transaction.type in _STATUS and transaction.is_supported:
        claim_status_276_277.read(transaction, problems)
    elif transaction.type == "837P":
        validate(transaction, problems, CodeLists(places_of_service=PLACES_OF_SERVICE), level=level)


def check(path: Path, stream: BinaryIO) -> Lines:
    """Say what a file holds and what is wrong in it."""
    problems = Problems()
    reader = Reader(Source(stream), problems)
    transactions = []
    for one in reader:
        _look_into(one, problems)
        transactions.append({**_head(one), "segments": len(one.pieces), "status": one.status})
    line: Line = {
        "file": str(path),
        "interchanges": len(reader.interchanges),
        "transactions": transactions,
        "problems": [_said(problem) for problem in problems],
    }
    if problems.more:
        line["problems_more"] = problems.more
    return [line], problems.errors > 0


def show(path: Path, stream: BinaryIO) -> Lines:
    """Say what each transaction holds: by its values where we have them, any other as its segments."""
    problems = Problems()
    lines = []
    for one in Reader(Source(stream), problems):
        content: Line
        if _is_remittance(one):
            content = {"payment": _money(asdict(remittance_835.read(one, problems)))}
        elif one.type in {"270", "271"} and one.is_supported:
            content = {"eligibility": _eligibility(eligibility.read(one, problems))}
        elif one.type in _STATUS and one.is_supported:
            content = _status(claim_status_276_277.read(one, problems))
        elif one.type == "837P" and one.is_supported:
            content = {"submission": _money(asdict(reading.read(one, problems)))}
        else:
            element = one.interchange.delimiters.element
            content = {"segments": [piece.split(element) for piece in one.pieces]}
        lines.append({"file": str(path), **_head(one), "status": one.status, **content})
    _tell(path, problems)
    return lines, problems.errors > 0


def balance(path: Path, stream: BinaryIO) -> Lines:
    """Say of each payment whether it adds up, and each equation that fails."""
    problems = Problems()
    found: list[tuple[Line, list[Fault], range]] = []
    for one in Reader(Source(stream), problems):
        if _is_remittance(one):
            payment = remittance_835.read(one, problems)
            line = {
                "file": str(path),
                "control": payment.control,
                "trace": payment.trace,
                "paid": dollars(payment.paid),
                "claims": len(payment.claims),
                "lines": payment.lines,
            }
            found.append((line, faults(payment), range(one.offset, one.offset + len(one.text))))
    # A trailer of a group or an interchange that disagrees speaks of every payment in the file.
    of_all = [problem for problem in problems if not any(problem.offset in span for _, _, span in found)]
    for line, wrong, span in found:
        inside = [problem for problem in problems if problem.offset in span]
        everything = [*wrong, *envelope_faults(inside), *envelope_faults(of_all)]
        line |= {"balanced": is_balanced(wrong), "faults": [asdict(fault) for fault in everything]}
    _tell(path, problems)
    if not found:
        sys.stderr.write(f"{path}: holds no 835 that can be balanced.\n")
    lines = [line for line, _, _ in found]
    return lines, not found or problems.errors > 0 or any(line["faults"] for line in lines)


def acknowledge(path: Path, stream: BinaryIO) -> Lines:
    """Print what a receiver answers: the 999 of each interchange, or the TA1 of one whose envelope is wrong."""
    problems = Problems()
    reader = Reader(Source(stream), problems)
    transactions = []
    for one in reader:
        _look_into(one, problems, level=_ACKNOWLEDGED_LEVEL)
        transactions.append(one)
    starts = [one.offset for one in reader.interchanges]
    answered = False
    for number, interchange in enumerate(reader.interchanges, 1):
        own = [one for one in transactions if one.interchange is interchange]
        end = starts[number] if number < len(starts) else sys.maxsize
        # A trailer that is missing is said where the next interchange begins.
        said = [one for one in problems if interchange.offset <= one.offset < end or _misses_trailer(one, end)]
        text = acknowledgments_999.acknowledge(
            acknowledgments_999.Received(interchange, own, said), at=datetime.now(UTC).astimezone(), control=number
        )
        sys.stdout.write(text)
        answered = answered or bool(text)
    _tell(path, problems)
    if not answered:
        sys.stderr.write(f"{path}: holds nothing that is acknowledged.\n")
    return [], problems.errors > 0


def _misses_trailer(problem: Problem, offset: int) -> bool:
    return problem.code == "no_trailer" and problem.offset == offset


def _head(transaction: Transaction) -> Line:
    return {"type": transaction.type, "version": transaction.version, "control": transaction.control}


def _said(problem: Problem) -> Line:
    return {
        "segment": problem.segment,
        "offset": problem.offset,
        "element": problem.element,
        "severity": problem.severity.value,
        "code": problem.code,
        "message": problem.message,
    }


def _money(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _money(one, key) for key, one in value.items()}
    if name == "amounts":
        return [[qualifier, dollars(amount)] for qualifier, amount in value]
    if isinstance(value, list):
        return [_money(one) for one in value]
    return dollars(value) if name in _MONEY and isinstance(value, int) else value


def _eligibility(found: Eligibility) -> Line:
    """Return an eligibility with each person's standing and each benefit's kind beside what was sent."""
    line = _money(asdict(found))
    for person, said in zip(found.persons, line["persons"], strict=True):
        said["standing"] = found.standing_of(person).value
        for benefit, row in zip(person.benefits, said["benefits"], strict=True):
            row["kind"], row["percent"] = benefit.kind.value, None if row["percent"] is None else str(row["percent"])
    return {**line}


def _status(found: claim_status_276_277.ClaimStatus) -> Line:
    """Return what is said of claims, with those that were refused by number, and totals that do not agree."""
    refused = [claim.number for claim in found.claims if claim.is_refused]
    return {
        "claim_status": _money(asdict(found)),
        "claims": len(found.claims),
        "refused": refused,
        "unreconciled": claim_status_276_277.unreconciled(found),
    }


def _tell(path: Path, problems: Problems) -> None:
    """Say on standard error what was wrong, for a command whose lines have no place for it."""
    for problem in problems:
        where = f"segment {problem.segment}, byte {problem.offset}"
        sys.stderr.write(f"{path}: {problem.severity.value}: {where}: {problem.message}\n")
    if problems.more:
        sys.stderr.write(f"{path}: and {problems.more} more.\n")


def _each(files: Sequence[Path], read: Callable[[Path, BinaryIO], Lines]) -> Iterator[int]:
    """Print the lines of each file; yield its exit status."""
    for path in files:
        try:
            with path.open("rb") as stream:
                lines, wrong = read(path, stream)
        except OSError as fault:
            sys.stderr.write(f"{path}: {fault.strerror or 'cannot be read'}.\n")
            yield 2
            continue
        for line in lines:
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        yield int(wrong)


_COMMANDS: dict[str, tuple[Callable[[Path, BinaryIO], Lines], str, str]] = {
    "check": (check, "+", "a line a file: what it holds, and every problem with its place"),
    "show": (show, "1", "a line a transaction: what it says"),
    "ack": (acknowledge, "1", "the 999 or TA1 that answers the file"),
    "balance": (balance, "+", "a line a payment: whether the 835 adds up"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit status of the worst file: 0 nothing wrong, 1 something in it is, 2 it could not be read."""
    parser = argparse.ArgumentParser(prog="./run x12", description="Reads X12 and says what is wrong in it.")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, (_, number, words) in _COMMANDS.items():
        one = commands.add_parser(name, help=words)
        one.add_argument("files", nargs="+" if number == "+" else 1, type=Path, metavar="FILE")
        one.add_argument("--json", action="store_true", help="the output is JSON anyway")
    asked = parser.parse_args(arguments)
    return max(_each(asked.files, _COMMANDS[asked.command][0]))


if __name__ == "__main__":
    try:
        sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        sys.exit(main())
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
