"""The privacy officer's list of emergency accesses, and the review of one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.patients.access import identify, open_list
from office.patients.actions.emergency import review_access
from office.patients.forms.standing import ReviewForm
from office.patients.models import EmergencyAccess
from office.patients.queries.emergency import done_during, to_review

SHOWN = 100
PURPOSE = "reviewing emergency access"


@require_GET
@needs(Permission.REVIEW_ACCESS)
def accesses(request: OfficeRequest) -> HttpResponse:
    """Those to review, oldest first, then those reviewed. Whose chart it was is named also where it is restricted."""
    waiting = list(to_review().select_related("patient", "member")[:SHOWN])
    reviewed = EmergencyAccess.objects.filter(reviewed_at__isnull=False).order_by("-created_at")
    rows = [*waiting, *reviewed.select_related("patient", "member")[:SHOWN]]
    open_list(request.actor, {access.patient for access in rows}, purpose=PURPOSE)
    done = done_during(rows)
    context = {"rows": [(access, done[access.pk]) for access in rows], "waiting": len(waiting)}
    return page(request, "patients/accesses.html", context)


@require_http_methods(["GET", "POST"])
@needs(Permission.REVIEW_ACCESS)
def review(request: OfficeRequest, access_id: UUID) -> HttpResponse:
    """One access: who, whose chart, why, what was done; and what the privacy officer finds."""
    access = get_object_or_404(EmergencyAccess.objects.select_related("member"), pk=access_id)
    patient = identify(request.actor, access.patient_id, permission=Permission.REVIEW_ACCESS, purpose=PURPOSE)
    form = ReviewForm(request.POST or None)
    if form.is_valid():
        try:
            access = review_access(request.actor, access=access, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{access.member}: emergency access reviewed, {access.get_finding_display().lower()}.")
            return go_to(request, reverse("patients:accesses"))
    context = {"form": form, "access": access, "patient": patient, "done": done_during([access])[access.pk]}
    return page(request, "patients/review_access.html", context, part="form", invalid=bool(form.errors))


@require_GET
@needs(Permission.REVIEW_ACCESS)
def waiting(request: OfficeRequest) -> HttpResponse:
    """Home's panel: how many wait for a review, and the one that waits longest."""
    first = to_review().select_related("member").first()
    return page(request, "patients/panels/accesses.html", {"count": to_review().count(), "first": first})
