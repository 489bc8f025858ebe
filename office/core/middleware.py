"""Names who acts, where and in which zone; keeps what was seen out of caches; says what happened."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone

from office.core import toasts
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


class ZeroByteMiddleware:
    """Refuses a zero byte in what is sent: nobody types one, and a text of PostgreSQL cannot hold it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_: object) -> None:
        sent = [*request.GET.lists(), *request.POST.lists()]
        if any("\x00" in text for name, texts in sent for text in (name, *texts)):
            raise BadRequest("a zero byte")


class ToastMiddleware:
    """Puts what just happened on the answer to htmx, out of band; a whole page shows it by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "POST" and response.status_code < 400 and (used := request.POST.get("toast")):
            toasts.taken_back(request, used)
        if self._is_a_fragment(request, response) and (fresh := toasts.unseen(request)):
            told = render_to_string("components/toasts.html", {"fresh": fresh, "out_of_band": True}, request)
            response.content += told.encode()
        return response

    @staticmethod
    def _is_a_fragment(request: HttpRequest, response: HttpResponse) -> bool:
        asked = bool(getattr(request, "htmx", None)) and not request.htmx.boosted  # type: ignore[attr-defined]
        leads_on = {"HX-Redirect", "HX-Location", "HX-Refresh"} & set(response.headers)
        html = response.get("Content-Type", "").startswith("text/html")
        return asked and html and not leads_on and not response.streaming and response.status_code in {200, 422}
