"""The visit's label: name, birth date, and NAME ALERT where names are alike today."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.core import prints
from office.core.pages import OfficeRequest, needs
from office.core.permissions import Permission
from office.patients.access import open_chart
from office.scheduling.queries.board import today
from office.scheduling.rules.spans import clock
from office.scheduling.views.here import visit_of


@require_GET
@needs(Permission.SEE_SCHEDULE)
def label(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """A label of 62 by 29 mm as PDF."""
    visit = visit_of(appointment_id)
    patient = open_chart(request.actor, visit.patient_id, purpose="printing a label")
    zone = ZoneInfo(visit.location.zone)
    alike = next(
        (card.is_name_alert for card in today(visit.location, visit.starts_at) if card.visit.pk == visit.pk), False
    )
    local = visit.starts_at.astimezone(zone)
    data = {
        "name": patient.name,
        "born": f"{patient.birth_date:%m/%d/%Y}" if patient.birth_date else "not known",
        "mrn": patient.mrn,
        "visit": f"{local:%m/%d/%Y} {clock(visit.starts_at, zone)}, {visit.provider.family_name}",
        "alert": alike,
        "printed": f"{timezone.now().astimezone(zone):%m/%d/%Y}",
    }
    return prints.answer(prints.pdf("scheduling", "label", data), "label")
