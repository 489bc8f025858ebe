"""The one status machine of the day: booked, confirmed, arrived, roomed, with provider, done; canceled, no-show.

FHIR R4 knows the same steps as Appointment.status (booked, arrived, fulfilled, noshow and the like); rooming is ours.
"""

from datetime import datetime, timedelta

BOOKED, CONFIRMED, ARRIVED, ROOMED = "booked", "confirmed", "arrived", "roomed"
WITH_PROVIDER, DONE, CANCELED, NO_SHOW = "with_provider", "done", "canceled", "no_show"

#: From each status, those that may follow. A visit without a room (a nurse visit, a lab draw) skips rooming.
STEPS: dict[str, frozenset[str]] = {
    BOOKED: frozenset({CONFIRMED, ARRIVED, CANCELED, NO_SHOW}),
    CONFIRMED: frozenset({ARRIVED, CANCELED, NO_SHOW}),
    ARRIVED: frozenset({ROOMED, WITH_PROVIDER, DONE, CANCELED}),
    ROOMED: frozenset({WITH_PROVIDER, DONE, CANCELED}),
    WITH_PROVIDER: frozenset({DONE}),
    DONE: frozenset(),
    CANCELED: frozenset(),
    NO_SHOW: frozenset(),
}
#: Not here yet: may be moved, and is what a closed day or a death takes away.
EXPECTED = frozenset({BOOKED, CONFIRMED})
#: In the building.
HERE = frozenset({ARRIVED, ROOMED, WITH_PROVIDER})
#: In a room.
IN_A_ROOM = frozenset({ROOMED, WITH_PROVIDER})
#: Their time is given back.
GIVES_TIME_BACK = frozenset({CANCELED, NO_SHOW})

_IS_ALREADY = {
    BOOKED: "This visit is booked.",
    CONFIRMED: "This visit is confirmed.",
    ARRIVED: "The patient is checked in already.",
    ROOMED: "The patient is in a room already.",
    WITH_PROVIDER: "The provider is with the patient.",
    DONE: "This visit is done.",
    CANCELED: "This visit was canceled. Book a new one.",
    NO_SHOW: "This visit is marked as a no-show. Undo that, or book a new one.",
}
#: Changes that the patient is told of can be undone while nothing was sent; the others for as long as a mix-up at the
#: desk may stay unnoticed.
TOLD = frozenset({"booked", "moved", "canceled"})
#: The event that each of them becomes when it can no longer be undone.
EVENT_OF = {"booked": "AppointmentBooked", "moved": "AppointmentMoved", "canceled": "AppointmentCanceled"}
UNDO_OF_WHAT_IS_TOLD = timedelta(seconds=60)
UNDO_OF_THE_REST = timedelta(hours=8)


def objection_to_step(now_is: str, wanted: str) -> str | None:
    """Return why a visit that is ``now_is`` cannot become ``wanted``, or None when it can."""
    if wanted in STEPS[now_is]:
        return None
    if now_is in EXPECTED and wanted in {ROOMED, WITH_PROVIDER, DONE}:
        return "The patient is not checked in yet."
    return _IS_ALREADY[now_is]


def objection_to_move(now_is: str) -> str | None:
    """Return why a visit in this status keeps its time, or None when it can be moved."""
    return None if now_is in EXPECTED else _IS_ALREADY[now_is]


def objection_to_arrival(*, starts_at: datetime, zone_now: datetime) -> str | None:
    """Return why nobody arrives for that visit now, or None. ``zone_now`` is now by the location's clock."""
    day = starts_at.astimezone(zone_now.tzinfo).date()
    return None if day == zone_now.date() else f"This visit is on {day:%m/%d/%Y}, not today."


def objection_to_no_show(*, starts_at: datetime, now: datetime) -> str | None:
    """Return why the patient cannot have missed the visit yet, or None."""
    return None if starts_at <= now else "This visit has not started yet."


def objection_to_undo(verb: str, *, changed_at: datetime, now: datetime) -> str | None:
    """Return why a change cannot be undone any more, or None when it can."""
    window = UNDO_OF_WHAT_IS_TOLD if verb in TOLD else UNDO_OF_THE_REST
    if now - changed_at <= window:
        return None
    return "It is too late to undo this; the patient may have been told. Change the visit instead."


def to_announce(*, waiting: str, happened: str) -> str:
    """Return what to announce when it can no longer be undone, given what still waits; empty for nothing at all.

    A new visit that was moved is, to the patient, a new visit; one that was canceled was never there.
    """
    if waiting == "AppointmentBooked":
        return "" if happened == "AppointmentCanceled" else waiting
    return happened


def news(verb: str, *, replaced_event: str) -> str:
    """Return as what a change reaches the patient: booked, moved, canceled, or empty for not at all.

    ``replaced_event`` is what was about to be announced when the change was made.
    """
    announced = to_announce(waiting=replaced_event, happened=EVENT_OF[verb])
    return next((kind for kind, event in EVENT_OF.items() if event == announced), "")
