"""What is handed to a channel."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Letter:
    """``key`` is the same for the same thing, so that a server can tell a repetition."""

    to: str
    subject: str
    body: str
    key: str
