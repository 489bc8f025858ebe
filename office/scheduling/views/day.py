"""The day and the week."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.patients.access import open_chart
from office.scheduling.models import Appointment
from office.scheduling.queries.cards import open_cards
from office.scheduling.queries.day import Sheet, day_sheet, week_sheet
from office.scheduling.views.here import location_of, visit_of
from office.staff.models import Provider


@dataclass(frozen=True)
class Tab:
    """A column, where a narrow screen shows one at a time; ``url`` shows it alone."""

    word: str
    url: str
    provider: Provider
    on: date
    is_current: bool = False


@dataclass(frozen=True)
class Moving:
    """The visit that is being carried to another day."""

    visit: Appointment
    minutes: int
    at: str


@require_GET
@needs(Permission.SEE_SCHEDULE)
def day(request: OfficeRequest, day: date | None = None) -> HttpResponse:
    """One day of this location, a column for each provider."""
    only = request.GET.get("provider", "")
    return page(request, "scheduling/day.html", day_context(request, day or today_of(request), only=only))


@require_GET
@needs(Permission.SEE_SCHEDULE)
def week(request: OfficeRequest, provider_id: UUID | None = None, day: date | None = None) -> HttpResponse:
    """One provider's week at this location."""
    shown = day or today_of(request)
    location = location_of(request.actor)
    works_here = Provider.objects.filter(is_active=True, hours__location=location, hours__from_on__lte=shown)
    choices = list(works_here.distinct())
    if provider_id:
        provider = get_object_or_404(Provider, pk=provider_id)
    elif choices:
        provider = choices[0]
    else:
        raise Http404("Nobody sees patients here.")
    monday = shown - timedelta(days=shown.weekday())
    sheet = week_sheet(location, provider, monday, now=timezone.now())
    end = max([column.on for column in sheet.columns], default=monday)
    until = f"{end.day}" if end.month == monday.month else f"{end:%B} {end.day}"
    context = {
        **_frame(request, sheet),
        "title": f"{monday:%B} {monday.day} to {until}",
        "fact": str(provider),
        "corner": f"{monday:%b}",
        "provider": provider,
        "picked": provider,
        "week": True,
        "is_today": monday <= today_of(request) < monday + timedelta(days=7),
        "before": _week_url(provider, monday - timedelta(days=7)),
        "after": _week_url(provider, monday + timedelta(days=7)),
        "today": reverse("scheduling:week", args=[provider.pk]),
        "day_url": reverse("scheduling:day", args=[shown]),
        "week_url": _week_url(provider, shown),
        "choices": [{"provider": one, "url": _week_url(one, shown)} for one in choices],
        "tabs": [
            Tab(
                f"{column.on:%a} {column.on.day}",
                reverse("scheduling:day", args=[column.on]) + f"?provider={provider.pk}",
                provider,
                column.on,
                column.on == shown,
            )
            for column in sheet.columns
        ],
    }
    return page(request, "scheduling/day.html", context)


def day_context(request: OfficeRequest, shown: date, *, only: str = "") -> dict[str, Any]:
    """Everything that the day's page shows, also when it stands behind a drawer; ``only`` is a provider's key."""
    sheet = day_sheet(location_of(request.actor), shown, now=timezone.now())
    here = reverse("scheduling:day", args=[shown])
    urls = {column.provider: f"{here}?provider={column.provider.pk}" for column in sheet.columns}
    picked = next((column.provider for column in sheet.columns if str(column.provider.pk) == only), None)
    first = picked or (sheet.columns[0].provider if sheet.columns else None)
    tabs = [Tab(one.family_name, url, one, shown, one == first) for one, url in urls.items()]
    if picked:
        sheet.columns = [column for column in sheet.columns if column.provider.pk == picked.pk]
    kept = f"?provider={picked.pk}" if picked else ""
    visits = len(sheet.cards)
    return {
        **_frame(request, sheet),
        "title": f"{shown:%A, %B} {shown.day}" + (f", {shown.year}" if shown.year != sheet.now.year else ""),
        "fact": f"{visits} visit" if visits == 1 else f"{visits} visits",
        "corner": f"{shown:%a} {shown.day}",
        "picked": picked,
        "is_today": shown == sheet.now.date(),
        "before": reverse("scheduling:day", args=[shown - timedelta(days=1)]) + kept,
        "after": reverse("scheduling:day", args=[shown + timedelta(days=1)]) + kept,
        "today": reverse("scheduling:day") + kept,
        "day_url": here,
        "week_url": _week_url(sheet.columns[0].provider, shown) if sheet.columns else reverse("scheduling:week"),
        "choices": [{"provider": one, "url": url} for one, url in urls.items()],
        "tabs": tabs,
    }


def today_of(request: OfficeRequest) -> date:
    """Today by the location's clock."""
    return timezone.localdate(timezone=ZoneInfo(location_of(request.actor).zone))


def _frame(request: OfficeRequest, sheet: Sheet) -> dict[str, Any]:
    """What day and week share. Showing a schedule is reading about everyone on it."""
    open_cards(request.actor, sheet.cards, purpose="schedule")
    return {
        "sheet": sheet,
        "icons": static("img/icons.svg"),
        "moving": _moving(request, sheet.zone),
        "may_check_in": request.actor.may(Permission.CHECK_IN),
    }


def _moving(request: OfficeRequest, zone: ZoneInfo) -> Moving | None:
    try:
        visit = visit_of(UUID(request.GET.get("moving", "")))
    except (ValueError, Http404):
        return None
    open_chart(request.actor, visit.patient_id, purpose="visit")
    minutes = int(visit.span.length.total_seconds() // 60)
    return Moving(visit, minutes, f"{visit.starts_at.astimezone(zone):%H:%M}")


def _week_url(provider: Provider, on: date) -> str:
    return reverse("scheduling:week", args=[provider.pk, on])
