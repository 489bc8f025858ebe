"""A death: recorded in one act, undone at once, or taken back later with a reason."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, way_back
from office.core.permissions import Permission
from office.core.toasts import toast
from office.patients.access import open_chart
from office.patients.actions.death import record_death, take_back_death
from office.patients.forms.standing import DeathForm, TakeBackForm
from office.patients.models import Patient
from office.patients.views.small_form import PURPOSE, SmallForm, small_form


@require_http_methods(["GET", "POST"])
@needs(Permission.RECORD_DEATH)
def death(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Record a death in one act; for a minute it can be undone before anything stops."""

    def done(patient: Patient, values: dict[str, Any]) -> tuple[str, str]:
        record_death(request.actor, patient=patient, **values)
        text = f"{patient.short_name}: death recorded. Visits to come, messages and recalls stop in a minute."
        return text, reverse("patients:death_undo", args=[patient.pk])

    return small_form(request, patient_id, SmallForm(DeathForm, "Record a death", "Record the death"), done)


@require_POST
@needs(Permission.RECORD_DEATH)
def death_undo(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Undo it while nothing has stopped; later the reason is asked for."""
    patient = open_chart(request.actor, patient_id, purpose=PURPOSE)
    try:
        take_back_death(request.actor, patient=patient)
    except Refused as refusal:
        toast(request, str(refusal))
        return go_to(request, reverse("patients:death_take_back", args=[patient.pk]))
    toast(request, f"{patient.short_name}: not recorded as deceased. No visit was canceled.")
    return go_to(request, way_back(request, reverse("patients:chart", args=[patient.pk])))


@require_http_methods(["GET", "POST"])
@needs(Permission.RECORD_DEATH)
def death_take_back(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """The death was recorded by mistake."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        take_back_death(request.actor, patient=patient, **values)
        return f"{patient.short_name}: not deceased. Visits that were canceled come to the worklist; none is rebooked."

    lead = (
        "This patient is living and was recorded as deceased by mistake. Visits that were canceled stay canceled: "
        "they are listed as a task, so that someone calls the patient."
    )
    return small_form(
        request, patient_id, SmallForm(TakeBackForm, "Take back a death", "Take it back", lead=lead), done
    )
