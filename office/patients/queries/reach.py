"""By which channel a patient may be written to."""

from dataclasses import dataclass

from office.core.wiring import wiring
from office.patients.models import Consent, Patient, Telecom

#: In the order of preference: a text is read first.
CHANNELS = (
    (Consent.Kind.TEXT, Telecom.System.PHONE),
    (Consent.Kind.EMAIL, Telecom.System.EMAIL),
)


@dataclass(frozen=True)
class Way:
    """A channel that the patient agreed to (Consent.Kind), and the number or address."""

    kind: str
    to: str


def way_to_write(patient: Patient) -> Way | None:
    """Return how a notice reaches the patient, or None.

    None: nothing was agreed to, it was taken back, no number is known, or the office may not send by that channel.
    """
    offered = wiring().open_channels
    usable = offered() if offered else ()
    for kind, system in CHANNELS:
        if kind.value not in usable:
            continue
        newest = Consent.objects.filter(patient=patient, kind=kind).first()
        number = Telecom.objects.filter(patient=patient, system=system).exclude(use=Telecom.Use.OLD).first()
        if newest and newest.is_given and number:
            return Way(kind.value, number.value)
    return None
