"""Changes of the staff: who gets in, who is out at once, and who may not change whom."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from conftest import MakeMember
from office.audit.models import Entry
from office.core.actions import Refused
from office.core.actors import Automation
from office.core.permissions import Permission
from office.practice.models import Location
from office.staff import actions
from office.staff.models import Member, Session, StaffActor
from office.staff.permissions import RoleName


@pytest.fixture
def adele_member(make_member: MakeMember) -> Member:
    return make_member("adele", RoleName.ADMINISTRATOR)


@pytest.fixture
def adele(adele_member: Member) -> StaffActor:
    """The administrator."""
    return adele_member.acting()


@pytest.mark.parametrize("name", ["ROSA", " rosa ", "\uff52\uff4f\uff53\uff41", "r\u043esa", "x", ""])
def test_refuses_a_user_name_that_could_be_taken_for_another(adele: StaffActor, rosa: StaffActor, name: str) -> None:
    with pytest.raises(Refused):
        actions.add_member(adele, username=name, given_name="R", family_name="D")


def test_refuses_the_front_desk(rosa: StaffActor, adele_member: Member) -> None:
    with pytest.raises(PermissionDenied):
        actions.disable_member(rosa, member=adele_member)


def test_disabling_ends_everything_at_once(adele: StaffActor, rosa_member: Member) -> None:
    browser = Client()
    browser.force_login(rosa_member)
    assert browser.get("/").status_code == 200
    actions.disable_member(adele, member=rosa_member)
    assert browser.get("/").status_code == 302
    assert not Session.objects.filter(member=rosa_member).exists()
    entry = Entry.objects.get(verb="member.disabled")
    assert entry.details["before"] == ["front_desk @ everywhere"]
    assert entry.details["after"] == []


def test_a_role_taken_back_is_gone_in_the_middle_of_a_session(adele: StaffActor, rosa_member: Member) -> None:
    browser = Client()
    browser.force_login(rosa_member)
    actions.revoke_role(adele, role=rosa_member.roles.get())
    assert browser.get("/").status_code == 403


def test_keeps_the_last_administrator(
    adele: StaffActor, adele_member: Member, north: Location, make_member: MakeMember
) -> None:
    other = make_member("otto", RoleName.ADMINISTRATOR)
    actions.disable_member(adele, member=other)
    program = Automation("test", frozenset(Permission))
    with pytest.raises(Refused, match="last administrator"):
        actions.revoke_role(program, role=adele_member.roles.get())
    with pytest.raises(Refused, match="last administrator"):
        actions.disable_member(program, member=adele_member)


def test_nobody_raises_themselves(adele: StaffActor, adele_member: Member) -> None:
    with pytest.raises(Refused, match="their own roles"):
        actions.grant_role(adele, member=adele_member, name=RoleName.CLINICIAN, location=None)


def test_a_manager_of_one_location_grants_nothing_beyond_it(
    make_member: MakeMember, main_street: Location, north: Location, rosa_member: Member
) -> None:
    local = make_member("lena", RoleName.ADMINISTRATOR, location=main_street).acting()
    actions.grant_role(local, member=rosa_member, name=RoleName.BILLER, location=main_street)
    for beyond in (north, None):
        with pytest.raises(Refused, match="your own location"):
            actions.grant_role(local, member=rosa_member, name=RoleName.BILLER, location=beyond)


def test_a_session_of_somebody_else_is_not_ended(rosa: StaffActor, adele_member: Member) -> None:
    Client().force_login(adele_member)
    with pytest.raises(Refused):
        actions.end_session(rosa, session=Session.objects.get(member=adele_member))


def test_switching_needs_a_role_there(rosa: StaffActor, north: Location, main_street: Location) -> None:
    with pytest.raises(Refused):
        actions.switch_location(rosa, location=north, open_to=[main_street.pk])
