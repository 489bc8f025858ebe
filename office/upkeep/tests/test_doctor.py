"""`./run doctor`: findings with their remedies, from whichever area has some."""

import os
import stat
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import LazySettings
from django.test import Client

from office.core import findings
from office.core.known_faults import POSTGRESQL, SQLITE
from office.core.wiring import Finding, Wiring
from office.staff.models import Member
from office.staff.permissions import RoleName
from office.upkeep import queries
from office.upkeep.tests.conftest import Office, run


def test_doctor_gives_each_finding_with_its_remedy_and_status_1_when_something_is_wrong(office: Office) -> None:
    done = office.run("doctor")
    assert done.status == 1
    assert all(list(said) == ["what", "state", "remedy"] for said in done.said)
    assert all(said["remedy"] for said in done.said if said["state"] != "ok")
    about = [said["what"].partition(":")[0] for said in done.said]
    for wanted in ("State", "Encryption", "Clock", "Disk", "Certificate", "Database", "Worker", "Mail", "Back-ups"):
        assert wanted in about


def test_doctor_works_without_a_database(tmp_path: Path) -> None:
    (tmp_path / "kind").write_text("office\n")
    done = run(tmp_path, "doctor", DATABASE_URL="postgres://nobody@127.0.0.1:1/none")
    assert done.status == 1
    assert {"what": "Database: It could not be looked at (OperationalError).", "state": "fail"}.items() <= next(
        said for said in done.said if said["what"].startswith("Database")
    ).items()
    assert any(said["what"].startswith("Disk") for said in done.said)


def test_doctor_leaves_an_empty_machine_empty(tmp_path: Path) -> None:
    [said] = run(tmp_path / "var", "doctor", DATABASE_URL="").said
    assert (said["state"], "./run restore" in said["remedy"]) == ("fail", True)
    assert not (tmp_path / "var" / "frontdesk.sqlite3").exists()


def test_doctor_sees_a_key_that_others_can_read(office: Office) -> None:
    key = office.var / "keys" / "fields"
    key.parent.mkdir(exist_ok=True)
    key.write_bytes(os.urandom(32))
    key.chmod(0o644)
    assert ("Keys", "fail") in [(found.about, found.state) for found in findings.findings_of_settings()]
    key.chmod(stat.S_IRUSR)
    assert "Keys" not in [found.about for found in findings.findings_of_settings()]


@pytest.mark.parametrize(("days", "state"), [(-1, "fail"), (20, "warn"), (60, "ok")])
def test_doctor_tells_when_the_certificate_ends(days: int, state: str, tmp_path: Path, settings: LazySettings) -> None:
    settings.TLS_CERTIFICATE = str(certificate(tmp_path, timedelta(days=days))[0])
    assert [found.state for found in findings.findings_of_certificate()] == [state]


def certificate(folder: Path, lasts: timedelta) -> tuple[Path, Path]:
    """Write a self-signed certificate for localhost and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + lasts)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(*form))
    return folder / "cert.pem", folder / "key.pem"


@pytest.mark.parametrize(
    ("version", "is_faulty"),
    [((3, 40, 1), True), ((3, 44, 6), False), ((3, 45, 0), True), ((3, 50, 7), False), ((3, 51, 2), True),
     ((3, 51, 3), False), ((3, 52, 0), True), ((3, 53, 4), False)],
)  # fmt: skip
def test_versions_of_sqlite_with_the_wal_reset_bug_are_known(version: tuple[int, ...], is_faulty: bool) -> None:  # noqa: FBT001
    assert any(fault.holds(version) for fault in SQLITE) is is_faulty


@pytest.mark.parametrize(
    ("version", "is_faulty"),
    [((13, 23), True), ((14, 23), True), ((15, 17), True), ((15, 18), False), ((18, 6), False)],
)
def test_versions_of_postgresql_that_lack_corrections_are_known(version: tuple[int, ...], is_faulty: bool) -> None:  # noqa: FBT001
    assert any(fault.holds(version) for fault in POSTGRESQL) is is_faulty


def test_any_area_adds_findings_and_one_that_breaks_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def findings_of_printers() -> list[Finding]:
        raise OSError

    def findings_of_phones() -> list[Finding]:
        return [Finding("Phones", "They ring.")]

    (tmp_path / "kind").write_text("office\n")
    monkeypatch.setenv("FRONTDESK_VAR", str(tmp_path))
    offered = Wiring(findings=[findings_of_printers, findings_of_phones])
    monkeypatch.setattr(queries, "wiring", lambda: offered)
    assert [(found.about, found.state) for found in queries.examine()] == [("Printers", "fail"), ("Phones", "ok")]


def test_the_screen_shows_administrators_the_same(
    office: Office, client: Client, make_member: Callable[..., Member]
) -> None:
    client.force_login(make_member("grant", RoleName.ADMINISTRATOR))
    shown = client.get("/machine/").content.decode()
    for finding in queries.examine():
        assert finding.about in shown
    assert "The office is served without TLS." in shown
