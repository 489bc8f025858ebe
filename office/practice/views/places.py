"""The practice's screens: locations, and what is at each of them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.practice import actions
from office.practice.forms import HoursForm, LocationForm, RoomForm, WorkstationForm
from office.practice.models import Location
from office.practice.queries import practice, workstation_of

A_YEAR = 365 * 24 * 60 * 60


@require_GET
@needs(Permission.MANAGE_PRACTICE)
def locations(request: OfficeRequest) -> HttpResponse:
    """Every location."""
    return page(request, "practice/locations.html", {"practice": practice(), "locations": Location.objects.all()})


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PRACTICE)
def add_location(request: OfficeRequest) -> HttpResponse:
    """Open a location."""
    form = LocationForm(request.POST) if request.method == "POST" else LocationForm()
    if form.is_valid():
        try:
            place = actions.add_location(request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{place} added.")
            return go_to(request, reverse("practice:location", args=[place.pk]))
    return page(request, "practice/add.html", {"form": form}, invalid=bool(form.errors))


@require_GET
@needs(Permission.MANAGE_PRACTICE)
def location(request: OfficeRequest, location_id: UUID) -> HttpResponse:
    """A location: address, rooms, door hours, computers."""
    return _show(request, _location(location_id))


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def change_location(request: OfficeRequest, location_id: UUID) -> HttpResponse:
    """Change a location's names, address or clock."""
    place, form = _location(location_id), LocationForm(request.POST)
    if not form.is_valid():
        return _show(request, place, place_form=form)
    return _do(
        request, place, lambda: actions.change_location(request.actor, location=place, **form.cleaned_data), "Saved."
    )


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def add_room(request: OfficeRequest, location_id: UUID) -> HttpResponse:
    """Add a room."""
    place, form = _location(location_id), RoomForm(request.POST, auto_id="room_%s")
    if not form.is_valid():
        return _show(request, place, room_form=form)
    number = place.rooms.count()
    return _do(
        request,
        place,
        lambda: actions.add_room(request.actor, location=place, position=number, **form.cleaned_data),
        "Room added.",
    )


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def use_room(request: OfficeRequest, location_id: UUID) -> HttpResponse:
    """Take a room out of use, or back into use."""
    place = _location(location_id)
    room = next((one for one in place.rooms.all() if str(one.pk) == request.POST.get("room")), None)
    if room is None:
        return _show(request, place, refusal="There is no such room here.")
    now = not room.is_active
    words = "is in use." if now else "is out of use."
    return _do(
        request,
        place,
        lambda: actions.change_room(request.actor, room=room, is_active=now),
        f"Room {room} {words}",
    )


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def door_hours(request: OfficeRequest, location_id: UUID) -> HttpResponse:
    """Say when the door is open in a usual week."""
    place = _location(location_id)
    form = HoursForm(request.POST, location=place)
    if not form.is_valid():
        return _show(request, place, hours_form=form)
    hours = form.cleaned_data["hours"]
    return _do(
        request,
        place,
        lambda: actions.set_door_hours(request.actor, location=place, hours=hours),
        "Door hours saved.",
        hours_form=form,
    )


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def register_workstation(request: OfficeRequest, location_id: UUID) -> HttpResponse:
    """Make this browser's computer known here; sign-in then offers the people who use it."""
    place, form = _location(location_id), WorkstationForm(request.POST, auto_id="computer_%s")
    if not form.is_valid():
        return _show(request, place, workstation_form=form)
    desk, token = actions.register_workstation(request.actor, location=place, name=form.cleaned_data["name"])
    toast(request, f"This computer is {desk}.")
    answer = go_to(request, reverse("practice:location", args=[place.pk]))
    answer.set_cookie("workstation", token, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return answer


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def retire_workstation(request: OfficeRequest, location_id: UUID) -> HttpResponse:
    """Forget a computer."""
    place = _location(location_id)
    desk = next((one for one in place.workstations.all() if str(one.pk) == request.POST.get("workstation")), None)
    if desk is None:
        return _show(request, place, refusal="There is no such computer here.")
    return _do(
        request, place, lambda: actions.retire_workstation(request.actor, workstation=desk), f"{desk} is forgotten."
    )


def _do(request: OfficeRequest, place: Location, change: Callable[[], object], done: str, **forms: Any) -> HttpResponse:
    try:
        change()
    except Refused as refusal:
        return _show(request, place, refusal=str(refusal), **forms)
    toast(request, done)
    return go_to(request, reverse("practice:location", args=[place.pk]))


def _show(request: OfficeRequest, place: Location, *, refusal: str = "", **forms: Any) -> HttpResponse:
    now = {name: getattr(place, name) for name in LocationForm.base_fields}
    context = {
        "place": place,
        "rooms": place.rooms.all(),
        "workstations": place.workstations.filter(is_active=True),
        "this": workstation_of(request.COOKIES.get("workstation", "")),
        "refusal": refusal,
        "place_form": LocationForm(initial=now),
        "room_form": RoomForm(auto_id="room_%s"),
        "hours_form": HoursForm(location=place),
        "workstation_form": WorkstationForm(auto_id="computer_%s"),
        **forms,
    }
    return page(request, "practice/location.html", context, invalid=bool(refusal or forms))


def _location(location_id: UUID) -> Location:
    found = Location.objects.filter(pk=location_id).first()
    if found is None:
        raise Http404("There is no such location.")
    return found
