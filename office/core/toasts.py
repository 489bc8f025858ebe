"""What just happened, in one line, with a way to take it back: shown for eight seconds, kept as "What happened".

The lines live in the session (a row of our own database), never in a cookie: they name patients.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from office.core.ids import uuid7

KEPT = 20


@dataclass(frozen=True)
class Toast:
    """One line of what happened; ``undo_url`` takes a POST and answers with a way back."""

    id: str
    text: str
    at: datetime
    undo_url: str


def toast(request: HttpRequest, text: str, *, undo_url: str = "") -> None:
    """Say what was done, on the answer to this request or on the page it leads to."""
    line = {"id": str(uuid7()), "text": text, "at": timezone.now().isoformat(), "undo_url": undo_url, "seen": False}
    request.session["toasts"] = [line, *_lines(request)][:KEPT]


def unseen(request: HttpRequest) -> list[Toast]:
    """Return what was not shown yet, oldest first, and take it as shown."""
    lines = _lines(request)
    fresh = [line for line in lines if not line["seen"]]
    if fresh:
        request.session["toasts"] = [{**line, "seen": True} for line in lines]
    return [_toast(line) for line in reversed(fresh)]


def happened(request: HttpRequest) -> list[Toast]:
    """Return what happened in this session, newest first."""
    return [_toast(line) for line in _lines(request)]


def taken_back(request: HttpRequest, toast_id: str) -> None:
    """The line stays as history; its way back is used up."""
    request.session["toasts"] = [
        {**line, "undo_url": ""} if line["id"] == toast_id else line for line in _lines(request)
    ]


def _lines(request: HttpRequest) -> list[dict[str, Any]]:
    session = getattr(request, "session", None)
    found: list[dict[str, Any]] = session.get("toasts", []) if session is not None else []
    return found


def _toast(line: dict[str, Any]) -> Toast:
    return Toast(line["id"], line["text"], datetime.fromisoformat(line["at"]), line["undo_url"])
