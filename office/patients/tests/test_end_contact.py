"""End a contact: from that day on not told, not bringing, not consenting, not speaking for the patient."""

from datetime import timedelta

import pytest
from django.utils import timezone

from office.core.actions import Refused
from office.patients.actions.reach import end_contact, set_contact
from office.patients.models import Contact, Patient
from office.staff.models import StaffActor


@pytest.fixture
def proxy(rosa: StaffActor, ana: Patient) -> Contact:
    return set_contact(rosa, patient=ana, name="Marsh, Leo", relationship="Husband", is_proxy=True)


def test_ended_today_counts_no_more_today(rosa: StaffActor, proxy: Contact) -> None:
    assert not proxy.is_ended
    ended = end_contact(rosa, contact=proxy, on=timezone.localdate(), reason="Revoked in writing")
    assert (ended.is_ended, ended.ended_because) == (True, "Revoked in writing")


def test_ending_on_a_day_to_come_counts_until_then(rosa: StaffActor, proxy: Contact) -> None:
    assert not end_contact(
        rosa, contact=proxy, on=timezone.localdate() + timedelta(days=1), reason="Turns eighteen"
    ).is_ended


def test_a_day_to_come_can_be_moved_up_to_today(rosa: StaffActor, proxy: Contact) -> None:
    end_contact(rosa, contact=proxy, on=timezone.localdate() + timedelta(days=9), reason="Turns eighteen")
    assert end_contact(rosa, contact=proxy, on=timezone.localdate(), reason="Court order").is_ended


def test_refuses_without_a_reason(rosa: StaffActor, proxy: Contact) -> None:
    with pytest.raises(Refused, match="Say why"):
        end_contact(rosa, contact=proxy, on=timezone.localdate(), reason="")
