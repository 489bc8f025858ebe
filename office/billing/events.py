"""What happened in billing that others may want to know."""

from dataclasses import dataclass

from office.core.events import Event


@dataclass(frozen=True)
class EnrollmentChanged(Event):
    """A provider stands otherwise with a payer than before."""

    payer_id: str
