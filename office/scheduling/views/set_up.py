"""Set-up's cards of the schedule: hours of a provider, holidays, appointment types; and the rehearsal."""

from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.practice.models import Location
from office.practice.set_up import set_up_page
from office.scheduling.actions import visit_types
from office.scheduling.actions.closures import keep_holidays, set_week
from office.scheduling.forms import HolidaysForm, ProviderWeekForm, VisitTypeForm
from office.scheduling.models import VisitType
from office.scheduling.queries.set_up import first_day, rehearse
from office.scheduling.rules.holidays import holidays_between
from office.scheduling.rules.hours import within_reach
from office.scheduling.rules.starters import STARTERS
from office.scheduling.views.here import location_of
from office.staff.models import Provider

A_YEAR_AND_A_HALF = timedelta(days=548)


@require_http_methods(["GET", "POST"])
@needs(Permission.CLOSE_DAYS)
def hours(request: OfficeRequest, provider_id: UUID) -> HttpResponse:
    """A provider's usual week at this location, from a day on."""
    provider = Provider.objects.filter(pk=provider_id).first()
    if provider is None:
        raise Http404("There is no such provider.")
    location = location_of(request.actor)
    form = ProviderWeekForm(request.POST or None, provider=provider, location=location, today=timezone.localdate())
    if form.is_valid():
        try:
            set_week(request.actor, provider=provider, location=location, **form.week())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"Hours of {provider.spoken_name} at {location} saved.")
            return go_to(request, reverse("staff:set_up_provider", args=[provider.pk]))
    context = {"form": form, "provider": provider, "location": location}
    return set_up_page(request, "scheduling/set_up/hours.html", "providers", context, invalid=bool(form.errors))


@require_http_methods(["GET", "POST"])
@needs(Permission.CLOSE_DAYS)
def holidays(request: OfficeRequest) -> HttpResponse:
    """On which holidays this location's doors stay closed."""
    location = location_of(request.actor)
    today = timezone.localdate()
    listed = holidays_between(today, today + A_YEAR_AND_A_HALF)
    form = HolidaysForm(request.POST or None, location=location, listed=listed)
    if form.is_valid():
        try:
            closed, opened = keep_holidays(request.actor, location=location, **form.kept())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{location}: {closed} days closed, {opened} opened again.")
            return go_to(request, reverse("practice:set_up_locations"))
    context = {"form": form, "location": location}
    return set_up_page(request, "scheduling/set_up/holidays.html", "locations", context, invalid=bool(form.errors))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PRACTICE)
def types(request: OfficeRequest) -> HttpResponse:
    """What can be booked, and something new."""
    return _types(request, None)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PRACTICE)
def one_type(request: OfficeRequest, type_id: UUID) -> HttpResponse:
    """One appointment type, to change or retire."""
    found = VisitType.objects.filter(pk=type_id).first()
    if found is None:
        raise Http404("There is no such appointment type.")
    return _types(request, found)


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def begin(request: OfficeRequest) -> HttpResponse:
    """Begin with a specialty's set."""
    try:
        made = visit_types.begin_with(request.actor, specialty=request.POST.get("specialty", ""))
    except Refused as refusal:
        toast(request, f"{refusal} Nothing was changed.")
    else:
        toast(request, f"{len(made)} appointment types added. Change what does not fit.")
    return go_to(request, reverse("scheduling:set_up_types"))


@require_GET
@needs(Permission.SEE_SET_UP)
def rehearsal(request: OfficeRequest) -> HttpResponse:
    """A day played through: who works, and what can be booked."""
    location = Location.objects.filter(pk=request.actor.at).first() if request.actor.at else None
    try:
        day = within_reach(date.fromisoformat(request.GET.get("day", "")))
    except ValueError:
        day = first_day()
    played = rehearse(location, day) if location else None
    zone = ZoneInfo(location.zone) if location else None
    return page(request, "scheduling/set_up/rehearsal.html", {"played": played, "day": day, "zone": zone})


def _types(request: OfficeRequest, one: VisitType | None) -> HttpResponse:
    providers = list(Provider.objects.filter(is_active=True))
    form = VisitTypeForm(request.POST or None, one=one, providers=providers)
    if form.is_valid():
        try:
            if one is None:
                visit_types.add_visit_type(request.actor, **form.values())
            else:
                visit_types.change_visit_type(request.actor, visit_type=one, **form.values())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{form.cleaned_data['name']} saved.")
            return go_to(request, reverse("scheduling:set_up_types"))
    context = {"form": form, "one": one, "types": VisitType.objects.all(), "specialties": list(STARTERS)}
    return set_up_page(request, "scheduling/set_up/types.html", "types", context, invalid=bool(form.errors))
