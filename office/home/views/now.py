"""What needs me now."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.core.wiring import wiring
from office.worklist import queries

SHOWN = 12


@require_GET
@needs(Permission.SEE_OWN_ACCOUNT)
def now(request: OfficeRequest) -> HttpResponse:
    """The first page after sign-in: what needs this person, red first, what they parked, and the areas' panels."""
    at = timezone.now()
    work = list(queries.for_person(request.actor))
    rows = queries.lines(request.actor, work[:SHOWN], now=at)
    waiting = list(queries.parked_by(request.actor))
    context = {
        "now": at,
        "rows": rows,
        "count": len(work),
        "red": sum(1 for item in work if item.urgency == item.Urgency.RED),
        "parked": queries.parked_lines(request.actor, waiting, now=at),
        "panels": [panel for panel in wiring().home_panels if request.actor.may(panel.permission)],
    }
    return page(request, "home/now.html", context)
