"""This machine: what is wrong with it, and how the back-ups stand."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.upkeep.models import Backup
from office.upkeep.queries import examine, standing

SHOWN = 20
_ORDER = ("fail", "warn", "ok")


@require_GET
@needs(Permission.SEE_UPKEEP)
def machine(request: OfficeRequest) -> HttpResponse:
    """What `./run doctor` finds, worst first."""
    found = sorted(examine(), key=lambda finding: _ORDER.index(finding.state))
    wrong = sum(finding.state != "ok" for finding in found)
    return page(request, "upkeep/machine.html", {"found": found, "wrong": wrong})


@require_GET
@needs(Permission.SEE_UPKEEP)
def backups(request: OfficeRequest) -> HttpResponse:
    """How the back-ups stand; a panel of Home, and a page of its own with the last ones."""
    context = {"standing": standing(), "rows": Backup.objects.all()[:SHOWN]}
    return page(request, "upkeep/backups.html", context, part="panel")
