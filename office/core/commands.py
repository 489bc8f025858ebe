"""What every command of ours shares: `--json`, `--as`, exit statuses, and no traceback for bad input.

Exit status: 0 done and nothing wrong; 1 done, and something in the input was wrong or refused; 2 could not be done;
70 a fault of our own, which is one line and a log entry. Results go to standard output, the rest to standard error.
"""

import fcntl
import json
import logging
import os
import sys
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.utils import DatabaseError, InterfaceError
from django.utils.module_loading import import_string

from config import state
from office.core.actions import Refused
from office.core.actors import Actor, Automation
from office.core.permissions import Permission

log = logging.getLogger("office.commands")


class CannotDo(CommandError):
    """The command could not be done; the message is one line that says why and what to do. Status 2."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=2)


class OfficeCommand(BaseCommand):
    """A command of ours: ``work`` does it and returns the exit status.

    ``permissions`` are what the command's automation actor holds when nobody is named by ``--as``.
    """

    permissions: ClassVar[Collection[Permission]] = ()
    needs_tables: ClassVar[bool] = True
    requires_system_checks = ()  # `./run test` makes them; a command should start at once
    json = False
    _called_from_command_line = True  # wrong arguments end with status 2

    @abstractmethod
    def work(self, **options: Any) -> int:
        """Do it; return 0, or 1 when something in the input was wrong or refused. Raise CannotDo when it cannot be."""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # The words a person typed: import-fhir, although the module is import_fhir.
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.prog = f"./run {subcommand.replace('_', '-')}"
        parser.add_argument("--json", action="store_true", help="one JSON object a line")
        parser.add_argument(
            "--as", dest="as_username", metavar="USERNAME", help="act as this member, not as the office"
        )
        return parser

    def handle(self, *args: Any, **options: Any) -> None:
        self.json = bool(options.pop("json", False))
        self._username = options.pop("as_username", None)
        self._name = type(self).__module__.rpartition(".")[2].replace("_", "-")
        if self.needs_tables:
            ready_tables()
        if status := self.work(**options):
            raise SystemExit(status)

    def run_from_argv(self, argv: list[str]) -> None:
        try:
            options = vars(self.create_parser(argv[0], argv[1]).parse_args(argv[2:]))
            args = options.pop("args", ())
            self.execute(*args, **options)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read our output has read enough; the interpreter's own last flush must not complain either.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        except KeyboardInterrupt:
            self.end("Stopped.", 130)
        except Exception as fault:
            if isinstance(fault, PermissionDenied):
                self._record_refusal(str(fault))
            self.end(*told(fault))

    def end(self, words: str, status: int) -> NoReturn:
        """Say one line on standard error and leave."""
        self.stderr.write(words)
        sys.exit(status)

    def actor(self) -> Actor:
        """Return who acts: the member named by ``--as``, or this command's automation."""
        if self._username is None:
            return Automation(self._name, frozenset(self.permissions))
        member = get_user_model()._default_manager.filter(username__iexact=self._username, is_active=True).first()
        if member is None:
            raise CannotDo(f"Nobody signs in as “{self._username}”.")
        acting: Actor = member.acting()
        return acting

    def _record_refusal(self, permission: str) -> None:
        """A refusal at the terminal is on the trail like one on a screen; the trail is above this area."""
        record: Callable[..., object] = import_string(settings.OFFICE_WIRING["refusals"])
        record(self.actor(), permission=permission, screen=f"./run {self._name}")

    def put(self, result: Any, words: str | None = None) -> None:
        """Print a result: as one JSON line, or as words for a person when there are some and `--json` is not given."""
        self.stdout.write(words if words is not None and not self.json else json_line(result))
        self.stdout.flush()  # whoever reads through a pipe waits for this line

    def note(self, words: str) -> None:
        """Say something beside the results, on standard error."""
        self.stderr.write(words, style_func=lambda text: text)


def json_line(result: Any) -> str:
    """Return one line of JSON, UTF-8; times with offset, money and identifiers as strings."""
    return json.dumps(result, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def told(fault: Exception) -> tuple[str, int]:
    """Return what to say of an exception, and the exit status."""
    match fault:
        case CommandError():
            return str(fault), fault.returncode
        case state.WrongState() | Refused():
            return str(fault), 1 if isinstance(fault, Refused) else 2
        case PermissionDenied():
            return f"That needs the permission “{fault}”, which this actor does not have.", 2
        case OSError() if fault.filename:
            return f"{fault.filename}: {fault.strerror}.", 2
        case DatabaseError() | InterfaceError() if not _database_answers():
            return "The database cannot be reached. Is it running, and is DATABASE_URL right?", 2
    log.error("A command ended by a fault of our own", exc_info=fault)
    place = settings.VAR / "logs" / "frontdesk.log"
    return f"Frontdesk made a mistake ({type(fault).__name__}); where is written in {place}.", 70


def _database_answers() -> bool:
    try:
        connection.close()
        connection.ensure_connection()
    except (DatabaseError, InterfaceError):
        return False
    return True


def ready_tables() -> None:
    """Make or migrate the tables of an embedded database; on PostgreSQL say that it is due. Raises CannotDo."""
    from office.core import upgrade  # which raises CannotDo itself

    if connection.vendor != "sqlite":
        if upgrade.is_due():
            raise CannotDo("The database's tables are older than this version: run ./run migrate first.")
        return
    if state.kind() is None:
        state.become("blank")
    with one_at_a_time("migrate"):
        if upgrade.is_due():
            call_command("migrate", verbosity=0, interactive=False)


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Let one process of this state folder in at a time; the others wait."""
    with (settings.VAR / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
