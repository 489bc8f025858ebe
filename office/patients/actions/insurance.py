"""Insurance: what covers a patient, in which order it pays, until when, and the pictures of its card."""

from datetime import date
from typing import Any

from django.utils import timezone

from office.audit import trail
from office.core import files
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.models import CardPicture, Coverage, Patient, Payer, Plan
from office.patients.queries.payers import payer_named

#: A place after every other.
LAST = 1_000


@action(Permission.CORRECT_PATIENTS)
def set_coverage(
    actor: Actor, /, *, patient: Patient, payer: str, plan: str, coverage: Coverage | None = None, **values: Any
) -> Coverage:
    """Add or correct insurance: the plan by its payer's and its own name, ``values`` the fields of Coverage.

    ``rank`` is the place where it pays, counted among those that have not ended; the others make room. ``front`` and
    ``back`` are pictures of the card as they were uploaded; they are kept without their metadata.
    """
    payer, plan = payer.strip(), plan.strip()
    if not payer or not str(values.get("member_id", "")).strip():
        raise Refused("The insurer and the member ID are needed.")
    Patient.objects.select_for_update().get(pk=patient.pk)
    insurer = payer_named(payer) or Payer.objects.create(name=payer)
    row = coverage or Coverage(patient=patient)
    row.plan, _ = Plan.objects.get_or_create(payer=insurer, name=plan or payer)
    card = {side: values.pop(side) for side in CardPicture.Side.values if side in values}
    place = values.pop("rank", None) or (row.rank if coverage else LAST)
    for name, value in values.items():
        setattr(row, name, value)
    if row.starts_on and row.ends_on and row.ends_on < row.starts_on:
        raise Refused("The insurance would end before it starts.")
    row.save()
    _put_in_order(row, place)
    _keep_pictures(actor, row, card)
    trail.record(actor, "coverage.set", row, patient_id=patient.pk, is_new=coverage is None)
    return row


@action(Permission.CORRECT_PATIENTS)
def end_coverage(actor: Actor, *, coverage: Coverage, ends_on: date) -> Coverage:
    """Note the last day that the insurance covers; it stays on the chart, and what remains moves up."""
    Patient.objects.select_for_update().get(pk=coverage.patient_id)
    if coverage.ends_on == ends_on:
        unchanged()
        return coverage
    if coverage.starts_on and ends_on < coverage.starts_on:
        raise Refused("The insurance would end before it starts.")
    coverage.ends_on = ends_on
    coverage.save(update_fields=["ends_on"])
    _put_in_order(coverage, coverage.rank)
    trail.record(actor, "coverage.ended", coverage, patient_id=coverage.patient_id, ends_on=ends_on)
    return coverage


@action(Permission.CORRECT_PATIENTS)
def set_card_pictures(
    actor: Actor, *, coverage: Coverage, front: bytes | None = None, back: bytes | None = None
) -> Coverage:
    """Keep new pictures of the card's sides; what was there before stays as history."""
    card = {CardPicture.Side.FRONT.value: front, CardPicture.Side.BACK.value: back}
    if not any(card.values()):
        raise Refused("Choose a picture of the front or the back.")
    sides = _keep_pictures(actor, coverage, card)
    if not sides:
        unchanged()
        return coverage
    trail.record(actor, "card.pictured", coverage, patient_id=coverage.patient_id, sides=sides)
    return coverage


def _keep_pictures(actor: Actor, coverage: Coverage, card: dict[str, bytes | None]) -> list[str]:
    """Keep each side that came and is not the one on file; return which. Refuses the whole card for one bad side."""
    kept = []
    for side, data in card.items():
        if not data:
            continue
        try:
            picture = files.store(files.picture(data))
        except Refused as refusal:
            raise Refused(f"Card, {side}: {refusal} Nothing was saved; what you typed is still here.") from refusal
        newest = CardPicture.objects.filter(coverage=coverage, side=side).first()
        if newest is None or newest.picture != picture:
            CardPicture.objects.create(coverage=coverage, side=side, picture=picture, added_by=actor.label)
            kept.append(side)
    return kept


def _put_in_order(row: Coverage, place: int) -> None:
    """Count the patient's insurance anew: what has not ended pays first to last, what has ended comes after."""
    today = timezone.localdate()
    others = list(Coverage.objects.filter(patient=row.patient_id).exclude(pk=row.pk))
    ended = [one for one in others if one.has_ended(today)]
    standing = [one for one in others if not one.has_ended(today)]
    (ended if row.has_ended(today) else standing).insert(place - 1, row)
    for rank, one in enumerate([*standing, *ended], 1):
        if one.rank != rank:
            Coverage.objects.filter(pk=one.pk).update(rank=rank)
    row.refresh_from_db(fields=["rank"])
