"""Lift a restriction: the chart opens to everyone who may open charts, and why it was closed stays on record."""

import pytest

from office.core.actions import Refused
from office.patients.access import ChartRestricted, open_chart
from office.patients.actions.restriction import lift_restriction, restrict_chart
from office.patients.models import ChartReader, Patient, Restriction
from office.staff.models import Member, StaffActor

WHY = "Works here and asked for it"


def test_opens_to_everyone_and_keeps_what_was(
    priya: StaffActor, rosa: StaffActor, rosa_member: Member, ana: Patient
) -> None:
    restrict_chart(priya, patient=ana, readers=[rosa_member], reason=WHY)
    lift_restriction(priya, patient=ana, reason="Has left the office")
    assert open_chart(rosa, ana.pk, purpose="face sheet") == ana
    row = Restriction.objects.get()
    assert (row.reason, row.lifted_by, row.lifted_because) == (WHY, priya.label, "Has left the office")
    assert row.lifted_at is not None


def test_a_reader_of_last_time_reads_nothing_when_it_is_closed_again(
    priya: StaffActor, rosa: StaffActor, rosa_member: Member, ana: Patient
) -> None:
    restrict_chart(priya, patient=ana, readers=[rosa_member], reason=WHY)
    lift_restriction(priya, patient=ana, reason="Has left the office")
    restrict_chart(priya, patient=ana, readers=[], reason="Came back to work")
    with pytest.raises(ChartRestricted):
        open_chart(rosa, ana.pk, purpose="face sheet")
    assert not ChartReader.objects.exists()


def test_refuses_without_a_reason(priya: StaffActor, ana: Patient) -> None:
    restrict_chart(priya, patient=ana, readers=[], reason=WHY)
    with pytest.raises(Refused, match="Say why"):
        lift_restriction(priya, patient=ana, reason="")
    ana.refresh_from_db()
    assert ana.is_restricted


def test_of_an_open_chart_nothing_changes(priya: StaffActor, ana: Patient) -> None:
    lift_restriction(priya, patient=ana, reason="")
    assert not Restriction.objects.exists()
