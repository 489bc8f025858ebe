"""The search page."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.patients.palette import looked_up

SHOWN = 20


@require_GET
@needs(Permission.OPEN_CHARTS)
def find(request: OfficeRequest) -> HttpResponse:
    """One box; the list follows what is typed."""
    text = request.GET.get("q", "").strip()
    found, closed = looked_up(request.actor, text, SHOWN) if text else ([], set())
    return page(request, "patients/find.html", {"text": text, "found": found, "closed": closed}, part="results")
