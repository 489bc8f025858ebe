"""`./run work`: runs jobs and the timetable until it is stopped."""

import socket
from typing import Any

from django.core.management.base import CommandParser

from office.core.commands import OfficeCommand
from office.core.worker import Worker


class Command(OfficeCommand):
    help = "Run the worker."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", default=socket.gethostname(), help="a worker restarted by this name resumes")

    def work(self, **options: Any) -> int:
        Worker(options["name"]).run()
        return 0
