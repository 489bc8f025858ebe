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
class ChartsMerged(Event):
    merge_id: str


@dataclass(frozen=True)
class EmergencyAccessOpened(Event):
    """Someone opened a restricted chart with a reason; the privacy officer looks at it."""

    access_id: str
