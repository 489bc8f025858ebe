"""Name a reader of a restricted chart."""

import pytest

from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.access import open_chart
from office.patients.actions.restriction import name_reader, restrict_chart
from office.patients.models import ChartReader, Patient
from office.staff.models import Member, StaffActor

WHY = "Works here and asked for it"


def test_the_chart_opens_to_one_more(priya: StaffActor, rosa: StaffActor, rosa_member: Member, ana: Patient) -> None:
    restrict_chart(priya, patient=ana, readers=[], reason=WHY)
    name_reader(priya, patient=ana, member=rosa_member)
    assert open_chart(rosa, ana.pk, purpose="face sheet") == ana
    assert ChartReader.objects.get().named_by == priya.label


def test_twice_is_once(priya: StaffActor, rosa_member: Member, ana: Patient) -> None:
    restrict_chart(priya, patient=ana, readers=[rosa_member], reason=WHY)
    name_reader(priya, patient=ana, member=rosa_member)
    assert ChartReader.objects.count() == 1
    assert not Entry.objects.filter(verb="chart.reader_named").exists()


def test_refuses_for_an_open_chart_and_for_someone_who_left(
    priya: StaffActor, rosa_member: Member, ana: Patient
) -> None:
    with pytest.raises(Refused, match="Restrict it first"):
        name_reader(priya, patient=ana, member=rosa_member)
    restrict_chart(priya, patient=ana, readers=[], reason=WHY)
    rosa_member.is_active = False
    with pytest.raises(Refused, match="no longer works here"):
        name_reader(priya, patient=ana, member=rosa_member)
