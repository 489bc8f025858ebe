"""`./run` alone: the demo office is made, served and told; a real office is never taken for one."""

import os
import signal
import socket
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings

MANAGE = [sys.executable, str(settings.ROOT / "manage.py"), "demo"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**kept, "FRONTDESK_VAR": str(folder), "PORT": str(free_port())}


def shown(folder: Path) -> str:
    """Run the demo until it has said everything, stop it, and return what it said."""
    said = ""
    with subprocess.Popen(
        MANAGE, env=environment(folder), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        assert process.stdout
        for line in process.stdout:
            said += line
            if line.startswith("Stop with"):
                break
        process.send_signal(signal.SIGTERM)
    return said


def patients_in(folder: Path) -> int:
    with sqlite3.connect(folder / "frontdesk.sqlite3") as tables:
        (count,) = tables.execute("SELECT count(*) FROM patients_patient").fetchone()
    return int(count)


@pytest.mark.parametrize("kind", ["office", "practice mode"])
def test_refuses_a_folder_that_holds_an_office(kind: str, tmp_path: Path) -> None:
    (tmp_path / "kind").write_text(kind)
    done = subprocess.run(MANAGE, check=False, env=environment(tmp_path), capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "not the demo" in done.stderr
    assert not (tmp_path / "frontdesk.sqlite3").exists()


def test_refuses_a_folder_of_a_kind_it_does_not_know(tmp_path: Path) -> None:
    (tmp_path / "kind").write_text("hospital")
    done = subprocess.run(MANAGE, check=False, env=environment(tmp_path), capture_output=True, text=True)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "hospital" in done.stderr


def test_serves_a_blank_folder_and_seeds_nothing(tmp_path: Path) -> None:
    (tmp_path / "kind").write_text("blank")
    said = shown(tmp_path)
    assert "Frontdesk is ready: http://localhost:" in said
    assert "rosa" not in said
    assert patients_in(tmp_path) == 0


def test_makes_the_office_once_and_anew_on_another_day(tmp_path: Path) -> None:
    said = shown(tmp_path)
    assert "Frontdesk is ready: http://localhost:" in said
    assert "rosa" in said
    assert "Nothing leaves this machine" in said
    count = patients_in(tmp_path)
    assert count > 2_000
    made = (tmp_path / "frontdesk.sqlite3").stat().st_ino
    shown(tmp_path)
    assert (tmp_path / "frontdesk.sqlite3").stat().st_ino == made, "the same day's demo is kept"

    (tmp_path / "demo-day").write_text("2020-02-03\n")
    (tmp_path / "files").mkdir(exist_ok=True)
    (tmp_path / "files" / "left-over").write_text("")
    shown(tmp_path)
    assert date.fromisoformat((tmp_path / "demo-day").read_text().strip()).year > 2020
    assert patients_in(tmp_path) == count
    assert not (tmp_path / "files" / "left-over").exists()
