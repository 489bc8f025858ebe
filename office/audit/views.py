"""The privacy officer's screens: the audit report, who opened a chart, and whether the trail is as it was written."""

import csv
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.audit import trail
from office.audit.actions import ask_to_verify
from office.audit.forms import QuestionForm, at_first
from office.audit.queries import (
    COLUMNS,
    PATIENT,
    Line,
    Question,
    charts_in_one,
    every_line,
    names,
    openings_of,
    page_of,
    sealed,
    verification,
)
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.tables.writing import harmless
from office.core.wiring import Hit, wiring

PATIENTS_OFFERED = 8
HEADINGS = {
    "when": "When",
    "who": "Who",
    "where": "Where",
    "what": "What",
    "whom": "About whom",
    "outcome": "Outcome",
    "request": "Request",
}


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_AUDIT)
def report(request: OfficeRequest) -> HttpResponse:
    """The trail, filtered and sorted; reading it is an entry too. A POST looks for the patient to filter by."""
    asked = request.GET or at_first()
    form = QuestionForm(asked)
    context: dict[str, Any] = {"form": form, "sealed": sealed(), "verification": verification()}
    if not form.is_valid():
        return page(request, "audit/report.html", context, invalid=True)
    question = form.question()
    kept = {name: value for name, value in form.data.items() if value and name in form.fields}
    _note_reading(request, "audit.read", question)
    shown = page_of(question, request.GET.get("after", ""))
    context |= {
        "lines": shown.lines,
        "next": f"?{urlencode(kept | {'after': shown.after})}" if shown.after else "",
        "first": f"?{urlencode(kept)}" if request.GET.get("after") else "",
        "headings": [_heading(name, question, kept) for name in COLUMNS],
        "download": f"{reverse('audit:report_csv')}?{urlencode(kept)}",
        "patient": ", with ".join(_called(question.patient_id)),
        "patient_id": question.patient_id,
        "without_patient": f"?{urlencode({name: kept[name] for name in kept if name != 'patient'})}",
    }
    if request.method == "POST":
        context |= {"looked_for": True, "offered": _offered(request, kept)}
    return page(request, "audit/report.html", context)


@require_GET
@needs(Permission.SEE_AUDIT)
def report_csv(request: OfficeRequest) -> HttpResponse | StreamingHttpResponse:
    """The whole answer as a file for a spreadsheet, every field of every entry."""
    form = QuestionForm(request.GET or at_first())
    if not form.is_valid():
        return go_to(request, f"{reverse('audit:report')}?{request.GET.urlencode()}")
    question = form.question()
    _note_reading(request, "audit.downloaded", question)
    response = StreamingHttpResponse(_as_csv(question), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="audit-{timezone.localdate():%Y-%m-%d}.csv"'
    return response


@require_GET
@needs(Permission.SEE_AUDIT)
def chart(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """Who opened this chart, newest first; a panel of the face sheet, and a page of its own."""
    called = _called(patient_id)
    if not called:
        raise Http404("There is no such chart.")
    with transaction.atomic():
        trail.record(request.actor, "audit.chart_read", patient_id=patient_id)
    context = {"lines": openings_of(patient_id), "patient_id": patient_id, "patient": ", with ".join(called)}
    return page(request, "audit/chart.html", context, part="panel")


@require_POST
@needs(Permission.SEE_AUDIT)
def verify(request: OfficeRequest) -> HttpResponse:
    """Ask for the whole trail to be verified by the worker."""
    ask_to_verify(request.actor)
    return go_to(request, reverse("audit:report"))


@require_GET
@needs(Permission.SEE_AUDIT)
def verified(request: OfficeRequest) -> HttpResponse:
    """How far the verification is, and what it found; the report's part that asks again by itself."""
    return page(request, "audit/verified.html", {"verification": verification(), "sealed": sealed()}, part="state")


def _note_reading(request: OfficeRequest, verb: str, question: Question) -> None:
    with transaction.atomic():
        trail.record(
            request.actor,
            verb,
            patient_id=question.patient_id,
            of_actor=question.actor_id,
            of_verb=question.verb,
            of_outcome=question.outcome,
            since=question.since,
            until=question.until,
        )


def _called(patient_id: UUID | None) -> list[str]:
    """Return how the chart is called, then those that were merged into it."""
    keys = [str(key) for key in charts_in_one(patient_id)] if patient_id else []
    known = names(PATIENT, keys)
    return [known[key] for key in keys if key in known]


def _heading(name: str, question: Question, kept: dict[str, str]) -> dict[str, str]:
    is_sorted = question.sort == name
    order = "up" if is_sorted and question.is_descending else "down"
    state = ("descending" if question.is_descending else "ascending") if is_sorted else ""
    return {"words": HEADINGS[name], "url": f"?{urlencode(kept | {'sort': name, 'order': order})}", "sorted": state}


def _offered(request: OfficeRequest, kept: dict[str, str]) -> list[tuple[Hit, str]]:
    """Return patients who may be meant, each with the report about them."""
    text = request.POST.get("patient_text", "").strip()
    found = [hit for search in wiring().palette_searches for hit in search(request.actor, text, PATIENTS_OFFERED)]
    return [(hit, f"?{urlencode(kept | {'patient': str(hit.patient_id)})}") for hit in found if hit.patient_id]


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def _as_csv(question: Question) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow([*HEADINGS.values(), "Details", "Person's key", "Location's key", "Entry's key"])
    for line in every_line(question):
        yield writer.writerow([harmless(text) for text in _cells(line)])


def _cells(line: Line) -> list[str]:
    entry = line.entry
    return [
        timezone.localtime(entry.at).isoformat(),
        entry.actor_label,
        line.where,
        entry.verb,
        "; ".join(f"{kind} {name} ({key})" if name else f"{kind} {key}" for kind, key, name in line.subjects),
        entry.outcome,
        entry.request_id,
        json.dumps(entry.details, ensure_ascii=False, sort_keys=True),
        entry.actor_id,
        str(entry.location_id or ""),
        str(entry.pk),
    ]
