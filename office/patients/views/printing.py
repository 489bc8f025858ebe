"""The face sheet on paper."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from office.core import prints
from office.core.pages import OfficeRequest, needs
from office.core.permissions import Permission
from office.patients.access import open_chart
from office.patients.actions.printing import print_face_sheet
from office.patients.queries.paper import face_sheet as on_paper


@require_GET
@needs(Permission.OPEN_CHARTS)
def face_sheet(request: OfficeRequest, patient_id: UUID) -> HttpResponse:
    """The face sheet as PDF; the trail hears of each one."""
    patient = open_chart(request.actor, patient_id, purpose="printing the face sheet")
    made = prints.pdf("patients", "face_sheet", on_paper(patient, now=timezone.localtime(), by=request.actor.label))
    print_face_sheet(request.actor, patient=patient)
    return prints.answer(made, "face-sheet")
