"""Someone breaks the glass: the chart opens for an hour, and the privacy officer has it to review."""

import pytest
from django_tasks_db.models import DBTaskResult

from conftest import MakePatient
from office.core import jobs
from office.patients.access import break_glass, open_chart
from office.staff.models import StaffActor
from office.worklist.models import WorkItem


@pytest.mark.django_db
def test_emergency_access_is_reviewed_once(rosa: StaffActor, make_patient: MakePatient) -> None:
    patient = make_patient("Vance", "Opal", is_restricted=True)
    access = break_glass(rosa, patient=patient, reason="Fainted at the window, allergies needed")
    assert open_chart(rosa, patient.pk, purpose="an emergency") == patient
    for _ in range(2):  # at least once may be twice
        row = jobs.claim("w1")
        assert row is not None
        assert jobs.run(row)
        DBTaskResult.objects.update(status="READY")
    task = WorkItem.objects.get(kind="emergency_access")
    assert (task.for_role, task.patient, task.key) == ("privacy_officer", patient, f"emergency-access:{access.pk}")
    assert task.link == f"/patients/emergency-access/{access.pk}/"
