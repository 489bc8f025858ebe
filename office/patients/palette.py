"""What the palette finds among patients, and the trace that showing them leaves."""

from collections.abc import Sequence

from office.core.actors import Actor
from office.core.permissions import Permission
from office.core.wiring import Hit
from office.patients.access import open_list
from office.patients.queries.search import search

SHORTEST = 2


def found_patients(actor: Actor, text: str, limit: int) -> Sequence[Hit]:
    """Return who is meant, best first, as one entry of the trail; of a restricted chart only that it exists."""
    if len(text) < SHORTEST or not actor.may(Permission.OPEN_CHARTS):
        return []
    found = [one.patient for one in search(text, limit=limit)]
    closed = open_list(actor, found, purpose="search")
    hits = []
    for patient in found:
        if patient.pk in closed:
            hits.append(Hit("Restricted chart", "lock", "Patients", note="Emergency access opens it", patient_id=None))
        else:
            note = "Deceased" if patient.is_deceased else f"MRN {patient.mrn}"
            hits.append(Hit(patient.short_name, "patient", "Patients", "", patient.birth_date, note, patient.pk))
    return hits
