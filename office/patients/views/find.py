"""The search page."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.patients.palette import looked_up

SHOWN = 20


@require_http_methods(["GET", "POST"])
@needs(Permission.OPEN_CHARTS)
def find(request: OfficeRequest) -> HttpResponse:
    """One box; the list follows what is typed. Names travel in the body: an address is kept in logs and histories."""
    text = request.POST.get("q", "").strip()
    found, closed = looked_up(request.actor, text, SHOWN) if text else ([], set())
    return page(request, "patients/find.html", {"text": text, "found": found, "closed": closed}, part="results")
