"""Which charts are one chart now."""

from uuid import UUID

from office.patients.models import Patient


def charts_in_one(patient_id: UUID) -> list[UUID]:
    """Return the chart that was kept and every chart merged into it, whichever of them is asked about."""
    kept = patient_id
    while (into := Patient.objects.filter(pk=kept).values_list("merged_into", flat=True).first()) is not None:
        kept = into
    found, newest = [kept], [kept]
    while newest:
        newest = list(Patient.objects.merged().filter(merged_into__in=newest).values_list("pk", flat=True))
        found += newest
    return found
