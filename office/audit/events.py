"""What happened to the trail itself."""

from dataclasses import dataclass

from office.core.events import Event


@dataclass(frozen=True)
class VerificationAsked(Event):
    """Someone wants to know now whether the trail is intact; ``entry_id`` is the entry of the asking."""

    entry_id: str
