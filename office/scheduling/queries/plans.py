"""Which plans are taken, and whether a patient's is one of them."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from office.core.wiring import SetUpPart
from office.patients.models import Coverage, Patient, Payer, Plan
from office.practice.models import Location
from office.scheduling.models import PlanTaken
from office.scheduling.rules.plans import Standing, Taken, how_it_stands, why_not
from office.staff.models import Provider


@dataclass(frozen=True)
class Listed:
    """A line of a provider's list as a screen shows it."""

    row: PlanTaken
    standing: Standing


def listed(provider: Provider) -> list[Listed]:
    """Return the provider's list, each line with how it stands today."""
    today = timezone.localdate()
    rows = PlanTaken.objects.filter(provider=provider).select_related("payer", "plan__payer", "location")
    return [Listed(row, _as_value(row).standing(today)) for row in rows]


def objection_to_insurance(patient: Patient, provider: Provider, location: Location, on: date) -> str:
    """Return that the provider does not take the plan that pays first for the patient that day, or nothing."""
    card = Coverage.objects.filter(patient=patient).current(on).select_related("plan__payer").first()
    return plan_not_taken(card.plan, provider, location, on) if card else ""


def plan_not_taken(plan: Plan, provider: Provider, location: Location, on: date) -> str:
    """Return that the provider does not take the plan, as a sentence, or nothing.

    Nothing is said of a provider whose list nobody has begun. One query, when the plan has its payer.
    """
    lines = [_as_value(row) for row in PlanTaken.objects.filter(provider=provider)]
    if not lines:
        return ""
    standing, line = how_it_stands(lines, payer=plan.payer_id, plan=plan.pk, location=location.pk, on=on)
    if standing is Standing.TAKEN:
        return ""
    named = f"{plan.payer}, {plan}" if plan.name != plan.payer.name else plan.name
    said = f"{provider.spoken_name} does not take {named} at {location} on {on:%m/%d/%Y}."
    return f"{said} {why_not(standing, line)}".strip()


def plan_parts() -> list[SetUpPart]:
    """Each provider's list of plans, once there are payers at all."""
    if not Payer.objects.filter(is_active=True).exists():
        return []
    without = list(Provider.objects.filter(is_active=True, plans_taken__isnull=True))
    who = without[0].spoken_name if len(without) == 1 else f"one of {len(without)} providers"
    return [
        SetUpPart(
            "plans taken",
            not without,
            f"Nobody is warned that {who} does not take a plan",
            "No list of the plans that are taken.",
            reverse("scheduling:plans_taken"),
        )
    ]


def _as_value(row: PlanTaken) -> Taken:
    return Taken(row.payer_id, row.plan_id, row.location_id, row.starts_on, row.ends_on, row.applied_on)
