"""Add a phone number or an e-mail address."""

import pytest

from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.actions.reach import add_telecom, end_telecom
from office.patients.models import Patient, Telecom
from office.patients.queries.search import search
from office.staff.models import StaffActor


def test_a_number_is_kept_as_e164_and_finds_the_patient(rosa: StaffActor, ana: Patient) -> None:
    telecom = add_telecom(rosa, patient=ana, system="phone", value="503 555-0139")
    assert telecom.value == "+15035550139"
    assert [one.patient for one in search("5550139")] == [ana]


def test_an_e_mail_address_is_kept_in_small_letters(rosa: StaffActor, ana: Patient) -> None:
    assert add_telecom(rosa, patient=ana, system="email", value=" Ana@Example.COM ").value == "ana@example.com"


@pytest.mark.parametrize(
    ("system", "value"), [("phone", "555-0139"), ("phone", "none"), ("email", "ana"), ("email", "@example.com")]
)
def test_refuses_what_reaches_nobody(rosa: StaffActor, ana: Patient, system: str, value: str) -> None:
    with pytest.raises(Refused, match=r"area code|e-mail address like"):
        add_telecom(rosa, patient=ana, system=system, value=value)
    assert not Telecom.objects.exists()


def test_the_same_number_again_changes_nothing_and_an_old_one_comes_back(rosa: StaffActor, ana: Patient) -> None:
    first = add_telecom(rosa, patient=ana, system="phone", value="503 555 0139")
    assert add_telecom(rosa, patient=ana, system="phone", value="(503) 555-0139") == first
    end_telecom(rosa, telecom=first, on=first.created_at.date(), reason="Lost the phone")
    assert add_telecom(rosa, patient=ana, system="phone", value="(503) 555-0139") != first
    assert Entry.objects.filter(verb="telecom.added").count() == 2


def test_the_trail_holds_no_number(rosa: StaffActor, ana: Patient) -> None:
    add_telecom(rosa, patient=ana, system="phone", value="503 555 0139")
    assert "0139" not in str(Entry.objects.get(verb="telecom.added").details)
