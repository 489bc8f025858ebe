"""The service units and the container file: checked by the tools that read them, and started."""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
UNITS = sorted((ROOT / "deploy").glob("*.service"))
#: Where an office has it, and where it is here.
HERE = {
    "/opt/frontdesk/.venv/bin/python": sys.executable,
    "/opt/frontdesk": str(ROOT),
}


def as_here(text: str, var: Path) -> str:
    for there, here in {**HERE, "/var/lib/frontdesk": str(var)}.items():
        text = text.replace(there, here)
    return text


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_systemd_finds_nothing_wrong_with_the_unit(unit: Path, tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("systemd-analyze is not here: the units are not verified.")
    copy = tmp_path / unit.name
    copy.write_text(as_here(unit.read_text(), tmp_path))
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", "--recursive-errors=no", str(copy)],
        capture_output=True,
        text=True,
        check=False,
    )
    about_it = [line for line in done.stderr.splitlines() if unit.name in line]
    assert (done.returncode, about_it) == (0, [])


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_the_unit_starts_what_it_names_and_stops_by_the_signal_that_systemd_sends(unit: Path, tmp_path: Path) -> None:
    text = as_here(unit.read_text(), tmp_path / "var")
    [command] = re.findall(r"^ExecStart=(.+)$", text, re.M)
    [environment] = re.findall(r"^Environment=(.+)$", text, re.M)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    name, _, value = environment.partition("=")
    serves = command.endswith(" serve")
    with subprocess.Popen(
        [*command.split(), *(["--json"] if serves else [])],
        env={**kept, name: value, "PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        if serves:
            assert json.loads(process.stdout.readline()) == {"address": f"http://localhost:{port}"}
        else:
            while not (tmp_path / "var" / "migrate.lock").exists():
                assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) in (0, -signal.SIGTERM)


def test_the_container_file_copies_what_there_is_and_runs_what_there_is() -> None:
    text = (ROOT / "deploy" / "Containerfile").read_text().replace("\\\n", " ")
    copied = [name for line in re.findall(r"^COPY (.+) \S+$", text, re.M) for name in line.split()]
    assert [name for name in copied if not (ROOT / name).exists()] == []
    let_through = (ROOT / ".containerignore").read_text().splitlines()
    assert [name for name in copied if f"!{name}" not in let_through] == []
    # What the settings read at start must be in it, and the uv of `run` must be its own.
    assert {"config", "office", "edi", "manage.py", "CHANGELOG.md"} <= set(copied)
    [version] = re.findall(r"^uv_version=(\S+)$", (ROOT / "run").read_text(), re.M)
    assert f"uv=={version}" in text
    [command] = re.findall(r"^CMD (\[.+\])$", text, re.M)
    assert json.loads(command)[1:] == ["manage.py", "serve", "--with-worker"]


@pytest.mark.long
def test_the_container_is_built_and_answers() -> None:
    builder = next((name for name in ("podman", "buildah", "docker") if shutil.which(name)), None)
    if builder is None or subprocess.run([builder, "info"], capture_output=True, check=False).returncode:
        pytest.skip("No podman, buildah or running docker is here: the container is not built.")
    done = subprocess.run(
        [builder, "build", "-t", "frontdesk-test", "-f", "deploy/Containerfile", "."],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
