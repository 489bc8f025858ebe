"""What every command of ours promises, shown on one made for it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from office.core.actions import Refused
from office.core.commands import CannotDo, OfficeCommand
from office.core.permissions import Permission


class Command(OfficeCommand):
    permissions: ClassVar[list[Permission]] = [Permission.SEE_SCHEDULE]
    ends_with: Exception | None = None
    status = 0

    def work(self, **options: Any) -> int:
        if self.ends_with:
            raise self.ends_with
        actor = self.actor()
        self.put({"actor": actor.label, "may": actor.may(Permission.SEE_SCHEDULE)}, words="words for a person")
        return self.status


def run(*arguments: str, ends_with: Exception | None = None, status: int = 0) -> int:
    command = Command()
    command.ends_with, command.status = ends_with, status
    try:
        command.run_from_argv(["manage.py", "test_commands", *arguments])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def test_a_person_gets_words_and_a_script_gets_json(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == 0
    assert run("--json") == 0
    words, line = capsys.readouterr().out.splitlines()
    assert words == "words for a person"
    assert json.loads(line) == {"actor": "test-commands", "may": True}


def test_acts_as_the_member_who_is_named(rosa_member: object, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--as", "Rosa", "--json") == 0
    assert json.loads(capsys.readouterr().out)["actor"] == "Rosa Delgado"


def test_refuses_to_act_as_nobody(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--as", "nobody-here") == 2
    assert capsys.readouterr().err == "Nobody signs in as “nobody-here”.\n"


def test_refuses_wrong_arguments(db: None) -> None:
    assert run("--no-such-option") == 2


@pytest.mark.parametrize(
    ("fault", "status", "says"),
    [
        (CannotDo("No such file."), 2, "No such file."),
        (Refused("That time was just taken."), 1, "That time was just taken."),
        (PermissionDenied(Permission.SET_ALERTS), 2, "patients.alert"),
        (FileNotFoundError(2, "No such file or directory", "a.json"), 2, "a.json: No such file or directory."),
        (IsADirectoryError(21, "Is a directory", "/tmp"), 2, "/tmp: Is a directory."),
        (KeyboardInterrupt(), 130, "Stopped."),
    ],
)
def test_says_one_line_and_no_traceback(
    db: None, capsys: pytest.CaptureFixture[str], fault: Exception, status: int, says: str
) -> None:
    assert run(ends_with=fault) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert says in line


def test_a_fault_of_our_own_is_one_line_and_a_log_entry_without_its_message(
    db: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(ends_with=ZeroDivisionError("Marsh, Ana, born 04/09/1984")) == 70
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("Frontdesk made a mistake (ZeroDivisionError)")
    logged = (settings.VAR / "logs" / "frontdesk.log").read_text()
    assert "ZeroDivisionError" in logged
    assert "Marsh" not in line + logged


def test_input_that_was_wrong_is_status_one(db: None) -> None:
    assert run(status=1) == 1


def manage(*arguments: str, var: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.ROOT,
        env={**os.environ, "FRONTDESK_VAR": str(var), **environment},
        check=False,
        capture_output=True,
        text=True,
    )


def test_an_unwritable_state_folder_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = manage("check", var=tmp_path / "file" / "var")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot write into" in done.stderr
