"""One small form about a chart: shown, or done and back to the face sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, page
from office.core.toasts import toast
from office.patients.access import open_chart
from office.patients.models import Patient

PURPOSE = "face sheet"
#: Does what the form says and returns the sentence for what happened, with the address that undoes it, or "".
Done = Callable[[Patient, dict[str, Any]], str | tuple[str, str]]


@dataclass(frozen=True)
class SmallForm:
    """What is asked for: under which title and sentence, with what filled in, and what the button says.

    ``above`` names a template for what stands above the fields, ``beside`` what it shows.
    """

    kind: type[forms.Form]
    title: str
    button: str = "Save"
    lead: str = ""
    initial: Mapping[str, Any] = field(default_factory=dict)
    above: str = ""
    beside: Mapping[str, Any] = field(default_factory=dict)


def small_form(request: OfficeRequest, patient_id: UUID, asked: SmallForm, done: Done) -> HttpResponse:
    """Show the form, or do what it says and go back to the face sheet; a refusal keeps what was typed."""
    patient = open_chart(request.actor, patient_id, purpose=PURPOSE)
    form = asked.kind(request.POST or None, request.FILES or None, initial=dict(asked.initial))
    if form.is_valid():
        try:
            said = done(patient, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            text, undo_url = said if isinstance(said, tuple) else (said, "")
            toast(request, text, undo_url=undo_url)
            return go_to(request, reverse("patients:chart", args=[patient.pk]))
    context = {**asked.beside, "asked": asked, "form": form, "patient": patient, "title": asked.title}
    context |= {"button": asked.button, "lead": asked.lead}
    return page(request, "patients/change.html", context, part="form", invalid=bool(form.errors))
