"""The flow board, and the panels that Home and the face sheet show."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.patients.access import open_chart
from office.scheduling.models import Appointment
from office.scheduling.queries.board import board as read_board
from office.scheduling.queries.board import next_to_arrive, running, today
from office.scheduling.queries.cards import open_cards
from office.scheduling.queries.day import day_sheet
from office.scheduling.rules import statuses
from office.scheduling.views.here import location_of


@require_GET
@needs(Permission.SEE_SCHEDULE)
def board(request: OfficeRequest) -> HttpResponse:
    """Scheduled, arrived, roomed, checked out; asked again every few seconds by the page itself."""
    location = location_of(request.actor)
    try:
        provider_id = UUID(request.GET.get("provider", ""))
    except ValueError:
        provider_id = None
    found = read_board(location, timezone.now(), provider_id)
    open_cards(request.actor, found.cards, purpose="flow board")
    context = {
        "board": found,
        "provider_id": provider_id,
        "address": request.get_full_path(),
        "may_check_in": request.actor.may(Permission.CHECK_IN),
        "may_room": request.actor.may(Permission.ROOM_PATIENTS),
    }
    return page(request, "scheduling/board.html", context, part="board")


@require_GET
@needs(Permission.SEE_SCHEDULE)
def arriving(request: OfficeRequest) -> HttpResponse:
    """Home's panel: who comes next."""
    now = timezone.now()
    cards = next_to_arrive(today(location_of(request.actor), now), now)
    open_cards(request.actor, cards, purpose="next to arrive")
    return page(request, "scheduling/panels/arriving.html", {"cards": cards, "now": now})


@require_GET
@needs(Permission.SEE_SCHEDULE)
def running_late(request: OfficeRequest) -> HttpResponse:
    """Home's panel: how late each provider runs."""
    now = timezone.now()
    return page(
        request, "scheduling/panels/running.html", {"running": running(today(location_of(request.actor), now), now)}
    )


@require_GET
@needs(Permission.SEE_SCHEDULE)
def counts(request: OfficeRequest) -> HttpResponse:
    """Home's panel: the day in four figures."""
    location, now = location_of(request.actor), timezone.now()
    sheet = day_sheet(location, now.astimezone(ZoneInfo(location.zone)).date(), now=now)
    statuses_now = [card.visit.status for card in sheet.cards]
    figures = [
        ("Visits", len(statuses_now)),
        ("Done", statuses_now.count(statuses.DONE)),
        ("Waiting", statuses_now.count(statuses.ARRIVED)),
        ("Open", sheet.open_count),
    ]
    return page(request, "scheduling/panels/counts.html", {"figures": figures})


@require_GET
@needs(Permission.SEE_SCHEDULE)
def visits_of_patient(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """The face sheet's panel: what comes, and what was."""
    patient = open_chart(request.actor, patient_id, purpose="face sheet")
    visits = Appointment.objects.filter(patient=patient).select_related("provider", "visit_type", "location")
    now = timezone.now()
    context = {
        "patient": patient,
        "coming": list(visits.filter(starts_at__gte=now).order_by("starts_at")[:10]),
        "past": list(visits.filter(starts_at__lt=now).order_by("-starts_at")[:20]),
        "may_book": request.actor.may(Permission.BOOK_APPOINTMENTS),
    }
    return page(request, "scheduling/panels/visits.html", context)
