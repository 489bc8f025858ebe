"""`./run match A.csv B.csv`: the pairs of two files that are one person, as CSV; touches no patient of the office."""

import csv
import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from office.core.commands import CannotDo, OfficeCommand
from office.patients.rules.linkage_files import UnreadableFile, read_people
from office.patients.rules.matching import Match, Person, match


class Command(OfficeCommand):
    help = "Find the records of two CSV files that are one person."
    needs_tables = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("left", metavar="A.csv", type=Path)
        parser.add_argument("right", metavar="B.csv", type=Path)
        parser.add_argument("--truth", metavar="LINKS.csv", type=Path, help="pairs that are one person, to measure by")
        parser.add_argument("--with-ssn", action="store_true", help="use the social security number as well")

    def work(self, **options: Any) -> int:
        fault: list[str] = []
        left = self.people(options["left"], fault, with_ssn=options["with_ssn"])
        same_file = options["left"].resolve() == options["right"].resolve()
        right = left if same_file else self.people(options["right"], fault, with_ssn=options["with_ssn"])
        truth = self.truth(options["truth"]) if options["truth"] else None
        found = list(match(left, right, same_file=same_file))
        self.put_pairs(found)
        if truth is not None:
            self.note(json.dumps(measured(found, truth)))
        return 1 if fault else 0

    def people(self, path: Path, fault: list[str], *, with_ssn: bool) -> list[Person]:
        mine: list[str] = []
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                people = read_people(file, with_ssn=with_ssn, fault=mine)
        except UnreadableFile as reason:
            raise CannotDo(f"{path} {reason}.") from reason
        except OSError as reason:
            raise CannotDo(f"{path} cannot be read: {reason.strerror}.") from reason
        for line in mine:
            self.note(f"{path}: {line}")
        fault += mine
        return people

    def truth(self, path: Path) -> set[frozenset[str]]:
        try:
            with path.open(encoding="utf-8-sig", newline="") as file:
                rows = [row for row in csv.reader(file, skipinitialspace=True) if row]
        except (OSError, UnicodeDecodeError, csv.Error) as reason:
            raise CannotDo(
                f"{path} cannot be read: {getattr(reason, 'strerror', None) or 'it is not a CSV file'}."
            ) from reason
        if any(len(row) < 2 for row in rows):
            raise CannotDo(f"{path} must have two columns, an id of each file in a line.")
        return {frozenset((row[0].strip(), row[1].strip())) for row in rows[1:]}

    def put_pairs(self, found: list[Match]) -> None:
        if self.json:
            for pair in found:
                line = {"id_a": pair.left.key, "id_b": pair.right.key, "score": round(pair.score, 6)}
                self.put({**line, "decision": pair.decision})
            return
        out = csv.writer(self.stdout, lineterminator="\n")
        out.writerow(["id_a", "id_b", "score", "decision"])
        out.writerows([pair.left.key, pair.right.key, f"{pair.score:.6f}", pair.decision] for pair in found)


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
