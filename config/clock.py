"""The demo's clock: in the demo it is always office hours of a working day.

Outside office hours the demo's day is laid out as of 10:40, and the program's own clock is set by the same
difference, so that nobody has been waiting for seven hours and the rest of the day can still be booked. No other kind
of state has a clock of its own: there this module does nothing.
"""

import json
from datetime import datetime, timedelta

from config import state

_FILE = "demo-clock"


def set_to(moment: datetime, *, really: datetime) -> None:
    """From now on it is ``moment`` in this demo, and time goes on from there. Both are aware."""
    text = json.dumps({"ahead_seconds": round((moment - really).total_seconds())})
    (state.folder() / _FILE).write_text(text + "\n", encoding="utf-8")


def ahead() -> timedelta:
    """Return by how much the demo's clock is ahead; nothing outside a demo."""
    if state.kind() != "demo":
        return timedelta()
    try:
        written = (state.folder() / _FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return timedelta()
    return timedelta(seconds=json.loads(written)["ahead_seconds"])


def run() -> timedelta:
    """Let this process tell the demo's time, and return how far it is ahead.

    Every part of the program and of Django asks ``timezone.now``.
    """
    from django.utils import timezone

    difference, tell = ahead(), timezone.now
    if not difference:
        return difference

    def now() -> datetime:
        return tell() + difference

    timezone.now = now
    return difference
