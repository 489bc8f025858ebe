"""One's own place of work: which location, and locking the screen."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, way_back
from office.core.permissions import Permission
from office.core.toasts import toast
from office.practice.models import Location
from office.staff import actions
from office.staff.guard import seconds_left
from office.staff.models import StaffActor


@require_POST
@needs(Permission.SEE_OWN_ACCOUNT)
def switch_location(request: OfficeRequest) -> HttpResponse:
    """Work at another of one's locations from now on."""
    open_to: tuple[Location, ...] = request.actor.locations if isinstance(request.actor, StaffActor) else ()
    try:
        wanted = UUID(request.POST.get("location", ""))
        location = next(place for place in open_to if place.pk == wanted)
    except (ValueError, StopIteration):
        raise Http404 from None
    try:
        actions.switch_location(request.actor, location=location, open_to=[place.pk for place in open_to])
    except Refused as refusal:
        toast(request, str(refusal))
    else:
        request.session["location"] = str(location.pk)
    return go_to(request, way_back(request, "/"))


@require_POST
@needs(Permission.SEE_OWN_ACCOUNT)
def lock(request: OfficeRequest) -> HttpResponse:
    """Lock the screen now; the next click asks who sits there and comes back to this page."""
    request.session["locked"] = True
    return go_to(request, way_back(request, "/"))


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_OWN_ACCOUNT)
def attended(request: OfficeRequest) -> HttpResponse:
    """A tab asks (GET) for how many seconds the screen stays open, or says (POST) that somebody types there.

    The guard has answered already when it is locked, and has noted the POST.
    """
    return HttpResponse(str(seconds_left(request.session)), content_type="text/plain")
