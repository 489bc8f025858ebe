"""Who works here: the list, and a person's page with each change of what they may do."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.practice.models import Location
from office.staff import actions
from office.staff.forms import NameForm, NewMemberForm, RoleForm
from office.staff.models import Member, Provider
from office.staff.queries import everyone, open_sessions, second_factors, start_path


@require_GET
@needs(Permission.MANAGE_STAFF)
def members(request: OfficeRequest) -> HttpResponse:
    """Everyone, who is here first."""
    found = list(everyone())
    here = sum(member.is_active for member in found)
    return page(request, "staff/members.html", {"members": found, "here": here})


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_STAFF)
def add(request: OfficeRequest) -> HttpResponse:
    """Add a person; their page then shows the start link, once."""
    form = NewMemberForm(request.POST or None) if request.method == "GET" else NewMemberForm(request.POST)
    if form.is_valid():
        try:
            member = actions.add_member(request.actor, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("username", str(refusal))
        else:
            _keep_link(request, member)
            toast(request, f"{member} added. Now give a role.")
            return go_to(request, reverse("staff:member", args=[member.pk]))
    return page(request, "staff/add.html", {"form": form}, invalid=bool(form.errors))


@require_GET
@needs(Permission.MANAGE_STAFF)
def member(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """A person: what they may do, where they are signed in."""
    return _show(request, _member(member_id))


@require_POST
@needs(Permission.MANAGE_STAFF)
def correct(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """Correct a name or an address."""
    person, form = _member(member_id), NameForm(request.POST)
    if not form.is_valid():
        return _show(request, person, names=form)
    return _do(
        request, person, lambda: actions.correct_member(request.actor, member=person, **form.cleaned_data), "Saved."
    )


@require_POST
@needs(Permission.MANAGE_STAFF)
def grant(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """Give a role."""
    person, form = _member(member_id), RoleForm(request.POST, locations=_locations())
    if not form.is_valid():
        return _show(request, person, roles=form)
    name, place = form.chosen()
    return _do(
        request,
        person,
        lambda: actions.grant_role(request.actor, member=person, name=name, location=place),
        f"{person} has the role from the next click on.",
    )


@require_POST
@needs(Permission.MANAGE_STAFF)
def revoke(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """Take a role back."""
    person = _member(member_id)
    role = next((one for one in person.roles.all() if str(one.pk) == request.POST.get("role")), None)
    if role is None:
        return _show(request, person, refusal="That role was taken back already.")
    return _do(request, person, lambda: actions.revoke_role(request.actor, role=role), f"Taken back: {role}")


@require_POST
@needs(Permission.MANAGE_STAFF)
def end_session(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """Sign a person out of one browser."""
    person = _member(member_id)
    session = person.sessions.filter(pk=request.POST.get("session", "")).first()
    if session is None:
        return _show(request, person, refusal="That session has ended already.")
    return _do(
        request,
        person,
        lambda: actions.end_session_of(request.actor, member=person, session=session),
        f"{person} is signed out there.",
    )


@require_POST
@needs(Permission.MANAGE_STAFF)
def disable(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """End a person's access in one act."""
    person = _member(member_id)
    return _do(
        request,
        person,
        lambda: actions.disable_member(request.actor, member=person),
        f"{person} is out: sessions, password, keys and roles have ended.",
    )


@require_POST
@needs(Permission.MANAGE_STAFF)
def bring_back(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """Let a person who had left in again."""
    person = _member(member_id)
    return _do(
        request,
        person,
        lambda: actions.bring_back_member(request.actor, member=person),
        f"{person} is back. Give a role, then a start link.",
    )


@require_POST
@needs(Permission.MANAGE_STAFF)
def start_link(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """Make a new start link; what was before it ends."""
    person = _member(member_id)

    def renew() -> None:
        _keep_link(request, actions.renew_start_link(request.actor, member=person))

    return _do(request, person, renew, "A new start link is on the page.")


@require_POST
@needs(Permission.MANAGE_STAFF)
def booking(request: OfficeRequest, member_id: UUID) -> HttpResponse:
    """Say whether patients may be booked with this person."""
    person = _member(member_id)
    provider = Provider.objects.filter(member=person).first()
    if provider is None:
        return _show(request, person, refusal=f"Nobody is booked with {person}.")
    wanted = request.POST.get("open") == "yes"
    words = "can be booked again" if wanted else "is not booked any more. Visits that stand are not touched"
    return _do(
        request,
        person,
        lambda: actions.change_booking_of_provider(request.actor, provider=provider, is_active=wanted),
        f"{provider.spoken_name} {words}.",
    )


def _do(request: OfficeRequest, person: Member, change: Callable[[], object], done: str) -> HttpResponse:
    """Make the change and go back to the person's page, or show there why not."""
    try:
        change()
    except Refused as refusal:
        return _show(request, _member(person.pk), refusal=str(refusal))
    toast(request, done)
    return go_to(request, reverse("staff:member", args=[person.pk]))


def _show(request: OfficeRequest, person: Member, *, refusal: str = "", **forms: Any) -> HttpResponse:
    kept = request.session.get("start_link") or {}
    link = ""
    if kept.get("member") == str(person.pk):
        link = request.session.pop("start_link")["link"]
    names = {"given_name": person.given_name, "family_name": person.family_name, "email": person.email}
    context = {
        "person": person,
        "roles": person.roles.all(),
        "sessions": open_sessions(person),
        "factors": second_factors(person),
        "provider": Provider.objects.filter(member=person).first(),
        "is_me": str(person.pk) == request.actor.id,
        "link": link,
        "refusal": refusal,
        "name_form": forms.get("names") or NameForm(initial=names),
        "role_form": forms.get("roles") or RoleForm(locations=_locations()),
    }
    return page(request, "staff/member.html", context, invalid=bool(refusal or forms))


def _keep_link(request: OfficeRequest, person: Member) -> None:
    # The sealed session carries it over the redirect; the page takes it out, so it is shown once.
    request.session["start_link"] = {
        "member": str(person.pk),
        "link": request.build_absolute_uri(start_path(person)),
    }


def _member(member_id: UUID) -> Member:
    found = everyone().filter(pk=member_id).first()
    if found is None:
        raise Http404("No such person works here.")
    return found


def _locations() -> list[Location]:
    return list(Location.objects.filter(is_active=True))
