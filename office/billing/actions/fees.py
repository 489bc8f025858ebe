"""Prices: one set or ended by a person, or a whole table of them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from office.audit import trail
from office.billing.models import Fee
from office.billing.rules import fees as rules
from office.core.actions import Refused, action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.patients.actions.tables import take_back_rows
from office.practice.loads.kinds import Loaded, TakenBack

#: What a table may say of a price that is here.
SAID = ("words", "amount_cents", "ends_on")


@action(Permission.MANAGE_FEES)
def set_fee(  # noqa: PLR0913 (a price says of what, where, how much, and from when)
    actor: Actor,
    *,
    code: str,
    amount_cents: int,
    starts_on: date,
    modifiers: str = "",
    place_of_service: str = "",
    words: str = "",
    ends_on: date | None = None,
) -> Fee:
    """Set what one unit costs from a day on; earlier prices stay for their days. The same day again corrects it."""
    objections = (
        rules.objection_to_code(code), rules.objection_to_modifiers(modifiers), rules.objection_to_amount(amount_cents),
    )  # fmt: skip
    if objection := next((one for one in objections if one), None):
        raise Refused(f"{objection}.")
    if ends_on and ends_on < starts_on:
        raise Refused("This price would end before it begins.")
    line = {"code": code, "modifiers": modifiers, "place_of_service": place_of_service}
    row = Fee.objects.select_for_update().filter(**line, starts_on=starts_on).first() or Fee(
        **line, starts_on=starts_on
    )
    said: dict[str, Any] = {"words": words, "amount_cents": amount_cents, "ends_on": ends_on}
    before = None if row._state.adding else {name: getattr(row, name) for name in said}
    if before == said:
        unchanged()
        return row
    for name, value in said.items():
        setattr(row, name, value)
    row.save()
    trail.record(actor, "fee.set", row, line=line, starts_on=starts_on, before=before, after=said)
    return row


@action(Permission.IMPORT_RECORDS)
def load_fees(actor: Actor, *, new: Sequence[Fee], changed: Sequence[Fee]) -> None:
    """Write a batch of prices: new ones, and those of the same line and day that the table corrects."""
    if not new and not changed:
        return unchanged()
    Fee.objects.bulk_create(new)
    Fee.objects.bulk_update(changed, SAID)
    trail.record(actor, "fee.loaded", new=len(new), changed=len(changed))
    return None


@action(Permission.IMPORT_RECORDS)
def take_back_fees(actor: Actor, *, rows: Sequence[Loaded], at: datetime) -> TakenBack:
    """Remove the prices that a load brought and set back those it corrected, unless somebody changed them since."""
    taken = take_back_rows(Fee, rows, unused=Q())
    trail.record(actor, "fee.load_taken_back", removed=taken.removed, kept=taken.kept)
    return taken
