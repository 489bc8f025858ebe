"""Set a contact: whom to call, who pays, who may be told, bring and consent."""

import pytest

from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.actions.reach import set_contact
from office.patients.models import Contact, Patient
from office.staff.models import StaffActor


def test_adds_and_changes_one_row(rosa: StaffActor, ana: Patient) -> None:
    contact = set_contact(rosa, patient=ana, name="Marsh, Leo", relationship="Husband", is_emergency_contact=True)
    set_contact(rosa, patient=ana, contact=contact, phone="+15035550140")
    kept = Contact.objects.get()
    assert (kept.name, kept.phone, kept.is_emergency_contact) == ("Marsh, Leo", "+15035550140", True)
    assert [entry.details["is_new"] for entry in Entry.objects.filter(verb="contact.set").order_by("at")] == [
        True,
        False,
    ]


@pytest.mark.parametrize(("name", "relationship"), [(" ", "Father"), ("Marsh, Leo", "")])
def test_refuses_somebody_without_a_name_or_a_relationship(
    rosa: StaffActor, ana: Patient, name: str, relationship: str
) -> None:
    with pytest.raises(Refused, match="how they are related"):
        set_contact(rosa, patient=ana, name=name, relationship=relationship)


def test_who_may_consent_needs_something_that_shows_it(rosa: StaffActor, ana: Patient) -> None:
    with pytest.raises(Refused, match="what shows"):
        set_contact(rosa, patient=ana, name="Marsh, Leo", relationship="Father", may_consent=True)
    given = set_contact(
        rosa,
        patient=ana,
        name="Marsh, Leo",
        relationship="Father",
        may_consent=True,
        evidence="Order of 05/01/2026",
    )
    assert given.may_consent
