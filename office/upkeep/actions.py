"""What is written down of back-ups and drills; the work itself changes nothing of the office."""

from datetime import datetime
from typing import Any

from office.audit import trail
from office.core.actions import action
from office.core.actors import Actor
from office.core.permissions import Permission
from office.upkeep.models import Backup, Drill


@action(Permission.KEEP_BACKUPS)
def record_backup(actor: Actor, /, *, place: str, at: datetime, **rest: Any) -> Backup:
    """Write down that a back-up was made (``file``, ``bytes``, ``sha256``, ``seconds``), or its ``problem``."""
    made = Backup.objects.create(place=place, at=at, **rest)
    if made.problem:
        trail.record(actor, "backup.failed", made, place=place)
    else:
        trail.record(actor, "backup.made", made, file=made.file, sha256=made.sha256)
    return made


@action(Permission.KEEP_BACKUPS)
def record_drill(actor: Actor, /, *, at: datetime, **rest: Any) -> Drill:
    """Write down what restoring a back-up into a scratch office showed."""
    done = Drill.objects.create(at=at, **rest)
    trail.record(actor, "backup.drill_failed" if done.problem else "backup.proven", done, file=done.file)
    return done


@action(Permission.KEEP_BACKUPS)
def record_restore(actor: Actor, /, *, file: str, of: datetime) -> None:
    """Say on the trail that from here on the office is the one of an earlier moment: what came after it is gone."""
    trail.record(actor, "office.restored", file=file, of=of)
