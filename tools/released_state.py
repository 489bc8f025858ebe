"""The tables of a release with a few rows in them, kept so that later versions can be tested to upgrade from them.

    python tools/released_state.py VERSION      at the commit of that release; the lead runs it once for each

writes ``tests/released/VERSION/``: ``sqlite.sql.gz``, ``postgresql.sql.gz``, the signed ``checkpoints`` of each
engine's trail and the public key that they are read with. Everybody in it is invented.
"""

import gzip
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def main(version: str) -> None:
    from tests.databases import named, throwaway_postgres

    place = ROOT / "tests" / "released" / version
    place.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        made(f"sqlite:///{folder}/office.sqlite3", Path(folder) / "var", place / "sqlite")
        with closing(sqlite3.connect(f"{folder}/office.sqlite3")) as office:
            _write(place / "sqlite.sql.gz", "\n".join(office.iterdump()))
    with tempfile.TemporaryDirectory() as folder, throwaway_postgres() as server:
        import psycopg

        with psycopg.connect(server, autocommit=True) as hand:
            hand.execute("CREATE DATABASE released")
        url = named(server, "released")
        made(url, Path(folder) / "var", place / "postgresql")
        command = [
            "pg_dump",
            "--inserts",
            "--no-owner",
            "--no-privileges",
            f"--dbname={url.replace('postgres:', 'postgresql:')}",
        ]
        dumped = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        # What begins with a backslash is psql's, and comments on extensions are their owner's.
        lines = [line for line in dumped.splitlines() if not re.match(r"\\|--|COMMENT ON EXTENSION", line) and line]
        _write(place / "postgresql.sql.gz", "\n".join(lines))


def made(url: str, var: Path, trail: Path) -> None:
    """Make the small office at ``url`` in a process of its own."""
    environment = {**os.environ, "DATABASE_URL": url, "FRONTDESK_VAR": str(var), "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, __file__, "--rows"], check=True, env=environment)
    trail.with_name(f"{trail.name}.checkpoints").write_bytes((var / "audit" / "checkpoints").read_bytes())
    key = subprocess.run(
        [sys.executable, __file__, "--key"], check=True, env=environment, capture_output=True, text=True
    ).stdout
    trail.with_name(f"{trail.name}.key").write_text(key)


def rows() -> None:
    """Migrate, and put a few rows into every area that has any."""
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    _patients(**_office())


def _office() -> dict[str, Any]:
    from office.practice.models import Location, Practice, Room
    from office.scheduling.models import Hours, VisitType
    from office.staff.models import Member, Provider, Role
    from office.staff.permissions import RoleName

    Practice.objects.create(name="Released Family Medicine", zone="America/New_York")
    place = Location.objects.create(name="Main Street", short_name="Main", state="NY", zone="America/New_York")
    Room.objects.create(location=place, name="1")
    member = Member(username="chen", given_name="Wei", family_name="Chen", email="chen@example.com")
    member.set_unusable_password()
    member.save()
    Role.objects.create(member=member, name=RoleName.CLINICIAN)
    provider = Provider.objects.create(member=member, given_name="Wei", family_name="Chen", credential="MD")
    Hours.objects.create(
        provider=provider, location=place, weekday=1, opens=time(8), closes=time(17), from_on=date(2020, 1, 1)
    )
    kind = VisitType.objects.create(name="Follow-up", minutes=20, needs_room=False)
    return {"provider": provider, "location": place, "visit_type": kind}


def _patients(**visit: Any) -> None:
    from office.audit import sealer, trail
    from office.core.actors import Automation
    from office.patients.models import Patient
    from office.scheduling.models import Appointment

    at = datetime(2026, 11, 24, 15, tzinfo=UTC)
    for number, family in enumerate(("Marsh", "Núñez", "O'Neil")):
        patient = Patient.objects.create(
            mrn=str(10_001 + number), family_name=family, given_name="Ana", birth_date=date(1984, 4, 9)
        )
        starts = at + timedelta(hours=number)
        ends = starts + timedelta(minutes=20)
        Appointment.objects.create(
            patient=patient,
            **visit,
            starts_at=starts,
            ends_at=ends,
            busy_until=ends,
            status_at=starts,
        )
        trail.record(Automation("released", ()), "patient.registered", patient)
    sealer.seal_entries()


def key() -> None:
    import django

    django.setup()
    import base64

    from office.audit import notes

    print(base64.b64encode(notes._private_key().public_key().public_bytes_raw()).decode())


def _write(path: Path, text: str) -> None:
    # Without the time, so that the same state is the same file.
    path.write_bytes(gzip.compress(text.encode(), mtime=0))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    {"--rows": rows, "--key": key}.get(sys.argv[1], lambda: main(sys.argv[1]))()
