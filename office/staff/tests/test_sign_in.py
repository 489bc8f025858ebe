"""Signing in: the traps of the library, closed one by one."""

import time
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from conftest import MakeMember
from office.audit.models import Entry
from office.staff.models import Member, Session
from office.staff.permissions import RoleName
from office.staff.sessions import hashed

PASSWORD = "correct horse battery"
LOGIN = "/account/login/"


@pytest.fixture
def rosa_here(rosa_member: Member) -> Member:
    cache.clear()
    rosa_member.set_password(PASSWORD)
    rosa_member.save()
    return rosa_member


def sign_in(browser: Client, name: str = "rosa", password: str = PASSWORD, **more: Any) -> Any:
    return browser.post(LOGIN, {"login": name, "password": password}, **more)


def test_signs_in_and_rotates_the_session(client: Client, rosa_here: Member) -> None:
    client.get(LOGIN)
    planted = client.cookies["session"].value if "session" in client.cookies else ""
    assert sign_in(client).status_code == 302
    assert client.get("/").status_code == 200
    assert client.cookies["session"].value != planted
    assert Entry.objects.filter(verb="sign_in.done", actor_id=str(rosa_here.pk)).count() == 1


def test_keeps_only_the_hash_of_a_session_key(client: Client, rosa_here: Member) -> None:
    sign_in(client)
    key = client.cookies["session"].value
    row = Session.objects.get(member=rosa_here)
    assert row.session_key == hashed(key) != key
    assert "signed_in_at" not in row.session_data


@pytest.mark.parametrize("name", ["rosa", "nobody-here", "gone"])
def test_tells_every_wrong_guess_the_same(
    client: Client, rosa_here: Member, make_member: MakeMember, name: str
) -> None:
    gone = make_member("gone", RoleName.FRONT_DESK)
    gone.set_password(PASSWORD)
    gone.is_active = False
    gone.save()
    right_for_gone = PASSWORD if name == "gone" else "not the password"
    answer = sign_in(client, name, right_for_gone)
    assert answer.status_code == 200
    assert "do not go together" in answer.content.decode()


@pytest.mark.parametrize("disguises", [["rosa"] * 6, ["rosa", "ROSA", "Rosa", "rósa", "rösa", "rosa "]])
def test_counts_tries_whatever_the_case_accent_host_and_sender(rosa_here: Member, disguises: list[str]) -> None:
    for number, name in enumerate(disguises):
        forged = {"headers": {"x-forwarded-for": f"10.0.0.{number}", "host": f"localhost:{8000 + number}"}}
        answer = sign_in(Client(), name, "not the password", **forged)
    assert "Too many tries" in answer.content.decode()


def test_refuses_to_send_the_browser_elsewhere(client: Client, rosa_here: Member) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example/", "javascript:alert(1)"):
        answer = Client().post(LOGIN, {"login": "rosa", "password": PASSWORD, "next": elsewhere})
        assert answer["Location"] == "/"


def test_refuses_a_host_that_is_not_ours(client: Client) -> None:
    assert client.get(LOGIN, headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["signup/", "email/", "password/reset/", "social/login/error/", "3rdparty/"])
def test_has_no_door_that_we_do_not_use(client: Client, db: None, path: str) -> None:
    assert client.get(f"/account/{path}").status_code in (302, 404)
    assert client.post(f"/account/{path}").status_code in (302, 404)


def test_signing_out_kills_the_session_on_the_server(client: Client, rosa_here: Member) -> None:
    sign_in(client)
    stolen = Client()
    stolen.cookies["session"] = client.cookies["session"].value
    client.post("/account/logout/")
    assert stolen.get("/").status_code == 302


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, int(time.time()) // 30)))


def enroll(browser: Client) -> str:
    """Add an authenticator app as the signed-in member; returns its secret."""
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    secret = str(browser.get(reverse("mfa_activate_totp")).context["form"].secret)
    assert browser.post(reverse("mfa_activate_totp"), {"code": code_for(secret)}).status_code == 302
    return secret


def test_a_code_opens_once_and_its_seed_is_sealed_for_its_owner(rosa_here: Member) -> None:
    with time_machine.travel("2026-11-23 15:00:00Z", tick=False) as clock:
        browser = Client()
        sign_in(browser)
        secret = enroll(browser)
        kept = str([row.data for row in Authenticator.objects.all()])
        assert secret not in kept
        clock.shift(60)
        first, second = Client(), Client()
        sign_in(first)
        assert first.get("/").status_code == 302
        first.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
        assert first.get("/").status_code == 200
        sign_in(second)
        second.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
        assert second.get("/").status_code == 302


def test_a_second_factor_is_not_added_without_the_password_again(client: Client, rosa_here: Member) -> None:
    sign_in(client)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith("/account/reauthenticate/")


def test_a_real_office_gives_a_password_alone_nothing_but_enrollment(
    client: Client, rosa_here: Member, settings: Any
) -> None:
    settings.STATE_KIND = "office"
    sign_in(client)
    assert client.get("/")["Location"] == reverse("mfa_index")
    assert client.post("/search/", {"q": "marsh"}).status_code == 403
    assert client.get("/", headers={"accept": "application/fhir+json"}).status_code == 403
    with time_machine.travel("2026-11-23 15:00:00Z", tick=False) as clock:
        browser = Client()
        sign_in(browser)
        secret = enroll(browser)
        clock.shift(60)
        again = Client()
        sign_in(again)
        again.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
        assert again.get("/").status_code == 200
