"""What the search page and the palette find among patients, and the trace that showing them leaves."""

from collections.abc import Sequence
from uuid import UUID

from django.urls import reverse

from office.core.actors import Actor
from office.core.permissions import Permission
from office.core.wiring import Hit
from office.patients.access import open_list
from office.patients.queries.search import Found, search

SHORTEST = 2


def found_patients(actor: Actor, text: str, limit: int) -> Sequence[Hit]:
    """Return who is meant, best first, as one entry of the trail; of a restricted chart only that it exists."""
    if len(text) < SHORTEST or not actor.may(Permission.OPEN_CHARTS):
        return []
    found, closed = looked_up(actor, text, limit)
    return [_hit(one, is_closed=one.patient.pk in closed) for one in found]


def looked_up(actor: Actor, text: str, limit: int) -> tuple[list[Found], set[UUID]]:
    """Return what was found, and the ids of those of which no more is shown than that they exist."""
    found = search(text, limit=limit)
    return found, open_list(actor, [one.patient for one in found], purpose="search")


def _hit(one: Found, *, is_closed: bool) -> Hit:
    patient = one.patient
    url = reverse("patients:chart", args=[patient.pk])
    if is_closed:
        return Hit("Restricted chart", "lock", "Patients", url, note="Emergency access opens it")
    note = "Deceased" if patient.is_deceased else f"MRN {patient.mrn}"
    return Hit(patient.short_name, "patient", "Patients", url, patient.birth_date, note, patient.pk)
