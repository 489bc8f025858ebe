"""Reports on the schedule: counts, nobody's name."""

import csv
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.tables.writing import harmless
from office.practice.models import Location
from office.scheduling.forms import CancellationsForm
from office.scheduling.queries.cancellations import Cancellations, cancellations

DAYS_AT_FIRST = 30


@require_GET
@needs(Permission.SEE_SCHEDULE)
def canceled(request: OfficeRequest) -> HttpResponse:
    """Why visits were canceled, by reason and provider, at the locations where the person works."""
    form = _form(request)
    context: dict[str, Any] = {"form": form}
    if not form.is_valid():
        return page(request, "scheduling/cancellations.html", context, invalid=True)
    kept = {name: value for name, value in form.data.items() if value and name in form.fields}
    context |= {
        "report": _asked(form),
        "download": f"{reverse('scheduling:cancellations_csv')}?{urlencode(kept)}",
    }
    return page(request, "scheduling/cancellations.html", context)


@require_GET
@needs(Permission.SEE_SCHEDULE)
def canceled_csv(request: OfficeRequest) -> HttpResponse:
    """The same counts as a file for a spreadsheet, a line for each location, provider and reason."""
    form = _form(request)
    if not form.is_valid():
        return go_to(request, f"{reverse('scheduling:cancellations')}?{request.GET.urlencode()}")
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="cancellations-{timezone.localdate():%Y-%m-%d}.csv"'
    writer = csv.writer(response)
    writer.writerow(["From", "To", "Location", "Provider", "Reason", "Visits"])
    days = [f"{form.cleaned_data[name]:%Y-%m-%d}" for name in ("since", "until")]
    for line in _asked(form).lines:
        writer.writerow([*days, harmless(line.location), harmless(line.provider), harmless(line.reason), line.visits])
    return response


def _form(request: OfficeRequest) -> CancellationsForm:
    places = [place for place in getattr(request.actor, "locations", ()) if isinstance(place, Location)]
    today: date = timezone.localdate()
    begin = {"since": f"{today - timedelta(days=DAYS_AT_FIRST - 1):%m/%d/%Y}", "until": f"{today:%m/%d/%Y}"}
    return CancellationsForm(places, {**begin, **request.GET.dict()})


def _asked(form: CancellationsForm) -> Cancellations:
    asked = form.cleaned_data
    places = [place for place in form.locations if asked["location"] in {"", str(place.pk)}]
    return cancellations(places, asked["since"], asked["until"], provider=asked["provider"])
