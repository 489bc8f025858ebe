"""A refusal is an entry too, and entries of one request share its id."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from office.audit import trail
from office.core.ids import uuid7


class RefusalMiddleware:
    """Records each PermissionDenied with the permission that was missing and the screen's name."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = trail.request_id.set(str(uuid7()))
        try:
            return self.get_response(request)
        finally:
            trail.request_id.reset(token)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        if isinstance(exception, PermissionDenied):
            match = request.resolver_match
            trail.record_refusal(
                request.actor,  # type: ignore[attr-defined]
                permission=str(exception),
                screen=match.view_name if match else "",
                method=request.method or "",
            )
