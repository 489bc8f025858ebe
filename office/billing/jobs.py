"""What billing does by itself."""

from django.urls import reverse
from django.utils import timezone

from office.billing.queries.enrollment import overdue_requests
from office.billing.rules.enrollment import times_overdue
from office.core.actors import Automation
from office.core.jobs import job
from office.core.permissions import Permission
from office.staff.permissions import RoleName
from office.worklist.actions import ask, finish
from office.worklist.models import WorkItem

ENROLLMENT = Automation("enrollment", frozenset({Permission.DO_WORK}))
_KIND = "enrollment"


@job()
def follow_up_enrollments(payer_id: str = "") -> None:
    """A request that a payer has not answered becomes a task of the biller, again after each wait; an answer ends it.

    ``payer_id`` is what changed, when something did: all of them are looked at all the same.
    """
    today = timezone.localdate()
    due: set[str] = set()
    for (payer, transaction, on), providers in overdue_requests(today).items():
        begin = f"enrollment:{payer.pk}:{transaction}:{on:%Y%m%d}:"
        due.add(begin)
        ask(
            ENROLLMENT,
            title=f"Ask {payer} about the enrollment for {transaction.label}"[:160],
            kind=_KIND,
            key=f"{begin}{times_overdue(on, today=today)}",
            note=f"Requested {on:%m/%d/%Y} for {', '.join(one.spoken_name for one in providers)}. No answer yet.",
            for_role=RoleName.BILLER,
            link=f"{reverse('billing:enrollment')}?for={transaction}",
        )
    for item in WorkItem.objects.open().filter(kind=_KIND):
        if item.key.rpartition(":")[0] + ":" not in due:
            finish(ENROLLMENT, item=item, outcome="The payer has answered.")
