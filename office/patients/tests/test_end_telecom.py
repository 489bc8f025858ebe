"""End a phone number or an e-mail address."""

from datetime import timedelta

import pytest
from django.utils import timezone

from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.actions.reach import add_telecom, end_telecom
from office.patients.models import Patient, Telecom
from office.staff.models import StaffActor


@pytest.fixture
def phone(rosa: StaffActor, ana: Patient) -> Telecom:
    return add_telecom(rosa, patient=ana, system="phone", value="503 555 0139", may_leave_message=True)


def test_keeps_it_as_an_old_one_on_which_no_message_is_left(rosa: StaffActor, phone: Telecom) -> None:
    today = timezone.localdate()
    end_telecom(rosa, telecom=phone, on=today, reason=" Wrong number ")
    phone.refresh_from_db()
    assert (phone.use, phone.may_leave_message, phone.is_ended) == ("old", False, True)
    assert (phone.ended_on, phone.ended_because) == (today, "Wrong number")


def test_asks_why_and_for_no_day_to_come(rosa: StaffActor, phone: Telecom) -> None:
    today = timezone.localdate()
    with pytest.raises(Refused, match="Say why"):
        end_telecom(rosa, telecom=phone, on=today, reason="  x ")
    with pytest.raises(Refused, match="still to come"):
        end_telecom(rosa, telecom=phone, on=today + timedelta(days=1), reason="Moves away")
    phone.refresh_from_db()
    assert not phone.is_ended


def test_the_first_reason_stays(rosa: StaffActor, phone: Telecom) -> None:
    for reason in ("Wrong number", "Disconnected"):
        end_telecom(rosa, telecom=phone, on=timezone.localdate(), reason=reason)
    phone.refresh_from_db()
    assert phone.ended_because == "Wrong number"
    assert Entry.objects.filter(verb="telecom.ended").count() == 1
