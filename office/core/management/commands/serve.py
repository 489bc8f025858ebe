"""`./run serve`: the production server, with the worker beside it when asked."""

from typing import Any

from django.core.management.base import CommandParser

from office.core import serving
from office.core.commands import OfficeCommand


class Command(OfficeCommand):
    help = "Serve the office that this state folder holds."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--with-worker", action="store_true", help="run the jobs too")
        parser.add_argument(
            "--workers", type=int, default=1, metavar="N", help="web processes; on SQLite one is enough"
        )

    def work(self, **options: Any) -> int:
        return serving.serve(
            with_worker=options["with_worker"],
            processes=max(1, options["workers"]),
            say_ready=lambda: self.put({"address": serving.address()}, f"Frontdesk is ready: {serving.address()}"),
        )
