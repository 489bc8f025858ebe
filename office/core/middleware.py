"""Names who acts, where, and in which zone the page tells time; keeps what was seen out of caches."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from office.core.actors import Visitor


class ActorMiddleware:
    """Sets ``request.actor``; a signed-in member acts at the location chosen in this session."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone = None
        request.actor = Visitor()  # type: ignore[attr-defined]
        if request.user.is_authenticated:
            request.actor = request.user.acting(request.session.get("location"))  # type: ignore[attr-defined]
            zone = request.actor.zone  # type: ignore[attr-defined]
        with timezone.override(ZoneInfo(zone) if zone else None):
            response = self.get_response(request)
        # Nothing about a patient stays in a browser or a proxy (164.310(d)(7) end-user device).
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        return response
