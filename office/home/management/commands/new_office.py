"""`./run new-office`: a real office instead of the demo, with its owner and what is needed to get back in."""

import json
import sys
import tomllib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from config import state
from office.core import recovery, serving
from office.core.actions import Refused
from office.core.commands import CannotDo, OfficeCommand, ready_tables
from office.core.permissions import Permission
from office.practice.actions import found_practice
from office.practice.queries import practice
from office.practice.rules import ZONES
from office.staff.actions import add_member, grant_role
from office.staff.models import Member
from office.staff.permissions import RoleName
from office.staff.queries import start_path

#: What is asked, in this order, and under which name an answers file has it.
QUESTIONS = {
    "practice": "Name of the practice, as patients know it",
    "zone": "Time zone",
    "given_name": "Your first name",
    "family_name": "Your last name",
    "username": "Your user name (plain letters, cannot be changed)",
    "email": "Your email (may be empty)",
}
OPTIONAL = {"email"}


class Command(OfficeCommand):
    help = "Make a real, empty office with its owner; asks, or reads the answers from a file (JSON or TOML)."
    permissions = (Permission.MANAGE_PRACTICE, Permission.MANAGE_STAFF)
    needs_tables = False

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--answers", metavar="FILE", help=f"JSON or TOML with {', '.join(QUESTIONS)}")

    def work(self, **options: Any) -> int:
        self._refuse_another_kind()
        given = _checked(_read(Path(options["answers"])) if options["answers"] else self._ask())
        state.become("office")
        ready_tables()
        if practice() is not None:
            raise CannotDo(f"{state.folder()} holds the office of {practice()} already. Serve it with ./run serve.")
        owner = self._found(given)
        link = serving.address() + start_path(owner)
        secret = recovery.make() if recovery.recipient() is None else ""
        result = {
            "practice": given["practice"], "owner": owner.username, "start_link": link, "set_up": _set_up_address(),
            "folder": str(state.folder()), "recovery_key": secret,
        }  # fmt: skip
        paper = recovery.sheet(secret, office=given["practice"], made_on=timezone.localdate()) if secret else ""
        self.put(result, f"{_sheet(given['practice'], owner, link)}\n\n{paper}")
        self.note("Now serve the office: ./run serve --with-worker. Then open the link above; Set-up follows.")
        return 0

    def _refuse_another_kind(self) -> None:
        kind = state.kind()
        if kind not in (None, "office"):
            raise CannotDo(
                f"{state.folder()} holds {'the demo' if kind == 'demo' else kind}. An office has a folder of its own: "
                "FRONTDESK_VAR=/path/to/office ./run new-office."
            )
        if kind is None and connection.vendor != "sqlite" and connection.introspection.table_names():
            raise CannotDo("This database is in use by something else. Name an empty one in DATABASE_URL.")

    def _ask(self) -> dict[str, str]:
        if not sys.stdin.isatty():
            raise CannotDo("Nobody is there to ask. Give the answers in a file: ./run new-office --answers FILE.")
        given = {}
        for name, words in QUESTIONS.items():
            hint = f" [{next(iter(ZONES))}]" if name == "zone" else ""
            self.stderr.write(f"{words}{hint}: ", ending="")
            self.stderr.flush()
            given[name] = input().strip() or (next(iter(ZONES)) if name == "zone" else "")
        return given

    def _found(self, given: dict[str, str]) -> Member:
        actor = self.actor()
        try:
            with transaction.atomic():
                found_practice(actor, name=given["practice"], zone=given["zone"])
                names = {name: given[name] for name in ("username", "given_name", "family_name", "email")}
                owner = add_member(actor, **names)
                grant_role(actor, member=owner, name=RoleName.ADMINISTRATOR, location=None)
        except Refused as refusal:
            raise CannotDo(str(refusal)) from refusal
        return owner


def _read(path: Path) -> dict[str, Any]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise CannotDo(f"{path}: {fault.strerror}.") from fault
    except UnicodeDecodeError as fault:
        raise CannotDo(f"{path} is not text in UTF-8.") from fault
    try:
        found = json.loads(text) if path.suffix == ".json" or text.lstrip().startswith("{") else tomllib.loads(text)
    except (json.JSONDecodeError, tomllib.TOMLDecodeError) as fault:
        raise CannotDo(f"{path} is neither JSON nor TOML: {fault}.") from fault
    if not isinstance(found, dict):
        raise CannotDo(f"{path} must hold the answers by name: {', '.join(QUESTIONS)}.")
    return found


def _checked(given: dict[str, Any]) -> dict[str, str]:
    """Return the answers as text. Raises CannotDo for one that is missing, unknown or no text."""
    if unknown := sorted(given.keys() - QUESTIONS.keys()):
        raise CannotDo(f"No question asks for {', '.join(unknown)}. The answers are {', '.join(QUESTIONS)}.")
    if wrong := [name for name, value in given.items() if not isinstance(value, str)]:
        raise CannotDo(f"The answer to {wrong[0]} must be text.")
    if missing := [name for name in QUESTIONS if name not in OPTIONAL and not given.get(name, "").strip()]:
        raise CannotDo(f"An answer is missing: {', '.join(missing)}.")
    return {name: given.get(name, "").strip() for name in QUESTIONS}


def _set_up_address() -> str:
    return serving.address() + reverse("practice:set_up")


def _sheet(name: str, owner: Member, link: str) -> str:
    """The recovery sheet: what to print, sign for and lock away."""
    days = settings.PASSWORD_RESET_TIMEOUT // 86_400
    lines = [
        f"{name}: recovery sheet",
        "",
        f"Owner           {owner} ({owner.username}), administrator",
        f"Start link      {link}",
        f"                works once, and for {days} days",
        f"State folder    {state.folder()}",
        f"Database        {'the folder above' if connection.vendor == 'sqlite' else 'DATABASE_URL'}",
        "",
        "Print this page and lock it away, outside the office too. Lost the way in?",
        "  Password or second factor: another administrator gives a new start link, under Staff.",
        "  No administrator left:     ./run new-link USERNAME, on the office's own machine.",
        "  Machine lost:              docs/running/ says how to restore from a back-up.",
    ]
    return "\n".join(lines)
