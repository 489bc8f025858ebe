"""`./run find-patient TEXT`: what the one search box finds, best first, as JSON lines."""

from argparse import ArgumentParser
from typing import Any

from office.core.commands import CannotDo, OfficeCommand
from office.core.permissions import Permission
from office.patients.access import open_list
from office.patients.queries.search import search


class Command(OfficeCommand):
    help = "Find patients by any part of a name, a birth date, a phone number or a chart number."
    permissions = (Permission.OPEN_CHARTS,)

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("text", metavar="TEXT", nargs="+")
        parser.add_argument("--limit", type=int, default=10)

    def work(self, **options: Any) -> int:
        if options["limit"] < 1:
            raise CannotDo("--limit takes a number from 1 on.")
        found = search(" ".join(options["text"]), limit=options["limit"])
        closed = open_list(self.actor(), [one.patient for one in found], purpose="find-patient")
        for one in found:
            hidden = one.patient.pk in closed
            self.put(
                {
                    "id": one.patient.pk,
                    "name": "Restricted chart" if hidden else one.patient.name,
                    "birth_date": None if hidden else one.patient.birth_date,
                    "score": round(one.score, 4),
                    "why": "restricted" if hidden else one.why,
                }
            )
        return 0
