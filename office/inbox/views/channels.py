"""Set-up's card of the channels: who carries phone, text, e-mail and fax, and under which agreement."""

import smtplib
from uuid import uuid4

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from office.core.actions import Refused
from office.core.pages import OfficeRequest, go_to, needs
from office.core.permissions import Permission
from office.core.toasts import toast
from office.inbox import actions, channels
from office.inbox.channels.email import NotTaken, what_went_wrong
from office.inbox.channels.letter import Letter
from office.inbox.forms import FORMS, ChannelForm, TestForm
from office.inbox.models import Channel
from office.inbox.queries import channels_now
from office.practice.set_up import answers_half, half_form, save_half, saved, set_up_page
from office.staff.models import Member

CARD = "channels"


@require_GET
@needs(Permission.MANAGE_PRACTICE)
def set_up_channels(request: OfficeRequest) -> HttpResponse:
    """All four channels, with why nothing leaves by each."""
    return _card(request, {})


@require_http_methods(["GET", "POST"])
@needs(Permission.MANAGE_PRACTICE)
def set_up_channel(request: OfficeRequest, kind: str) -> HttpResponse:
    """One channel: vendor, number, agreement; the sender's registration; the mail server."""
    one = _channel(kind)
    of_kind = FORMS.get(kind, ChannelForm)
    now = {name: getattr(one, name, "") for name in of_kind(channel=kind).fields}
    form = half_form(request, of_kind, about=kind, now=now, channel=kind)
    if request.method == "POST":
        whole = save_half(
            request, form, lambda fits: actions.change_channel(request.actor, kind=kind, **fits), about=kind
        )
        if whole and not answers_half(request):
            return saved(request, CARD, f"{one} saved.")
    return _card(request, {"one": _channel(kind), "form": form}, invalid=bool(form.errors))


@require_POST
@needs(Permission.MANAGE_PRACTICE)
def test_channel(request: OfficeRequest, kind: str) -> HttpResponse:
    """Send a test by this channel; it names no patient."""
    one, form, back = _channel(kind), TestForm(request.POST), reverse("inbox:set_up_channel", args=[kind])
    if not form.is_valid():
        toast(request, "Type the e-mail address at which you read the test. Nothing was sent.")
        return go_to(request, back)
    to = form.cleaned_data["to"]
    letter = Letter(to, "A test from Frontdesk", "This is a test. E-mail from your office arrives.", f"test-{uuid4()}")
    try:
        channels.send(kind, letter)
    except Refused as refusal:
        toast(request, f"{refusal} Nothing was sent.")
    except (NotTaken, smtplib.SMTPException, OSError) as fault:
        problem = what_went_wrong(fault)
        actions.record_test(request.actor, channel=one, to=to, problem=problem)
        toast(request, f"{problem} Nothing was sent.")
    else:
        actions.record_test(request.actor, channel=one, to=to)
        toast(request, f"A test left for {to}. Look there whether it arrived.")
    return go_to(request, back)


def _card(request: OfficeRequest, context: dict[str, object], *, invalid: bool = False) -> HttpResponse:
    rows = [(channel, channels.objection_to(channel.kind)) for channel in channels_now()]
    mine = Member.objects.filter(pk=request.actor.id).values_list("email", flat=True).first()
    frame = {"rows": rows, "test": TestForm(initial={"to": mine}), "carriers": channels.CARRIERS}
    return set_up_page(request, "inbox/set_up/channels.html", CARD, {**frame, **context}, invalid=invalid)


def _channel(kind: str) -> Channel:
    found = next((channel for channel in channels_now() if channel.kind == kind), None)
    if found is None:
        raise Http404("There is no such channel.")
    return found
