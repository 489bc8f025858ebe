"""Paper leaves the program: each print is an entry of its own, however often the chart was opened before."""

from office.audit import trail
from office.core.actions import action
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import Patient


@action(Permission.OPEN_CHARTS)
def print_face_sheet(actor: Actor, *, patient: Patient) -> None:
    """Note that the face sheet was put on paper, by whom and when."""
    trail.record(actor, "face_sheet.printed", patient_id=patient.pk)
