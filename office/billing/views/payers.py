"""Set-up's card of the payers: who pays, under which number, and who carries the claims there."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from office.billing.actions import payers as actions
from office.billing.forms.payers import ClearinghouseForm, JoinForm, NewPayerForm, PasswordForm, PayerForm
from office.billing.models import Clearinghouse
from office.billing.queries.clearinghouse import clearinghouse
from office.billing.queries.set_up import PAYERS
from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs
from office.core.permissions import Permission
from office.core.toasts import toast
from office.patients.models import Payer
from office.practice.set_up import answers_half, half_form, save_half, saved, set_up_page


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PAYERS)
def payers(request: OfficeRequest) -> HttpResponse:
    """Who pays, and a new payer."""
    form = NewPayerForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.add_payer(request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{made} added. Now what its claims need.")
            return go_to(request, reverse("billing:set_up_payer", args=[made.pk]))
    return _card(request, {"form": form}, invalid=bool(form.errors))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PAYERS)
def payer(request: OfficeRequest, payer_id: UUID) -> HttpResponse:
    """One payer: what claims to it need, and until when they must be there."""
    one = get_object_or_404(Payer, pk=payer_id)
    now = {name: getattr(one, name) for name in PayerForm.base_fields}
    form = half_form(request, PayerForm, about=str(one.pk), now=now)
    if request.method == "POST":

        def save(fits: dict[str, Any]) -> None:
            actions.change_payer(request.actor, payer=one, **fits)

        if save_half(request, form, save, about=str(one.pk)) and not answers_half(request):
            return saved(request, PAYERS)
    context = {"one": one, "half": form, "join": JoinForm(payer=one)}
    return _card(request, context, invalid=bool(form.errors))


@require_POST
@needs(Permission.MANAGE_PAYERS)
def join(request: OfficeRequest, payer_id: UUID) -> HttpResponse:
    """Say that a payer is only another name of one that is here too."""
    one = get_object_or_404(Payer, pk=payer_id)
    form = JoinForm(request.POST, payer=one)
    if form.is_valid():
        try:
            kept = actions.join_payers(request.actor, payer=one, into=form.cleaned_data["into"])
        except Refused as refusal:
            form.add_error("into", str(refusal))
        else:
            toast(request, f"{one} is now another name of {kept}. Its insurance stands there.")
            return go_to(request, reverse("billing:set_up_payer", args=[kept.pk]))
    now = {name: getattr(one, name) for name in PayerForm.base_fields}
    return _card(request, {"one": one, "half": PayerForm(initial=now), "join": form}, invalid=True)


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PAYERS)
def way(request: OfficeRequest) -> HttpResponse:
    """The clearinghouse: its numbers for us, and how files go there."""
    return _way(request, PasswordForm())


@require_POST
@needs(Permission.MANAGE_PAYERS)
def password(request: OfficeRequest) -> HttpResponse:
    """The password for the clearinghouse."""
    form = PasswordForm(request.POST)
    row = get_object_or_404(Clearinghouse)
    if not form.is_valid():
        return _way(request, form)
    actions.set_clearinghouse_password(request.actor, clearinghouse=row, password=form.cleaned_data["password"])
    toast(request, "The password is sealed. Nobody is shown it again.")
    return go_to(request, reverse("billing:set_up_clearinghouse"))


def _way(request: OfficeRequest, secret: PasswordForm) -> HttpResponse:
    row = clearinghouse() or Clearinghouse()
    now = {name: getattr(row, name) for name in ClearinghouseForm.base_fields}
    of_password = secret.is_bound
    form = ClearinghouseForm(initial=now) if of_password else half_form(request, ClearinghouseForm, now=now)
    if request.method == "POST" and not of_password:

        def save(fits: dict[str, Any]) -> None:
            actions.set_clearinghouse(request.actor, **{"name": row.name, **fits})

        if save_half(request, form, save) and not answers_half(request):
            return saved(request, PAYERS)
    context = {"form": form, "secret": secret, "way": clearinghouse()}
    return set_up_page(
        request, "billing/set_up/clearinghouse.html", PAYERS, context, invalid=bool(form.errors or secret.errors)
    )


def _card(request: OfficeRequest, context: dict[str, Any], *, invalid: bool) -> HttpResponse:
    rows = Payer.objects.order_by("-is_active", "name")
    return set_up_page(
        request,
        "billing/set_up/payers.html",
        PAYERS,
        {"payers": rows, "way": clearinghouse(), **context},
        invalid=invalid,
    )
