"""The frame's own addresses: the palette, the theme, and whether single letters act."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core import prints
from office.core.pages import OfficeRequest, go_to, needs, page, way_back
from office.core.palette import answer, words_for
from office.core.permissions import Permission
from office.core.shell import THEMES, Shell

A_YEAR = 365 * 24 * 60 * 60


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_OWN_ACCOUNT)
def palette(request: OfficeRequest) -> HttpResponse:
    """Search; what is asked travels in the body, since names do not belong into addresses and logs."""
    asked = request.POST.get("q", "").strip()[:100]
    groups = answer(request.actor, asked)
    context = {"groups": groups, "q": asked, "found": words_for(groups)}
    return page(request, "core/palette.html", context, part="results")


@require_POST
@login_not_required
def theme(request: OfficeRequest) -> HttpResponse:
    """Light, dark, or as the system has it: kept in this browser."""
    response = go_to(request, way_back(request, "/"))
    wanted = request.POST.get("theme", "")
    if wanted in THEMES:
        response.set_cookie("theme", wanted, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


@require_POST
@needs(Permission.SEE_OWN_ACCOUNT)
def letters(request: OfficeRequest) -> HttpResponse:
    """Whether single letters act outside the chosen item (WCAG 2.1.4): kept in this browser."""
    response = go_to(request, way_back(request, "/"))
    wanted = "on" if request.POST.get("letters") == "on" else "off"
    response.set_cookie("letters", wanted, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


@require_GET
@needs(Permission.SEE_OWN_ACCOUNT)
def key_card(request: OfficeRequest) -> HttpResponse:
    """The keys that this person has, on paper."""
    cards = [{"title": "Keys", "groups": Shell(request).key_groups}]
    return prints.answer(prints.pdf("core", "key_cards", {"title": "Keys", "cards": cards}), "keys")
