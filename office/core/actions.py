"""The only way the office's records change: permission, transaction, rule, audit.

An action's shape is always the same: lock the scarce thing, ask the rules, write, record and announce.
"""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from office.core.actors import Actor

P = ParamSpec("P")
R = TypeVar("R")
Verb = Callable[Concatenate[Actor, P], R]

#: Every action by its full name, and the permission it asks for: the source of docs/compliance/who-may-do-what.md.
ACTIONS: dict[str, str] = {}

_entries: ContextVar[list[str] | None] = ContextVar("entries", default=None)


class Refused(Exception):
    """An anticipated no. The message is a sentence for the person who asked."""


class Unaudited(Exception):
    """An action ended without an audit entry: a fault in the action, so nothing of it is kept."""


def action(permission: str) -> Callable[[Verb[P, R]], Verb[P, R]]:
    """Make a function an action: refuse the unpermitted, run whole or not at all, leave an audit entry.

    Raises PermissionDenied when the actor may not, Unaudited when the action recorded nothing.
    """

    def wear(verb: Verb[P, R]) -> Verb[P, R]:
        name = f"{verb.__module__}.{verb.__name__}"
        ACTIONS[name] = permission

        @wraps(verb)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if not actor.may(permission):
                raise PermissionDenied(permission)
            entries: list[str] = []
            token = _entries.set(entries)
            try:
                with transaction.atomic():
                    result = verb(actor, *args, **kwargs)
                    if not entries:
                        raise Unaudited(name)
                    return result
            finally:
                _entries.reset(token)

        return run

    return wear


def note_entry(verb: str) -> None:
    """Tell the running action that an audit entry was written. Called by audit.trail alone."""
    entries = _entries.get()
    if entries is not None:
        entries.append(verb)


def unchanged() -> None:
    """Say, in an action that may be repeated, that there was nothing to do and so nothing to record."""
    note_entry("unchanged")


def require_here(actor: Actor, location_id: UUID, location_name: str) -> None:
    """Refuse to change another location's row until the person switches there; the program itself is everywhere."""
    if actor.at is not None and actor.at != location_id:
        raise Refused(f"This belongs to {location_name}. Switch to {location_name} first.")
