"""A job that fails as a careless one would: with the patient's name in its message, and in what caused it."""

from uuid import UUID

from office.core.jobs import job
from office.patients.models import Patient


@job(attempts=1)
def fail_about(patient_id: str) -> None:
    patient = Patient.objects.get(pk=UUID(patient_id))
    try:
        int(f"{patient.birth_date}")
    except ValueError as fault:
        raise ValueError(f"{patient.name} cannot be told about {patient.birth_date}") from fault
