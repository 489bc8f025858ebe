"""Opening balances from the old system: added, corrected by the difference, taken back by their opposite."""

from collections.abc import Sequence

from django.utils import timezone

from office.audit import trail
from office.billing.models import Account, OpeningBalance
from office.core.actions import action, unchanged
from office.core.actors import Actor
from office.core.permissions import Permission
from office.practice.loads.kinds import Loaded, TakenBack


@action(Permission.IMPORT_RECORDS)
def load_opening_balances(actor: Actor, *, rows: Sequence[OpeningBalance]) -> None:
    """Write opening balances; an account that is not saved yet is made."""
    if not rows:
        return unchanged()
    Account.objects.bulk_create([row.account for row in rows if row.account._state.adding])
    OpeningBalance.objects.bulk_create(rows)
    trail.record(
        actor,
        "balance.loaded",
        rows=len(rows),
        cents=sum(row.amount_cents for row in rows),
        patient_ids={row.account.patient_id for row in rows},
    )
    return None


@action(Permission.IMPORT_RECORDS)
def take_back_opening_balances(actor: Actor, *, rows: Sequence[Loaded]) -> TakenBack:
    """Add the opposite of each row that a load brought; none is used before charges and payments exist."""
    keys = [row.subject_id for row in rows if row.subject_id]
    brought = OpeningBalance.objects.filter(pk__in=keys, taken_back_by=None).select_related("account")
    opposites = [
        OpeningBalance(
            account=row.account,
            amount_cents=-row.amount_cents,
            as_of_on=timezone.localdate(),
            source=row.source,
            takes_back=row,
        )
        for row in brought
    ]
    OpeningBalance.objects.bulk_create(opposites)
    trail.record(
        actor, "balance.load_taken_back", rows=len(opposites), patient_ids={one.account.patient_id for one in opposites}
    )
    return TakenBack(len(opposites), 0)
