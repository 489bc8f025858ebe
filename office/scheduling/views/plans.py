"""Set-up's list of the plans that each provider takes, by location and dates."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs
from office.core.permissions import Permission
from office.core.toasts import toast
from office.practice.set_up import set_up_page
from office.scheduling.actions.plans import remove_plan_taken, set_plan_taken
from office.scheduling.forms import PlanTakenForm
from office.scheduling.models import PlanTaken
from office.scheduling.queries.plans import listed


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PAYERS)
def plans_taken(request: OfficeRequest) -> HttpResponse:
    """Every line, and a new one."""
    begin = {"provider": request.GET.get("provider", "")}
    return _card(request, None, PlanTakenForm(request.POST or None, initial=begin))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PAYERS)
def plan_taken(request: OfficeRequest, line_id: UUID) -> HttpResponse:
    """One line: its days, its location."""
    line = get_object_or_404(PlanTaken, pk=line_id)
    now = {"provider": line.provider_id, "location": line.location_id, "plan": f"{line.payer_id}/{line.plan_id or ''}"}
    days = {name: getattr(line, name) for name in ("applied_on", "starts_on", "ends_on")}
    return _card(request, line, PlanTakenForm(request.POST or None, initial={**now, **days}))


@require_POST
@needs(Permission.MANAGE_PAYERS)
def remove(request: OfficeRequest, line_id: UUID) -> HttpResponse:
    """Take away a line that was never true."""
    line = get_object_or_404(PlanTaken.objects.select_related("provider", "payer", "plan__payer"), pk=line_id)
    remove_plan_taken(request.actor, line=line)
    toast(request, f"{line.provider.spoken_name}: {line} removed.")
    return go_to(request, reverse("scheduling:plans_taken"))


def _card(request: OfficeRequest, line: PlanTaken | None, form: PlanTakenForm) -> HttpResponse:
    if form.is_valid():
        try:
            made = set_plan_taken(request.actor, line=line, **form.said())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{made.provider.spoken_name}: {made} saved.")
            return go_to(request, f"{reverse('scheduling:plans_taken')}?provider={made.provider_id}")
    context: dict[str, Any] = {"form": form, "line": line, "listed": listed()}
    return set_up_page(request, "scheduling/set_up/plans.html", "providers", context, invalid=bool(form.errors))
