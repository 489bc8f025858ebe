"""Changing a chart: one small form each, all on one template."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.patients.access import open_chart
from office.patients.actions.chart import end_alert, set_alert
from office.patients.actions.correction import Stale, correct_patient
from office.patients.actions.merging import merge_charts, objection_to, relations, undo_merge
from office.patients.actions.reach import add_telecom, record_consent, set_address, set_contact
from office.patients.forms.chart import (
    AddressForm,
    AlertForm,
    ConsentForm,
    ContactForm,
    MergeForm,
    TelecomForm,
)
from office.patients.forms.registration import CorrectionForm
from office.patients.models import Alert, Merge, Patient
from office.patients.views.small_form import PURPOSE, SmallForm, small_form


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def correct(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Correct who someone is; a change that someone else made meanwhile is shown beside one's own."""
    patient = open_chart(request.actor, patient_id, purpose=PURPOSE)
    on_file = {name: getattr(patient, name) for name in CorrectionForm.base_fields if hasattr(patient, name)}
    form = CorrectionForm(request.POST or None, patient=patient, initial=on_file)
    stale: Stale | None = None
    if form.is_valid():
        changes = {**form.particulars(), "custody_note": form.cleaned_data["custody_note"]}
        version, keep = form.cleaned_data["version"], form.cleaned_data["keep_old_name"]
        try:
            correct_patient(request.actor, patient=patient, version=version, changes=changes, keep_old_name=keep)
        except Stale as refusal:
            stale = refusal
            form.data = {**form.data.dict(), "version": str(patient.version)}  # type: ignore[attr-defined]
            form.add_error(None, str(refusal))
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{patient.short_name}: saved.")
            return go_to(request, reverse("patients:chart", args=[patient.pk]))
    context = {
        "form": form, "patient": patient, "title": "Correct", "button": "Save",
        "theirs": [(form[name].label, value) for name, value in stale.theirs.items()] if stale else [],
    }  # fmt: skip
    return page(request, "patients/change.html", context, part="form", invalid=bool(form.errors))


@require_http_methods(["GET", "POST"])
@needs(Permission.SET_ALERTS)
def alert(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Put an alert on the chart."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        set_alert(request.actor, patient=patient, **values)
        return f"{patient.short_name}: alert set."

    return small_form(request, patient_id, SmallForm(AlertForm, "New alert", "Set alert"), done)


@require_POST
@needs(Permission.SET_ALERTS)
def alert_end(request: OfficeRequest, patient_id: UUID, alert_id: UUID) -> HttpResponse:
    """Take an alert away."""
    patient = open_chart(request.actor, patient_id, purpose=PURPOSE)
    end_alert(request.actor, alert=get_object_or_404(Alert, pk=alert_id, patient=patient))
    toast(request, f"{patient.short_name}: alert ended.")
    return go_to(request, reverse("patients:chart", args=[patient.pk]))


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def contact(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Add someone around the patient."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        set_contact(request.actor, patient=patient, **values)
        return f"{patient.short_name}: contact added."

    return small_form(request, patient_id, SmallForm(ContactForm, "New contact"), done)


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def telecom(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Add a phone number or an e-mail address."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        add_telecom(request.actor, patient=patient, **values)
        return f"{patient.short_name}: number or address added."

    return small_form(request, patient_id, SmallForm(TelecomForm, "New phone or e-mail"), done)


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def address(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Change an address; the one until now is kept as an old one."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        set_address(request.actor, patient=patient, **values)
        return f"{patient.short_name}: address saved."

    return small_form(request, patient_id, SmallForm(AddressForm, "New address"), done)


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def consent(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Note what the patient agreed to or refused."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        record_consent(request.actor, patient=patient, **values)
        return f"{patient.short_name}: answer noted."

    return small_form(request, patient_id, SmallForm(ConsentForm, "What the patient says"), done)


@require_http_methods(["GET", "POST"])
@needs(Permission.MERGE_PATIENTS)
def merge(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Show what would move from the other chart into this one, then do it."""
    kept = open_chart(request.actor, patient_id, purpose="merging charts")
    form = MergeForm(request.POST or None)
    other: Patient | None = None
    if form.is_valid():
        found = Patient.objects.filter(mrn=form.cleaned_data["other"].strip()).first()
        if found is None:
            form.add_error("other", "There is no chart of that number.")
        else:
            other = open_chart(request.actor, found.pk, purpose="merging charts")
            if objection := objection_to(kept, other):
                form.add_error("other", objection)
    if other and not form.errors and "merge" in request.POST:
        try:
            merge_charts(request.actor, kept=kept, merged=other, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            toast(request, f"{other.short_name} (MRN {other.mrn}) is part of this chart now.")
            return go_to(request, reverse("patients:chart", args=[kept.pk]))
    moving = _moving(other) if other and not form.has_error("other") else []
    context = {"form": form, "patient": kept, "other": other, "moving": moving}
    return page(request, "patients/merge.html", context, part="form", invalid=bool(form.errors))


def _moving(patient: Patient) -> list[tuple[str, int]]:
    """Return what would move from this chart and how much of it."""
    counted = (
        (str(model._meta.verbose_name_plural), model._base_manager.filter(**{field: patient}).count())
        for model, field in relations()
    )
    return sorted((one for one in counted if one[1]), key=lambda one: -one[1])


@require_POST
@needs(Permission.MERGE_PATIENTS)
def merge_undo(request: OfficeRequest, merge_id: UUID) -> HttpResponse:
    """Make them two charts again."""
    row = get_object_or_404(Merge, pk=merge_id)
    open_chart(request.actor, row.kept_id, purpose="merging charts")
    try:
        undo_merge(request.actor, merge=row)
    except Refused as refusal:
        toast(request, str(refusal))
    else:
        toast(request, "They are two charts again.")
    return go_to(request, reverse("patients:chart", args=[row.kept_id]))
