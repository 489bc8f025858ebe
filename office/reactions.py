"""When this happens, do that."""

from typing import Any

from office.core.events import Event
from office.patients.events import PatientDied
from office.scheduling import jobs as scheduling
from office.scheduling.events import AppointmentBooked, AppointmentMoved, TimeClosed

REACTIONS: dict[type[Event], list[Any]] = {
    # A new visit that is moved at once is announced as booked, at its last time.
    AppointmentBooked: [scheduling.ask_to_tell],
    AppointmentMoved: [scheduling.ask_to_tell],
    TimeClosed: [scheduling.ask_to_move],
    PatientDied: [scheduling.cancel_visits_of],
}
