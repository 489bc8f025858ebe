"""`./run doctor`: what is wrong with this machine, and what to do about each."""

from typing import Any

from office.core.commands import OfficeCommand
from office.upkeep.queries import examine


class Command(OfficeCommand):
    help = "Look for what is wrong with this machine."
    needs_tables = False  # it is run when nothing else works

    def work(self, **options: Any) -> int:
        found = examine()
        for finding in found:
            self.put(
                {"what": f"{finding.about}: {finding.words}", "state": finding.state, "remedy": finding.remedy},
            )
        return 1 if any(finding.state == "fail" for finding in found) else 0
