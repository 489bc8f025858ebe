"""The nightly proof: a back-up is read back from its place and restored, and the outcome is seen."""

import os
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from office.core.commands import CannotDo
from office.staff.models import Member
from office.staff.permissions import RoleName
from office.upkeep import drill, jobs
from office.upkeep.backup import back_up
from office.upkeep.drill import prove_one
from office.upkeep.models import Backup, Drill
from office.upkeep.queries import findings_of_backups
from office.upkeep.tests.conftest import Machine, Office


def test_a_back_up_is_restored_on_the_machine_that_cannot_read_it_afterwards(
    office: Office, empty_machine: Machine, tmp_path: Path
) -> None:
    proof = prove_one(str(office.place))
    assert (proof.patients, proof.files_opened, proof.files_checked) == (1, 2, 0)
    assert proof.rows > 20
    assert list((office.var / "scratch").iterdir()) == []
    # Nothing that is left here opens it; the sheet does.
    assert empty_machine.restore(proof.file, office.key_file).status == 0


def test_documents_of_earlier_days_are_read_once_a_month(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    back_up(str(office.place))
    monkeypatch.setattr(drill, "NIGHTS", 1)
    assert (prove_one(str(office.place)).files_opened, prove_one(str(office.place)).files_checked) == (0, 2)
    document = next((office.place / "files").iterdir())
    document.write_bytes(b"rotten")
    with pytest.raises(CannotDo, match=r"damaged\. Bring it from another copy"):
        prove_one(str(office.place))


def test_the_nights_of_a_month_read_every_document() -> None:
    nights = [date(2026, 11, 1) + timedelta(days=n) for n in range(drill.NIGHTS)]
    for name in (f"{n:032x}" for n in range(1, 2**32, 2**24 + 7)):
        assert sum(drill._is_due(f"{name[-8:]}{name}", night) for night in nights) == 1


def test_a_drill_that_fails_is_written_down_and_red(office: Office, settings: LazySettings) -> None:
    settings.BACKUP_TO = str(office.place)
    jobs.prove_a_backup.call()
    assert [drill.problem for drill in Drill.objects.all()] == [""]
    assert Backup.objects.get().problem == ""
    settings.BACKUP_TO = f"{office.var}/no/such/folder"
    jobs.prove_a_backup.call()
    newest = Drill.objects.first()
    assert newest is not None
    assert "There is no folder" in newest.problem
    assert [finding.state for finding in findings_of_backups()][:2] == ["ok", "warn"]


def test_the_timetable_makes_back_ups_in_an_office_alone(office: Office, settings: LazySettings) -> None:
    settings.BACKUP_TO = str(office.place)
    jobs.make_a_backup.call()
    assert Backup.objects.get().bytes == office.newest().stat().st_size
    (office.var / "kind").write_text("demo\n")
    jobs.make_a_backup.call()
    jobs.prove_a_backup.call()
    assert (Backup.objects.count(), Drill.objects.count()) == (1, 0)


def test_home_is_red_without_a_proof_in_the_last_26_hours(
    office: Office, client: Client, make_member: Callable[..., Member]
) -> None:
    client.force_login(make_member("grant", RoleName.ADMINISTRATOR))
    now = timezone.now()

    def seen() -> str:
        return client.get("/machine/backups/").content.decode()

    assert "Not proven" in seen()
    assert "No back-up" in seen()
    Backup.objects.create(place="x", file="x/y", at=now)
    Drill.objects.create(file="x/y", at=now - timedelta(hours=25), patients=3, rows=9)
    assert "Proven" in seen()
    assert "Not proven" not in seen()
    Drill.objects.update(at=now - timedelta(hours=27))
    assert "Not proven" in seen()
    assert 'hx-get="/machine/backups/"' in client.get("/").content.decode()


def test_a_killed_drill_leaves_no_readable_copy_behind_for_long(office: Office) -> None:
    left = office.var / "scratch" / "drill-0000"
    left.mkdir(parents=True)
    (left / "plain").write_bytes(os.urandom(8))
    prove_one(str(office.place))
    assert not left.exists()
