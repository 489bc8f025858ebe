"""Serving the program: granian and, if asked, the worker, as children of one process that ends them together."""

import contextlib
import ctypes
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from types import FrameType

from django.conf import settings

from office.core.commands import CannotDo

PATIENCE = 30.0  # seconds until a request must be answered
_PR_SET_PDEATHSIG = 1  # prctl(2)
GRACE = 10.0  # seconds a child has to finish what it is doing


def address() -> str:
    host = "localhost" if settings.HOST in ("127.0.0.1", "::1") else settings.HOST
    return f"http{'s' if settings.SECURE else ''}://{host}:{settings.PORT}"


def require_free_port() -> None:
    """Refuse when somebody already listens there. Raises CannotDo."""
    family = socket.AF_INET6 if ":" in settings.HOST else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as fault:
            raise CannotDo(
                f"Port {settings.PORT} on {settings.HOST} cannot be used: {fault.strerror}. "
                "Choose another with PORT=8001 ./run."
            ) from fault


def serve(*, with_worker: bool, say_ready: Callable[[], None], processes: int = 1) -> int:
    """Serve until told to stop; call ``say_ready`` once a request is answered. Returns 0, or 1 when a child ended."""
    require_free_port()
    granian = [*_GRANIAN, "--workers", str(processes), *_tls(), *_where()]
    children = [_child("-m", "granian", *granian, "config.wsgi:application")]
    stopping = _Stopping()
    try:
        if not _answers(children, stopping):
            return 0 if stopping.asked else 1
        if with_worker:  # not before: on a small machine its start would take from the first page's
            children.append(_child(str(settings.ROOT / "manage.py"), "work", "--name", "beside-web"))
        say_ready()
        while not stopping.asked:
            if any(child.poll() is not None for child in children):
                return 1
            time.sleep(0.2)
        return 0
    finally:
        _end(children)


# A few threads a process, of which one is enough on SQLite: it has one writer anyway, and an office machine has little
# memory. A process that dies is started again.
_GRANIAN = [
    "--interface", "wsgi", "--blocking-threads", "4", "--log-level", "warning", "--no-ws", "--respawn-failed-workers",
]  # fmt: skip


def _tls() -> list[str]:
    """TLS 1.2 or newer (NIST SP 800-52r2) by the certificate's files, or nothing. Raises CannotDo."""
    if not settings.TLS_CERTIFICATE:
        return []
    for name in ("TLS_CERTIFICATE", "TLS_KEY"):
        path = getattr(settings, name)
        if not path or not Path(path).is_file():
            raise CannotDo(f"{name} names no file: {path or 'it is empty'}.")
    if "-----BEGIN PRIVATE KEY-----" not in Path(settings.TLS_KEY).read_text(encoding="ascii", errors="replace"):
        turned = f"openssl pkcs8 -topk8 -nocrypt -in {settings.TLS_KEY} -out new.pem"
        raise CannotDo(f"TLS_KEY is not in the form that is read here (PKCS#8, not encrypted). Turn it: {turned}")
    return ["--ssl-certificate", settings.TLS_CERTIFICATE, "--ssl-keyfile", settings.TLS_KEY,
            "--ssl-protocol-min", "tls1.2"]  # fmt: skip


def _where() -> list[str]:
    return ["--host", settings.HOST, "--port", str(settings.PORT), "--working-dir", str(settings.ROOT)]


def _child(*arguments: str) -> "subprocess.Popen[bytes]":
    # Nothing but a system call happens between fork and exec, and this process has one thread.
    return subprocess.Popen([sys.executable, *arguments], preexec_fn=_tied)  # noqa: S603, PLW1509


def _tied() -> None:
    """In a child: end with the parent, however it ends; elsewhere than on Linux a killed parent leaves its children."""
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class _Stopping:
    """Whether somebody pressed Ctrl C or the system asks to end."""

    def __init__(self) -> None:
        self.asked = False
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _answers(children: "list[subprocess.Popen[bytes]]", stopping: _Stopping) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not stopping.asked:
        if any(child.poll() is not None for child in children):
            return False
        with contextlib.suppress(OSError, HTTPException):
            probe = _probe()
            probe.request("GET", "/account/login/", headers={"Host": f"localhost:{settings.PORT}"})
            if probe.getresponse().status < 500:
                return True
        time.sleep(0.05)
    return False


def _probe() -> HTTPConnection:
    """A connection to ourselves; whose certificate it is we know, and its name is not ``localhost``."""
    if not settings.TLS_CERTIFICATE:
        return HTTPConnection(settings.HOST, settings.PORT, timeout=5)
    ours = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    ours.check_hostname, ours.verify_mode = False, ssl.CERT_NONE
    return HTTPSConnection(settings.HOST, settings.PORT, timeout=5, context=ours)


def _end(children: "list[subprocess.Popen[bytes]]") -> None:
    for child in children:
        child.terminate()
    until = time.monotonic() + GRACE
    for child in children:
        try:
            child.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
