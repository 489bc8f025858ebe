"""The tests' own ground: databases with real commits, on both engines."""

import subprocess
import sys
from threading import Thread

from django.conf import settings
from django.db import connection

from office.patients.models import Patient
from tests.databases import RealDatabase


def test_what_a_maker_writes_is_seen_by_a_thread_and_by_a_process(real_database: RealDatabase, ana: Patient) -> None:
    seen: list[int] = []

    def look() -> None:
        seen.append(Patient.objects.count())
        connection.close()

    thread = Thread(target=look)
    thread.start()
    thread.join()
    program = (
        "import django; django.setup(); from office.patients.models import Patient; print(Patient.objects.count())"
    )
    process = subprocess.run(
        [sys.executable, "-c", program],
        cwd=settings.ROOT,
        env=real_database.environment,
        check=True,
        capture_output=True,
        text=True,
    )
    assert connection.vendor == real_database.vendor
    assert (seen, process.stdout) == ([1], "1\n")


def test_each_test_gets_a_copy_of_its_own(real_database: RealDatabase) -> None:
    assert Patient.objects.count() == 0
