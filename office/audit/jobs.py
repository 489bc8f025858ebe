"""What the trail's sealer does by itself."""

from datetime import timedelta

from office.audit import sealer
from office.core.jobs import job


@job(attempts=3, lease=timedelta(minutes=30))
def seal_the_trail() -> None:
    """Seal what was recorded since the last time."""
    sealer.seal_entries()


@job(attempts=3, lease=timedelta(hours=2))
def seal_the_whole_trail() -> None:
    """Look through the whole trail for an entry that an hour's look missed."""
    sealer.seal_entries(thoroughly=True)
