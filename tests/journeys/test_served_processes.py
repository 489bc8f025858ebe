"""Two server processes of a real office: what they count, they count together; what they send, is sent safely."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest
from django.conf import settings

from office.patients.models import Patient
from office.staff.models import Member
from tests.databases import RealDatabase

PASSWORD = "correct horse battery"
LOGIN = "/account/login/"
BEHIND_TLS = {"SECURE": "1", "TRUSTED_PROXY_COUNT": "1"}
OVER_TLS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}


class Visitor:
    """A browser that keeps every cookie, over a connection that the proxy says was TLS, or plain."""

    def __init__(self, port: int, *, tls: bool = False) -> None:
        self.port, self.cookies = port, dict[str, str]()
        self.headers = {"Host": "localhost", **(OVER_TLS | {"Referer": "https://localhost/"} if tls else {})}

    def ask(self, method: str, path: str, **typed: str) -> tuple[int, list[tuple[str, str]], str]:
        cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, urlencode(typed), self.headers | form | cookies)
        answer = connection.getresponse()
        words, headers = answer.read().decode(), answer.getheaders()
        for kept in (value for name, value in headers if name.lower() == "set-cookie"):
            name, _, value = kept.partition(";")[0].partition("=")
            self.cookies[name] = value
        connection.close()
        return answer.status, headers, words

    def sign_in(self, name: str, password: str) -> tuple[int, list[tuple[str, str]], str]:
        _, _, words = self.ask("GET", LOGIN)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', words)
        assert token, words[:200]
        return self.ask("POST", LOGIN, csrfmiddlewaretoken=token[1], login=name, password=password)


@contextmanager
def served(database: RealDatabase, **environment: str) -> Iterator[int]:
    """Serve in a process of its own; yield its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    # The server that an office runs, with the threads it has there.
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--blocking-threads", "4", "--no-ws"]
    where = ["--host", "127.0.0.1", "--port", str(port), "--log-level", "warning", "config.wsgi:application"]
    said = {**database.environment, "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"], **environment}
    with subprocess.Popen([*command, *where], env=said, cwd=settings.ROOT) as process:
        try:
            _wait_for(port, process)
            yield port
        finally:
            process.terminate()


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    for _ in range(300):
        assert process.poll() is None, "the server ended"
        try:
            Visitor(port).ask("GET", LOGIN)
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the server never answered")


@pytest.fixture
def rosa_here(rosa_member: Member) -> Member:
    rosa_member.set_password(PASSWORD)
    rosa_member.save()
    return rosa_member


def test_count_wrong_guesses_together_even_when_they_come_at_once(
    real_database: RealDatabase, rosa_here: Member
) -> None:
    with served(real_database) as one, served(real_database) as two:

        def guess(number: int) -> str:
            return Visitor((one, two)[number % 2]).sign_in("rosa", "not the password")[2]

        with ThreadPoolExecutor(10) as pool:
            told = list(pool.map(guess, range(12)))
        heard = sum("do not go together" in words for words in told)
        stopped = sum("Too many tries" in words for words in told)
        assert 1 <= heard <= 5
        assert stopped >= 7
        for port in (one, two):
            assert "Too many tries" in Visitor(port).sign_in("rosa", PASSWORD)[2]


def test_behind_tls_send_cookies_and_pages_that_stay_where_they_belong(
    real_database: RealDatabase, rosa_here: Member, ana: Patient
) -> None:
    with served(real_database, **BEHIND_TLS) as port:
        status, plain, _ = Visitor(port).ask("GET", LOGIN)
        assert (status, dict(plain)["location"]) == (301, "https://localhost/account/login/")
        browser = Visitor(port, tls=True)
        browser.cookies["__Host-session"] = planted = "a" * 32
        status, answered, _ = browser.sign_in("rosa", PASSWORD)
        assert status == 302
        cookies = [value for name, value in answered if name == "set-cookie"]
        session = next(one for one in cookies if one.startswith("__Host-session="))
        assert browser.cookies["__Host-session"] != planted
        flags = {part.strip().lower() for part in session.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= flags
        assert not any(flag.startswith("domain") for flag in flags)
        # It ends with the browser's window at the latest.
        assert not any(flag.startswith(("max-age", "expires")) for flag in flags)
        for one in cookies:
            assert "secure" in one.lower(), one
        status, headers, words = browser.ask("GET", f"/patients/{ana.pk}/")
        held = dict(headers)
        assert status == 200
        assert "Marsh" in words
        assert held["strict-transport-security"] == "max-age=31536000; includeSubDomains; preload"
        assert held["cache-control"] == "no-store"
        assert held["x-content-type-options"] == "nosniff"
        assert held["referrer-policy"] == "same-origin"
        assert held["cross-origin-opener-policy"] == "same-origin"
        assert held["x-frame-options"] == "DENY"
        policy = {line.split()[0]: line.split()[1:] for line in held["content-security-policy"].split(";")}
        assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
        assert policy["script-src"] == policy["style-src"] == policy["form-action"] == ["'self'"]
        # The server says nothing of what it is made of.
        assert "django" not in held.get("server", "").lower()
        assert browser.ask("GET", "/", next="")[0] == 200
        forged = Visitor(port, tls=True)
        forged.cookies, forged.headers["Referer"] = browser.cookies, "https://evil.example/"
        assert forged.ask("POST", "/staff/lock/")[0] == 403
