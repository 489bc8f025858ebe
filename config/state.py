"""The one folder that holds an office's state: database file, files, keys, logs, rejects, back-ups.

A folder has one kind, set once and written into it: ``demo``, ``practice mode``, ``office`` or ``blank``.
A command that would write into the wrong kind refuses.
"""

import os
import secrets
from pathlib import Path
from typing import Literal, get_args

RESTORING = "restoring"  # this folder holds a restore that is not finished
Kind = Literal["demo", "practice mode", "office", "blank"]
WORDS = {"demo": "a demo", "practice mode": "a practice mode", "office": "an office", "blank": "a blank state"}

ROOT = Path(__file__).resolve().parent.parent


class WrongState(Exception):
    """The state folder cannot be used; the message is one line for the person at the terminal."""


def folder() -> Path:
    return Path(os.environ.get("FRONTDESK_VAR") or ROOT / "var").expanduser().absolute()


def made(path: Path) -> Path:
    """Return the folder, made when missing, readable by its owner alone."""
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as fault:
        raise WrongState(f"Frontdesk cannot write into {path}: {fault.strerror or fault}.") from fault
    if not os.access(path, os.W_OK):
        raise WrongState(f"Frontdesk cannot write into {path}. Give yourself the right to, or set FRONTDESK_VAR.")
    return path


def kind() -> Kind | None:
    """Return what this folder holds, or None while it holds nothing."""
    try:
        written = (folder() / "kind").read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return None
    for known in get_args(Kind):
        if written == known:
            return known  # type: ignore[no-any-return]
    raise WrongState(f"{folder()} says it holds “{written[:40]}”, which this version does not know.")


def become(wanted: Kind) -> None:
    """Mark an unmarked folder as ``wanted``, or refuse when it already holds something else."""
    held = kind()
    if held == wanted:
        return
    if held is not None:
        raise WrongState(
            f"{folder()} holds {WORDS[held]}, not {WORDS[wanted]}. Choose another folder with FRONTDESK_VAR."
        )
    if (folder() / RESTORING).exists():
        raise WrongState(f"A restore into {folder()} is not finished. Run ./run restore again; it begins anew.")
    (made(folder()) / "kind").write_text(wanted + "\n", encoding="utf-8")


def key(name: str, size: int = 32) -> bytes:
    """Return the named key, made once with mode 0600 under ``keys``."""
    path = made(folder() / "keys") / name
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_bytes(size))
        file.flush()
        os.fsync(file.fileno())
    return path.read_bytes()
