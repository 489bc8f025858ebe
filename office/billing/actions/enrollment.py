"""Where a provider stands with a payer for a transaction."""

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from office.audit import trail
from office.billing.events import EnrollmentChanged
from office.billing.models import Enrollment
from office.billing.rules import enrollment as rules
from office.billing.rules.enrollment import State, Transaction
from office.core.actions import Refused, action
from office.core.actors import Actor
from office.core.events import announce
from office.core.permissions import Permission
from office.patients.models import Payer
from office.staff.models import Provider


@action(Permission.MANAGE_PAYERS)
def set_enrollment(  # noqa: PLR0913 (who, with whom, for what, how it stands since when, and why)
    actor: Actor,
    *,
    payer: Payer,
    providers: Sequence[Provider],
    transaction: Transaction,
    state: State,
    on: date | None = None,
    note: str = "",
) -> list[Enrollment]:
    """Write down how these providers stand with a payer for a transaction; ``on`` is today when it is not said."""
    today = timezone.localdate()
    on = (on or today) if state in rules.DATED else None
    if objection := rules.objection_to(state, on, note, today=today):
        raise Refused(objection)
    Payer.objects.select_for_update().get(pk=payer.pk)
    said = {"state": state, "on": on, "note": note.strip()[:200], "by_label": actor.label[:150]}
    rows = [
        Enrollment.objects.update_or_create(payer=payer, provider=one, transaction=transaction, defaults=said)[0]
        for one in providers
    ]
    trail.record(
        actor,
        "enrollment.set",
        payer,
        transaction=transaction,
        state=state,
        on=on,
        providers=[str(one.pk) for one in providers],
    )
    announce(EnrollmentChanged(str(payer.pk)))
    return rows
