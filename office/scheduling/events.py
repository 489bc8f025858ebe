"""What happened on the schedule. The first three are announced when they can no longer be undone."""

from dataclasses import dataclass

from office.core.events import Event


@dataclass(frozen=True)
class AppointmentBooked(Event):
    appointment_id: str


@dataclass(frozen=True)
class AppointmentMoved(Event):
    """The visit's ``told`` says how the patient learns of it: texted, spoke, not yet."""

    appointment_id: str


@dataclass(frozen=True)
class AppointmentCanceled(Event):
    appointment_id: str


@dataclass(frozen=True)
class PatientTold(Event):
    """How the patient was told was answered after the change could no longer be undone."""

    appointment_id: str


@dataclass(frozen=True)
class PatientArrived(Event):
    appointment_id: str


@dataclass(frozen=True)
class PatientRoomed(Event):
    appointment_id: str


@dataclass(frozen=True)
class VisitDone(Event):
    appointment_id: str


@dataclass(frozen=True)
class NoShowRecorded(Event):
    appointment_id: str


@dataclass(frozen=True)
class TimeClosed(Event):
    """Visits may stand in the closed time; someone must move them."""

    closure_id: str
