"""Handing a thing over."""

import pytest

from office.core.actions import Refused
from office.staff.models import Member, StaffActor
from office.staff.permissions import RoleName
from office.worklist.actions import hand_over, take
from office.worklist.queries import for_person
from office.worklist.tests.conftest import MakeTask

pytestmark = pytest.mark.django_db


def test_to_a_role_frees_it_from_the_hand(make_task: MakeTask, rosa: StaffActor, malik: StaffActor) -> None:
    item = take(rosa, item=make_task(note="Warfarin"))
    hand_over(rosa, item=item, to_role=RoleName.MEDICAL_ASSISTANT, note="She asked for you")
    moved = for_person(malik).get()
    assert moved.taken_by_id is None
    assert moved.note == "Warfarin\nRosa Delgado: She asked for you"
    assert not for_person(rosa).exists()


def test_to_a_person_is_theirs_alone(
    make_task: MakeTask, rosa: StaffActor, rosa_member: Member, tess: StaffActor
) -> None:
    hand_over(tess, item=make_task(), to_member=rosa_member)
    assert for_person(rosa).exists()
    assert not for_person(tess).exists()


def test_refuses_nobody_and_two_at_once(make_task: MakeTask, rosa: StaffActor, rosa_member: Member) -> None:
    item = make_task()
    with pytest.raises(Refused, match="to whom"):
        hand_over(rosa, item=item)
    with pytest.raises(Refused, match="to whom"):
        hand_over(rosa, item=item, to_member=rosa_member, to_role=RoleName.NURSE)


def test_refuses_what_someone_else_has(make_task: MakeTask, rosa: StaffActor, tess: StaffActor) -> None:
    item = take(rosa, item=make_task())
    with pytest.raises(Refused, match="has this in hand"):
        hand_over(tess, item=item, to_role=RoleName.NURSE)
