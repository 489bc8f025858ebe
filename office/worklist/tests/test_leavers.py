"""What a person who left had to do waits for others."""

import pytest

from office.core.actors import Automation
from office.practice.models import Location
from office.staff.models import Member, Provider
from office.staff.permissions import RoleName
from office.worklist.actions import ask, take
from office.worklist.jobs import ask_whether_to_book, return_work_of
from office.worklist.models import WorkItem


def test_work_asked_of_a_leaver_goes_to_their_role(automation: Automation, rosa_member: Member) -> None:
    mine = ask(automation, title="Call back", for_member=rosa_member)
    return_work_of.func(str(rosa_member.pk), "front_desk")
    mine.refresh_from_db()
    assert (mine.for_member, mine.for_role, mine.taken_by) == (None, "front_desk", None)


def test_work_in_a_leaver_s_hand_goes_back_where_it_was(
    automation: Automation, rosa_member: Member, dr_chen_member: Member, main_street: Location
) -> None:
    shared = ask(automation, title="Call back", for_role=RoleName.FRONT_DESK, location=main_street)
    take(rosa_member.acting(), item=shared)
    chens = ask(automation, title="Sign", for_member=dr_chen_member)
    WorkItem.objects.filter(pk=chens.pk).update(taken_by=rosa_member)
    return_work_of.func(str(rosa_member.pk), "biller")
    shared.refresh_from_db()
    chens.refresh_from_db()
    assert (shared.for_role, shared.taken_by) == ("front_desk", None)
    assert (chens.for_member, chens.taken_by) == (dr_chen_member, None)


def test_finished_work_stays_as_it_was(automation: Automation, rosa_member: Member) -> None:
    done = ask(automation, title="Call back", for_member=rosa_member)
    WorkItem.objects.filter(pk=done.pk).update(done_at="2026-11-23T15:00:00Z", done_by="Rosa Delgado")
    return_work_of.func(str(rosa_member.pk), "front_desk")
    done.refresh_from_db()
    assert done.for_member == rosa_member


@pytest.mark.parametrize("has_left", [True, False])
def test_asks_the_administrator_once_whether_a_leaver_is_still_booked(dr_chen: Provider, *, has_left: bool) -> None:
    member = dr_chen.member
    assert member
    member.left_at = "2026-11-23T15:00:00Z" if has_left else None
    member.save()
    for _ in range(2):
        ask_whether_to_book.func(str(member.pk), "clinician")
    asked = WorkItem.objects.filter(for_role="administrator")
    assert asked.count() == int(has_left)
    dr_chen.refresh_from_db()
    assert dr_chen.is_active
