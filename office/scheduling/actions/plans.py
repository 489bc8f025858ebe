"""Which plans a provider takes."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import Payer, Plan
from office.practice.models import Location
from office.scheduling.models import PlanTaken
from office.scheduling.rules import plans
from office.staff.models import Provider


@action(Permission.MANAGE_PAYERS)
def set_plan_taken(  # noqa: PLR0913 (a line is made of these)
    actor: Actor,
    *,
    providers: Sequence[Provider],
    payer: Payer,
    plan: Plan | None = None,
    location: Location | None = None,
    applied_on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    line: PlanTaken | None = None,
) -> list[PlanTaken]:
    """Write down, or change with ``line``, that providers take a plan; the same one again changes its days."""
    today = timezone.localdate()
    if objection := plans.objection_to(starts_on=starts_on, ends_on=ends_on, applied_on=applied_on, today=today):
        raise Refused(objection)
    if plan and plan.payer_id != payer.pk:
        raise Refused("This plan is another payer's.")
    list(Provider.objects.select_for_update().filter(pk__in=[one.pk for one in providers]))
    days = {"applied_on": applied_on, "starts_on": starts_on, "ends_on": ends_on}
    rows = []
    for provider in providers:
        of_whom = {"provider": provider, "payer": payer, "plan": plan, "location": location}
        mine = line if line and line.provider_id == provider.pk else None
        row = mine or PlanTaken.objects.filter(**of_whom, ends_on__isnull=True).first() or PlanTaken()
        before = {name: getattr(row, name) for name in days}
        for name, value in {**of_whom, **days}.items():
            setattr(row, name, value)
        row.save()
        trail.record(actor, "plan_taken.set", row, provider, payer, before=before, after=days)
        rows.append(row)
    return rows


@action(Permission.MANAGE_PAYERS)
def remove_plan_taken(actor: Actor, *, line: PlanTaken) -> None:
    """Take a line away that was never true; one that is over gets its last day instead."""
    line = PlanTaken.objects.select_for_update().get(pk=line.pk)
    said = {"starts_on": line.starts_on, "ends_on": line.ends_on, "applied_on": line.applied_on}
    trail.record(actor, "plan_taken.removed", line, line.provider, line.payer, before=said)
    line.delete()
