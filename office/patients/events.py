"""What happened to a patient's chart. Fields are ids: they travel through the job queue."""

from dataclasses import dataclass

from office.core.events import Event


@dataclass(frozen=True)
class PatientRegistered(Event):
    patient_id: str


@dataclass(frozen=True)
class PatientDied(Event):
    """Visits to come, messages and recalls stop."""

    patient_id: str


@dataclass(frozen=True)
class DeathTakenBack(Event):
    """The death was a mistake, found when visits had stopped already. ``at`` tells two mistakes apart (ISO, UTC)."""

    patient_id: str
    at: str


@dataclass(frozen=True)
class NewbornNamed(Event):
    """A child registered without a name has one now."""

    patient_id: str


@dataclass(frozen=True)
class ChartsMerged(Event):
    merge_id: str


@dataclass(frozen=True)
class EmergencyAccessOpened(Event):
    """Someone opened a restricted chart with a reason; the privacy officer looks at it."""

    access_id: str


@dataclass(frozen=True)
class EmergencyAccessReviewed(Event):
    """The privacy officer looked at it and wrote down a finding."""

    access_id: str
