"""Preparing what a patient is told."""

from datetime import datetime

import pytest
from django.utils import timezone

from conftest import NEW_YORK, MakeAppointment
from office.core.actors import Automation
from office.inbox.actions import prepare_notice
from office.inbox.models import Message
from office.patients.models import Consent, Patient, Telecom
from office.scheduling.models import AppointmentChange

AT = datetime(2026, 11, 24, 10, 0, tzinfo=NEW_YORK)


@pytest.fixture
def booked(make_appointment: MakeAppointment) -> AppointmentChange:
    return AppointmentChange.objects.create(appointment=make_appointment(AT), verb="booked")


def agree(patient: Patient, *, yes: bool = True) -> None:
    Telecom.objects.create(patient=patient, system=Telecom.System.PHONE, value="+15555550123")
    Consent.objects.create(
        patient=patient, kind=Consent.Kind.TEXT, is_given=yes, given_at=timezone.now(), how="paper", recorded_by="Rosa"
    )


def test_says_a_thing_once(ana: Patient, booked: AppointmentChange, automation: Automation) -> None:
    agree(ana)
    first = prepare_notice(automation, change=booked, kind="booked")
    assert prepare_notice(automation, change=booked, kind="booked") == first
    assert Message.objects.count() == 1


def test_names_no_more_than_first_name_practice_and_time(
    ana: Patient, booked: AppointmentChange, automation: Automation
) -> None:
    agree(ana)
    message = prepare_notice(automation, change=booked, kind="booked")
    assert message is not None
    assert message.body == "Test Family Medicine: Ana, your appointment is Tuesday, November 24 at 10:00 AM."
    assert message.status == Message.Status.WOULD_HAVE_BEEN_SENT


def test_writes_nothing_without_consent(ana: Patient, booked: AppointmentChange, automation: Automation) -> None:
    agree(ana, yes=False)
    assert prepare_notice(automation, change=booked, kind="booked") is None


def test_writes_nothing_to_the_dead(ana: Patient, booked: AppointmentChange, automation: Automation) -> None:
    agree(ana)
    ana.is_deceased = True
    ana.save()
    assert prepare_notice(automation, change=booked, kind="booked") is None
