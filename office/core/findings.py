"""What the ground itself finds on this machine: settings, clock, disk, certificate, database, queue, mail."""

import shutil
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from django.conf import settings
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from config import clock, state
from office.core import jobs, upgrade, worker
from office.core.checks import the_server_log_names_nobody
from office.core.known_faults import POSTGRESQL, SQLITE, KnownFault
from office.core.wiring import Finding

SKEW = timedelta(seconds=30)
EXPIRES_SOON = timedelta(days=21)
STUCK = timedelta(minutes=10)


def findings_of_settings() -> list[Finding]:
    kind = state.kind()
    found = [Finding("State", f"{state.folder()} holds {state.WORDS[kind] if kind else 'nothing yet'}.")]
    if kind == "office" and not settings.SECURE:
        words = "The office is served without TLS."
        found.append(
            Finding("Encryption", words, "fail", "Set SECURE=1, and TLS_CERTIFICATE and TLS_KEY or a proxy in front.")
        )
    loose = [path for path in (state.folder() / "keys").glob("*") if path.stat().st_mode & 0o077]
    if loose:
        remedy = f"chmod 600 {state.folder() / 'keys'}/*"
        found.append(Finding("Keys", f"Others on this machine can read {loose[0].name}.", "fail", remedy))
    if state.folder().stat().st_mode & 0o077:
        words = "Others on this machine can look into the state folder."
        found.append(Finding("State folder", words, "warn", f"chmod 700 {state.folder()}"))
    return found


def findings_of_clock() -> list[Finding]:
    """Compare with the database server's clock, and with the newest thing written: without any network."""
    now = timezone.now() - clock.ahead()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT clock_timestamp()")
            (there,) = cursor.fetchone()
            if abs(there - now) > SKEW:
                words = (
                    f"The clocks here and of the database differ by {abs(there - now).total_seconds():,.0f} seconds."
                )
                return [
                    Finding("Clock", words, "fail", "Turn on time synchronization on both: timedatectl set-ntp true")
                ]
    newest = DBTaskResult.objects.exclude(started_at=None).order_by("-started_at").first()
    if newest and newest.started_at - clock.ahead() > now + SKEW:
        words = f"Something was written at {newest.started_at:%m/%d/%Y %H:%M} UTC, which is still to come."
        return [Finding("Clock", words, "fail", "Set the clock right: timedatectl set-ntp true")]
    return [Finding("Clock", f"It is {now:%m/%d/%Y %H:%M} UTC.")]


def findings_of_disk() -> list[Finding]:
    usage = shutil.disk_usage(state.folder())
    share, words = usage.free / usage.total, f"{usage.free / 1e9:,.1f} of {usage.total / 1e9:,.1f} GB are free."
    if share < 0.05:
        return [Finding("Disk", words, "fail", "Make room now: at none left, nothing can be written any more.")]
    if share < 0.15:
        return [Finding("Disk", words, "warn", "Make room, or get a larger disk.")]
    return [Finding("Disk", words)]


def findings_of_certificate() -> list[Finding]:
    if not settings.TLS_CERTIFICATE:
        by_proxy = settings.ALLAUTH_TRUSTED_PROXY_COUNT and settings.SECURE
        return [Finding("Certificate", "The proxy in front holds it." if by_proxy else "None is used.")]
    certificate = x509.load_pem_x509_certificate(Path(settings.TLS_CERTIFICATE).read_bytes())
    ends = certificate.not_valid_after_utc
    words, remedy = f"It holds until {ends:%m/%d/%Y}.", "Renew it, put the new file in its place, and restart."
    if ends <= datetime.now(UTC):
        return [Finding("Certificate", words, "fail", remedy)]
    return [Finding("Certificate", words, "warn" if ends - datetime.now(UTC) < EXPIRES_SOON else "ok",
                    remedy if ends - datetime.now(UTC) < EXPIRES_SOON else "")]  # fmt: skip


def findings_of_database() -> list[Finding]:
    version: tuple[int, ...]
    faults: Sequence[KnownFault]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SHOW server_version_num")
            number = int(cursor.fetchone()[0])
        name, version, faults = "PostgreSQL", (number // 10_000, number % 10_000), POSTGRESQL
    else:
        name, version, faults = "SQLite", sqlite3.sqlite_version_info, SQLITE
    shown = ".".join(map(str, version))
    found = [_of_fault(name, shown, fault) for fault in faults if fault.holds(version)]
    found = found or [Finding("Database", f"{name} {shown} has no fault that we know of.")]
    if upgrade.is_due():
        remedy = "./run migrate"
        found.append(Finding("Tables", "They are older than this version.", "fail", remedy))
    hints = the_server_log_names_nobody(databases=["default"])
    return found + [Finding("Database log", hint.msg, "fail", hint.hint or "") for hint in hints]


def _of_fault(name: str, shown: str, fault: KnownFault) -> Finding:
    until = ".".join(map(str, fault.fixed))
    return Finding(
        "Database", f"{name} {shown} {fault.words}: {fault.source}", "warn", f"Install {name} {until} or newer."
    )


def findings_of_queue() -> list[Finding]:
    beat, age, failed = worker.last_beat(), jobs.queue_age(), jobs.failed().count()
    found = []
    if beat is None or timezone.now() - beat > worker.SILENT:
        words = "No worker was seen in the last two minutes."
        found.append(Finding("Worker", words, "fail", "Start it: ./run work, or ./run serve --with-worker"))
    if age > STUCK:
        found.append(
            Finding(
                "Queue", f"A job waits for {age.total_seconds() / 60:,.0f} minutes.", "fail", "Start the worker anew."
            )
        )
    if failed:
        found.append(Finding("Jobs", f"{failed:,} failed.", "warn", "Home shows them; run them again there."))
    return found or [Finding("Queue", "The worker is there and nothing waits.")]


def findings_of_mail() -> list[Finding]:
    return [Finding("Mail", "Nothing is sent from here in this version; what would have been is on its page.")]
