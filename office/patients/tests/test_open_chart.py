"""The one door to every chart."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.http import Http404

from conftest import MakeMember, MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.access import ChartRestricted, break_glass, open_chart, open_list
from office.patients.models import ChartReader, EmergencyAccess, Patient
from office.staff.models import StaffActor
from office.staff.permissions import RoleName


def entries(verb: str = "chart.opened") -> int:
    return Entry.objects.filter(verb=verb).count()


def test_leaves_a_trace_with_purpose_and_patient(rosa: StaffActor, ana: Patient) -> None:
    assert open_chart(rosa, ana.pk, purpose="face sheet") == ana
    entry = Entry.objects.get(verb="chart.opened")
    assert entry.details["purpose"] == "face sheet"
    assert entry.subjects.get().subject_id == str(ana.pk)


def test_a_refresh_within_a_quarter_of_an_hour_adds_no_second_entry(rosa: StaffActor, ana: Patient) -> None:
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False) as clock:
        open_chart(rosa, ana.pk, purpose="face sheet")
        clock.shift(timedelta(minutes=14))
        open_chart(rosa, ana.pk, purpose="face sheet")
        assert entries() == 1
        clock.shift(timedelta(minutes=2))
        open_chart(rosa, ana.pk, purpose="face sheet")
        assert entries() == 2


def test_another_purpose_person_or_patient_is_another_entry(
    rosa: StaffActor, malik: StaffActor, ana: Patient, make_patient: MakePatient
) -> None:
    open_chart(rosa, ana.pk, purpose="face sheet")
    open_chart(rosa, ana.pk, purpose="booking a visit")
    open_chart(malik, ana.pk, purpose="face sheet")
    open_chart(rosa, make_patient("Other").pk, purpose="face sheet")
    assert entries() == 4


def test_refuses_someone_without_the_permission(make_member: MakeMember, ana: Patient) -> None:
    with pytest.raises(PermissionDenied):
        open_chart(make_member("adm", RoleName.ADMINISTRATOR).acting(), ana.pk, purpose="face sheet")
    assert entries() == 0


def test_follows_a_merge_to_the_chart_that_was_kept(rosa: StaffActor, ana: Patient, make_patient: MakePatient) -> None:
    first, second = make_patient("Marsch"), make_patient("Marsh")
    first.merged_into, second.merged_into = second, ana
    first.save()
    second.save()
    assert open_chart(rosa, first.pk, purpose="face sheet") == ana


def test_a_chart_that_is_not_there_is_not_found(rosa: StaffActor) -> None:
    with pytest.raises(Http404):
        open_chart(rosa, uuid.uuid4(), purpose="face sheet")


def test_a_restricted_chart_opens_to_its_named_readers_alone(
    rosa: StaffActor, malik: StaffActor, make_patient: MakePatient
) -> None:
    secret = make_patient("Gray", is_restricted=True)
    ChartReader.objects.create(patient=secret, member_id=malik.member_id, named_by="Privacy")
    assert open_chart(malik, secret.pk, purpose="face sheet") == secret
    with pytest.raises(ChartRestricted):
        open_chart(rosa, secret.pk, purpose="face sheet")


def test_emergency_access_opens_one_chart_to_one_person_for_an_hour(
    rosa: StaffActor, malik: StaffActor, make_patient: MakePatient
) -> None:
    secret, other = make_patient("Gray", is_restricted=True), make_patient("Grey", is_restricted=True)
    with time_machine.travel("2026-11-23T15:00:00Z", tick=False) as clock:
        break_glass(rosa, patient=secret, reason="Found unconscious in the lobby")
        assert open_chart(rosa, secret.pk, purpose="face sheet") == secret
        for actor, patient in ((malik, secret), (rosa, other)):
            with pytest.raises(ChartRestricted):
                open_chart(actor, patient.pk, purpose="face sheet")
        clock.shift(timedelta(minutes=60))
        with pytest.raises(ChartRestricted):
            open_chart(rosa, secret.pk, purpose="face sheet")
    assert entries("chart.emergency_access") == 1


def test_emergency_access_asks_for_a_reason_of_fifteen_characters(rosa: StaffActor, make_patient: MakePatient) -> None:
    with pytest.raises(Refused, match="15 characters"):
        break_glass(rosa, patient=make_patient("Gray", is_restricted=True), reason="  because   I  can")
    assert not EmergencyAccess.objects.exists()


def test_a_list_is_one_entry_with_a_row_for_each_patient(
    rosa: StaffActor, ana: Patient, make_patient: MakePatient
) -> None:
    secret = make_patient("Gray", is_restricted=True)
    assert open_list(rosa, [ana, secret], purpose="day schedule") == {secret.pk}
    assert open_list(rosa, [secret, ana], purpose="day schedule") == {secret.pk}
    assert entries("patients.listed") == 1
    assert Entry.objects.get(verb="patients.listed").subjects.count() == 2
    open_list(rosa, [ana], purpose="day schedule")
    assert entries("patients.listed") == 2


def test_an_empty_list_leaves_no_entry(rosa: StaffActor) -> None:
    assert open_list(rosa, [], purpose="day schedule") == set()
    assert entries("patients.listed") == 0
