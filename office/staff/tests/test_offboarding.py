"""Ending somebody's access ends it everywhere at the next request: browsers, half a sign-in, keys, links, desks."""

import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from office.staff import actions
from office.staff.models import Member, Session, StaffActor, WorkstationPerson
from office.staff.queries import start_path
from office.staff.tests.test_sign_in import PASSWORD, code_for, enroll, sign_in


def test_throws_out_two_open_browsers_and_half_a_sign_in(rosa_member: Member, adele_acting: StaffActor) -> None:
    cache.clear()
    rosa_member.set_password(PASSWORD)
    rosa_member.save()
    with time_machine.travel("2026-11-23 15:00:00Z", tick=False) as clock:
        desk, laptop, half = Client(), Client(), Client()
        sign_in(desk)
        secret = enroll(desk)
        clock.shift(60)
        sign_in(laptop)
        laptop.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
        sign_in(half)
        assert [one.get("/").status_code for one in (desk, laptop)] == [200, 200]
        actions.disable_member(adele_acting, member=rosa_member)
        clock.shift(60)
        assert [one.get("/")["Location"] for one in (desk, laptop)] == ["/account/login/?next=/"] * 2
        assert desk.post("/search/", {"q": "marsh"}).status_code == 302
        half.post(reverse("mfa_authenticate"), {"code": code_for(secret)})
        assert half.get("/").status_code == 302
        again = Client()
        sign_in(again)
        assert again.get("/").status_code == 302
    assert not Session.objects.filter(member=rosa_member).exists()
    assert not Authenticator.objects.filter(user_id=rosa_member.pk).exists()
    assert not WorkstationPerson.objects.filter(member=rosa_member).exists()


def test_a_start_link_of_somebody_who_left_stays_dead_when_they_come_back(
    rosa_member: Member, adele_acting: StaffActor
) -> None:
    link = start_path(rosa_member)
    begun = Client()
    form = begun.get(link, follow=True).request["PATH_INFO"]
    actions.disable_member(adele_acting, member=rosa_member)
    for back in (False, True):
        if back:
            rosa_member.refresh_from_db()
            actions.bring_back_member(adele_acting, member=rosa_member)
        begun.post(form, {"password1": PASSWORD, "password2": PASSWORD})
        assert "does not work any more" in Client().get(link, follow=True).content.decode()
        rosa_member.refresh_from_db()
        assert not rosa_member.has_usable_password()


def test_a_session_that_outlived_its_owner_s_access_opens_nothing(rosa_member: Member) -> None:
    """Should the account alone be shut, by hand in the tables, the browser is out as well."""
    browser = Client()
    browser.force_login(rosa_member)
    Member.objects.filter(pk=rosa_member.pk).update(is_active=False)
    assert browser.get("/").status_code == 302
