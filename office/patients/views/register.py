"""Registration on one page, with a live warning when the person is likely here already."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page, way_back
from office.core.permissions import Permission
from office.core.toasts import toast
from office.patients.access import open_list
from office.patients.actions.insurance import set_coverage
from office.patients.actions.registration import register_patient
from office.patients.forms.registration import RegistrationForm
from office.patients.models import Patient
from office.patients.queries.duplicates import Likeness, possible_duplicates
from office.patients.queries.restriction import closed_to

DRAFT = "registration"


@require_http_methods(["GET", "POST"])
@needs(Permission.REGISTER_PATIENTS)
def register(request: OfficeRequest) -> HttpResponse:
    """Register, or look who may be this person (``look``); what is typed is kept as a draft either way.

    A page that needs someone new names itself in ``next`` and is told whom in ``patient``.
    """
    draft = request.session.get(DRAFT, {})
    form = RegistrationForm(request.POST if request.method == "POST" else draft.get("values"))
    if request.method == "POST":
        values = {name: value for name, value in request.POST.items() if name in form.fields}
        request.session[DRAFT] = draft = {"values": values, "at": timezone.now().isoformat()}
        if "forget" in request.POST:
            request.session.pop(DRAFT)
            return go_to(request, reverse("patients:register"))
    is_valid = form.is_bound and form.is_valid()
    alike, closed = _alike(request, form) if form.is_bound else ([], [])
    asks = request.method == "POST" and "look" not in request.POST
    if asks and is_valid:
        try:
            patient = _registered(request, form, [*alike, *closed])
        except Refused as refusal:
            form.add_error("different" if any(one.is_likely for one in [*alike, *closed]) else None, str(refusal))
        else:
            request.session.pop(DRAFT, None)
            toast(request, f"{patient.name} is registered, MRN {patient.mrn}.")
            asked_by = way_back(request, "")
            return go_to(
                request,
                f"{asked_by}?patient={patient.pk}" if asked_by else reverse("patients:chart", args=[patient.pk]),
            )
    born = form.cleaned_data.get("birth_date") if form.is_bound else None
    shown = form if asks or not form.is_bound else _as_typed(form)
    context: dict[str, Any] = {
        "form": shown, "alike": alike, "likely": [one for one in alike if one.is_likely], "draft": draft, "born": born,
        "next": request.POST.get("next", request.GET.get("next", "")),
        "is_like_a_restricted_chart": any(one.is_likely for one in closed),
    }  # fmt: skip
    return page(request, "patients/register.html", context, part="question", invalid=asks and bool(form.errors))


def _registered(request: OfficeRequest, form: RegistrationForm, alike: list[Likeness]) -> Patient:
    why = form.cleaned_data["different"]
    different = {one.patient.pk: why for one in alike if one.is_likely} if why else {}
    patient = register_patient(
        request.actor, who=form.who(), reach=form.reach(), guarantor=form.guarantor(), different_from=different
    )
    values = form.cleaned_data
    if values["payer"] and request.actor.may(Permission.CORRECT_PATIENTS):
        card = {name: values[name] for name in ("payer", "plan", "member_id", "group_number")}
        set_coverage(request.actor, patient=patient, **card)
    return patient


def _alike(request: OfficeRequest, form: RegistrationForm) -> tuple[list[Likeness], list[Likeness]]:
    """Return who may be this person, and apart those whose charts are closed to whoever asks: they are never shown."""
    alike = possible_duplicates(form.typed())
    open_list(request.actor, [one.patient for one in alike], purpose="registration")
    closed = closed_to(request.actor, [one.patient for one in alike])
    return (
        [one for one in alike if one.patient.pk not in closed],
        [one for one in alike if one.patient.pk in closed],
    )


def _as_typed(form: RegistrationForm) -> RegistrationForm:
    """Return the form with what was typed and no complaint: it is not finished yet."""
    return RegistrationForm(initial={name: form.data.get(name) for name in form.fields})
