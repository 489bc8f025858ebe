"""Restrict a chart: closed to everyone but the named readers, with who closed it and why."""

import pytest
from django.core.exceptions import PermissionDenied

from office.core.actions import Refused
from office.core.permissions import Permission
from office.patients.access import ChartRestricted, identify, open_chart
from office.patients.actions.restriction import restrict_chart
from office.patients.models import Patient, Restriction
from office.staff.models import Member, StaffActor

WHY = "Works here and asked for it"


def test_opens_to_the_named_readers_alone(priya: StaffActor, rosa: StaffActor, malik: StaffActor, ana: Patient) -> None:
    restrict_chart(priya, patient=ana, readers=[Member.objects.get(pk=malik.member_id)], reason=WHY)
    assert open_chart(malik, ana.pk, purpose="face sheet") == ana
    for other in (rosa, priya):
        with pytest.raises(ChartRestricted):
            open_chart(other, ana.pk, purpose="face sheet")


def test_whoever_keeps_it_closed_still_sees_whose_it_is(priya: StaffActor, rosa: StaffActor, ana: Patient) -> None:
    restrict_chart(priya, patient=ana, readers=[], reason=WHY)
    assert identify(priya, ana.pk, permission=Permission.RESTRICT_CHARTS, purpose="restriction") == ana
    with pytest.raises(PermissionDenied):
        identify(rosa, ana.pk, permission=Permission.RESTRICT_CHARTS, purpose="restriction")


def test_keeps_who_closed_it_and_why(priya: StaffActor, ana: Patient) -> None:
    restrict_chart(priya, patient=ana, readers=[], reason=f" {WHY} ")
    row = Restriction.objects.get()
    assert (row.set_by, row.reason, row.lifted_at) == (priya.label, WHY, None)


def test_refuses_without_a_reason_and_a_second_time(priya: StaffActor, ana: Patient) -> None:
    with pytest.raises(Refused, match="Say why"):
        restrict_chart(priya, patient=ana, readers=[], reason=" no ")
    restrict_chart(priya, patient=ana, readers=[], reason=WHY)
    with pytest.raises(Refused, match="restricted already"):
        restrict_chart(priya, patient=ana, readers=[], reason=WHY)


def test_is_not_for_a_supervisor(sol: StaffActor, ana: Patient) -> None:
    with pytest.raises(PermissionDenied):
        restrict_chart(sol, patient=ana, readers=[], reason=WHY)
