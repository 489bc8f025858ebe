"""Set-up: its first page, what is said of a card, and the cards of the practice and its locations."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.core.wiring import SetUpCard, wiring
from office.practice import actions
from office.practice.forms import LaterForm, LocationForm, PracticeForm
from office.practice.models import Location
from office.practice.queries import OLD_SYSTEM, loads_that_came, old_system_note, practice
from office.practice.rules import TAXONOMIES
from office.practice.set_up import answers_half, desk_of, half_form, next_card, save_half, saved, set_up_page


@require_GET
@needs(Permission.SEE_SET_UP)
def set_up(request: OfficeRequest) -> HttpResponse:
    """The cards, and whether the office can open."""
    return set_up_page(request, "practice/set_up.html", "", {})


@require_GET
@needs(Permission.SEE_SET_UP)
def standing(request: OfficeRequest) -> HttpResponse:
    """How far set-up is; a panel of Home."""
    return page(request, "practice/panels/set_up.html", {"desk": desk_of(request.actor)})


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PRACTICE)
def practice_card(request: OfficeRequest) -> HttpResponse:
    """The practice as payers know it."""
    office = practice()
    if office is None:
        raise Http404("This office has no practice yet: ./run new-office makes it.")
    now = {name: getattr(office, name) for name in PracticeForm.base_fields}
    form = half_form(request, PracticeForm, now=now)
    if request.method == "POST":
        whole = save_half(request, form, lambda fits: actions.change_practice(request.actor, practice=office, **fits))
        if whole and not answers_half(request):
            return saved(request, "practice")
    context = {"form": form, "taxonomies": TAXONOMIES.items()}
    return set_up_page(request, "practice/set_up/practice.html", "practice", context, invalid=bool(form.errors))


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PRACTICE)
def locations_card(request: OfficeRequest) -> HttpResponse:
    """Every location with what it still needs, and a new one."""
    office = practice()
    form = LocationForm(request.POST or None, initial={"zone": office.zone if office else "America/New_York"})
    if form.is_valid():
        try:
            place = actions.add_location(request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            toast(request, f"{place} added. Now its hours and rooms.")
            return go_to(request, reverse("practice:location", args=[place.pk]))
    context = {"form": form, "locations": Location.objects.all()}
    return set_up_page(request, "practice/set_up/locations.html", "locations", context, invalid=bool(form.errors))


@require_GET
@needs(Permission.IMPORT_RECORDS)
def old_system_card(request: OfficeRequest) -> HttpResponse:
    """What came from the old system, to be held against its reports; or that there is nothing to bring."""
    context = {"loads": loads_that_came(), "said": old_system_note()}
    return set_up_page(request, "practice/set_up/old_system.html", OLD_SYSTEM, context)


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def later(request: OfficeRequest, card: str) -> HttpResponse:
    """Put a card off until a day."""
    form, one = LaterForm(request.POST), _card(card)
    if not form.is_valid():
        toast(request, "Choose the day on which it is asked for again. Nothing was changed.")
        return go_to(request, reverse(one.url_name))
    try:
        actions.put_off(request.actor, card=card, until=form.cleaned_data["until"])
    except Refused as refusal:
        toast(request, f"{refusal} Nothing was changed.")
        return go_to(request, reverse(one.url_name))
    return next_card(request, card)


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def confirm(request: OfficeRequest, card: str) -> HttpResponse:
    """Say that what a card suggests is right for the office."""
    actions.confirm_card(request.actor, card=_card(card).key)
    return next_card(request, card)


def _card(key: str) -> SetUpCard:
    found = next((one for one in wiring().set_up_cards if one.key == key), None)
    if found is None:
        raise Http404("There is no such card.")
    return found
