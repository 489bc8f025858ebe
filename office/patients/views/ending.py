"""Other names of a patient, and what of a chart counts no more: names, numbers, addresses, contacts."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from office.core.pages import OfficeRequest, needs
from office.core.permissions import Permission
from office.core.words import phone_words
from office.patients.access import chart_of
from office.patients.actions.reach import add_name, end_address, end_contact, end_name, end_telecom
from office.patients.forms.standing import EndForm, NameEndForm, NameForm
from office.patients.models import Address, Contact, Name, Patient, Telecom
from office.patients.views.small_form import SmallForm, small_form


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def name(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Add a former name, a preferred one or an alias."""

    def done(patient: Patient, values: dict[str, Any]) -> str:
        add_name(request.actor, patient=patient, **values)
        return f"{patient.short_name}: name added."

    return small_form(request, patient_id, SmallForm(NameForm, "Another name", "Add name"), done)


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def name_end(request: OfficeRequest, patient_id: UUID, name_id: UUID) -> HttpResponse:
    """Note until when the patient had a name."""
    row = get_object_or_404(Name, pk=name_id, patient=chart_of(patient_id))

    def done(patient: Patient, values: dict[str, Any]) -> str:
        end_name(request.actor, name=row, **values)
        return f"{patient.short_name}: name ended."

    lead = f"{row}, {row.get_kind_display().lower()}"
    asked = SmallForm(NameEndForm, "End a name", "End name", lead=lead, initial={"until_on": row.until_on or _today()})
    return small_form(request, patient_id, asked, done)


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def telecom_end(request: OfficeRequest, patient_id: UUID, telecom_id: UUID) -> HttpResponse:
    """Stop using a phone number or an e-mail address."""
    row = get_object_or_404(Telecom, pk=telecom_id, patient=chart_of(patient_id))
    is_email = row.system == Telecom.System.EMAIL

    def done(patient: Patient, values: dict[str, Any]) -> str:
        end_telecom(request.actor, telecom=row, **values)
        return f"{patient.short_name}: {'e-mail address' if is_email else 'number'} ended."

    lead = f"{row.value if is_email else phone_words(row.value)} is kept as an old one and not used any more."
    title = "End an e-mail address" if is_email else "End a number"
    asked = SmallForm(EndForm, title, "End", lead=lead, initial={"on": _today()})
    return small_form(request, patient_id, asked, done)


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def address_end(request: OfficeRequest, patient_id: UUID, address_id: UUID) -> HttpResponse:
    """Send nothing to an address any more."""
    row = get_object_or_404(Address, pk=address_id, patient=chart_of(patient_id))

    def done(patient: Patient, values: dict[str, Any]) -> str:
        end_address(request.actor, address=row, **values)
        return f"{patient.short_name}: address ended."

    lead = f"{row} is kept as an old one. Nothing is sent there any more."
    return small_form(
        request, patient_id, SmallForm(EndForm, "End an address", "End", lead=lead, initial={"on": _today()}), done
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.CORRECT_PATIENTS)
def contact_end(request: OfficeRequest, patient_id: UUID, contact_id: UUID) -> HttpResponse:
    """From a day on somebody may not be told, bring, consent or speak for the patient."""
    row = get_object_or_404(Contact, pk=contact_id, patient=chart_of(patient_id))

    def done(patient: Patient, values: dict[str, Any]) -> str:
        end_contact(request.actor, contact=row, **values)
        return f"{patient.short_name}: {row.name} ended as a contact."

    lead = f"{row.name}, {row.relationship}: from that day on not told, not bringing, not consenting, not speaking."
    if row.is_guarantor:
        lead += " They are the responsible party: add who pays from then on."
    return small_form(
        request, patient_id, SmallForm(EndForm, "End a contact", "End", lead=lead, initial={"on": _today()}), done
    )


def _today() -> object:
    return timezone.localdate()
