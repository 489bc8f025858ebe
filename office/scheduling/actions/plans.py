"""Which plans a provider takes."""

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
    provider: Provider,
    payer: Payer,
    plan: Plan | None = None,
    location: Location | None = None,
    applied_on: date | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
    line: PlanTaken | None = None,
) -> PlanTaken:
    """Write down, or change with ``line``, that a provider takes a plan; the same one again changes its days."""
    today = timezone.localdate()
    if objection := plans.objection_to(starts_on=starts_on, ends_on=ends_on, applied_on=applied_on, today=today):
        raise Refused(objection)
    if plan and plan.payer_id != payer.pk:
        raise Refused("This plan is another payer's.")
    Provider.objects.select_for_update().get(pk=provider.pk)
    same = PlanTaken.objects.filter(provider=provider, payer=payer, plan=plan, location=location)
    row = line or same.filter(ends_on__isnull=True).first() or PlanTaken()
    before = {"starts_on": row.starts_on, "ends_on": row.ends_on, "applied_on": row.applied_on}
    row.provider, row.payer, row.plan, row.location = provider, payer, plan, location
    row.applied_on, row.starts_on, row.ends_on = applied_on, starts_on, ends_on
    row.save()
    after = {"starts_on": starts_on, "ends_on": ends_on, "applied_on": applied_on}
    trail.record(actor, "plan_taken.set", row, provider, payer, before=before, after=after)
    return row


@action(Permission.MANAGE_PAYERS)
def remove_plan_taken(actor: Actor, *, line: PlanTaken) -> None:
    """Take a line away that was never true; one that is over gets its last day instead."""
    line = PlanTaken.objects.select_for_update().get(pk=line.pk)
    said = {"starts_on": line.starts_on, "ends_on": line.ends_on, "applied_on": line.applied_on}
    trail.record(actor, "plan_taken.removed", line, line.provider, line.payer, before=said)
    line.delete()
