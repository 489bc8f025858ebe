"""Payers as billing needs them, and the clearinghouse that carries claims to them."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, Model, OuterRef
from django.utils import timezone

from office.audit import trail
from office.billing.models import Clearinghouse, Enrollment
from office.billing.queries.clearinghouse import row_of
from office.billing.rules import payers as rules
from office.core import secrets
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import Coverage, Payer, PayerName, Plan
from office.patients.queries.payers import payer_named


@action(Permission.MANAGE_PAYERS)
def add_payer(actor: Actor, /, *, name: str, **rest: Any) -> Payer:
    """Write a payer down. ``rest``: the fields of Payer."""
    _ask(Payer(), {"name": name, **rest})
    payer = Payer.objects.create(name=name.strip(), **rest)
    trail.record(actor, "payer.added", payer, name=payer.name)
    return payer


@action(Permission.MANAGE_PAYERS)
def change_payer(actor: Actor, /, *, payer: Payer, **changes: Any) -> Payer:
    """Change what claims to a payer need, or take it out of use (``is_active``); charts keep naming it."""
    payer = Payer.objects.select_for_update().get(pk=payer.pk)
    _ask(payer, changes)
    before = {name: getattr(payer, name) for name in changes}
    for name, value in changes.items():
        setattr(payer, name, value)
    payer.save(update_fields=list(changes))
    trail.record(actor, "payer.changed", payer, changed={"before": before, "after": dict(changes)})
    return payer


def _ask(payer: Payer, values: dict[str, Any]) -> None:
    if name := values.get("name", "").strip():
        same = payer_named(name)
        if same and same.pk != payer.pk:
            raise Refused(
                f"There is already a payer named {same}."
                if same.name.casefold() == name.casefold()
                else f"{name} is another name of {same}."
            )
    if values.get("payer_code") and (objection := rules.objection_to_payer_code(values["payer_code"])):
        raise Refused(objection)
    if values.get("filing_indicator") and values["filing_indicator"] not in rules.FILING_INDICATORS:
        raise Refused("This is no claim-filing indicator.")
    if {"timely_filing_days", "timely_filing_source"} & values.keys():
        days = values.get("timely_filing_days", payer.timely_filing_days)
        source = values.get("timely_filing_source", payer.timely_filing_source)
        if objection := rules.objection_to_timely_filing(days, source):
            raise Refused(objection)


@action(Permission.MANAGE_PAYERS)
def join_payers(actor: Actor, *, payer: Payer, into: Payer) -> Payer:
    """Say that a payer is only another name of ``into``: insurance, plans, enrollment and what else it has move there.

    What is not known of ``into`` is taken over. It keeps the name, so that cards and tables that write it mean it.
    """
    if payer.pk == into.pk:
        raise Refused("This is the same payer.")
    both = {row.pk: row for row in Payer.objects.select_for_update().filter(pk__in=[payer.pk, into.pk])}
    if len(both) < 2:
        raise Refused("One of these payers is no longer here. Look again.")
    payer, into = both[payer.pk], both[into.pk]
    patients = set(Coverage.objects.filter(plan__payer=payer).values_list("patient_id", flat=True))
    _join_plans(payer, into)
    known = Enrollment.objects.filter(payer=into, provider=OuterRef("provider"), transaction=OuterRef("transaction"))
    Enrollment.objects.filter(Exists(known), payer=payer).delete()
    _point(Payer, payer.pk, into.pk)
    taken_over = {name: getattr(payer, name) for name in _FACTS if not getattr(into, name) and getattr(payer, name)}
    for name, value in taken_over.items():
        setattr(into, name, value)
    into.save()
    payer.delete()
    PayerName.objects.create(payer=into, name=payer.name)
    trail.record(actor, "payer.joined", into, patient_ids=patients, name=payer.name, taken_over=taken_over)
    return into


#: What billing knows of a payer.
_FACTS = (
    "payer_code", "kind", "filing_indicator", "phone", "line", "city", "state", "postal_code", "timely_filing_days",
    "timely_filing_source",
)  # fmt: skip


def _join_plans(payer: Payer, into: Payer) -> None:
    """Move each plan, and what names it, to the one of the same name over there; a plan named as its payer too."""
    there = {plan.name.casefold(): plan for plan in into.plans.all()}
    for plan in payer.plans.all():
        name = into.name if plan.name.casefold() == payer.name.casefold() else plan.name
        if same := there.get(name.casefold()):
            _point(Plan, plan.pk, same.pk)
            plan.delete()
        else:
            plan.payer, plan.name = into, name
            plan.save(update_fields=["payer", "name"])


def _point(model: type[Model], old: UUID, new: UUID) -> None:
    """Let whatever refers to the one row, in any area, refer to the other."""
    for relation in model._meta.related_objects:
        if not isinstance(relation.related_model, str):
            name = relation.field.name
            relation.related_model._base_manager.filter(**{name: old}).update(**{name: new})


@action(Permission.MANAGE_PAYERS)
def set_clearinghouse(actor: Actor, /, *, name: str, **values: Any) -> Clearinghouse:
    """Say which clearinghouse carries the claims, and how. An office has one."""
    if not name.strip():
        raise Refused("The clearinghouse needs its name.")
    row = Clearinghouse.objects.select_for_update().first() or Clearinghouse()
    before = {field: getattr(row, field) for field in ("name", *values)}
    for field, value in {"name": name.strip(), **values}.items():
        setattr(row, field, value)
    row.save()
    trail.record(actor, "clearinghouse.set", row, changed={"before": before, "after": {"name": name, **values}})
    return row


@action(Permission.MANAGE_PAYERS)
def set_clearinghouse_password(actor: Actor, *, clearinghouse: Clearinghouse, password: str) -> Clearinghouse:
    """Seal the password to its row; the trail says that it was set, and nothing of it."""
    if not password:
        raise Refused("Type the password.")
    row = Clearinghouse.objects.select_for_update().get(pk=clearinghouse.pk)
    row.sealed_password = secrets.seal(password.encode(), row=row_of(row))
    row.password_set_at, row.password_set_by = timezone.now(), actor.label[:150]
    row.save(update_fields=["sealed_password", "password_set_at", "password_set_by"])
    trail.record(actor, "clearinghouse.password_set", row)
    return row
