"""A patient's identifiers: added, ended, and a sealed one shown whole for a reason."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from office.core.actions import Refused
from office.core.pages import OfficeRequest, needs, page
from office.core.permissions import Permission
from office.patients.access import chart_of, open_chart
from office.patients.actions.identifiers import Reason, add_identifier, end_identifier, reveal_number
from office.patients.forms.identifiers import IdentifierForm, RevealForm
from office.patients.forms.standing import EndForm
from office.patients.models import Identifier, Patient
from office.patients.queries.identifiers import is_on_another_chart
from office.patients.views.small_form import PURPOSE, SmallForm, small_form


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def identifier(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Add a number that someone gave the patient."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        row = add_identifier(request.actor, patient=patient, **values)
        also = (
            " Another chart has the same number: look whether they are one person." if is_on_another_chart(row) else ""
        )
        return f"{patient.short_name}: number added.{also}"

    return small_form(request, patient_id, SmallForm(IdentifierForm, "Another number", "Add number"), done)


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def end(request: OfficeRequest, patient_id: UUID, identifier_id: UUID) -> HttpResponse:
    """From a day on a number counts no more."""
    row = _identifier(patient_id, identifier_id)

    def done(patient: Patient, values: dict[str, Any]) -> str:
        end_identifier(request.actor, identifier=row, **values)
        return f"{patient.short_name}: number ended."

    lead = (
        f"{row.get_kind_display()} {row.value}".strip() + ": it stays on the chart, and the chart is still found by it."
    )
    initial = {"on": timezone.localdate()}
    return small_form(request, patient_id, SmallForm(EndForm, "End a number", "End", lead=lead, initial=initial), done)


@require_http_methods(["GET", "POST"])
@needs(Permission.REVEAL_NUMBERS)
def reveal(request: OfficeRequest, patient_id: UUID, identifier_id: UUID) -> HttpResponse:
    """Say why, then see the whole number on this answer and nowhere else."""
    patient = open_chart(request.actor, patient_id, purpose=PURPOSE)
    row = _identifier(patient_id, identifier_id)
    form, number = RevealForm(request.POST or None), ""
    if form.is_valid():
        try:
            number = reveal_number(request.actor, identifier=row, reason=Reason(form.cleaned_data["reason"]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"patient": patient, "identifier": row, "form": form, "number": number}
    return page(request, "patients/reveal.html", context, part="form", invalid=bool(form.errors))


def _identifier(patient_id: UUID, identifier_id: UUID) -> Identifier:
    return get_object_or_404(Identifier, pk=identifier_id, patient=chart_of(patient_id))
