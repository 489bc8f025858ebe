"""Back-ups by the timetable, in an office alone: a demo's people are invented."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone

from config import state
from office.core.actors import Automation
from office.core.commands import CannotDo
from office.core.jobs import job
from office.core.permissions import Permission
from office.upkeep.actions import record_backup, record_drill
from office.upkeep.backup import Made, back_up
from office.upkeep.drill import prove_one

KEEPER = Automation("keeper", [Permission.KEEP_BACKUPS])


@job(attempts=1, lease=timedelta(hours=1))
def make_a_backup() -> None:
    """Make one; when it cannot be made that is written down, and the next quarter of an hour tries again."""
    if state.kind() != "office":
        return
    began = timezone.now()
    try:
        note_backup(back_up(settings.BACKUP_TO))
    except CannotDo as problem:
        record_backup(KEEPER, place=settings.BACKUP_TO, at=began, problem=str(problem)[:400])


@job(attempts=1, lease=timedelta(hours=3))
def prove_a_backup() -> None:
    """Make one and restore it into a scratch office."""
    if state.kind() != "office":
        return
    try:
        proof = prove_one(settings.BACKUP_TO, then=note_backup)
    except CannotDo as problem:
        record_drill(KEEPER, at=timezone.now(), problem=str(problem)[:400])
        return
    found: dict[str, Any] = vars(proof)
    record_drill(KEEPER, at=timezone.now(), **found)


def note_backup(made: Made) -> None:
    record_backup(
        KEEPER,
        place=made.place,
        at=datetime.fromisoformat(made.manifest.made_at),
        file=made.file,
        bytes=made.bytes,
        sha256=made.sha256,
        seconds=made.seconds,
    )
