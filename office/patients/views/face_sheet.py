"""The face sheet: who this is, what must not be missed, how to reach them, who may be told, what pays."""

from collections.abc import Iterable
from typing import Any, TypeVar
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.wiring import wiring
from office.patients.access import ChartRestricted, break_glass, chart_of, open_chart
from office.patients.forms.chart import ReasonForm
from office.patients.models import Address, Consent, Contact, Patient, Telecom
from office.patients.queries.identifiers import shown
from office.patients.views.small_form import PURPOSE

Ends = TypeVar("Ends", Telecom, Address, Contact)


@require_GET
@needs(Permission.OPEN_CHARTS)
def face_sheet(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """The chart's first page; a merged chart leads to the one that was kept."""
    try:
        patient = open_chart(request.actor, patient_id, purpose=PURPOSE)
    except ChartRestricted as closed:
        return go_to(request, reverse("patients:emergency_access", args=[closed.patient_id]))
    if patient.pk != patient_id:
        return go_to(request, reverse("patients:chart", args=[patient.pk]))
    return page(request, "patients/face_sheet.html", _shown(request, patient))


def _shown(request: OfficeRequest, patient: Patient) -> dict[str, Any]:
    consents: dict[str, Consent] = {}
    for consent in patient.consents.all():
        consents.setdefault(consent.kind, consent)
    may = request.actor.may
    identifiers = list(patient.identifiers.order_by("created_at"))
    telecoms, old_telecoms = _split(patient.telecoms.all())
    addresses, old_addresses = _split(patient.addresses.all())
    contacts, ended_contacts = _split(patient.contacts.all())
    return {
        "patient": patient,
        "alerts": list(patient.alerts.current()),
        "telecoms": telecoms,
        "addresses": addresses,
        "ended_reach": [*old_telecoms, *old_addresses],
        "contacts": contacts,
        "ended_contacts": ended_contacts,
        "names": list(patient.other_names.all()),
        "identifiers": shown(row for row in identifiers if not row.is_ended),
        "ended_identifiers": shown(row for row in identifiers if row.is_ended),
        **_insurance(patient),
        "consents": list(consents.values()),
        "merges": list(patient.merges_into_this.filter(undone_at__isnull=True).select_related("merged")),
        "restriction": patient.restrictions.filter(lifted_at__isnull=True).first() if patient.is_restricted else None,
        "death": patient.deaths.first(),
        "panels": [panel for panel in wiring().patient_panels if may(panel.permission)],
        "verbs": [(verb, verb.url_for(patient.pk)) for verb in wiring().patient_commands if may(verb.permission)],
        "may_correct": may(Permission.CORRECT_PATIENTS),
        "may_alert": may(Permission.SET_ALERTS),
        "may_reveal": may(Permission.REVEAL_NUMBERS),
        "may_merge": may(Permission.MERGE_PATIENTS),
        "may_record_death": may(Permission.RECORD_DEATH),
        "may_restrict": may(Permission.RESTRICT_CHARTS),
    }


def _split(rows: Iterable[Ends]) -> tuple[list[Ends], list[Ends]]:
    """Return what counts now, and what has ended."""
    every = list(rows)
    return [row for row in every if not row.is_ended], [row for row in every if row.is_ended]


def _insurance(patient: Patient) -> dict[str, Any]:
    today = timezone.localdate()
    rows = list(patient.coverages.select_related("plan__payer").prefetch_related("card_pictures"))
    return {
        "today": today,
        "coverages": [row for row in rows if not row.has_ended(today)],
        "ended_coverages": [row for row in rows if row.has_ended(today)],
    }


@require_http_methods(["GET", "POST"])
@needs(Permission.BREAK_GLASS)
def emergency_access(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Open a restricted chart for an hour, with a reason that the privacy officer reads."""
    patient = chart_of(patient_id)
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        try:
            break_glass(request.actor, patient=patient, reason=form.cleaned_data["reason"])
        except Refused as refusal:
            form.add_error("reason", str(refusal))
        else:
            return go_to(request, reverse("patients:chart", args=[patient.pk]))
    context = {"form": form, "patient": patient, "may_restrict": request.actor.may(Permission.RESTRICT_CHARTS)}
    return page(request, "patients/emergency_access.html", context, part="form", invalid=bool(form.errors))
