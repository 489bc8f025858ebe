"""Finishing, and taking the finish back."""

import pytest

from office.audit.models import Entry
from office.core.actions import Refused
from office.staff.models import StaffActor
from office.worklist.actions import finish, reopen, take
from office.worklist.models import WorkItem
from office.worklist.tests.conftest import MakeTask

pytestmark = pytest.mark.django_db


def test_says_who_and_how(make_task: MakeTask, rosa: StaffActor) -> None:
    item = finish(rosa, item=make_task(), outcome=" Spoke with Priya ")
    assert (item.done_by, item.outcome) == ("Rosa Delgado", "Spoke with Priya")
    assert not WorkItem.objects.open().exists()


def test_twice_is_the_same_as_once(make_task: MakeTask, rosa: StaffActor) -> None:
    first = finish(rosa, item=make_task(), outcome="Spoke")
    assert finish(rosa, item=first, outcome="Other").outcome == "Spoke"
    assert Entry.objects.filter(verb="work.finished").count() == 1


def test_refuses_what_someone_else_has_in_hand(make_task: MakeTask, rosa: StaffActor, tess: StaffActor) -> None:
    item = take(rosa, item=make_task())
    with pytest.raises(Refused, match="Rosa Delgado has this in hand"):
        finish(tess, item=item)


def test_can_be_taken_back_by_who_did_it(make_task: MakeTask, rosa: StaffActor) -> None:
    item = reopen(rosa, item=finish(rosa, item=make_task(), outcome="Spoke"))
    assert (item.done_at, item.done_by, item.outcome) == (None, "", "")
    assert reopen(rosa, item=item).done_at is None
    assert Entry.objects.filter(verb="work.reopened").count() == 1


def test_is_taken_back_by_nobody_else_but_a_supervisor(
    make_task: MakeTask, rosa: StaffActor, tess: StaffActor, sol: StaffActor
) -> None:
    item = finish(rosa, item=make_task())
    with pytest.raises(Refused, match="Ask Rosa Delgado or a supervisor"):
        reopen(tess, item=item)
    assert reopen(sol, item=item).done_at is None
