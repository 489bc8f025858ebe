"""Set-up's list of the plans that each provider takes, by location and dates."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs
from office.core.permissions import Permission
from office.core.toasts import toast
from office.practice.set_up import set_up_page
from office.scheduling.actions.plans import remove_plan_taken, set_plan_taken
from office.scheduling.forms import PlanTakenForm
from office.scheduling.models import PlanTaken
from office.scheduling.queries.plans import listed
from office.staff.models import Provider


@require_GET
@needs(Permission.MANAGE_PAYERS)
def plans_taken(request: OfficeRequest) -> HttpResponse:
    """Go to the list of the first provider, or say that there is none yet."""
    first = Provider.objects.filter(is_active=True).first()
    return go_to(request, reverse("scheduling:plans_of", args=[first.pk]) if first else reverse("practice:set_up"))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PAYERS)
def plans_of(request: OfficeRequest, provider_id: UUID) -> HttpResponse:
    """One provider's list, and a new line."""
    return _card(request, get_object_or_404(Provider, pk=provider_id), None, PlanTakenForm(request.POST or None))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PAYERS)
def plan_taken(request: OfficeRequest, line_id: UUID) -> HttpResponse:
    """One line: its days, its location."""
    line = get_object_or_404(PlanTaken.objects.select_related("provider", "payer", "plan__payer"), pk=line_id)
    now = {"location": line.location_id, "plan": f"{line.payer_id}/{line.plan_id or ''}"}
    days = {name: getattr(line, name) for name in ("applied_on", "starts_on", "ends_on")}
    return _card(request, line.provider, line, PlanTakenForm(request.POST or None, initial={**now, **days}))


@require_POST
@needs(Permission.MANAGE_PAYERS)
def remove(request: OfficeRequest, line_id: UUID) -> HttpResponse:
    """Take away a line that was never true."""
    line = get_object_or_404(PlanTaken.objects.select_related("provider", "payer", "plan__payer"), pk=line_id)
    remove_plan_taken(request.actor, line=line)
    toast(request, f"{line.provider.spoken_name}: {line} removed.")
    return go_to(request, reverse("scheduling:plans_of", args=[line.provider_id]))


def _card(request: OfficeRequest, provider: Provider, line: PlanTaken | None, form: PlanTakenForm) -> HttpResponse:
    providers = list(Provider.objects.filter(is_active=True))
    if form.is_valid():
        said = form.said()
        meant = providers if said.pop("everyone") else [provider]
        try:
            made = set_plan_taken(request.actor, providers=meant, line=line, **said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            whom = provider.spoken_name if len(made) == 1 else f"{len(made)} providers"
            toast(request, f"{made[0]}: saved for {whom}.")
            return go_to(request, reverse("scheduling:plans_of", args=[provider.pk]))
    context: dict[str, Any] = {
        "form": form,
        "line": line,
        "provider": provider,
        "providers": providers,
        "listed": listed(provider),
    }
    return set_up_page(request, "scheduling/set_up/plans.html", "providers", context, invalid=bool(form.errors))
