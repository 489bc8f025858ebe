"""The old system's data: a file, its columns, a dry run, the load, what to look at, and the way back."""

from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.practice.loads import actions
from office.practice.loads.forms import ColumnsForm, UploadForm
from office.practice.loads.kinds import Kind, Outcome, kinds
from office.practice.loads.models import Load, LoadedRow

_BUSY = {Load.State.LOOKING, Load.State.WAITING, Load.State.RUNNING}
_SHOWN = 20
#: What a row and a chart are compared by: the label, the row's fields, the chart's.
_COMPARED = (
    ("Name", ("full_name", "family_name", "given_name", "middle_name"), "full_name"),
    ("Born", ("birth_date",), "birth_date"),
    ("Phone", ("cell_phone", "home_phone"), "phone"),
    ("Address", ("line", "city"), "line"),
    ("Number", ("old_number",), "number"),
)


@require_http_methods(["GET", "POST"])
@needs(Permission.IMPORT_RECORDS)
def loads(request: OfficeRequest) -> HttpResponse:
    """Send a file, and see what was loaded before."""
    form = UploadForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        sent = form.cleaned_data["file"]
        try:
            made = actions.upload_table(
                request.actor, kind=kinds()[form.cleaned_data["kind"]], file_name=sent.name, data=sent.read()
            )
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return go_to(request, reverse("loads:load", args=[made.pk]))
    context = {"form": form, "loads": Load.objects.all()[:50]}
    return page(request, "practice/loads.html", context, invalid=bool(form.errors))


@require_GET
@needs(Permission.IMPORT_RECORDS)
def load(request: OfficeRequest, load_id: UUID) -> HttpResponse:
    """A load as it stands: its columns and dry run, how far it is, or what came of it."""
    return _show(request, get_object_or_404(Load, pk=load_id))


def _show(request: OfficeRequest, one: Load, objection: str = "") -> HttpResponse:
    kind = kinds().get(one.kind)
    if kind is None:
        raise Http404
    is_busy = one.state in _BUSY
    context: dict[str, Any] = {
        "load": one,
        "kind": kind,
        "objection": objection,
        "is_busy": is_busy,
        "progress_url": request.path if is_busy else "",
        "known_rows": max(one.looked.get("rows", 0), one.rows, 1),
        "good": one.came_in,
        "reviews": _reviews(request, kind, one),
        "is_dry": one.state == Load.State.LOOKED_AT,
    }
    if context["is_dry"] and (found := one.looked.get("columns")):
        context["form"] = ColumnsForm(kind=kind, columns=found)
    response = page(request, "practice/load.html", context, part="progress", invalid=bool(objection))
    if request.htmx and not is_busy and not objection:
        response["HX-Refresh"] = "true"
    return response


def _reviews(request: OfficeRequest, kind: Kind, one: Load) -> list[dict[str, Any]]:
    if one.state != Load.State.DONE or kind.describe is None:
        return []
    rows = list(one.loaded_rows.filter(outcome=Outcome.REVIEW, answer="")[:_SHOWN])
    charts = kind.describe(request.actor, [row.subject_id for row in rows if row.subject_id])
    found = []
    for row in rows:
        chart = charts.get(row.subject_id, {}) if row.subject_id else {}
        lines = [(label, _words(row.values, ours), chart.get(theirs, "")) for label, ours, theirs in _COMPARED]
        found.append({"row": row, "lines": lines, "closed": chart.get("")})
    return found


def _words(values: dict[str, Any], names: tuple[str, ...]) -> str:
    said = [values[name] for name in names if values.get(name)]
    return ", ".join(one["digits"] if isinstance(one, dict) else str(one) for one in said)


@require_POST
@needs(Permission.IMPORT_RECORDS)
def columns(request: OfficeRequest, load_id: UUID) -> HttpResponse:
    """Say what the columns mean, and look again."""
    one = get_object_or_404(Load, pk=load_id)
    form = ColumnsForm(request.POST, kind=kinds()[one.kind], columns=one.looked.get("columns", []))
    if not form.is_valid():
        return _show(request, one, "Choose what each column becomes from its list.")
    try:
        actions.choose_columns(request.actor, load=one, columns={**one.columns, **form.chosen()})
    except Refused as refusal:
        return _show(request, one, str(refusal))
    return go_to(request, reverse("loads:load", args=[one.pk]))


@require_POST
@needs(Permission.IMPORT_RECORDS)
def start(request: OfficeRequest, load_id: UUID) -> HttpResponse:
    """Load the good rows."""
    one = get_object_or_404(Load, pk=load_id)
    try:
        actions.start_load(request.actor, load=one)
    except Refused as refusal:
        return _show(request, one, str(refusal))
    return go_to(request, reverse("loads:load", args=[one.pk]))


@require_POST
@needs(Permission.IMPORT_RECORDS)
def undo(request: OfficeRequest, load_id: UUID) -> HttpResponse:
    """Take the whole load back."""
    one = get_object_or_404(Load, pk=load_id)
    try:
        taken = actions.undo_load(request.actor, load=one)
    except Refused as refusal:
        return _show(request, one, str(refusal))
    toast(request, f"{taken.removed} taken back, {taken.kept} kept because they were used since.")
    return go_to(request, reverse("loads:load", args=[one.pk]))


@require_GET
@needs(Permission.IMPORT_RECORDS)
def rejects(request: OfficeRequest, load_id: UUID) -> HttpResponse:
    """The rejected rows as a file, to be mended and loaded again."""
    one = get_object_or_404(Load, pk=load_id)
    path = Path(one.rejects_file)
    if not one.rejects_file or path.parent != settings.VAR / "rejects" or not path.is_file():
        raise Http404
    actions.note_rejects_taken(request.actor, load=one)
    response = HttpResponse(path.read_bytes(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{path.name}"'
    return response


@require_POST
@needs(Permission.IMPORT_RECORDS)
def answer(request: OfficeRequest, row_id: UUID) -> HttpResponse:
    """Say whether two are one person."""
    row = get_object_or_404(LoadedRow.objects.select_related("load"), pk=row_id)
    try:
        actions.answer_review(request.actor, row=row, answer=request.POST.get("answer", ""), today=timezone.localdate())
    except Refused as refusal:
        return _show(request, row.load, str(refusal))
    return go_to(request, reverse("loads:load", args=[row.load_id]))
