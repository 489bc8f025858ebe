"""After the walk nobody planted is found where patients do not belong: see the package for how to add to it."""

import base64
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from conftest import MakeMember
from office.scheduling.models import VisitType
from office.staff.models import Provider
from office.staff.permissions import RoleName
from tests.databases import RealDatabase, programs
from tests.journeys.canaries import planted
from tests.journeys.canaries.office import Browser, Office, server_log
from tests.journeys.canaries.steps import STEPS, Walk

PASSWORD = "canaries in the mine"
#: The tables whose rows may name patients. Every other table is searched: the trail, jobs, sessions, cache, effects.
NAMES_PATIENTS = {
    "patients_patient", "patients_name", "patients_telecom", "patients_address", "patients_contact", "patients_alert",
    "patients_coverage", "patients_searchword", "patients_wordkey", "patients_emergencyaccess",
    "scheduling_appointment", "worklist_workitem", "worklist_parked", "inbox_message",
}  # fmt: skip
#: Answers that show a patient to whoever asked rightly.
SHOWS = {200, 422}
#: What leads somewhere from a page; a phone number to be dialed is meant to be one.
LINKS = re.compile(r'(?:href|action|src|hx-get|hx-post|hx-push-url|formaction)="(?!tel:|mailto:|sms:|data:)([^"]*)"')


@pytest.fixture
def office(real_database: RealDatabase, tmp_path: Path) -> Office:
    return Office(real_database, tmp_path)


@pytest.fixture
def walked(office: Office, make_member: MakeMember, dr_chen: Provider, follow_up: VisitType) -> Office:
    """The office after everybody walked."""
    for name, role in (
        ("rosa", RoleName.FRONT_DESK),
        ("sol", RoleName.SUPERVISOR),
        ("priya", RoleName.PRIVACY_OFFICER),
    ):
        member = make_member(name, role)
        member.set_password(PASSWORD)
        member.save()
    with office.served():
        rosa, sol, priya = (Browser(office).sign_in(name, PASSWORD) for name in ("rosa", "sol", "priya"))
        walk = Walk(office, rosa, sol, priya, Browser(office), dr_chen, follow_up)
        for step in STEPS:
            step(walk)
    return office


def test_nobody_is_found_where_patients_do_not_belong(walked: Office) -> None:
    leaks = {where: found for where, text in places(walked) if (found := planted.found_in(text))}
    assert leaks == {}


def test_no_social_security_number_can_be_read_in_the_database(walked: Office) -> None:
    assert set(planted.numbers_in(_dump(walked.database))) == set()


def places(office: Office) -> Iterator[tuple[str, str]]:
    """Yield everything that people other than the patient's own come to see, and where it stands."""
    for number, said in enumerate(office.said):
        yield f"terminal {number}", said
    for answer in office.answers:
        yield f"headers of {answer.asked[:80]} ({answer.status})", answer.headers
        yield f"links of {answer.asked[:80]}", "\n".join(LINKS.findall(answer.text))
        if answer.status not in SHOWS:
            yield f"{answer.status} page of {answer.asked[:80]}", answer.text
    for path in _files(office):
        yield str(path), path.read_bytes().decode("utf-8", "replace")
    yield from _tables()
    if log := server_log(office.database):
        yield "the database server's log", log.read_text(errors="replace")


def _dump(database: RealDatabase) -> bytes:
    """Return the database as a thief would have it: the file with its journal, or the dump of a server."""
    if database.vendor == "postgresql":
        program = programs() / "pg_dump"
        return subprocess.run([program, "--inserts", database.url], check=True, capture_output=True).stdout
    path = Path(database.url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in sorted(path.parent.glob(f"{path.name}*")))


def _files(office: Office) -> Iterator[Path]:
    for folder in (office.var, office.folder / "tmp"):
        yield from (path for path in folder.rglob("*") if path.is_file() and "rejects" not in path.parts)


def _tables() -> Iterator[tuple[str, str]]:
    for table in connection.introspection.table_names():
        if table not in NAMES_PATIENTS:
            yield f"table {table}", _text_of(table)


def _text_of(table: str) -> str:
    """Return a table's whole content, base64 undone: the cache's values are written so."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
        cells = [_plain(cell) for row in cursor.fetchall() for cell in row]
    return "\n".join(cells)


def _plain(cell: object) -> str:
    text = bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
    try:
        return f"{text}\n{base64.b64decode(text, validate=True).decode('latin-1')}"
    except ValueError:
        return text
