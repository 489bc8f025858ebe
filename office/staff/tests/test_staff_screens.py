"""The administrator's screens: each change by a plain form, and the start link that opens once."""

import re

from django.test import Client

from conftest import MakeMember
from office.practice.models import Location
from office.staff.models import Member, Provider, Session
from office.staff.permissions import RoleName

PASSWORD = "a long enough password 7"


def test_lists_everyone_with_roles_and_who_has_not_started(adele: Client, rosa_member: Member) -> None:
    words = adele.get("/staff/").content.decode()
    assert "Delgado, Rosa" in words
    assert "Not started" in words
    assert "everywhere" in words


def test_the_list_costs_the_same_however_many_work_here(
    adele: Client, make_member: MakeMember, django_assert_max_num_queries: object
) -> None:
    for number in range(20):
        make_member(f"member{number}", RoleName.NURSE)
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        adele.get("/staff/")


def test_an_added_person_sets_a_password_by_the_start_link_which_shows_and_opens_once(adele: Client) -> None:
    added = adele.post("/staff/add/", {"given_name": "Nora", "family_name": "Lind", "username": "nora", "email": ""})
    assert added.status_code == 303
    shown = adele.get(added["Location"]).content.decode()
    found = re.search(r"http://testserver(/account/start/[^\"]+)", shown)
    assert found
    assert "/account/start/" not in adele.get(added["Location"]).content.decode()
    nora = Client()
    form = nora.get(found[1], follow=True)
    at = form.request["PATH_INFO"]
    assert nora.post(at, {"password1": PASSWORD, "password2": PASSWORD})["Location"] == "/account/login/"
    assert nora.post("/account/login/", {"login": "nora", "password": PASSWORD}).status_code == 302
    assert "does not work any more" in Client().get(found[1], follow=True).content.decode()


def test_says_why_a_person_was_not_added(adele: Client, rosa_member: Member) -> None:
    answer = adele.post("/staff/add/", {"given_name": "R", "family_name": "D", "username": "Rosa"})
    assert answer.status_code == 422
    assert "somebody else&#x27;s user name" in answer.content.decode()


def test_gives_and_takes_back_a_role(adele: Client, rosa_member: Member, main_street: Location) -> None:
    page = f"/staff/{rosa_member.pk}/"
    assert adele.post(f"{page}grant/", {"name": "biller", "location": str(main_street.pk)}).status_code == 303
    role = rosa_member.roles.get(name="biller")
    assert role.location == main_street
    assert adele.post(f"{page}revoke/", {"role": str(role.pk)}).status_code == 303
    assert adele.post(f"{page}revoke/", {"role": str(role.pk)}).status_code == 422
    assert adele.post(f"{page}grant/", {"name": "emperor"}).status_code == 422


def test_shows_why_one_s_own_role_stays(adele: Client) -> None:
    me = Member.objects.get(username="adele")
    answer = adele.post(f"/staff/{me.pk}/revoke/", {"role": str(me.roles.get().pk)})
    assert answer.status_code == 422
    assert "their own roles" in answer.content.decode()


def test_ends_access_and_brings_back(adele: Client, rosa_member: Member) -> None:
    Client().force_login(rosa_member)
    page = f"/staff/{rosa_member.pk}/"
    assert adele.post(f"{page}disable/").status_code == 303
    assert not Session.objects.filter(member=rosa_member).exists()
    assert adele.post(f"{page}grant/", {"name": "nurse"}).status_code == 422
    assert adele.post(f"{page}bring-back/").status_code == 303
    rosa_member.refresh_from_db()
    assert rosa_member.is_active


def test_ends_one_session_of_somebody(adele: Client, rosa_member: Member) -> None:
    theirs = Client()
    theirs.force_login(rosa_member)
    session = Session.objects.get(member=rosa_member)
    assert adele.post(f"/staff/{rosa_member.pk}/end-session/", {"session": session.pk}).status_code == 303
    assert theirs.get("/").status_code == 302


def test_a_new_start_link_ends_the_sessions(adele: Client, rosa_member: Member) -> None:
    theirs = Client()
    theirs.force_login(rosa_member)
    assert adele.post(f"/staff/{rosa_member.pk}/start-link/").status_code == 303
    assert theirs.get("/").status_code == 302


def test_corrects_a_name(adele: Client, rosa_member: Member) -> None:
    page = f"/staff/{rosa_member.pk}/correct/"
    assert adele.post(page, {"given_name": "", "family_name": "D"}).status_code == 422
    assert adele.post(page, {"given_name": "Rosalia", "family_name": "Delgado"}).status_code == 303
    rosa_member.refresh_from_db()
    assert rosa_member.given_name == "Rosalia"


def test_says_that_nobody_is_booked_with_a_provider_any_more(
    adele: Client, dr_chen: Provider, dr_chen_member: Member
) -> None:
    assert adele.post(f"/staff/{dr_chen_member.pk}/booking/", {"open": "no"}).status_code == 303
    dr_chen.refresh_from_db()
    assert not dr_chen.is_active


def test_the_account_page_ends_other_sessions_and_keeps_this_one(rosa_browser: Client, rosa_member: Member) -> None:
    other, third = Client(), Client()
    for browser in (other, third):
        browser.force_login(rosa_member)
    assert rosa_browser.get("/staff/account/").status_code == 200
    rosa_browser.post("/staff/account/end-others/")
    assert rosa_browser.get("/").status_code == 200
    assert {other.get("/").status_code, third.get("/").status_code} == {302}


def test_the_account_page_ends_no_session_of_somebody_else(rosa_browser: Client, make_member: MakeMember) -> None:
    Client().force_login(make_member("adele", RoleName.ADMINISTRATOR))
    theirs = Session.objects.get(member__username="adele")
    assert rosa_browser.post("/staff/account/end-session/", {"session": theirs.pk}).status_code == 422
    assert Session.objects.filter(pk=theirs.pk).exists()


def test_looking_up_who_acts_takes_two_queries(rosa_member: Member, django_assert_max_num_queries: object) -> None:
    with django_assert_max_num_queries(2):  # type: ignore[operator]
        rosa_member.acting()
