"""Set-up's card of the fee schedule: a price looked up, set from a day on, and what it was before."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from office.billing.actions.fees import set_fee
from office.billing.forms.fees import FeeForm
from office.billing.loads.fees import FEES
from office.billing.models import Fee
from office.billing.queries.fees import MOST, history_of, look_up, standing
from office.core.actions import Refused
from office.core.money import dollars
from office.core.pages import OfficeRequest, go_to, needs
from office.core.permissions import Permission
from office.core.toasts import toast
from office.practice.models import Load
from office.practice.set_up import set_up_page


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_FEES)
def fees(request: OfficeRequest) -> HttpResponse:
    """Look a price up, load a table, set a new price."""
    begin = {"starts_on": timezone.localdate()}
    return _card(request, None, FeeForm(request.POST or None, initial=begin))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_FEES)
def fee(request: OfficeRequest, fee_id: UUID) -> HttpResponse:
    """One line: its next price, and those before. Another day makes a new price, the same day corrects it."""
    one = get_object_or_404(Fee, pk=fee_id)
    now = {
        name: getattr(one, name) for name in ("code", "modifiers", "place_of_service", "words", "starts_on", "ends_on")
    }
    now["amount"] = f"{one.amount_cents // 100}.{one.amount_cents % 100:02}"
    return _card(request, one, FeeForm(request.POST or None, initial=now, place=one.place_of_service))


def _card(request: OfficeRequest, one: Fee | None, form: FeeForm) -> HttpResponse:
    if form.is_valid():
        try:
            made = set_fee(request.actor, **form.said())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{made}: {dollars(made.amount_cents)} from {made.starts_on:%m/%d/%Y}.")
            return go_to(request, reverse("billing:fee", args=[made.pk]))
    today = timezone.localdate()
    text = request.GET.get("q", "")[:40]
    rows = look_up(text, today)
    context: dict[str, Any] = {
        "form": form,
        "one": one,
        "text": text,
        "rows": rows,
        "is_cut": len(rows) == MOST,
        "history": history_of(one) if one else [],
        "now": standing(today),
        "today": today,
        "loads": Load.objects.filter(kind=FEES.name)[:5],
        "kind": FEES.name,
        "may_load": request.actor.may(Permission.IMPORT_RECORDS),
    }
    return set_up_page(request, "billing/set_up/fees.html", "fees", context, invalid=bool(form.errors))
