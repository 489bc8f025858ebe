"""Book a visit: from the schedule, from a patient, or from what is next available."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from office.core.actions import Refused
from office.core.ids import uuid7
from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.patients.access import open_chart
from office.patients.models import Patient
from office.scheduling.actions.booking import book_appointment
from office.scheduling.forms import BookForm, five_minutes
from office.scheduling.models import VisitType
from office.scheduling.queries.find import Found, candidates, with_booking_alerts
from office.scheduling.queries.openings import openings_for
from office.scheduling.rules.hours import within_reach
from office.scheduling.views.after import changed, say
from office.scheduling.views.day import day_context
from office.scheduling.views.here import location_of
from office.staff.models import Provider


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
    return _drawer(request, form, found, invalid=True)


@require_GET
@needs(Permission.SEE_SCHEDULE)
def openings(request: OfficeRequest) -> HttpResponse:
    """Next available, as sentences."""
    location = location_of(request.actor)
    types = list(VisitType.objects.filter(is_active=True))
    chosen = next((one for one in types if str(one.pk) == request.GET.get("visit_type")), types[0] if types else None)
    providers = list(Provider.objects.filter(is_active=True, hours__location=location).distinct())
    provider = next((one for one in providers if str(one.pk) == request.GET.get("provider")), None)
    try:
        from_on = within_reach(date.fromisoformat(request.GET.get("from", "")))
    except ValueError:
        from_on = None
    found = openings_for(chosen, provider=provider, location=location, from_on=from_on, limit=12) if chosen else []
    context = {
        "types": types,
        "chosen": chosen,
        "providers": providers,
        "provider": provider,
        "from_on": from_on,
        "openings": found,
        "patient": request.GET.get("patient", ""),
    }
    return page(request, "scheduling/openings.html", context, part="found")


def _book(request: OfficeRequest, wanted: dict[str, Any]) -> HttpResponse:
    patient = open_chart(request.actor, wanted["patient"], purpose="booking a visit")
    visit = book_appointment(
        request.actor,
        patient=patient,
        provider=wanted["provider"],
        location=location_of(request.actor),
        visit_type=wanted["visit_type"],
        starts_at=wanted["starts_at"],
        reason=wanted["reason"],
        double=wanted["double"],
        key=wanted["key"],
    )
    local = visit.starts_at.astimezone(ZoneInfo(visit.location.zone))
    say(request, visit, f"booked for {local:%A, %B} {local.day}, {local:%I:%M %p}".replace(", 0", ", "))
    return changed(request, visit, [])


def _begin(request: OfficeRequest) -> dict[str, Any]:
    """Where the form begins: the opening that was chosen, or now."""
    zone = ZoneInfo(location_of(request.actor).zone)
    try:
        at = datetime.fromisoformat(request.GET.get("at", ""))
        within_reach(at.date())
    except ValueError:
        at = five_minutes(timezone.now().astimezone(zone))
    return {
        "day": at.date(),
        "at": time(at.hour, at.minute),
        "provider": request.GET.get("provider", ""),
        "visit_type": request.GET.get("visit_type", ""),
        "key": str(uuid7()),
    }


def _found(request: OfficeRequest, text: str, chosen: str) -> Found:
    """The patients to choose from: the one chosen, else who answers to what was typed."""
    try:
        patient = get_object_or_404(Patient.objects.charts(), pk=UUID(chosen))
    except ValueError:
        return with_booking_alerts(request.actor, candidates(text)) if text.strip() else Found()
    open_chart(request.actor, patient.pk, purpose="booking a visit")
    return with_booking_alerts(request.actor, [patient])


def _drawer(
    request: OfficeRequest, form: BookForm, found: Found, *, part: bool = False, invalid: bool = False
) -> HttpResponse:
    status = 422 if invalid else 200
    chosen = str(form["patient"].value() or "")
    context = {"form": form, "found": found, "chosen": chosen, "may_double": request.actor.may(Permission.DOUBLE_BOOK)}
    template = "scheduling/drawer/book.html"
    if request.htmx:
        return render(request, f"{template}#found" if part else template, context, status=status)
    day = form["day"].value()
    behind = day_context(request, day if isinstance(day, date) else timezone.localdate())
    return render(request, "scheduling/day.html", {**behind, "drawer": template, **context}, status=status)
