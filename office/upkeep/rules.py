"""Which back-ups are kept, how they are called, and when one counts as proven. Values alone."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

#: How lately a back-up must have been restored to count (45 CFR 164.308(a)(7)(ii)(D): contingency plans are tested).
PROVEN_WITHIN = timedelta(hours=26)
#: The longest that an office goes without a back-up unnoticed; the timetable makes one each 15 minutes.
MADE_WITHIN = timedelta(hours=1)
_NAME = re.compile(r"frontdesk-(?P<office>[0-9a-f]{8})-(?P<at>\d{8}T\d{6}\d{3}Z)\.backup")


@dataclass(frozen=True, order=True)
class Name:
    """A back-up file's name: whose it is (a fingerprint of the office's key) and the moment it holds."""

    at: datetime
    office: str

    def __str__(self) -> str:
        at = self.at.astimezone(UTC)
        return f"frontdesk-{self.office}-{at:%Y%m%dT%H%M%S}{at.microsecond // 1000:03d}Z.backup"

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Return the name that ``text`` is, or None when it is some other file's."""
        found = _NAME.fullmatch(text)
        if not found:
            return None
        try:
            at = datetime.strptime(found["at"], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)
        except ValueError:
            return None
        return cls(at, found["office"])


def kept(names: Iterable[Name], now: datetime) -> set[Name]:
    """Return those to keep: all of the last day, the last of each day for a month, of each month for a year.

    A month is 31 days and a year 366. The newest is kept however old it is; so is one from the future.
    """
    keep: set[Name] = set()
    seen: set[str] = set()
    for nth, name in enumerate(sorted(names, reverse=True)):
        age = now - name.at
        slot = f"{name.at:%Y-%m-%d}" if age <= timedelta(days=31) else f"{name.at:%Y-%m}"
        if nth == 0 or age <= timedelta(days=1) or (age <= timedelta(days=366) and slot not in seen):
            keep.add(name)
        seen.add(slot)
    return keep


def is_proven(proven_at: datetime | None, now: datetime) -> bool:
    """Whether a back-up was restored lately enough."""
    return proven_at is not None and now - proven_at <= PROVEN_WITHIN
