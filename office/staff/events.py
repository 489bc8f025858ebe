"""What happens to members."""

from dataclasses import dataclass

from office.core.events import Event


@dataclass(frozen=True)
class MemberLeft(Event):
    """A member was disabled: every sign-in is dead; what was theirs goes to ``role``."""

    member_id: str
    role: str
