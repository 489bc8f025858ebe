"""Someone walks in: find or register, choose for what and with whom, and one press checks in."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from office.core.actions import Refused
from office.core.ids import uuid7
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.patients.access import open_chart
from office.scheduling.actions.walk_in import take_walk_in
from office.scheduling.forms import WalkInForm
from office.scheduling.models import VisitType
from office.scheduling.queries.find import Found, candidates, expected_today, with_booking_alerts
from office.scheduling.queries.openings import free_first
from office.scheduling.queries.plans import objection_to_insurance
from office.scheduling.rules.spans import clock
from office.scheduling.views.after import say
from office.scheduling.views.day import today_of
from office.scheduling.views.here import location_of

#: What of the form only finds the person.
FINDING = {"who", "listed_for", "is_typing", "patient"}


@require_http_methods(["GET", "POST"])
@needs(Permission.CHECK_IN)
def walk_in(request: OfficeRequest) -> HttpResponse:
    """Look for who is here; once someone is chosen, the same button checks in."""
    location, may_double = location_of(request.actor), request.actor.may(Permission.DOUBLE_BOOK)
    if request.method == "GET":
        begin = {"key": str(uuid7()), "patient": request.GET.get("patient", "")}
        form = WalkInForm(location, initial=begin, may_double=may_double)
        return _show(request, form, _found(request, "", begin["patient"]))
    form = WalkInForm(location, request.POST, may_double=may_double)
    if "free" in request.POST:
        again = WalkInForm(location, initial=request.POST.dict(), may_double=may_double)
        return page(request, "scheduling/walk_in.html", _free(request, again), part="free")
    if "find" in request.POST or form.wants_a_list:
        typed = request.POST.get("who", "")
        listed = {"patient": "", "listed_for": typed, "is_typing": bool(request.htmx)}
        again = WalkInForm(location, initial={**request.POST.dict(), **listed}, may_double=may_double)
        return _show(request, again, _found(request, typed, ""))
    if form.is_valid():
        try:
            return _take(request, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    typed = request.POST.get("who", "")
    return _show(request, form, _found(request, typed, request.POST.get("patient", "")), invalid=True)


def _take(request: OfficeRequest, wanted: dict[str, Any]) -> HttpResponse:
    patient = open_chart(request.actor, wanted["patient"], purpose="walk-in")
    visit = take_walk_in(
        request.actor,
        patient=patient,
        location=location_of(request.actor),
        **{name: value for name, value in wanted.items() if name not in FINDING},
    )
    visit.patient = patient
    at = clock(visit.starts_at, ZoneInfo(visit.location.zone))
    say(request, visit, f"walked in: {at} with {visit.provider.spoken_name}")
    # They stand at the window: nobody is held up, and whoever took them is told what to ask.
    if not_taken := objection_to_insurance(patient, visit.provider, visit.location, today_of(request)):
        toast(request, f"{not_taken} Ask how the visit is paid.")
    return go_to(request, reverse("scheduling:board"))


def _found(request: OfficeRequest, text: str, chosen: str) -> Found:
    try:
        key = UUID(chosen)
    except ValueError:
        return with_booking_alerts(request.actor, candidates(text)) if text.strip() else Found()
    return with_booking_alerts(request.actor, [open_chart(request.actor, key, purpose="walk-in")])


def _free(request: OfficeRequest, form: WalkInForm) -> dict[str, Any]:
    """The form with the times at which each provider could begin with the chosen type today, earliest first."""
    location, field = location_of(request.actor), form["visit_type"]
    types = list(VisitType.objects.filter(is_active=True))
    chosen = next((one for one in types if str(one.pk) == str(field.value())), types[0] if types else None)
    free = free_first(chosen, location) if chosen else []
    form.offer({one.provider.pk: clock(one.starts_at, ZoneInfo(location.zone)) for one in free})
    return {"form": form, "free": free, "free_type": chosen}


def _show(request: OfficeRequest, form: WalkInForm, found: Found, *, invalid: bool = False) -> HttpResponse:
    expected = expected_today(found.patients, location_of(request.actor), timezone.now())
    chosen = str(form["patient"].value() or "")
    only = found.patients[0] if len(found.patients) == 1 and not found.restricted else None
    # Whoever is still typing chooses nobody by it; who is expected today is checked in for that visit.
    if only and only.pk not in expected and not request.htmx:
        chosen = str(only.pk)
    context = {
        **_free(request, form),
        "found": found,
        "expected": expected,
        "chosen": next((one for one in found.patients if str(one.pk) == chosen), None),
        "asks_more": invalid and bool(chosen),
        "may_register": request.actor.may(Permission.REGISTER_PATIENTS),
    }
    return page(request, "scheduling/walk_in.html", context, part="people", invalid=invalid)
