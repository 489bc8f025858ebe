"""What a table of the old system changes of charts that are here, and taking back what a load did."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.dateparse import parse_date

from office.audit import trail
from office.core.actions import action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.actions import search_index
from office.patients.models import (
    Address,
    Coverage,
    Identifier,
    Name,
    Patient,
    Payer,
    Plan,
    SearchWord,
    Telecom,
)
from office.patients.queries.payers import payers_by_name
from office.practice.loads.kinds import Loaded, Outcome, TakenBack

CHUNK = 500
_DATES = {"birth_date", "died_on"}
T = TypeVar("T")
Row = Name | Identifier | Telecom | Address


@dataclass
class Change:
    """What a row brings to a chart: columns by name, rows to add, addresses that it replaces."""

    patient: Patient
    fields: dict[str, Any] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    replaced: list[Address] = field(default_factory=list)

    def before(self) -> dict[str, Any]:
        """Return what an undo needs, as JSON keeps it."""
        return {
            "fields": {name: [_plain(getattr(self.patient, name)), _plain(new)] for name, new in self.fields.items()},
            "rows": [[row._meta.model_name, str(row.pk)] for row in self.rows],
            "replaced": [[str(row.pk), row.use] for row in self.replaced],
        }


@action(Permission.IMPORT_RECORDS)
def bring_changes(actor: Actor, *, changes: Sequence[Change]) -> list[dict[str, Any]]:
    """Write what the old system says differently now; return for each change what an undo needs."""
    if not changes:
        unchanged()
        return []
    befores = []
    for change in changes:
        befores.append(change.before())
        for name, value in change.fields.items():
            setattr(change.patient, name, value)
        if change.fields:
            change.patient.save(update_fields=list(change.fields))
        for address in change.replaced:
            address.use, address.ended_on = Address.Use.OLD, timezone.localdate()
            address.ended_because = "Replaced by the old system's data"
            address.save(update_fields=["use", "ended_on", "ended_because"])
    for model in (Name, Identifier, Telecom, Address):
        of_one_kind: list[Any] = [row for change in changes for row in change.rows if isinstance(row, model)]
        model._base_manager.bulk_create(of_one_kind)
    patients = {change.patient.pk for change in changes}
    search_index.refresh(list(Patient.objects.filter(pk__in=patients)))
    trail.record(actor, "patient.changed_by_table", changes=len(changes), patient_ids=patients)
    return befores


@action(Permission.IMPORT_RECORDS)
def take_back_patients(actor: Actor, *, rows: Sequence[Loaded], at: datetime) -> TakenBack:
    """Remove the charts that a load opened and nobody used since, and set back what it changed in others."""
    made = {row.subject_id for row in rows if row.outcome == Outcome.CREATED and row.subject_id}
    back = kept = 0
    for row in rows:
        # What it changed of a chart that goes goes with it.
        if row.outcome == Outcome.CHANGED and row.subject_id and row.subject_id not in made:
            is_back = _set_back(row)
            back, kept = back + is_back, kept + (not is_back)
    for chunk in chunks(sorted(made)):
        used = _used(chunk, at)
        free = [key for key in chunk if key not in used]
        SearchWord.objects.filter(patient__in=free).delete()
        Patient.objects.filter(pk__in=free).delete()
        back, kept = back + len(free), kept + len(used)
    trail.record(actor, "patient.load_taken_back", removed=back, kept=kept, patient_ids=made)
    return TakenBack(back, kept)


def _pointed_at_by_none(model: type[models.Model], keys: set[UUID]) -> set[UUID]:
    """Return those rows that no row of any area refers to."""
    free = set(keys)
    for relation in model._meta.related_objects:
        if not isinstance(relation.related_model, str):
            name = relation.field.name
            pointing = relation.related_model._base_manager.filter(**{f"{name}__in": free})
            free -= set(pointing.values_list(name, flat=True))
    return free


def _used(keys: Sequence[UUID], at: datetime) -> set[UUID]:
    """Return whose charts were corrected since, or have anything that the load did not bring."""
    charts = Patient.objects.filter(pk__in=keys)
    used = set(charts.exclude(version=1, merged_into=None).values_list("pk", flat=True))
    for relation in Patient._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        if model is SearchWord or isinstance(model, str):
            continue
        rows = model._base_manager.filter(**{f"{name}__in": keys})
        if model in {Name, Identifier, Telecom, Address}:
            rows = rows.filter(created_at__gt=at)
        used.update(rows.values_list(name, flat=True))
    return used


def _set_back(row: Loaded) -> bool:
    """Give a chart what it had before; what was changed again since stays as it is. False when nothing was set back."""
    patient = Patient.objects.filter(pk=row.subject_id).first() if row.subject_id else None
    if patient is None or patient.version > 1:
        return False
    names = [name for name, (_, new) in row.before.get("fields", {}).items() if _plain(getattr(patient, name)) == new]
    for name in names:
        setattr(patient, name, _read(name, row.before["fields"][name][0]))
    if names:
        patient.save(update_fields=names)
    keys = defaultdict(list)
    for model_name, key in row.before.get("rows", ()):
        keys[model_name].append(key)
    for model in (Name, Identifier, Telecom, Address):
        model._base_manager.filter(pk__in=keys[model._meta.model_name]).delete()
    for key, use in row.before.get("replaced", ()):
        Address.objects.filter(pk=key).update(use=use, ended_on=None, ended_because="")
    search_index.refresh([patient])
    return True


@dataclass(frozen=True)
class Cover:
    """A coverage to write, with the payer and plan that may have to be made."""

    coverage: Coverage
    payer: str
    plan: str


@action(Permission.IMPORT_RECORDS)
def load_coverages(actor: Actor, *, new: Sequence[Cover], changed: Sequence[Coverage], fields: Sequence[str]) -> None:
    """Write coverages; a payer or plan that is not known by that name is made."""
    if not new and not changed:
        return unchanged()
    payers = payers_by_name()
    plans = {(plan.payer_id, plan.name.casefold()): plan for plan in Plan.objects.all()}
    for one in new:
        payer = payers.get(one.payer.casefold())
        if payer is None:
            payer = payers[one.payer.casefold()] = Payer.objects.create(name=one.payer)
        plan = plans.get((payer.pk, one.plan.casefold()))
        if plan is None:
            plan = plans[payer.pk, one.plan.casefold()] = Plan.objects.create(payer=payer, name=one.plan)
        one.coverage.plan = plan
    Coverage.objects.bulk_create([one.coverage for one in new])
    if changed:
        Coverage.objects.bulk_update(changed, list(fields), batch_size=200)
    keys = {one.coverage.patient_id for one in new} | {one.patient_id for one in changed}
    trail.record(actor, "coverage.loaded", new=len(new), changed=len(changed), patient_ids=keys)
    return None


@action(Permission.IMPORT_RECORDS)
def take_back_coverages(actor: Actor, *, rows: Sequence[Loaded], at: datetime) -> TakenBack:
    """Remove the coverages that a load brought and nobody used since, and payers and plans that nothing else has."""
    taken = take_back_rows(Coverage, rows, unused=models.Q(card_pictures=None))
    since = {"created_at__gte": _first(rows), "created_at__lte": at}
    for model, untold in ((Plan, {}), (Payer, {"payer_code": "", "filing_indicator": ""})):
        made = set(model._base_manager.filter(**since, **untold).values_list("pk", flat=True))
        model._base_manager.filter(pk__in=_pointed_at_by_none(model, made)).delete()
    trail.record(actor, "coverage.load_taken_back", removed=taken.removed, kept=taken.kept)
    return taken


def _first(rows: Sequence[Any]) -> datetime:
    """Payers are made in the transaction of their first row, a moment before it is remembered."""
    return min((row.load.created_at for row in rows), default=timezone.now())


def take_back_rows(model: type[models.Model], rows: Sequence[Loaded], *, unused: models.Q) -> TakenBack:
    """Remove the rows of a model that a load made, and set back those that it changed.

    ``unused`` says which of them nobody touched; a row that anything points at counts as used. Call it in an action.
    """
    back = kept = 0
    for row in rows:
        fields = row.before.get("fields", {})
        if row.outcome == Outcome.CHANGED and fields:
            same = model._base_manager.filter(
                unused, pk=row.subject_id, **{name: new for name, (_, new) in fields.items()}
            )
            found = same.update(**{name: old for name, (old, _) in fields.items()})
            back, kept = back + found, kept + (not found)
    made = [row.subject_id for row in rows if row.outcome == Outcome.CREATED and row.subject_id]
    for chunk in chunks(made):
        free = set(model._base_manager.filter(unused, pk__in=chunk).values_list("pk", flat=True))
        free = _pointed_at_by_none(model, free)
        model._base_manager.filter(pk__in=free).delete()
        back, kept = back + len(free), kept + len(chunk) - len(free)
    return TakenBack(back, kept)


def chunks(keys: Iterable[T]) -> Iterator[list[T]]:
    left = iter(keys)
    while part := list(islice(left, CHUNK)):
        yield part


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _read(name: str, value: Any) -> Any:
    return parse_date(value) if name in _DATES and value else value
