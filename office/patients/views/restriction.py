"""Who may read a restricted chart: set, named, removed, lifted."""

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
from office.patients.access import identify
from office.patients.actions.restriction import lift_restriction, name_reader, remove_reader, restrict_chart
from office.patients.forms.standing import LiftForm, ReaderForm, RestrictForm
from office.patients.models import Patient
from office.staff.models import Member
from office.staff.permissions import MAY

READ_CHARTS = [role.value for role, may in MAY.items() if Permission.OPEN_CHARTS in may]


@require_http_methods(["GET", "POST"])
@needs(Permission.RESTRICT_CHARTS)
def restriction(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Close a chart, or see who may read a closed one and why it is closed."""
    patient = _identified(request, patient_id)
    form = RestrictForm(request.POST or None, members=_who_may_read())
    if form.is_valid():
        try:
            restrict_chart(request.actor, patient=patient, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{patient.short_name}: chart restricted.")
            return _back(request, patient)
    return _show(request, patient, restrict=form)


@require_POST
@needs(Permission.RESTRICT_CHARTS)
def reader(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Let one more person read it."""
    patient = _identified(request, patient_id)
    form = ReaderForm(request.POST, members=_who_may_read())
    if form.is_valid():
        try:
            named = name_reader(request.actor, patient=patient, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{named.member} may read this chart.")
            return _back(request, patient)
    return _show(request, patient, reader=form)


@require_POST
@needs(Permission.RESTRICT_CHARTS)
def reader_remove(request: OfficeRequest, patient_id: UUID, member_id: UUID) -> HttpResponse:
    """Let somebody read it no longer."""
    patient = _identified(request, patient_id)
    member = get_object_or_404(Member, pk=member_id)
    remove_reader(request.actor, patient=patient, member=member)
    toast(request, f"{member} may read this chart no longer.")
    return _back(request, patient)


@require_POST
@needs(Permission.RESTRICT_CHARTS)
def lift(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Open it again to everyone who may open charts."""
    patient = _identified(request, patient_id)
    form = LiftForm(request.POST)
    if form.is_valid():
        try:
            lift_restriction(request.actor, patient=patient, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{patient.short_name}: everyone who may open charts may open this one.")
            return _back(request, patient)
    return _show(request, patient, lift=form)


def _identified(request: OfficeRequest, patient_id: UUID) -> Patient:
    return identify(request.actor, patient_id, permission=Permission.RESTRICT_CHARTS, purpose="restriction")


def _who_may_read() -> list[Member]:
    return list(Member.objects.filter(is_active=True, roles__name__in=READ_CHARTS).distinct())


def _show(request: OfficeRequest, patient: Patient, **forms: Any) -> HttpResponse:
    """Show the page with the form that was sent as it stands, and the others empty."""
    patient.refresh_from_db()
    readers = list(patient.readers.select_related("member").order_by("created_at"))
    named = {one.member_id for one in readers}
    members = _who_may_read()
    context = {
        "patient": patient,
        "readers": readers,
        "restrictions": list(patient.restrictions.all()),
        "restrict": RestrictForm(members=members),
        "reader": ReaderForm(members=[one for one in members if one.pk not in named]),
        "lift": LiftForm(),
        **forms,
    }
    return page(
        request, "patients/restriction.html", context, part="main", invalid=any(form.errors for form in forms.values())
    )


def _back(request: OfficeRequest, patient: Patient) -> HttpResponse:
    return go_to(request, reverse("patients:restriction", args=[patient.pk]))
