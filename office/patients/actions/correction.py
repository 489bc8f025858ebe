"""Correcting what a chart says of a person; someone else's correction in between is never overwritten."""

from collections.abc import Mapping
from typing import Any

from office.audit import trail
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.patients.actions import search_index
from office.patients.events import NewbornNamed
from office.patients.models import Name, Patient

CORRECTABLE = frozenset(
    {
        "family_name", "given_name", "middle_name", "prefix", "suffix", "called", "pronouns", "is_unnamed_newborn",
        "birth_date", "sex", "gender_identity", "marital_status", "language", "needs_interpreter", "custody_note",
        "primary_provider_id", "contact_asked_on",
    }
)  # fmt: skip


class Stale(Refused):
    """Someone else corrected the chart meanwhile. ``theirs`` and ``yours`` hold the fields that differ."""

    def __init__(self, theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> None:
        super().__init__("Someone else changed this chart meanwhile. Nothing was lost: compare both, then save again.")
        self.theirs, self.yours = theirs, yours


@action(Permission.CORRECT_PATIENTS)
def correct_patient(
    actor: Actor, *, patient: Patient, version: int, changes: Mapping[str, Any], keep_old_name: str = ""
) -> Patient:
    """Change fields of a chart, as seen at ``version``, or refuse when it was changed since (Stale holds both texts).

    ``keep_old_name`` is a kind of Name under which the name until now stays findable; "" when it was a slip.
    """
    now = Patient.objects.select_for_update().get(pk=patient.pk)
    if now.merged_into_id:
        raise Refused("This chart was merged into another. Open that one.")
    differing = {
        field: value for field, value in changes.items() if field in CORRECTABLE and getattr(now, field) != value
    }
    if not differing:
        unchanged()
        return now
    if now.version != version:
        raise Stale({field: getattr(now, field) for field in differing}, differing)
    if not str(differing.get("family_name", now.family_name)).strip():
        raise Refused("A family name is needed.")
    is_named = _is_named(now, differing)
    if keep_old_name and not is_named:
        _keep_old_name(now, differing, keep_old_name)
    for field, value in differing.items():
        setattr(now, field, value)
    now.is_unnamed_newborn = now.is_unnamed_newborn and not is_named
    now.version += 1
    now.save()
    search_index.refresh([now])
    trail.record(actor, "patient.corrected", now, fields=sorted(differing))
    if is_named:
        announce(NewbornNamed(str(now.pk)))
    return now


def _is_named(now: Patient, differing: Mapping[str, Any]) -> bool:
    """True when a child without a name gets one; there is no old name to keep then."""
    return now.is_unnamed_newborn and bool(str(differing.get("given_name", "")).strip())


def _keep_old_name(now: Patient, differing: Mapping[str, Any], kind: str) -> None:
    if {"family_name", "given_name"} & set(differing):
        Name.objects.create(
            patient=now, kind=kind, family_name=now.family_name, given_name=now.given_name,
            middle_name=now.middle_name,
        )  # fmt: skip
