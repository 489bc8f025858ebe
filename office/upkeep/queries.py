"""How the back-ups stand, and what is wrong with this machine."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from config import state
from office.core import recovery
from office.core.wiring import Finding, wiring
from office.upkeep import rules
from office.upkeep.models import Backup, Drill


@dataclass(frozen=True)
class Standing:
    """The newest back-up and the newest proof, each with the problem that came after it, if one did."""

    made: Backup | None
    proven: Drill | None
    backup_problem: str
    drill_problem: str
    now: datetime

    @property
    def is_office(self) -> bool:
        return state.kind() == "office"

    @property
    def is_proven(self) -> bool:
        return rules.is_proven(self.proven.at if self.proven else None, self.now)

    @property
    def is_made(self) -> bool:
        return self.made is not None and self.now - self.made.at <= rules.MADE_WITHIN

    @property
    def is_red(self) -> bool:
        return self.is_office and not (self.is_proven and self.is_made)


def standing() -> Standing:
    """Return how the back-ups stand now; four queries."""
    last_backup, last_drill = Backup.objects.first(), Drill.objects.first()
    return Standing(
        made=Backup.objects.filter(problem="").first(),
        proven=Drill.objects.filter(problem="").first(),
        backup_problem=last_backup.problem if last_backup else "",
        drill_problem=last_drill.problem if last_drill else "",
        now=timezone.now(),
    )


def findings_of_backups() -> list[Finding]:
    """What `./run doctor` says of back-ups."""
    now = standing()
    if not now.is_office:
        return [Finding("Back-ups", "No back-up is made by itself here: this is no office.")]
    if recovery.recipient() is None:
        return [Finding("Back-ups", "There is no recovery key, so no back-up can be made.", "fail",
                        "Run ./run backup at a terminal: it makes the key and shows it once, for paper.")]  # fmt: skip
    found = [_made(now), _proven(now)]
    if not settings.BACKUP_TO.startswith("sftp://") and _on_the_same_disk():
        words = f"Back-ups go to the disk that the office is on: {settings.BACKUP_TO}."
        found.append(
            Finding("Place of back-ups", words, "warn", "Set BACKUP_TO to another disk or sftp://user@host/folder.")
        )
    return found


def _made(now: Standing) -> Finding:
    if now.is_made and now.made:
        return Finding("Back-ups", f"The last one is of {now.made.at:%m/%d/%Y %H:%M} UTC.")
    words = f"The last one is of {now.made.at:%m/%d/%Y %H:%M} UTC." if now.made else "None was ever made."
    remedy = now.backup_problem or "Is the worker running? ./run backup makes one now and says what stands in its way."
    return Finding("Back-ups", words, "fail", remedy)


def _proven(now: Standing) -> Finding:
    words = (
        f"The last one proven by restoring it: {now.proven.at:%m/%d/%Y %H:%M} UTC." if now.proven else "None is proven."
    )
    if now.is_proven and not now.drill_problem:
        return Finding("Proof of back-ups", words)
    remedy = now.drill_problem or "Is the worker running? A back-up is restored for proof each night at 3:10 AM."
    return Finding("Proof of back-ups", words, "warn" if now.is_proven else "fail", remedy)


def _on_the_same_disk() -> bool:
    place = Path(settings.BACKUP_TO)
    there = place if place.exists() else place.parent
    return there.exists() and there.stat().st_dev == state.folder().stat().st_dev


def examine() -> list[Finding]:
    """Ask every area what it finds; a check that fails itself is a finding too."""
    if state.kind() is None:  # and it stays so: looking into a database would make its file
        words = f"{state.folder()} holds nothing yet."
        return [
            Finding("State", words, "fail", "./run new-office makes an office, ./run restore FILE brings one back.")
        ]
    found: list[Finding] = []
    for check in wiring().findings:
        try:
            found += check()
        except Exception as fault:
            name = check.__name__.removeprefix("findings_of_").replace("_", " ")
            words = f"It could not be looked at ({type(fault).__name__})."
            found.append(Finding(name.capitalize(), words, "fail", "Mend what else is named here, then look again."))
    return found
