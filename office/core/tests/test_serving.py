"""Serving: ready when a request is answered, one clear line when it cannot be, everything ended together."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
import urllib.request
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

MANAGE = [sys.executable, str(settings.ROOT / "manage.py")]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, port: int) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return {**kept, "FRONTDESK_VAR": str(folder), "PORT": str(port)}


def run(command: str, folder: Path, port: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*MANAGE, command], check=False, env=environment(folder, port), capture_output=True, text=True
    )


@pytest.fixture
def served(tmp_path: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    process = subprocess.Popen(
        [*MANAGE, "serve", "--with-worker", "--json"],
        env=environment(tmp_path, port),
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        yield process
        process.kill()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_says_ready_when_a_request_is_answered_and_ends_with_its_children(
    how: signal.Signals, served: "subprocess.Popen[str]", port: int
) -> None:
    assert served.stdout
    assert json.loads(served.stdout.readline()) == {"address": f"http://localhost:{port}"}
    with urllib.request.urlopen(f"http://localhost:{port}/account/login/", timeout=5) as answer:
        assert answer.status == 200
    served.send_signal(how)
    assert served.wait(15) == (-signal.SIGKILL if how is signal.SIGKILL else 0)
    until = time.monotonic() + 12
    with socket.socket() as probe:
        while probe.connect_ex(("127.0.0.1", port)) == 0:
            assert time.monotonic() < until, "the web server outlived its parent"


@pytest.mark.parametrize("command", ["serve", "demo"])
def test_a_taken_port_is_one_line_and_a_status(command: str, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = run(command, tmp_path, taken.getsockname()[1])
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot be used" in done.stderr
    assert "PORT=" in done.stderr


@pytest.mark.parametrize("kind", ["office", "practice mode"])
def test_the_demo_does_not_go_where_an_office_is(kind: str, tmp_path: Path, port: int) -> None:
    (tmp_path / "kind").write_text(f"{kind}\n")
    done = run("demo", tmp_path, port)
    assert done.returncode == 2
    assert "not the demo" in done.stderr
    assert not (tmp_path / "frontdesk.sqlite3").exists()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, port: int) -> None:
    (tmp_path / "file").write_text("")
    done = run("demo", tmp_path / "file" / "x", port)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot write" in done.stderr


def test_serves_tls_by_certificate_files_and_nothing_older_than_1_2(tmp_path: Path, port: int) -> None:
    certificate, key = self_signed(tmp_path)
    given = {"TLS_CERTIFICATE": str(certificate), "TLS_KEY": str(key), "ALLOWED_HOSTS": "localhost"}
    with subprocess.Popen(
        [*MANAGE, "serve", "--workers", "2", "--json"],
        env={**environment(tmp_path / "var", port), **given},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert json.loads(process.stdout.readline()) == {"address": f"https://localhost:{port}"}
        trusting = ssl.create_default_context(cafile=str(certificate))
        with urllib.request.urlopen(f"https://localhost:{port}/account/login/", timeout=5, context=trusting) as answer:
            assert (answer.status, "max-age" in answer.headers["Strict-Transport-Security"]) == (200, True)
        old = ssl.create_default_context(cafile=str(certificate))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # that it is old is what is asked
            old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
        with socket.create_connection(("127.0.0.1", port), 5) as wire, pytest.raises((ssl.SSLError, OSError)):
            old.wrap_socket(wire, server_hostname="localhost")
        process.terminate()
        assert process.wait(15) == 0


def test_a_key_in_another_form_is_told_how_to_turn_it(tmp_path: Path, port: int) -> None:
    certificate, key = self_signed(tmp_path)
    key.write_text("-----BEGIN EC PRIVATE KEY-----\n")
    given = {"TLS_CERTIFICATE": str(certificate), "TLS_KEY": str(key)}
    done = subprocess.run(
        [*MANAGE, "serve"],
        check=False,
        env={**environment(tmp_path / "var", port), **given},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert "openssl pkcs8 -topk8" in done.stderr


def self_signed(folder: Path) -> tuple[Path, Path]:
    """Write a certificate for localhost and its key, by OpenSSL."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return certificate, key
