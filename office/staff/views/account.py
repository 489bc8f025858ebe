"""One's own account: how one signs in, and where one is signed in."""

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs, page
from office.core.permissions import Permission
from office.core.toasts import toast
from office.staff import actions
from office.staff.models import Member, Session
from office.staff.queries import open_sessions, second_factors
from office.staff.sessions import hashed


@require_GET
@needs(Permission.SEE_OWN_ACCOUNT)
def account(request: OfficeRequest) -> HttpResponse:
    """How I sign in, and where I am signed in."""
    return _show(request)


@require_POST
@needs(Permission.SEE_OWN_ACCOUNT)
def end_own_session(request: OfficeRequest) -> HttpResponse:
    """Sign one of my other browsers out."""
    session = Session.objects.filter(pk=request.POST.get("session", ""), member_id=request.actor.id).first()
    if session is None:
        return _show(request, refusal="That session has ended already.")
    try:
        actions.end_session(request.actor, session=session)
    except Refused as refusal:
        return _show(request, refusal=str(refusal))
    toast(request, f"Signed out: {session.browser}")
    return go_to(request, reverse("staff:account"))


@require_POST
@needs(Permission.SEE_OWN_ACCOUNT)
def end_other_sessions(request: OfficeRequest) -> HttpResponse:
    """Sign all of my other browsers out."""
    ended = actions.end_other_sessions(request.actor, keep=hashed(request.session.session_key))
    toast(request, f"Signed out of {ended} other session{'' if ended == 1 else 's'}.")
    return go_to(request, reverse("staff:account"))


def _show(request: OfficeRequest, *, refusal: str = "") -> HttpResponse:
    me = Member.objects.get(pk=request.actor.id)
    context = {
        "me": me,
        "roles": me.roles.select_related("location"),
        "sessions": open_sessions(me),
        "this": hashed(request.session.session_key),
        "factors": second_factors(me),
        "refusal": refusal,
    }
    return page(request, "staff/account.html", context, invalid=bool(refusal))
