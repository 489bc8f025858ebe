"""`./run verify-audit`: reads the sealed trail and names the first thing that is not as it was."""

from dataclasses import asdict
from typing import Any

from office.audit.verify import verify
from office.core.commands import OfficeCommand


class Command(OfficeCommand):
    help = "Check that no audit entry was altered, removed, reordered or slipped in."

    def work(self, **options: Any) -> int:
        verdict = verify()
        self.put(
            {
                "entries": verdict.entries,
                "checkpoints": verdict.checkpoints,
                "intact": verdict.intact,
                "first_fault": asdict(verdict.first_fault) if verdict.first_fault else None,
            }
        )
        return 0 if verdict.intact else 1
