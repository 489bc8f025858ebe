"""Emergency accesses: those to review, and what was done with each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from office.audit.models import Subject
from office.patients.models import EmergencyAccess, Patient


@dataclass(frozen=True)
class Done:
    """One thing that was done with a chart while emergency access was open: when, and what in plain words."""

    at: datetime
    what: str


def to_review() -> QuerySet[EmergencyAccess]:
    """Those that nobody reviewed yet, oldest first."""
    return EmergencyAccess.objects.filter(reviewed_at__isnull=True).order_by("created_at")


def done_during(accesses: Collection[EmergencyAccess]) -> Mapping[UUID, list[Done]]:
    """Return what the person did with that chart in the hour, by access and in order; also before the chart was merged.

    A constant number of queries, however many accesses.
    """
    chart_by_key = _every_number({access.patient_id for access in accesses})
    rows = Subject.objects.filter(
        kind="patients.patient",
        subject_id__in=chart_by_key,
        entry__actor_id__in={str(access.member_id) for access in accesses},
        entry__at__gte=min((access.created_at for access in accesses), default=None),
        entry__at__lt=max((access.until for access in accesses), default=None),
    ) if accesses else Subject.objects.none()  # fmt: skip
    found = rows.order_by("entry__at").values_list(
        "subject_id", "entry__actor_id", "entry__at", "entry__verb", "entry__details"
    )
    done: dict[UUID, list[Done]] = {access.pk: [] for access in accesses}
    for key, actor_id, at, verb, details in found:
        for access in accesses:
            if (
                chart_by_key[key] == access.patient_id
                and actor_id == str(access.member_id)
                and access.created_at <= at < access.until
                and verb != "chart.emergency_access"
            ):
                done[access.pk].append(Done(at, _words(verb, details)))
    return done


def _every_number(charts: Collection[UUID]) -> dict[str, UUID]:
    """Return each of these charts under its own key and under those of the charts merged into it."""
    found = {str(key): key for key in charts}
    newest: Collection[UUID] = charts
    while newest:
        merged = list(Patient.objects.merged().filter(merged_into__in=newest).values_list("pk", "merged_into"))
        found |= {str(key): found[str(into)] for key, into in merged}
        newest = [key for key, _ in merged]
    return found


def _words(verb: str, details: Mapping[str, object]) -> str:
    if purpose := details.get("purpose"):
        return f"{'Listed' if verb == 'patients.listed' else 'Opened'}: {purpose}"
    return verb.replace(".", " ").replace("_", " ").capitalize()
