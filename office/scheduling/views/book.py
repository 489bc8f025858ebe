"""Book a visit: from the schedule, from a patient, or from what is next available."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from office.core.actions import Refused
from office.core.ids import uuid7
from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.patients.access import open_chart
from office.scheduling.actions.booking import book_appointment
from office.scheduling.forms import BookForm, five_minutes
from office.scheduling.models import VisitType
from office.scheduling.queries.choices import choices, openings_for_choice
from office.scheduling.queries.find import Found, candidates, with_booking_alerts
from office.scheduling.queries.plans import objection_to_insurance
from office.scheduling.queries.who_may import objection_to_type
from office.scheduling.rules.hours import within_reach
from office.scheduling.views.after import changed, say
from office.scheduling.views.day import day_context, today_of
from office.scheduling.views.here import location_of


@require_http_methods(["GET", "POST"])
@needs(Permission.BOOK_APPOINTMENTS)
def book(request: OfficeRequest) -> HttpResponse:
    """The booking drawer: patient, type, time. ``find`` only looks for the patient."""
    location = location_of(request.actor)
    if request.method == "GET":
        begin = _begin(request)
        form = BookForm(location, initial=begin)
        return _drawer(request, form, _found(request, "", str(request.GET.get("patient", ""))))
    form = BookForm(location, request.POST)
    found = _found(request, request.POST.get("who", ""), request.POST.get("patient", ""))
    if "find" in request.POST:
        return _drawer(request, BookForm(location, initial=request.POST.dict()), found, part=True)
    if form.is_valid():
        if not form.cleaned_data["patient"]:
            form.add_error("who", "Choose the patient from the list.")
        else:
            try:
                return _book(request, form.cleaned_data)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            except _PlanNotTaken as not_taken:
                return _drawer(request, form, found, invalid=True, warning=str(not_taken))
    return _drawer(request, form, found, invalid=True)


@require_GET
@needs(Permission.SEE_SCHEDULE)
def openings(request: OfficeRequest) -> HttpResponse:
    """Next available, as sentences."""
    location = location_of(request.actor)
    try:
        from_on = within_reach(date.fromisoformat(request.GET.get("from", "")))
    except ValueError:
        from_on = None
    sought = choices(location, request.GET.get("visit_type", ""), request.GET.get("provider", ""))
    objection = _objection(request, sought.chosen, from_on)
    context = {
        "sought": sought,
        "from_on": from_on,
        "objection": objection,
        "openings": [] if objection else openings_for_choice(sought, from_on=from_on, limit=12),
        "patient": request.GET.get("patient", ""),
    }
    return page(request, "scheduling/openings.html", context, part="found")


def _objection(request: OfficeRequest, visit_type: VisitType | None, from_on: date | None) -> str | None:
    """Why the patient who is to be booked cannot have this type, when one is named."""
    try:
        key = UUID(request.GET.get("patient", ""))
    except ValueError:
        return None
    patient = open_chart(request.actor, key, purpose="booking a visit")
    day = from_on or today_of(request)
    return objection_to_type(request.actor, visit_type, patient, day, is_new_visit=True) if visit_type else None


class _PlanNotTaken(Exception):
    """The patient's plan is not taken there, and nobody has said to book all the same. The message says so."""


def _book(request: OfficeRequest, wanted: dict[str, Any]) -> HttpResponse:
    patient = open_chart(request.actor, wanted["patient"], purpose="booking a visit")
    location, starts_at = location_of(request.actor), wanted["starts_at"]
    on = starts_at.astimezone(ZoneInfo(location.zone)).date()
    said = objection_to_insurance(patient, wanted["provider"], location, on)
    # Who reads one warning and then chooses another provider is told of that one too.
    if said and wanted["despite_plan"] != said:
        raise _PlanNotTaken(said)
    visit = book_appointment(
        request.actor,
        patient=patient,
        provider=wanted["provider"],
        location=location,
        visit_type=wanted["visit_type"],
        starts_at=starts_at,
        reason=wanted["reason"],
        double=wanted["double"],
        key=wanted["key"],
    )
    local = visit.starts_at.astimezone(ZoneInfo(visit.location.zone))
    say(request, visit, f"booked for {local:%A, %B} {local.day}, {local:%I:%M %p}".replace(", 0", ", "))
    return changed(request, visit, [])


def _begin(request: OfficeRequest) -> dict[str, Any]:
    """Where the form begins: the opening that was chosen, or the first one from now."""
    location = location_of(request.actor)
    zone = ZoneInfo(location.zone)
    provider, visit_type = request.GET.get("provider", ""), request.GET.get("visit_type", "")
    try:
        at = datetime.fromisoformat(request.GET.get("at", ""))
        within_reach(at.date())
        at = at.astimezone(zone) if at.tzinfo else at
    except ValueError:
        at = five_minutes(timezone.now().astimezone(zone))
        for first in openings_for_choice(choices(location, visit_type, provider), from_on=None, limit=1):
            at, provider = first.starts_at, str(first.provider.pk)
    return {
        "day": at.date(),
        "at": time(at.hour, at.minute),
        "which": str(at.fold),
        "provider": provider,
        "visit_type": visit_type,
        "key": str(uuid7()),
    }


def _found(request: OfficeRequest, text: str, chosen: str) -> Found:
    """The patients to choose from: the one chosen, else who answers to what was typed."""
    try:
        key = UUID(chosen)
    except ValueError:
        return with_booking_alerts(request.actor, candidates(text)) if text.strip() else Found()
    return with_booking_alerts(request.actor, [open_chart(request.actor, key, purpose="booking a visit")])


def _drawer(
    request: OfficeRequest,
    form: BookForm,
    found: Found,
    *,
    part: bool = False,
    invalid: bool = False,
    warning: str = "",
) -> HttpResponse:
    status = 422 if invalid else 200
    chosen = str(form["patient"].value() or "")
    context = {
        "form": form,
        "found": found,
        "chosen": chosen,
        "warning": warning,
        "may_double": request.actor.may(Permission.DOUBLE_BOOK),
        "may_register": request.actor.may(Permission.REGISTER_PATIENTS),
    }
    template = "scheduling/drawer/book.html"
    if request.htmx:
        return render(request, f"{template}#found" if part else template, context, status=status)
    day = form["day"].value()
    behind = day_context(request, day if isinstance(day, date) else timezone.localdate())
    return render(request, "scheduling/day.html", {**behind, "drawer": template, **context}, status=status)
