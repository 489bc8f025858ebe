"""Medical record numbers: given once, in order, whoever asks at the same time."""

from office.patients.models import NumberSeries, Patient

FIRST_MRN = 10_001


def next_mrns(count: int = 1) -> list[str]:
    """Return unused medical record numbers, taken for good when the running transaction commits.

    Call it inside an action: the series' row is locked until then, so two clerks never get the same one. A number that
    an import brought is skipped.
    """
    NumberSeries.objects.get_or_create(name="mrn", defaults={"next": FIRST_MRN})
    series = NumberSeries.objects.select_for_update().get(name="mrn")
    given: list[str] = []
    while len(given) < count:
        wanted = [str(series.next + step) for step in range(count - len(given))]
        taken = set(Patient.objects.filter(mrn__in=wanted).values_list("mrn", flat=True))
        given += [number for number in wanted if number not in taken]
        series.next += len(wanted)
    series.save()
    return given
