"""The entry script: what is missing is one clear line and a status, from whichever folder it is called."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

SCRIPT = Path(settings.ROOT) / "run"


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """The script alone in a folder, as after a clone whose tools are not installed."""
    shutil.copy(SCRIPT, tmp_path / "run")
    (tmp_path / "bin").mkdir()
    return tmp_path


def python_that(folder: Path, says: str) -> None:
    """Put a python3 before all others that behaves like another one."""
    path = folder / "bin" / "python3"
    path.write_text(f"#!/bin/sh\n{says}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def call(folder: Path, *arguments: str, path: str = "/usr/bin:/bin") -> subprocess.CompletedProcess[str]:
    environment = {"PATH": f"{folder / 'bin'}:{path}", "HOME": str(folder)}
    return subprocess.run(
        [folder / "run", *arguments], check=False, env=environment, cwd="/", capture_output=True, text=True
    )


def test_says_which_python_it_needs(bare: Path) -> None:
    python_that(bare, 'case "$1" in -V) echo "Python 3.9.2" ;; *) exit 1 ;; esac')
    done = call(bare)
    assert (done.returncode, done.stderr) == (2, "Frontdesk needs Python 3.11 or newer; this is Python 3.9.2.\n")


def test_says_that_python_is_missing(bare: Path) -> None:
    for tool in ("sh", "dirname"):
        found = shutil.which(tool)
        assert found
        (bare / "bin" / tool).symlink_to(found)
    done = call(bare, path=str(bare / "bin"))
    assert done.returncode == 2
    assert "needs python3" in done.stderr


def test_says_how_to_get_venv(bare: Path) -> None:
    python_that(bare, 'case "$*" in *venv*) exit 1 ;; *) exit 0 ;; esac')
    done = call(bare)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "apt install python3-venv" in done.stderr


def test_says_when_its_tools_cannot_be_installed(bare: Path) -> None:
    pip = bare / ".tools" / "bin" / "pip"
    pip.parent.mkdir(parents=True)
    pip.write_text("#!/bin/sh\nexit 1\n")
    pip.chmod(0o755)
    python_that(bare, "exit 0")
    done = call(bare)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "could not be installed" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_says_when_its_folder_cannot_be_written(bare: Path) -> None:
    python_that(bare, "exit 0")
    bare.chmod(0o555)
    done = call(bare)
    bare.chmod(0o755)
    assert done.returncode == 2
    assert "cannot write into" in done.stderr


def test_an_option_alone_says_how_it_is_used(bare: Path) -> None:
    python_that(bare, "exit 0")
    (bare / "bin" / "uv").write_text("#!/bin/sh\necho uv 0.13.9\n")
    (bare / "bin" / "uv").chmod(0o755)
    done = call(bare, "--nonsense")
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: ./run")


def test_a_command_works_from_any_folder(tmp_path: Path) -> None:
    environment = {**os.environ, "FRONTDESK_VAR": str(tmp_path / "var")}
    done = subprocess.run(
        [SCRIPT, "verify-audit"], check=False, env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert '"intact": true' in done.stdout


def test_an_unreachable_database_is_one_line(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "FRONTDESK_VAR": str(tmp_path / "var"),
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none",
    }
    done = subprocess.run(
        [SCRIPT, "verify-audit"], check=False, env=environment, cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "The database cannot be reached" in done.stderr
    assert "Traceback" not in done.stderr
