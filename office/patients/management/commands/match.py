"""`./run match A.csv B.csv`: the pairs of two files that are one person, as CSV; touches no patient of the office."""

import csv
import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand

from office.patients.rules.linkage_files import UnreadableFile, read_people
from office.patients.rules.matching import Match, Person, match


class Command(BaseCommand):
    """Exit status: 0 done, 1 done but a line was left out, 2 could not be done."""

    help = "Find the records of two CSV files that are one person."
    requires_system_checks: list[str] = []  # noqa: RUF012 (Django's own form)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("left", metavar="A.csv", type=Path)
        parser.add_argument("right", metavar="B.csv", type=Path)
        parser.add_argument("--truth", metavar="LINKS.csv", type=Path, help="pairs that are one person, to measure by")
        parser.add_argument("--with-ssn", action="store_true", help="use the social security number as well")
        parser.add_argument("--json", action="store_true", help="one JSON object a line instead of CSV")

    def handle(self, *_arguments: Any, **options: Any) -> None:
        fault: list[str] = []
        left = self.people(options["left"], fault, with_ssn=options["with_ssn"])
        same_file = options["left"].resolve() == options["right"].resolve()
        right = left if same_file else self.people(options["right"], fault, with_ssn=options["with_ssn"])
        truth = self.truth(options["truth"]) if options["truth"] else None
        found = list(match(left, right, same_file=same_file))
        self.write(found, as_json=options["json"])
        if truth is not None:
            self.stderr.write(json.dumps(measured(found, truth)))
        if fault:
            sys.exit(1)

    def people(self, path: Path, fault: list[str], *, with_ssn: bool) -> list[Person]:
        mine: list[str] = []
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                people = read_people(file, with_ssn=with_ssn, fault=mine)
        except UnreadableFile as reason:
            self.stop(f"{path} {reason}.")
        except OSError as reason:
            self.stop(f"{path} cannot be read: {reason.strerror}.")
        for line in mine:
            self.stderr.write(f"{path}: {line}")
        fault += mine
        return people

    def truth(self, path: Path) -> set[frozenset[str]]:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = [row for row in csv.reader(file, skipinitialspace=True) if row]
        except (OSError, UnicodeDecodeError, csv.Error) as reason:
            self.stop(f"{path} cannot be read: {getattr(reason, 'strerror', None) or 'it is not a CSV file'}.")
        if any(len(row) < 2 for row in rows):
            self.stop(f"{path} must have two columns, an id of each file in a line.")
        return {frozenset((row[0].strip(), row[1].strip())) for row in rows[1:]}

    def write(self, found: list[Match], *, as_json: bool) -> None:
        if as_json:
            for pair in found:
                line = {"id_a": pair.left.key, "id_b": pair.right.key, "score": round(pair.score, 6)}
                self.stdout.write(json.dumps({**line, "decision": pair.decision}))
            return
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(["id_a", "id_b", "score", "decision"])
        out.writerows([pair.left.key, pair.right.key, f"{pair.score:.6f}", pair.decision] for pair in found)

    def stop(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        sys.exit(2)


def measured(found: list[Match], truth: set[frozenset[str]]) -> dict[str, Any]:
    """Return how right the links are and how much of the truth they, or they and the reviews, find."""
    links = [frozenset((pair.left.key, pair.right.key)) for pair in found if pair.decision == "link"]
    reviews = [frozenset((pair.left.key, pair.right.key)) for pair in found if pair.decision == "review"]
    right, seen = len(truth & set(links)), len(truth & set(reviews))
    return {
        "link": {
            "n": len(links),
            "precision": round(right / len(links), 6) if links else None,
            "recall": round(right / len(truth), 6) if truth else None,
        },
        "review": {"n": len(reviews), "recall": round((right + seen) / len(truth), 6) if truth else None},
    }
