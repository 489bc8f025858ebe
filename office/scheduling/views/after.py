"""What a screen answers after a visit changed, or when it would not."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from office.core.actions import Refused
from office.core.pages import OfficeRequest, way_back
from office.core.toasts import toast
from office.patients.access import open_chart
from office.scheduling.actions.stale import Stale
from office.scheduling.models import Appointment
from office.scheduling.queries.cards import cover
from office.scheduling.queries.day import columns_of
from office.scheduling.rules.day_grid import Axis
from office.scheduling.views.day import day_context
from office.scheduling.views.drawer import drawer_context
from office.scheduling.views.here import location_of, visit_of
from office.staff.models import Provider

Place = tuple[Provider, date]


def place_of(visit: Appointment) -> Place:
    """The column that the visit stands in."""
    return visit.provider, visit.starts_at.astimezone(ZoneInfo(visit.location.zone)).date()


def say(request: OfficeRequest, visit: Appointment, what: str) -> None:
    """Toast what happened to whom, with a way back."""
    born = f" {visit.patient.birth_date:%m/%d/%Y}" if visit.patient.birth_date else ""
    toast(
        request,
        f"{visit.patient.short_name}{born} {what}",
        undo_url=reverse("scheduling:undo", args=[visit.pk]),
    )


def changed(
    request: OfficeRequest, visit: Appointment, places: Iterable[Place], *, ask_told: bool = False
) -> HttpResponse:
    """Send a person without scripts on to the visit; give htmx the changed columns, the drawer and the question."""
    if "next" in request.POST or not request.htmx:
        response = HttpResponseRedirect(
            way_back(request, reverse("scheduling:visit", args=[visit.pk]) + ("?told=ask" if ask_told else ""))
        )
        response.status_code = 303
        return response
    visit = visit_of(visit.pk)
    on_screen = set(_on_screen(request))
    context = {
        **drawer_context(request, visit, open_chart(request.actor, visit.patient_id, purpose="visit")),
        **_grid_anew(request, [place for place in [*places, place_of(visit)] if place in on_screen]),
        "ask_told": ask_told,
        "open_id": visit.pk if request.POST.get("drawer") != "closed" else None,
        "keeps_drawer_closed": request.POST.get("drawer") == "closed",
    }
    answer = render(request, "scheduling/changed.html", context)
    answer["HX-Retarget"] = "#prompt"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def would_not(request: OfficeRequest, visit: Appointment, refusal: Refused, **ways: Any) -> HttpResponse:
    """Say why not, with named ways out: a dialog over the grid, or the visit's page with the reason on top."""
    stale = refusal if isinstance(refusal, Stale) else None
    context: dict[str, Any] = {"visit": visit, "reason": str(refusal), "stale": stale, **ways}
    if request.htmx:
        if stale:  # the grid shows what is no longer so
            context |= _grid_anew(request, _on_screen(request))
        answer = render(request, "scheduling/conflict.html", context, status=422)
        answer["HX-Retarget"] = "#prompt"
        answer["HX-Reswap"] = "innerHTML"
        return answer
    patient = open_chart(request.actor, visit.patient_id, purpose="visit")
    return beside_the_day(
        request,
        visit,
        "scheduling/drawer/visit.html",
        {**drawer_context(request, visit, patient), **context},
        invalid=True,
    )


def beside_the_day(
    request: OfficeRequest, visit: Appointment, template: str, context: dict[str, Any], *, invalid: bool = False
) -> HttpResponse:
    """A drawer: alone for htmx, beside its day as a page."""
    status = 422 if invalid else 200
    if request.htmx:
        return render(request, template, context, status=status)
    behind = day_context(request, place_of(visit)[1])
    return render(
        request, "scheduling/day.html", {**behind, "drawer": template, "open_id": visit.pk, **context}, status=status
    )


def not_done(form: Form, visit: Appointment, refusal: Refused) -> dict[str, Any]:
    """Put the refusal on the form; what is shown beside it is what a second press is about."""
    form.add_error(None, str(refusal))
    form.data = MultiValueDict({**form.data, "version": [str(visit.version)]})
    return {"stale": refusal} if isinstance(refusal, Stale) else {}


def _on_screen(request: OfficeRequest) -> list[Place]:
    """The columns that the person's grid shows: provider and day, as their keys say."""
    keys: list[tuple[UUID, date]] = []
    for key in request.POST.get("columns", "").split():
        provider, _, day = key.rpartition("-")
        with suppress(ValueError):
            keys.append((UUID(provider), date.fromisoformat(day)))
    providers = Provider.objects.in_bulk({provider for provider, _ in keys})
    return [(providers[provider], day) for provider, day in keys if provider in providers]


def _grid_anew(request: OfficeRequest, places: Iterable[Place]) -> dict[str, Any]:
    """What the template of a column needs to put these columns back into the person's grid."""
    sheet = columns_of(location_of(request.actor), places, axis=_axis(request), now=timezone.now())
    cover(request.actor, sheet.cards)
    return {
        "sheet": sheet,
        "week": request.POST.get("week") == "1",
        "icons": static("img/icons.svg"),
        "out_of_band": True,
    }


def _axis(request: OfficeRequest) -> Axis:
    """The hours that the person's grid shows, the usual ones when what it says makes no sense."""
    try:
        first, last = int(request.POST.get("first", "")), int(request.POST.get("last", ""))
        repeated = int(request.POST["repeated"]) if request.POST.get("repeated") else None
    except ValueError:
        return Axis(8, 17)
    is_right = 0 <= first < last <= 24 and (repeated is None or first <= repeated < last)
    return Axis(first, last, repeated) if is_right else Axis(8, 17)
