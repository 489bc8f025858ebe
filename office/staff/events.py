"""What happens to members."""

from dataclasses import dataclass

from office.core.events import Event


@dataclass(frozen=True)
class MemberLeft(Event):
    """A member was disabled: every sign-in is dead; what was theirs to do needs somebody else."""

    member_id: str
