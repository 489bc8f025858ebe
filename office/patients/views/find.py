"""The search page."""

from itertools import combinations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.patients.palette import looked_up
from office.patients.rules.names import taken_for

SHOWN = 20


@require_http_methods(["GET", "POST"])
@needs(Permission.OPEN_CHARTS)
def find(request: OfficeRequest) -> HttpResponse:
    """One box; the list follows what is typed. Names travel in the body: an address is kept in logs and histories."""
    text = request.POST.get("q", "").strip()
    found, closed = looked_up(request.actor, text, SHOWN) if text else ([], set())
    # Of a restricted chart no more is said than that it exists, so neither that its name is like another.
    names = [(one.patient.family_name, one.patient.given_name) for one in found if one.patient.pk not in closed]
    similar = any(taken_for(one, other) for one, other in combinations(names, 2))
    context = {"text": text, "found": found, "closed": closed, "has_similar_names": similar}
    return page(request, "patients/find.html", context, part="results")
