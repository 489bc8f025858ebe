"""A channel …"""

import socket
from collections.abc import Iterator
from datetime import date, timedelta
from email.message import Message as Mail
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Handler
from aiosmtpd.smtp import AuthResult, LoginPassword
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from office.audit.models import Entry
from office.core.actions import Refused
from office.core.actors import Automation
from office.inbox import channels, rules
from office.inbox.actions import change_channel
from office.inbox.channels.letter import Letter
from office.inbox.jobs import send_message
from office.inbox.models import Channel, Message
from office.inbox.queries import channel_parts
from office.patients.models import Consent, Patient, Telecom
from office.patients.queries.reach import way_to_write
from office.practice.models import HalfTyped
from office.staff.models import StaffActor

LETTER = Letter("dana@example.com", "Test", "Hello", "key-1")
TODAY = date(2026, 11, 24)
ABOUT = "change:0193f0d2-0000-7000-8000-000000000001"
VENDOR = {"arrangement": "vendor", "vendor": "Post & Co", "address": "desk@clinic.example", "host": "127.0.0.1"}


class Mailbox(Handler):
    """Keeps what a real SMTP server took."""

    def __init__(self) -> None:
        super().__init__()
        self.mail: list[Mail] = []

    def handle_message(self, message: Mail) -> None:
        self.mail.append(message)


def knows(_server: Any, _session: Any, _envelope: Any, _mechanism: str, sent: Any) -> AuthResult:
    right = isinstance(sent, LoginPassword) and (sent.login, sent.password) == (b"office", b"right horse")
    return AuthResult(success=right, handled=False)


@pytest.fixture
def post() -> Iterator[Controller]:
    """A mail server on a port of this machine, which asks for a user and a password."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(Mailbox(), hostname="127.0.0.1", port=port, authenticator=knows, auth_require_tls=False)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def real_office(settings: Any) -> None:
    settings.STATE_KIND = "office"


@pytest.fixture
def administrator(adele: Client, real_office: None) -> Client:
    """A real office's administrator has proved a second factor."""
    session = adele.session
    session["second_factor"] = True
    session.save()
    return adele


def email_by(post: Controller, actor: Automation, **changes: Any) -> Channel:
    signed = {"agreement_on": date(2026, 1, 5), "user": "office", "password": "right horse"}
    return change_channel(actor, kind="email", **VENDOR, port=post.port, security="none", **{**signed, **changes})


@given(st.sampled_from(rules.ChannelKind), st.none() | st.dates(min_value=TODAY + timedelta(days=1)))
def test_carries_nothing_for_a_vendor_before_the_agreement(kind: rules.ChannelKind, on: date | None) -> None:
    facts = rules.ChannelFacts(kind, "vendor", "Post & Co", "x", on, rules.APPROVED, "mail.example")
    said = rules.objection_to_sending(facts, today=TODAY, can_carry=True)
    assert said is not None
    assert "agreement" in said


def test_needs_no_agreement_of_a_plain_telephone_line() -> None:
    line = rules.ChannelFacts("fax", "conduit", address="+15035550139")
    assert rules.missing_of(line, today=TODAY) == []
    assert "no connection" in (rules.objection_to_sending(line, today=TODAY, can_carry=False) or "")


def test_that_is_not_had_asks_for_nothing_and_sends_nothing() -> None:
    none = rules.ChannelFacts("fax", "none")
    assert rules.missing_of(none, today=TODAY) == []
    assert rules.objection_to_sending(none, today=TODAY, can_carry=True) == "This office has no fax."


def test_of_texts_waits_for_the_registration_of_the_sender() -> None:
    facts = rules.ChannelFacts("text", "vendor", "Text & Co", "+15035550139", TODAY, "submitted")
    assert "registration" in (rules.objection_to_sending(facts, today=TODAY, can_carry=True) or "")


def test_without_an_agreement_never_reaches_the_server(
    main_street: Any, real_office: None, post: Controller, automation: Automation
) -> None:
    email_by(post, automation, agreement_on=None)
    with pytest.raises(Refused, match="No business associate agreement with Post & Co"):
        channels.send("email", LETTER)
    assert post.handler.mail == []


def test_leaves_nothing_outside_a_real_office(main_street: Any, post: Controller, automation: Automation) -> None:
    email_by(post, automation)
    with pytest.raises(Refused, match="Only a real office sends"):
        channels.send("email", LETTER)
    assert post.handler.mail == []


def test_sends_a_test_by_a_real_server(administrator: Client, post: Controller, automation: Automation) -> None:
    email_by(post, automation)
    assert [part.consequence for part in channel_parts() if part.name == "test"] == ["Nobody has seen an e-mail leave"]
    administrator.post(reverse("inbox:test_channel", args=["email"]), {"to": "dana@example.com"})
    (mail,) = post.handler.mail
    assert mail["To"] == "dana@example.com"
    assert mail["From"] == "Test Family Medicine <desk@clinic.example>"
    assert Channel.objects.get(kind="email").tested_to == "dana@example.com"
    assert all(part.is_done for part in channel_parts() if part.name in {"test", "E-mail"})


def test_says_that_the_password_is_wrong_and_keeps_no_test(
    administrator: Client, post: Controller, automation: Automation
) -> None:
    email_by(post, automation, password="wrong horse")
    answer = administrator.post(reverse("inbox:test_channel", args=["email"]), {"to": "dana@example.com"}, follow=True)
    assert "does not take this user and password" in answer.content.decode()
    assert Channel.objects.get(kind="email").tested_at is None
    assert post.handler.mail == []


def test_says_that_nobody_answers_there(administrator: Client, post: Controller, automation: Automation) -> None:
    email_by(post, automation, user="")
    change_channel(automation, kind="email", port=1)
    answer = administrator.post(reverse("inbox:test_channel", args=["email"]), {"to": "dana@example.com"}, follow=True)
    assert "could not be reached" in answer.content.decode()


def test_that_asks_for_encryption_sends_nothing_in_the_clear(
    main_street: Any, real_office: None, post: Controller, automation: Automation
) -> None:
    email_by(post, automation)
    change_channel(automation, kind="email", security="starttls")
    with pytest.raises(channels.email.NotTaken, match="no encryption"):
        channels.send("email", LETTER)
    assert post.handler.mail == []


def test_goes_without_encryption_to_this_machine_alone(main_street: Any, automation: Automation) -> None:
    with pytest.raises(Refused, match="without TLS"):
        change_channel(automation, kind="email", host="mail.example", security="none")


def test_keeps_its_password_sealed_and_off_the_trail(main_street: Any, automation: Automation) -> None:
    change_channel(automation, kind="email", password="right horse")
    channel = Channel.objects.get()
    assert channel.sealed
    assert b"right horse" not in bytes(channel.sealed)
    assert "right horse" not in str(Entry.objects.get(verb="channel.changed").details)


def test_is_tested_again_after_its_server_changed(main_street: Any, automation: Automation) -> None:
    Channel.objects.create(kind="email", host="a.example", tested_at=timezone.now(), tested_to="dana@example.com")
    assert change_channel(automation, kind="email", agreement_kept="Drawer").tested_at
    assert change_channel(automation, kind="email", host="b.example").tested_at is None


def test_does_not_carry_an_agreement_over_to_a_new_vendor(main_street: Any, automation: Automation) -> None:
    change_channel(automation, kind="fax", arrangement="vendor", vendor="Old", agreement_on=date(2026, 1, 5))
    with pytest.raises(Refused, match="is with Old"):
        change_channel(automation, kind="fax", vendor="New", agreement_on=date(2026, 1, 5))
    changed = change_channel(automation, kind="fax", vendor="New", agreement_on=date(2026, 3, 1))
    assert (changed.vendor, changed.agreement_on) == ("New", date(2026, 3, 1))


def test_is_arranged_by_an_administrator(rosa: StaffActor) -> None:
    with pytest.raises(PermissionDenied):
        change_channel(rosa, kind="fax", arrangement="none")


def test_is_saved_half_done_without_its_password_among_what_waits(adele: Client, main_street: Any) -> None:
    url = reverse("inbox:set_up_channel", args=["email"])
    sent = {"arrangement": "vendor", "vendor": "Post & Co", "address": "no address", "port": "587",
            "security": "starttls", "password": "right horse"}  # fmt: skip
    assert adele.post(url, sent).status_code == 422
    assert Channel.objects.get().vendor == "Post & Co"
    assert HalfTyped.objects.get().typed == {"address": "no address"}
    assert "right horse" not in adele.get(url).content.decode()


def test_is_offered_to_patients_only_when_it_may_send(
    ana: Patient, real_office: None, post: Controller, automation: Automation
) -> None:
    Telecom.objects.create(patient=ana, system=Telecom.System.EMAIL, value="ana@example.com")
    Consent.objects.create(
        patient=ana, kind="email", is_given=True, given_at=timezone.now(), how="paper", recorded_by="Rosa"
    )
    assert way_to_write(ana) is None
    email_by(post, automation)
    way = way_to_write(ana)
    assert way is not None
    assert way.to == "ana@example.com"


def test_carries_a_prepared_message_once(
    ana: Patient, real_office: None, post: Controller, automation: Automation
) -> None:
    email_by(post, automation)
    message = Message.objects.create(about=ABOUT, patient=ana, channel="email", to="ana@example.com", body="At ten.")
    send_message.func(str(message.pk))
    send_message.func(str(message.pk))
    (mail,) = post.handler.mail
    assert str(message.pk) in mail["Message-ID"]
    message.refresh_from_db()
    assert message.status == Message.Status.SENT


def test_that_closed_meanwhile_fails_its_message_and_sends_nothing(
    ana: Patient, real_office: None, post: Controller, automation: Automation
) -> None:
    email_by(post, automation, agreement_on=None)
    message = Message.objects.create(about=ABOUT, patient=ana, channel="email", to="ana@example.com", body="At ten.")
    send_message.func(str(message.pk))
    message.refresh_from_db()
    assert message.status == Message.Status.FAILED
    assert post.handler.mail == []
