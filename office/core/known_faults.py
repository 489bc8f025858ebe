"""Versions of databases that are known to lose data or to be open to attack: what, since when, until when."""

from dataclasses import dataclass

Version = tuple[int, ...]


@dataclass(frozen=True)
class KnownFault:
    """A fault from version ``since`` to before ``fixed``, apart from the older lines that have the mend."""

    since: Version
    fixed: Version
    words: str
    source: str
    also_fixed: tuple[tuple[Version, Version], ...] = ()

    def holds(self, version: Version) -> bool:
        mended = any(start <= version < end for start, end in self.also_fixed)
        return self.since <= version < self.fixed and not mended


SQLITE = (
    KnownFault(
        (3, 7, 0),
        (3, 51, 3),
        "may, very rarely, lose a committed write when two connections checkpoint at once (the WAL-reset bug)",
        "https://sqlite.org/wal.html#walresetbug",
        also_fixed=(((3, 44, 6), (3, 45)), ((3, 50, 7), (3, 51))),
    ),
    KnownFault((3, 52, 0), (3, 52, 1), "was withdrawn by its makers", "https://sqlite.org/changes.html"),
)
_MINORS = "https://www.postgresql.org/support/versioning/"
_BEHIND = "lacks corrections, some of them against attacks, that its makers released since"
POSTGRESQL = (
    KnownFault((0,), (14,), "gets no corrections any more", _MINORS),
    KnownFault((14,), (15,), "gets no corrections since November 2026", _MINORS),
    KnownFault((15,), (15, 18), _BEHIND, _MINORS),
    KnownFault((16,), (16, 14), _BEHIND, _MINORS),
    KnownFault((17,), (17, 10), _BEHIND, _MINORS),
    KnownFault((18,), (18, 4), _BEHIND, _MINORS),
)
