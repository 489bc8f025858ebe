"""The visit: its drawer, and everything that can be done to it."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, way_back
from office.core.permissions import Permission
from office.core.toasts import toast
from office.patients.access import open_chart
from office.practice.models import Room
from office.scheduling.actions.booking import cancel_appointment, move_appointment, resize_appointment
from office.scheduling.actions.day import (
    confirm_appointment,
    finish_visit,
    record_no_show,
    room_patient,
    start_visit,
)
from office.scheduling.actions.stale import Stale
from office.scheduling.actions.told import record_told
from office.scheduling.actions.undo import undo_last_change
from office.scheduling.forms import CancelForm, MoveForm, ResizeForm
from office.scheduling.models import Appointment
from office.scheduling.queries.day import Column, day_sheet
from office.scheduling.rules.spans import clock
from office.scheduling.views.after import beside_the_day, changed, not_done, place_of, say, would_not
from office.scheduling.views.drawer import drawer_context
from office.scheduling.views.here import location_of, visit_of

Status = Appointment.Status


@require_GET
@needs(Permission.SEE_SCHEDULE)
def visit(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """The drawer of a visit; as a page, beside its day."""
    found = visit_of(appointment_id)
    patient = open_chart(request.actor, found.patient_id, purpose="visit")
    return beside_the_day(request, found, "scheduling/drawer/visit.html", drawer_context(request, found, patient))


@require_http_methods(["GET", "POST"])
@needs(Permission.BOOK_APPOINTMENTS)
def move(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """Another time for the visit: a form with the next openings, and where a drop on the grid arrives."""
    found = visit_of(appointment_id)
    patient = open_chart(request.actor, found.patient_id, purpose="visit")
    zone = ZoneInfo(found.location.zone)
    local = found.starts_at.astimezone(zone)
    begin = {
        "day": local.date(),
        "at": local.time(),
        "which": str(local.fold),
        "provider": found.provider_id,
        "version": found.version,
    }
    form = MoveForm(found.location, request.POST or None, initial=begin)
    context = {**drawer_context(request, found, patient), "form": form}
    is_drop = bool(request.htmx) and "from_form" not in request.POST
    if is_drop and form.errors:
        return would_not(request, found, Refused(next(iter(form.errors.values()))[0]))
    if request.method == "POST" and form.is_valid():
        wanted, before = form.cleaned_data, place_of(found)
        try:
            moved = move_appointment(
                request.actor,
                appointment=found,
                starts_at=wanted["starts_at"],
                provider=wanted["provider"],
                told=Appointment.Told.NOT_YET,
                double=wanted["double"],
                version=wanted["version"],
            )
        except Refused as refusal:
            if is_drop:
                return _lands_not(request, found, refusal, wanted)
            context |= not_done(form, found, refusal)
        else:
            say(request, moved, f"moved to {_when(moved)}")
            return changed(request, moved, [before], ask_told=True)
    context["suggestions"] = suggestions(request, found)
    return beside_the_day(request, found, "scheduling/drawer/move.html", context, invalid=bool(form.errors))


@require_http_methods(["GET", "POST"])
@needs(Permission.BOOK_APPOINTMENTS)
def resize(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """Longer or shorter."""
    found = visit_of(appointment_id)
    patient = open_chart(request.actor, found.patient_id, purpose="visit")
    minutes = int(found.span.length.total_seconds() // 60)
    form = ResizeForm(request.POST or None, initial={"minutes": minutes, "version": found.version})
    context = {**drawer_context(request, found, patient), "form": form}
    if form.is_valid():
        try:
            resized = resize_appointment(request.actor, appointment=found, **form.cleaned_data)
        except Refused as refusal:
            if request.htmx and "from_form" not in request.POST:
                return would_not(request, found, refusal)
            context |= not_done(form, found, refusal)
        else:
            say(request, resized, f"now takes {form.cleaned_data['minutes']} min")
            return changed(request, resized, [])
    return beside_the_day(request, found, "scheduling/drawer/resize.html", context, invalid=bool(form.errors))


@require_http_methods(["GET", "POST"])
@needs(Permission.BOOK_APPOINTMENTS)
def cancel(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """Give the time back, with a reason that can be reported on."""
    found = visit_of(appointment_id)
    patient = open_chart(request.actor, found.patient_id, purpose="visit")
    form = CancelForm(request.POST or None, initial={"version": found.version})
    context = {**drawer_context(request, found, patient), "form": form}
    if form.is_valid():
        try:
            canceled = cancel_appointment(
                request.actor, appointment=found, told=Appointment.Told.NOT_YET, **form.cleaned_data
            )
        except Refused as refusal:
            context |= not_done(form, found, refusal)
        else:
            say(request, canceled, f"canceled, was {_when(canceled)}")
            return changed(request, canceled, [], ask_told=True)
    return beside_the_day(request, found, "scheduling/drawer/cancel.html", context, invalid=bool(form.errors))


@require_POST
@needs(Permission.ROOM_PATIENTS)
def room(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """Take the patient to a room."""
    found = visit_of(appointment_id)
    try:
        wanted = Room.objects.filter(pk=UUID(request.POST.get("room", "")), location=found.location_id).first()
    except ValueError:
        wanted = None
    if wanted is None:
        return would_not(request, found, Refused("Choose a room of this location."))
    return _do(
        request, found, lambda: room_patient(request.actor, appointment=found, room=wanted), f"is in {wanted.name}"
    )


@require_POST
@needs(Permission.BOOK_APPOINTMENTS)
def confirm(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """The patient says yes to the time."""
    found = visit_of(appointment_id)
    return _do(request, found, lambda: confirm_appointment(request.actor, appointment=found), "confirmed")


@require_POST
@needs(Permission.ROOM_PATIENTS)
def start(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """The provider is with the patient."""
    found = visit_of(appointment_id)
    return _do(request, found, lambda: start_visit(request.actor, appointment=found), "is with the provider")


@require_POST
@needs(Permission.ROOM_PATIENTS)
def finish(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """The patient is checked out."""
    found = visit_of(appointment_id)
    return _do(request, found, lambda: finish_visit(request.actor, appointment=found), "checked out")


@require_POST
@needs(Permission.CHECK_IN)
def no_show(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """The patient did not come."""
    found = visit_of(appointment_id)
    return _do(request, found, lambda: record_no_show(request.actor, appointment=found), "marked as a no-show")


@require_POST
@needs(Permission.SEE_SCHEDULE)
def undo(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """Take the last change back, and return to where the person is."""
    found = visit_of(appointment_id)
    try:
        undo_last_change(request.actor, appointment=found)
    except Refused as refusal:
        return would_not(request, found, refusal)
    toast(request, "Undone: the visit is as it was before.")
    return go_to(request, way_back(request, found_url(found)))


@require_POST
@needs(Permission.BOOK_APPOINTMENTS)
def told(request: OfficeRequest, appointment_id: UUID) -> HttpResponse:
    """How the patient learned of the change."""
    found = visit_of(appointment_id)
    answer = request.POST.get("told", "")
    if answer not in Appointment.Told.values:
        return would_not(request, found, Refused("Choose how the patient was told."))
    kept = record_told(request.actor, appointment=found, told=answer)
    if kept.told != answer:
        name = found.patient.short_name
        toast(request, f"No text or e-mail can reach {name}, so none is sent. A call goes onto the worklist.")
    if request.htmx:
        return HttpResponse("")
    return go_to(request, found_url(found))


def found_url(visit: Appointment) -> str:
    """Where the visit is shown."""
    return reverse("scheduling:visit", args=[visit.pk])


def suggestions(request: OfficeRequest, visit: Appointment, limit: int = 5) -> list[dict[str, Any]]:
    """The next times at which the visit fits with its provider: today, and the days after."""
    location, now = location_of(request.actor), timezone.now()
    day = max(place_of(visit)[1], timezone.localdate(timezone=ZoneInfo(location.zone)))
    length = visit.span.length
    found: list[dict[str, Any]] = []
    for ahead in range(15):
        sheet = day_sheet(location, day + timedelta(days=ahead), now=now)
        column = next((one for one in sheet.columns if one.provider.pk == visit.provider_id), None)
        fits = (
            [opening for opening in column.openings if opening.minutes * 60 >= length.total_seconds()] if column else []
        )
        found += [{"starts_at": one.starts_at, "provider": visit.provider} for one in fits[:2]]
        if len(found) >= limit:
            break
    return found[:limit]


def _lands_not(request: OfficeRequest, visit: Appointment, refusal: Refused, wanted: dict[str, Any]) -> HttpResponse:
    """A drop on the grid that is refused: the visit moved meanwhile, or the time is taken and there are ways out."""
    if isinstance(refusal, Stale):
        return would_not(request, visit, refusal)
    return would_not(request, visit, refusal, **_ways_out(request, visit, wanted))


def _ways_out(request: OfficeRequest, visit: Appointment, wanted: dict[str, Any]) -> dict[str, Any]:
    """The ways past a time that is taken: the next free time of that day, and beside the other visit if permitted."""
    sheet = day_sheet(location_of(request.actor), wanted["day"], now=timezone.now())
    column = next((one for one in sheet.columns if one.provider.pk == wanted["provider"].pk), None)
    zone = ZoneInfo(visit.location.zone)
    return {
        "wanted": wanted,
        "wanted_at": wanted["starts_at"].astimezone(zone),
        "next_free": _next_free(column, visit.span.length, wanted["starts_at"]) if column else None,
        "may_double": request.actor.may(Permission.DOUBLE_BOOK),
    }


def _next_free(column: Column, length: timedelta, after: datetime) -> datetime | None:
    for opening in column.openings:
        # In UTC: readings of one clock are an hour off across the night in which it changes.
        starts_at = opening.starts_at.astimezone(UTC)
        begin = max(starts_at, after.astimezone(UTC))
        if starts_at + timedelta(minutes=opening.minutes) - begin >= length:
            return begin.astimezone(opening.starts_at.tzinfo)
    return None


def _do(request: OfficeRequest, visit: Appointment, act: Callable[[], Appointment], what: str) -> HttpResponse:
    # Opened first: who may not open the chart does not step the visit on either.
    open_chart(request.actor, visit.patient_id, purpose="visit")
    try:
        done = act()
    except Refused as refusal:
        return would_not(request, visit, refusal)
    say(request, done, what)
    return changed(request, done, [])


def _when(visit: Appointment) -> str:
    zone = ZoneInfo(visit.location.zone)
    local = visit.starts_at.astimezone(zone)
    return f"{clock(visit.starts_at, zone)} on {local:%A, %B} {local.day}"
