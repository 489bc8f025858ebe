"""The matrix of payers and providers for a transaction, and one cell of it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from office.billing.actions.enrollment import set_enrollment
from office.billing.forms.payers import EnrollmentForm
from office.billing.queries.enrollment import Cell, Line, billed_providers, matrix
from office.billing.rules.enrollment import KEYS, State, Transaction
from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.patients.models import Payer
from office.staff.models import Provider


@require_GET
@needs(Permission.MANAGE_PAYERS)
def enrollment(request: OfficeRequest) -> HttpResponse:
    """Every payer with every provider, for one transaction."""
    transaction = _transaction(request.GET.get("for", Transaction.CLAIMS))
    providers = billed_providers()
    lines = matrix(transaction, list(Payer.objects.filter(is_active=True)), providers)
    return page(
        request,
        "billing/enrollment.html",
        {
            "transaction": transaction,
            "tabs": list(Transaction),
            "providers": providers,
            "lines": lines,
            "ready": sum(line.ready for line in lines),
            "all_of_them": len(lines) * len(providers),
            "keys": [(key, state) for key, state in KEYS.items()],
        },
    )


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PAYERS)
def cell(request: OfficeRequest, payer_id: UUID, transaction: str, provider_id: UUID) -> HttpResponse:
    """How one provider stands; htmx gets the payer's line of the matrix back."""
    payer = get_object_or_404(Payer, pk=payer_id)
    kind = _transaction(transaction)
    providers = billed_providers()
    provider = next((one for one in providers if one.pk == provider_id), None)
    if provider is None:
        raise Http404("There is no such provider.")
    mine = _cell(payer, kind, provider)
    form = EnrollmentForm(
        request.POST or None,
        initial={"state": request.GET.get("state", mine.state), "on": mine.on, "note": mine.note},
    )
    if form.is_valid():
        said = form.cleaned_data
        meant = providers if said.pop("everyone") else [provider]
        try:
            set_enrollment(request.actor, payer=payer, providers=meant, transaction=kind, **said)
        except Refused as refusal:
            form.add_error("note" if said["state"] is State.DENIED and not said["note"] else "on", str(refusal))
        else:
            return _answer(request, payer, kind, providers)
    context = {"payer": payer, "provider": provider, "transaction": kind, "cell": mine, "form": form}
    return page(request, "billing/enrollment_cell.html", context, invalid=bool(form.errors))


def _answer(request: OfficeRequest, payer: Payer, kind: Transaction, providers: list[Provider]) -> HttpResponse:
    if request.htmx:
        (line,) = matrix(kind, [payer], providers)
        return page(request, "billing/enrollment.html", {"line": line, "transaction": kind}, part="line")
    toast(request, f"{payer}, {kind.label}: saved.")
    return go_to(request, f"{reverse('billing:enrollment')}?for={kind}")


def _cell(payer: Payer, kind: Transaction, provider: Provider) -> Cell:
    line: Line = matrix(kind, [payer], [provider])[0]
    return line.cells[0]


def _transaction(text: Any) -> Transaction:
    try:
        return Transaction(text)
    except ValueError as unknown:
        raise Http404("There is no such transaction.") from unknown
