"""Set an address: the new one counts, the one until now is an old one."""

import pytest
from django.utils import timezone

from office.core.actions import Refused
from office.patients.actions.reach import set_address
from office.patients.models import Address, Patient
from office.staff.models import StaffActor


def test_the_address_until_now_becomes_an_old_one(rosa: StaffActor, ana: Patient) -> None:
    first = set_address(rosa, patient=ana, line="77 Quince Ave", city="Portland", state="OR", postal_code="97205")
    second = set_address(rosa, patient=ana, line="402 Elm Ct", city="Portland")
    first.refresh_from_db()
    assert (first.use, first.ended_on) == ("old", timezone.localdate())
    assert [one for one in ana.addresses.all() if not one.is_ended] == [second]


def test_an_address_of_another_use_stays(rosa: StaffActor, ana: Patient) -> None:
    home = set_address(rosa, patient=ana, line="77 Quince Ave")
    set_address(rosa, patient=ana, use="mail", line="PO Box 9")
    home.refresh_from_db()
    assert home.use == "home"


def test_refuses_a_place_without_street_and_city(rosa: StaffActor, ana: Patient) -> None:
    with pytest.raises(Refused, match="street or a city"):
        set_address(rosa, patient=ana, line=" ", state="OR")
    assert not Address.objects.exists()
