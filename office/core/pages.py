"""Answering a request: a page, a part of a page for htmx, or a way to the next page."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from office.core import wiring
from office.core.actors import Actor
from office.core.shell import Shell

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponseBase]


class OfficeRequest(HttpRequest):
    """A request after the middleware: who acts, and whether htmx asks."""

    actor: Actor
    htmx: HtmxDetails
    location_id: UUID | None


def page(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str | None = None, invalid: bool = False
) -> HttpResponse:
    """Render the template, or only its named part when htmx asks for one. An invalid form answers 422."""
    if part and getattr(request, "htmx", None) and not request.htmx.boosted:  # type: ignore[attr-defined]
        template = f"{template}#{part}"
    return render(request, template, context, status=422 if invalid else 200)


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser on after a change: 303, or htmx's own redirect."""
    if getattr(request, "htmx", None):
        return HttpResponseClientRedirect(url)
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response


def office(request: HttpRequest) -> dict[str, Any]:
    """The context of every page: who acts, what the areas offer, and the frame around the page."""
    return {"actor": getattr(request, "actor", None), "wiring": wiring.wiring(), "shell": Shell(request)}


def way_back(request: HttpRequest, otherwise: str, *, field: str = "next") -> str:
    """Return the page that a form came from, as its field says, when it is one of ours."""
    wanted = request.POST.get(field, "")
    ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None, require_https=request.is_secure())
    return wanted if ours and wanted.startswith("/") else otherwise


def needs(permission: str) -> Callable[[View[R, P]], View[R, P]]:
    """Let a view run only for those who may; raises PermissionDenied, which the audit trail keeps, for others."""

    def wear(view: View[R, P]) -> View[R, P]:
        @wraps(view)
        def run(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.actor.may(permission):  # type: ignore[attr-defined]
                raise PermissionDenied(permission)
            return view(request, *args, **kwargs)

        return run

    return wear
