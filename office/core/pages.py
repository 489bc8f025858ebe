"""Answering a request: a page, a part of a page for htmx, or a way to the next page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from office.core import wiring
from office.core.actors import Actor


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
    """The context of every page: who acts, where, and what the rail offers."""
    return {"actor": getattr(request, "actor", None), "wiring": wiring.wiring()}
