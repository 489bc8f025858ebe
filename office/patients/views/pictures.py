"""Pictures of a chart: the patient's photo and the sides of an insurance card, shown to whoever may open it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET, require_http_methods

from office.core import files
from office.core.pages import OfficeRequest, needs
from office.core.permissions import Permission
from office.patients.access import open_chart
from office.patients.actions.pictures import remove_photo, set_photo
from office.patients.forms.pictures import PhotoForm, RemoveForm
from office.patients.models import CardPicture, Patient
from office.patients.views.small_form import PURPOSE, SmallForm, small_form

#: Pages that show a picture, as each opened the chart: a picture is part of its page and leaves no second trace.
PAGES = {"visit", "check-in", PURPOSE}


@require_GET
@needs(Permission.OPEN_CHARTS)
def photo(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """The patient's photo."""
    return _shown(open_chart(request.actor, patient_id, purpose=_page(request)).photo)


@require_GET
@needs(Permission.OPEN_CHARTS)
def card(request: OfficeRequest, patient_id: UUID, picture_id: UUID) -> HttpResponse:
    """One side of an insurance card, the present or an earlier one."""
    patient = open_chart(request.actor, patient_id, purpose=_page(request))
    return _shown(get_object_or_404(CardPicture, pk=picture_id, coverage__patient=patient).picture)


def _page(request: OfficeRequest) -> str:
    asked = request.GET.get("for", "")
    return asked if asked in PAGES else PURPOSE


def _shown(name: str) -> HttpResponse:
    try:
        return HttpResponse(files.read(name), content_type="image/jpeg")
    except (files.Missing, files.Corrupted) as fault:
        raise Http404("There is no picture, or it cannot be read.") from fault


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def photo_change(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Take or choose a photo."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        set_photo(request.actor, patient=patient, data=values["photo"])
        return f"{patient.short_name}: photo saved."

    return small_form(
        request, patient_id, SmallForm(PhotoForm, "Photo", "Save photo", above="patients/above/photo.html"), done
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def photo_remove(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Show no photo any more."""

    def done(patient: Patient, _values: dict[str, Any]) -> str:
        remove_photo(request.actor, patient=patient)
        return f"{patient.short_name}: photo removed."

    lead = "The chart shows no photo from then on. Who removed it stays on the audit trail."
    return small_form(request, patient_id, SmallForm(RemoveForm, "Remove the photo", "Remove", lead=lead), done)
