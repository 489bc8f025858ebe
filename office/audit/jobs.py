"""What the trail does by itself: it is sealed every minute, and verified when someone asks."""

from datetime import timedelta

from django.core.cache import cache

from office.audit import sealer, trail
from office.audit import verify as verifying
from office.audit.queries import PROGRESS
from office.core.actors import Automation
from office.core.jobs import job


@job(attempts=3, lease=timedelta(minutes=30))
def seal_the_trail() -> None:
    """Seal what was recorded since the last time."""
    sealer.seal_entries()


@job(attempts=3, lease=timedelta(hours=2))
def seal_the_whole_trail() -> None:
    """Look through the whole trail for an entry that an hour's look missed."""
    sealer.seal_entries(thoroughly=True)


@job(attempts=2, lease=timedelta(hours=2))
def verify_the_trail(entry_id: str) -> None:
    """Verify the whole trail and leave what was found on it, for whoever asked in the entry of that id."""
    cache.set(PROGRESS, 0)
    verdict = verifying.verify(progress=lambda done: cache.set(PROGRESS, done))
    trail.record(
        Automation("verifier", ()),
        "audit.verified",
        asked_in=entry_id,
        entries=verdict.entries,
        checkpoints=verdict.checkpoints,
        fault=verdict.first_fault.words if verdict.first_fault else "",
        fault_kind=verdict.first_fault.kind if verdict.first_fault else "",
    )
