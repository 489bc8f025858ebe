"""Making two charts of one person one, and apart again: every row that moves is written down."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from office.audit import trail
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.patients.actions import search_index
from office.patients.events import ChartsMerged
from office.patients.models import DifferentPeople, Identifier, Merge, Name, Patient, SearchWord
from office.patients.rules.merging import what_the_kept_chart_gains

#: Relations that say something of the chart itself, or are derived: they stay.
_STAY = {Merge, SearchWord, DifferentPeople}


@action(Permission.MERGE_PATIENTS)
def merge_charts(actor: Actor, *, kept: Patient, merged: Patient, reason: str) -> Merge:
    """Move every row of ``merged`` to ``kept`` and let the one lead to the other, or refuse and say why.

    What the kept chart lacks it gains; its own facts stay. The other name and number are kept, so that both are found.
    """
    kept, merged = _locked(kept.pk, merged.pk)
    if objection := objection_to(kept, merged):
        raise Refused(objection)
    if len(reason.strip()) < 5:
        raise Refused("Say in a few words how you know that they are one person.")
    merge = Merge.objects.create(kept=kept, merged=merged, by_label=actor.label, reason=reason.strip()[:200])
    moves = list(_moved(kept, merged))
    gained = what_the_kept_chart_gains(_facts(kept), _facts(merged))
    merge.before = {field: {"was": _plain(getattr(kept, field)), "now": _plain(now)} for field, now in gained.items()}
    _change(kept, gained)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])
    merge.moves = [*moves, *_keep_old_name_and_number(kept, merged)]
    merge.save(update_fields=["moves", "before"])
    search_index.refresh([kept, merged])
    trail.record(actor, "patients.merged", merge, patient_ids=[kept.pk, merged.pk], rows=len(moves))
    announce(ChartsMerged(str(merge.pk)))
    return merge


@action(Permission.MERGE_PATIENTS)
def undo_merge(actor: Actor, *, merge: Merge) -> Merge:
    """Move back every row that the merge moved, and give both charts the facts they had, or refuse and say why.

    What came to the kept chart since stays there; a fact corrected since keeps its correction.
    """
    kept, merged = _locked(merge.kept_id, merge.merged_id)
    merge = Merge.objects.select_for_update().get(pk=merge.pk)
    if merge.undone_at:
        raise Refused("This merge was undone already.")
    if kept.merged_into_id:
        raise Refused("The kept chart was merged into another one since. Undo that merge first.")
    try:
        with transaction.atomic():
            for label, field, key in merge.moves:
                _move_back(label, field, key, kept=kept, merged=merged)
    except IntegrityError as conflict:
        raise Refused(
            "A visit moved since now stands in the way of one that would move back. Move it first."
        ) from conflict
    _change(
        kept,
        {name: _as_field(name, both["was"]) for name, both in merge.before.items() if _unchanged(kept, name, both)},
    )
    merged.merged_into = None
    merged.save(update_fields=["merged_into"])
    merge.undone_at, merge.undone_by = timezone.now(), actor.label
    merge.save(update_fields=["undone_at", "undone_by"])
    search_index.refresh([kept, merged])
    trail.record(actor, "patients.merge_undone", merge, patient_ids=[kept.pk, merged.pk])
    return merge


def objection_to(kept: Patient, merged: Patient) -> str | None:
    """Return why these two charts cannot become one, or None. Asked again, under lock, by the action."""
    if kept.pk == merged.pk:
        return "A chart cannot be merged into itself."
    if merged.merged_into_id or kept.merged_into_id:
        return "One of these charts was merged already."
    found = DifferentPeople.objects.filter(patient__in=[kept, merged], other__in=[kept, merged]).first()
    if found:
        return f"{found.by_label} found that these are two people: {found.reason}"
    return None


def relations() -> Iterator[tuple[type[models.Model], str]]:
    """Yield every (model, field) of the whole program that points to a patient and moves with a merge."""
    for relation in Patient._meta.related_objects:
        field = getattr(relation, "field", None)
        if relation.related_model not in (Patient, *_STAY) and isinstance(field, models.ForeignKey):
            yield relation.related_model, field.name


def _locked(*keys: UUID) -> list[Patient]:
    """Lock both charts in one order, so that two merges of the same pair cannot wait for each other."""
    rows = {row.pk: row for row in Patient.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    return [rows[key] for key in keys]


def _moved(kept: Patient, merged: Patient) -> Iterator[list[str]]:
    for model, field in relations():
        rows = model._base_manager.filter(**{field: merged})
        keys = [str(key) for key in rows.values_list("pk", flat=True)]
        try:
            with transaction.atomic():
                rows.update(**{field: kept})
        except IntegrityError as conflict:
            nouns = str(model._meta.verbose_name_plural)
            raise Refused(
                f"Both charts have {nouns} that cannot stand side by side, such as two visits at one time. "
                "Change one of them first. Nothing was merged."
            ) from conflict
        yield from ([model._meta.label, field, key] for key in keys)


def _move_back(label: str, field: str, key: str, *, kept: Patient, merged: Patient) -> None:
    model = apps.get_model(label)
    if field:
        model._base_manager.filter(**{"pk": key, field: kept}).update(**{field: merged})
    else:
        # Made by the merge itself.
        model._base_manager.filter(pk=key).delete()


def _keep_old_name_and_number(kept: Patient, merged: Patient) -> Iterator[list[str]]:
    """The other number, and the other name when it differs, stay findable; a move without a field says so."""
    made: list[models.Model] = [
        Identifier.objects.create(patient=kept, kind=Identifier.Kind.OLD_CHART, system="merged", value=merged.mrn)
    ]
    if (merged.family_name, merged.given_name) != (kept.family_name, kept.given_name):
        made.append(
            Name.objects.create(
                patient=kept,
                kind=Name.Kind.ALIAS,
                family_name=merged.family_name,
                given_name=merged.given_name,
                middle_name=merged.middle_name,
            )
        )
    for row in made:
        yield [row._meta.label, "", str(row.pk)]


_FACTS = (
    "middle_name", "prefix", "suffix", "called", "pronouns", "birth_date", "sex", "gender_identity", "marital_status",
    "photo", "custody_note", "primary_provider_id", "died_on", "is_deceased", "is_restricted",
)  # fmt: skip


def _facts(patient: Patient) -> dict[str, Any]:
    return {name: getattr(patient, name) for name in _FACTS}


def _change(patient: Patient, changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        setattr(patient, name, value)
    patient.version += 1
    patient.save(update_fields=[*changes, "version"])


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, str | bool | int) else str(value)


def _as_field(name: str, plain: Any) -> Any:
    """Return what ``_plain`` made of a value, as the field holds it."""
    field = Patient._meta.get_field(name.removesuffix("_id"))
    return field.to_python(plain) if isinstance(field, models.Field) else plain


def _unchanged(kept: Patient, name: str, both: dict[str, Any]) -> bool:
    return bool(_plain(getattr(kept, name)) == both["now"])
