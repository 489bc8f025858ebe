"""Taking a thing in hand."""

import pytest

from office.audit.models import Entry
from office.core.actions import Refused
from office.practice.models import Location
from office.staff.models import StaffActor
from office.staff.permissions import RoleName
from office.worklist.actions import finish, take
from office.worklist.tests.conftest import MakeTask

pytestmark = pytest.mark.django_db


def test_names_who_has_it(make_task: MakeTask, rosa: StaffActor) -> None:
    item = take(rosa, item=make_task())
    assert item.taken_by_id == rosa.member_id
    assert item.taken_at is not None


def test_twice_is_the_same_as_once(make_task: MakeTask, rosa: StaffActor) -> None:
    first = take(rosa, item=make_task())
    assert take(rosa, item=first).taken_at == first.taken_at
    assert Entry.objects.filter(verb="work.taken").count() == 1


def test_refuses_what_someone_else_has_and_names_them(make_task: MakeTask, rosa: StaffActor, tess: StaffActor) -> None:
    item = take(rosa, item=make_task())
    with pytest.raises(Refused, match="Rosa Delgado has this in hand"):
        take(tess, item=item)


def test_a_supervisor_may_take_what_someone_else_has(make_task: MakeTask, rosa: StaffActor, sol: StaffActor) -> None:
    item = take(rosa, item=make_task())
    assert take(sol, item=item).taken_by_id == sol.member_id


def test_refuses_what_is_for_another_role(make_task: MakeTask, rosa: StaffActor) -> None:
    with pytest.raises(Refused, match="for someone else"):
        take(rosa, item=make_task(for_role=RoleName.NURSE))


def test_refuses_what_is_done(make_task: MakeTask, rosa: StaffActor, tess: StaffActor) -> None:
    item = finish(rosa, item=make_task())
    with pytest.raises(Refused, match="Rosa Delgado has finished this already"):
        take(tess, item=item)


def test_refuses_another_location(make_task: MakeTask, rosa: StaffActor, north: Location) -> None:
    with pytest.raises(Refused, match="Switch to North Clinic first"):
        take(rosa, item=make_task(location=north))
