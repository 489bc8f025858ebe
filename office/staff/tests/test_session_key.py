"""The key of a session changes whenever what it opens changes, so one planted or overheard earlier opens nothing."""

import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from office.staff.models import Member, Session
from office.staff.sessions import hashed
from office.staff.tests.test_sign_in import LOGIN, PASSWORD, code_for, enroll, sign_in


def key_of(browser: Client) -> str:
    return browser.cookies["session"].value if "session" in browser.cookies else ""


def test_changes_at_the_password_and_again_at_the_second_factor(rosa_member: Member) -> None:
    cache.clear()
    rosa_member.set_password(PASSWORD)
    rosa_member.save()
    with time_machine.travel("2026-11-23 15:00:00Z", tick=False) as clock:
        enrolling = Client()
        sign_in(enrolling)
        secret = enroll(enrolling)
        clock.shift(60)
        browser = Client()
        browser.get(LOGIN)
        keys = [key_of(browser)]
        sign_in(browser)
        keys.append(key_of(browser))
        browser.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
        keys.append(key_of(browser))
        assert browser.get("/").status_code == 200
    assert len(set(keys)) == len(keys)
    for earlier in keys[:2]:
        thief = Client()
        thief.cookies["session"] = earlier
        assert thief.get("/").status_code == 302
        assert not Session.objects.filter(session_key=hashed(earlier), member=rosa_member).exists()


def test_changes_when_a_locked_screen_is_opened_again(rosa_member: Member) -> None:
    cache.clear()
    rosa_member.set_password(PASSWORD)
    rosa_member.save()
    browser = Client()
    sign_in(browser)
    before = key_of(browser)
    browser.post("/staff/lock/")
    browser.post("/account/reauthenticate/", {"password": PASSWORD})
    assert browser.get("/").status_code == 200
    thief = Client()
    thief.cookies["session"] = before
    assert thief.get("/").status_code == 302


def test_a_key_of_the_thief_s_choosing_is_never_taken_over(rosa_member: Member) -> None:
    cache.clear()
    rosa_member.set_password(PASSWORD)
    rosa_member.save()
    browser = Client()
    browser.cookies["session"] = "a" * 32
    sign_in(browser)
    assert key_of(browser) != "a" * 32
    assert browser.get("/").status_code == 200
