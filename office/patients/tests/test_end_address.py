"""End an address: nothing is sent there any more."""

import pytest
from django.utils import timezone

from office.core.actions import Refused
from office.patients.actions.reach import end_address, set_address
from office.patients.models import Address, Patient
from office.staff.models import StaffActor


@pytest.fixture
def home(rosa: StaffActor, ana: Patient) -> Address:
    return set_address(rosa, patient=ana, line="77 Quince Ave", city="Portland")


def test_keeps_it_with_the_day_and_why(rosa: StaffActor, home: Address) -> None:
    end_address(rosa, address=home, on=timezone.localdate(), reason="Mail came back")
    home.refresh_from_db()
    assert (home.use, home.ended_because, home.is_ended) == ("old", "Mail came back", True)


def test_refuses_without_a_reason(rosa: StaffActor, home: Address) -> None:
    with pytest.raises(Refused, match="Say why"):
        end_address(rosa, address=home, on=timezone.localdate(), reason="")
    home.refresh_from_db()
    assert not home.is_ended
