"""The check-in desk. Checking in the wrong person is the accident to prevent."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from office.core.actions import Refused
from office.core.pages import OfficeRequest, needs
from office.core.permissions import Permission
from office.patients.access import open_chart
from office.patients.models import Coverage, Patient
from office.scheduling.actions.day import check_in as check_in_patient
from office.scheduling.forms import CheckInForm
from office.scheduling.models import Appointment
from office.scheduling.queries.board import next_hour, today
from office.scheduling.queries.cards import Card, cover, open_cards
from office.scheduling.rules import check_in as lights_rules
from office.scheduling.rules import statuses
from office.scheduling.rules.check_in import LightState
from office.scheduling.views.after import say
from office.scheduling.views.drawer import light_lines
from office.scheduling.views.here import location_of, visit_of


@dataclass
class Window:
    """A person at the desk."""

    number: int
    visit: Appointment
    patient: Patient
    lights: list[tuple[str, LightState]]
    in_order: bool
    is_name_alert: bool
    alike: list[Card]
    form: CheckInForm
    coverage: Coverage | None
    is_expected: bool
    may_pass: bool
    chart_url: str

    @property
    def wants_a_look(self) -> int:
        return sum(light.state == "amber" for _, light in self.lights)


@require_GET
@needs(Permission.CHECK_IN)
def desk(request: OfficeRequest) -> HttpResponse:
    """Who comes in the next hour."""
    return _show(request, [])


@require_http_methods(["GET", "POST"])
@needs(Permission.CHECK_IN)
def check_in_visit(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """One person at the window, or two (``other``): what is in order, and one press."""
    visit = visit_of(appointment_id)
    if request.method == "GET":
        return _show(request, [visit, *_other(request)])
    patient = open_chart(request.actor, visit.patient_id, purpose="check-in")
    form = CheckInForm(request.POST)
    if form.is_valid():
        try:
            done = check_in_patient(
                request.actor,
                appointment=visit,
                **form.cleaned_data,
            )
        except Refused as refusal:
            form.add_error("birth_date" if form.cleaned_data["birth_date"] else None, str(refusal))
        else:
            done.patient = patient
            say(request, done, "checked in")
            response = HttpResponseRedirect(reverse("scheduling:check_in"))
            response.status_code = 303
            return response
    return _show(request, [visit, *_other(request)], form, status=422)


def _other(request: OfficeRequest) -> list[Appointment]:
    try:
        return [visit_of(UUID(request.GET.get("other", "")))]
    except ValueError:
        return []


def _window(request: OfficeRequest, number: int, visit: Appointment, cards: list[Card], form: CheckInForm) -> Window:
    lights = light_lines(request, visit)
    mine = next((card for card in cards if card.visit.pk == visit.pk), None)
    return Window(
        number=number,
        visit=visit,
        patient=visit.patient,
        lights=lights,
        in_order=lights_rules.all_in_order(light for _, light in lights),
        is_name_alert=bool(mine and mine.is_name_alert),
        alike=[card for card in cards if mine and card.visit.patient_id in mine.alike],
        form=form,
        coverage=_coverage(visit.patient),
        is_expected=visit.status in statuses.EXPECTED,
        may_pass=bool(visit.patient.birth_date) and not visit.patient.is_deceased,
        chart_url=reverse("patients:chart", args=[visit.patient_id]),
    )


def _coverage(patient: Patient) -> Coverage | None:
    """What pays first today, or else what paid last."""
    rows = Coverage.objects.filter(patient=patient).select_related("plan__payer").prefetch_related("card_pictures")
    return rows.current(timezone.localdate()).first() or rows.first()


def _show(
    request: OfficeRequest, visits: list[Appointment], form: CheckInForm | None = None, *, status: int = 200
) -> HttpResponse:
    location, now = location_of(request.actor), timezone.now()
    cards = today(location, now)
    due = next_hour(cards, now.astimezone(ZoneInfo(location.zone)))
    cover(request.actor, cards)
    open_cards(request.actor, due, purpose="check-in desk")
    for visit in visits:
        open_chart(request.actor, visit.patient_id, purpose="check-in")
    windows = [
        _window(
            request,
            number,
            visit,
            cards,
            form if form and number == 1 else CheckInForm(initial={"version": visit.version}, auto_id=f"w{number}_%s"),
        )
        for number, visit in enumerate(visits, 1)
    ]
    context: dict[str, Any] = {
        "due": due,
        "now": now,
        "windows": windows,
        "at": {window.visit.pk: window.number for window in windows},
        "first": windows[0].visit.pk if len(windows) == 1 else None,
        "waiting": sum(card.visit.status == "arrived" for card in cards),
    }
    return render(request, "scheduling/check_in.html", context, status=status)
