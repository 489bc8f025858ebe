"""Set-up's cards of the people: who sees patients under which number, and who signs in."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs
from office.core.permissions import Permission
from office.core.toasts import toast
from office.practice.rules import TAXONOMIES
from office.practice.set_up import answers_half, half_form, save_half, saved, set_up_page
from office.staff import actions
from office.staff.forms import NewProviderForm, ProviderForm
from office.staff.models import Member, Provider
from office.staff.queries import everyone, providers_with_licenses
from office.staff.rules import license_state


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def providers(request: OfficeRequest) -> HttpResponse:
    """Who sees patients, and a new one."""
    free = Member.objects.filter(is_active=True, provider__isnull=True)
    form = NewProviderForm(request.POST or None, members=free)
    if form.is_valid():
        number = Provider.objects.count()
        try:
            made = actions.add_provider(request.actor, **form.cleaned_data, hue=number % 6 + 1, position=number)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{made} added. Now the number, the license and the hours.")
            return go_to(request, reverse("staff:set_up_provider", args=[made.pk]))
    return _card(request, {"form": form}, invalid=bool(form.errors))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def provider(request: OfficeRequest, provider_id: UUID) -> HttpResponse:
    """One provider's numbers, license and new patients."""
    one = Provider.objects.filter(pk=provider_id).first()
    if one is None:
        raise Http404("There is no such provider.")
    others = Provider.objects.filter(is_active=True).exclude(pk=one.pk)
    form = half_form(request, ProviderForm, about=str(one.pk), now=_now(one), others=others)
    if request.method == "POST":

        def save(fits: dict[str, object]) -> None:
            own, held = form.parts(fits)  # type: ignore[attr-defined]
            actions.change_provider(request.actor, provider=one, **own)
            if held:
                actions.set_license(
                    request.actor, provider=one, state=held["state"], number=held["number"], good_until=held["until"]
                )

        if save_half(request, form, save, about=str(one.pk)) and not answers_half(request):
            return saved(request, "providers")
    return _card(request, {"one": one, "half": form, "taxonomies": TAXONOMIES.items()}, invalid=bool(form.errors))


@require_GET
@needs(Permission.MANAGE_STAFF)
def staff(request: OfficeRequest) -> HttpResponse:
    """Who signs in, what they may do, and with which second factor."""
    return set_up_page(request, "staff/set_up/staff.html", "staff", {"members": everyone().filter(is_active=True)})


def _card(request: OfficeRequest, context: dict[str, object], *, invalid: bool) -> HttpResponse:
    today = timezone.localdate()
    rows = [(one, license_state(one.good_until, today=today)) for one in providers_with_licenses()]  # type: ignore[attr-defined]
    return set_up_page(request, "staff/set_up/providers.html", "providers", {"rows": rows, **context}, invalid=invalid)


def _now(one: Provider) -> dict[str, object]:
    plain = ("given_name", "family_name", "credential", "npi", "taxonomy", "takes_new_patients")
    held = one.licenses.order_by("-good_until").first()
    return {
        **{name: getattr(one, name) for name in (*plain, "new_from_age", "new_to_age")},
        "supervisor": str(one.supervisor_id or ""),
        "license_state": held.state if held else "",
        "license_number": held.number if held else "",
        "license_until": held.good_until if held else None,
    }
