"""Insurance on the chart: added, corrected, ended, and the pictures of its card."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from office.core.pages import OfficeRequest, needs
from office.core.permissions import Permission
from office.patients.access import chart_of
from office.patients.actions.insurance import end_coverage, set_card_pictures, set_coverage
from office.patients.forms.insurance import CoverageEndForm, CoverageForm, NewCoverageForm
from office.patients.forms.pictures import CardForm
from office.patients.models import Coverage, Patient
from office.patients.views.small_form import SmallForm, small_form


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def coverage(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Add insurance, with pictures of the card."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        set_coverage(request.actor, patient=patient, **values)
        return f"{patient.short_name}: insurance saved."

    return small_form(request, patient_id, SmallForm(NewCoverageForm, "New insurance"), done)


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def correct(request: OfficeRequest, patient_id: UUID, coverage_id: UUID) -> HttpResponse:
    """Correct what was typed from the card."""
    row = _coverage(patient_id, coverage_id)

    def done(patient: Patient, values: dict[str, Any]) -> str:
        set_coverage(request.actor, patient=patient, coverage=row, **values)
        return f"{patient.short_name}: insurance corrected."

    on_file = {name: getattr(row, name) for name in CoverageForm.base_fields if hasattr(row, name)}
    on_file |= {"payer": row.plan.payer.name, "plan": row.plan.name}
    lead = "For what was typed wrong. A new plan or number is new insurance: end this one, so that it stays on file."
    return small_form(
        request, patient_id, SmallForm(CoverageForm, "Correct insurance", lead=lead, initial=on_file), done
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def end(request: OfficeRequest, patient_id: UUID, coverage_id: UUID) -> HttpResponse:
    """Note the last day that it covers."""
    row = _coverage(patient_id, coverage_id)

    def done(patient: Patient, values: dict[str, Any]) -> str:
        end_coverage(request.actor, coverage=row, **values)
        return f"{patient.short_name}: {row.plan.payer} ends {row.ends_on:%m/%d/%Y}."

    lead = f"{row.plan.payer}, {row.plan}, member {row.member_id}"
    initial = {"ends_on": row.ends_on or timezone.localdate()}
    return small_form(
        request, patient_id, SmallForm(CoverageEndForm, "End insurance", "End", lead=lead, initial=initial), done
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def card(request: OfficeRequest, patient_id: UUID, coverage_id: UUID) -> HttpResponse:
    """The card's pictures, now and before, and new ones."""
    row = _coverage(patient_id, coverage_id)

    def done(patient: Patient, values: dict[str, Any]) -> str:
        set_card_pictures(request.actor, coverage=row, **values)
        return f"{patient.short_name}: card saved."

    asked = SmallForm(
        CardForm, "Insurance card", "Save card", above="patients/above/card.html", beside={"coverage": row}
    )
    return small_form(request, patient_id, asked, done)


def _coverage(patient_id: UUID, coverage_id: UUID) -> Coverage:
    rows = Coverage.objects.select_related("plan__payer").prefetch_related("card_pictures")
    return get_object_or_404(rows, pk=coverage_id, patient=chart_of(patient_id))
