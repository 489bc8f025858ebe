"""What the drawer shows of a visit."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone

from office.core.pages import OfficeRequest
from office.core.permissions import Permission
from office.core.wiring import wiring
from office.patients.models import Alert, Patient
from office.practice.models import Room
from office.scheduling.models import Appointment, AppointmentChange
from office.scheduling.queries.board import free_rooms_now, room_for, today
from office.scheduling.rules import statuses
from office.scheduling.rules.check_in import LightState

Status = Appointment.Status

WORDS = {
    "booked": "Booked", "moved": "Moved", "resized": "Length changed", "confirmed": "Confirmed",
    "arrived": "Checked in", "roomed": "Taken to a room", "started": "Provider came in", "done": "Checked out",
    "canceled": "Canceled", "no_show": "Did not come", "room_given_up": "Room given to another visit",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """The one next thing: a word, where it goes, its key; a form when it changes something, else a link."""

    label: str
    url: str
    key: str
    is_form: bool = True
    room: Room | None = None
    why_not: str = ""


@dataclass(frozen=True)
class Line:
    """A line of the visit's log."""

    change: AppointmentChange
    words: str

    @property
    def is_today(self) -> bool:
        return timezone.localdate(self.change.created_at) == timezone.localdate()


def drawer_context(request: OfficeRequest, visit: Appointment, patient: Patient) -> dict[str, Any]:
    """Everything that the drawer shows of the visit."""
    zone = ZoneInfo(visit.location.zone)
    on = visit.starts_at.astimezone(zone).date()
    is_today = on == timezone.localdate(timezone=zone)
    cards = today(visit.location, visit.starts_at) if visit.status != Status.CANCELED else []
    mine = next((card for card in cards if card.visit.pk == visit.pk), None)
    changes = list(AppointmentChange.objects.filter(appointment=visit)[:12])
    expected = visit.status in statuses.EXPECTED
    may_book = request.actor.may(Permission.BOOK_APPOINTMENTS)
    return {
        "visit": visit,
        "patient": patient,
        "chart_url": reverse("patients:chart", args=[patient.pk]),
        "is_name_alert": bool(mine and mine.is_name_alert),
        "on": on,
        "is_today": is_today,
        "waited": max(0, int((timezone.now() - visit.status_at).total_seconds() // 60)),
        "minutes": int(visit.span.length.total_seconds() // 60),
        "step": _next_step(request, visit, is_today=is_today, rooms=free_rooms_now(visit.location, cards)),
        "lights": [(light.name, light.asks(request.actor, visit)) for light in _lights(visit)],
        "alerts": [] if visit.status == Status.DONE else list(Alert.objects.current().filter(patient=patient)[:5]),
        "log": [Line(change, WORDS.get(change.verb, change.verb)) for change in changes],
        "can_move": expected and may_book,
        "can_cancel": Status.CANCELED in statuses.STEPS[visit.status] and may_book,
        "can_resize": visit.status in statuses.EXPECTED | statuses.HERE and may_book,
        "can_miss": expected and visit.starts_at <= timezone.now() and request.actor.may(Permission.CHECK_IN),
        "told_choices": Appointment.Told.choices,
        "asks_told": request.GET.get("told") == "ask" and may_book,
    }


def _lights(visit: Appointment) -> list[Any]:
    return list(wiring().check_in_lights) if visit.status in statuses.EXPECTED | {Status.ARRIVED} else []


def _next_step(request: OfficeRequest, visit: Appointment, *, is_today: bool, rooms: list[Room]) -> Step | None:
    def url(name: str) -> str:
        return reverse(f"scheduling:{name}", args=[visit.pk])

    may = request.actor.may
    if visit.status in statuses.EXPECTED and is_today and may(Permission.CHECK_IN):
        return Step("Check in", url("check_in_visit"), "A", is_form=False)
    if visit.status == Status.BOOKED and may(Permission.BOOK_APPOINTMENTS):
        return Step("Confirmed by the patient", url("confirm"), "C")
    if visit.status not in statuses.HERE or not may(Permission.ROOM_PATIENTS):
        return None
    in_hand = {
        Status.ARRIVED: _room_step(visit, url("room"), rooms),
        Status.ROOMED: Step("Provider is in", url("start"), "S"),
        Status.WITH_PROVIDER: Step("Check out", url("finish"), "E"),
    }
    return in_hand[Status(visit.status)]


def _room_step(visit: Appointment, url: str, rooms: list[Room]) -> Step:
    room = room_for(visit, rooms)
    if room is None:
        return Step("No room yet", "", "R", why_not="Every room is in use.")
    return Step(f"Room in {room.name}", url, "R", room=room)


def light_lines(request: OfficeRequest, visit: Appointment) -> list[tuple[str, LightState]]:
    """Each wired light by its name, and what it says of this visit."""
    return [(light.name, light.asks(request.actor, visit)) for light in wiring().check_in_lights]
