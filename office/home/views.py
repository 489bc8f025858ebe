"""What needs me now."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from office.core.pages import OfficeRequest, page


@require_GET
def now(request: OfficeRequest) -> HttpResponse:
    """The first page after sign-in."""
    return page(request, "home/now.html", {})
