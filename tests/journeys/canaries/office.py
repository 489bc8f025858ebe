"""The program as it is served, with its worker and a state folder of its own, and people at browsers."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

from tests.databases import RealDatabase

MANAGE = [sys.executable, str(settings.ROOT / "manage.py")]
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@dataclass(frozen=True)
class Answer:
    """What came back for a request."""

    asked: str
    status: int
    headers: str
    location: str
    text: str


@dataclass
class Office:
    """Where it is served, what it said on its terminal, and every answer it gave."""

    database: RealDatabase
    folder: Path
    port: int = 0
    answers: list[Answer] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    @property
    def var(self) -> Path:
        return self.folder / "var"

    @property
    def environment(self) -> dict[str, str]:
        scratch = self.folder / "tmp"
        scratch.mkdir(exist_ok=True)
        return {
            **self.database.environment,
            "FRONTDESK_VAR": str(self.var),
            "PORT": str(self.port),
            "TMPDIR": str(scratch),
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    @contextmanager
    def served(self) -> Iterator[None]:
        """Serve with the worker; what both wrote on the terminal is in ``said`` afterwards."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        terminal = self.folder / "terminal"
        with (
            terminal.open("w") as errors,
            subprocess.Popen(
                [*MANAGE, "serve", "--with-worker", "--json"], env=self.environment, stdout=subprocess.PIPE,
                stderr=errors, text=True,
            ) as process,
        ):  # fmt: skip
            try:
                assert process.stdout
                assert "address" in process.stdout.readline(), terminal.read_text()
                yield
            finally:
                process.terminate()
                self.said.append(process.communicate(timeout=30)[0])
                self.said.append(terminal.read_text())

    def run(self, *words: str) -> int:
        """Run a command; what it wrote on standard error is in ``said``, and its status is returned."""
        done = subprocess.run([*MANAGE, *words], check=False, env=self.environment, capture_output=True, text=True)
        self.said.append(done.stderr)
        if words[0] != "find_patient":  # whose answer is the patient
            self.said.append(done.stdout)
        return done.returncode


@dataclass
class Browser:
    """Somebody at a browser that follows no redirect and keeps what it was answered."""

    office: Office
    cookies: dict[str, str] = field(default_factory=dict)
    token: str = ""

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a request as it is."""
        connection = HTTPConnection("127.0.0.1", self.office.port, timeout=30)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **(headers or {})}
        try:
            with suppress(BrokenPipeError, ConnectionResetError):  # too much was sent; the answer is there all the same
                connection.request(method, path, body, sent)
            reply = connection.getresponse()
            text = reply.read().decode("utf-8", "replace")
        finally:
            connection.close()
        for name, value in reply.getheaders():
            if name.lower() == "set-cookie":
                key, _, held = value.partition(";")[0].partition("=")
                self.cookies[key] = held
        pairs = [f"{name}: {value}" for name, value in reply.getheaders()]
        where = reply.getheader("Location") or reply.getheader("HX-Redirect") or ""
        answer = Answer(f"{method} {path}", reply.status, "\n".join(pairs), where, text)
        if found := _TOKEN.search(text):
            self.token = found[1]
        self.office.answers.append(answer)
        return answer

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers=headers)

    def post(self, path: str, data: Mapping[str, Any], *, expects: int | None = None, **headers: str) -> Answer:
        """Send a form with its token; ``expects`` is the status that the walk counts on."""
        body = encode_multipart(BOUNDARY, {"csrfmiddlewaretoken": self.token, **data})
        answer = self.ask("POST", path, body, {"Content-Type": MULTIPART_CONTENT, **headers})
        assert expects in {None, answer.status}, f"{answer.asked}: {answer.status}\n{_words(answer.text)}"
        return answer

    def sign_in(self, username: str, password: str) -> "Browser":
        self.get("/account/login/")
        self.post("/account/login/", {"login": username, "password": password}, expects=302)
        self.get("/")
        return self


def _words(page: str) -> str:
    """Return what a page says, for whoever mends the walk."""
    main = page.partition("<main")[2] or page
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())[:1_500]


def json_bytes(*lines: Any) -> bytes:
    """Return newline-delimited JSON; bytes stay as they are."""
    return b"\n".join(line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines) + b"\n"


def server_log(database: RealDatabase) -> Path | None:
    """Return the log of the tests' own PostgreSQL, where there is one."""
    found = re.search(r"host=([^&]+)", database.url)
    path = Path(found[1].replace("%2F", "/")) / "log" if found else None
    return path if path and os.access(path, os.R_OK) else None
