"""An unattended screen locks, keeps its place, and no refresh holds it open."""

import time_machine
from django.test import Client

from office.practice.models import Practice
from office.staff.models import Member

PASSWORD = "correct horse battery"
START = "2026-11-23 15:00:00Z"


def signed_in(member: Member) -> Client:
    member.set_password(PASSWORD)
    member.save()
    browser = Client()
    browser.force_login(member)
    return browser


def test_locks_after_fifteen_minutes_and_comes_back_to_the_same_page(rosa_member: Member) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = signed_in(rosa_member)
        clock.shift(15 * 60 + 1)
        locked = browser.get("/?day=2026-11-24&skip_timeout_reset=1")
        assert locked["Location"].startswith("/account/reauthenticate/?next=")
        assert browser.get("/")["Location"].startswith("/account/reauthenticate/")
        back = browser.post(locked["Location"], {"password": PASSWORD, "next": "/?day=2026-11-24"})
        assert back["Location"] == "/?day=2026-11-24"
        assert browser.get("/").status_code == 200


def test_a_wrong_password_leaves_it_locked(rosa_member: Member) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = signed_in(rosa_member)
        clock.shift(16 * 60)
        browser.post("/account/reauthenticate/", {"password": "not the password"})
        assert browser.get("/").status_code == 302


def test_a_refresh_by_the_page_itself_never_holds_it_open(rosa_member: Member) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = signed_in(rosa_member)
        for _ in range(15):
            clock.shift(60)
            assert browser.get("/", headers={"hx-polling": "1"}).status_code == 200
        clock.shift(61)
        assert browser.get("/", headers={"hx-polling": "1"}).status_code == 302


def test_work_holds_it_open_until_twelve_hours(rosa_member: Member) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser = signed_in(rosa_member)
        for _ in range(72):
            assert browser.get("/").status_code == 200
            clock.shift(10 * 60)
        clock.shift(1)
        assert browser.get("/")["Location"].startswith("/account/login/")


def test_the_practice_says_how_long(rosa_member: Member) -> None:
    Practice.objects.update(idle_minutes=2)
    with time_machine.travel(START, tick=False) as clock:
        browser = signed_in(rosa_member)
        clock.shift(121)
        assert browser.get("/").status_code == 302


def test_locks_at_once_when_asked(rosa_member: Member) -> None:
    browser = signed_in(rosa_member)
    browser.post("/staff/lock/")
    assert browser.get("/")["Location"].startswith("/account/reauthenticate/")
