"""Who acts: a person at a location, an automation, later an API client or a patient."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from office.core.permissions import Permission


class Actor(Protocol):
    """Anyone who can ask for a change. The first argument of every action."""

    @property
    def id(self) -> str:
        """Unique and lasting; a member's id, or ``automation:<name>``."""

    @property
    def label(self) -> str:
        """How the audit trail names the actor, for ever."""

    @property
    def at(self) -> UUID | None:
        """The location where the actor works now; None for one that is not at a place."""

    def may(self, permission: str) -> bool: ...


@dataclass(frozen=True)
class Automation:
    """The program itself, with just the permissions that one job needs."""

    name: str
    permissions: Collection[Permission]
    at: UUID | None = None

    @property
    def id(self) -> str:
        return f"automation:{self.name}"

    @property
    def label(self) -> str:
        return self.name

    def may(self, permission: str) -> bool:
        return permission in self.permissions


@dataclass(frozen=True)
class Visitor:
    """Nobody in particular: not signed in, and permitted nothing."""

    id: str = "visitor"
    label: str = "Not signed in"
    at: UUID | None = None

    def may(self, permission: str) -> bool:
        return False
