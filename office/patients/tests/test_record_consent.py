"""Record a consent: the newest answer of a kind holds."""

import pytest

from office.core.actions import Refused
from office.patients.actions.reach import record_consent
from office.patients.models import Consent, Patient
from office.staff.models import StaffActor


def test_the_newest_answer_comes_first_and_the_older_one_stays(rosa: StaffActor, ana: Patient) -> None:
    record_consent(rosa, patient=ana, kind="text", is_given=True, how="At the window")
    record_consent(rosa, patient=ana, kind="text", is_given=False, how="By phone")
    assert [(one.is_given, one.how, one.recorded_by) for one in ana.consents.all()] == [
        (False, "By phone", rosa.label),
        (True, "At the window", rosa.label),
    ]


def test_refuses_without_how_it_was_said(rosa: StaffActor, ana: Patient) -> None:
    with pytest.raises(Refused, match="how the patient told you"):
        record_consent(rosa, patient=ana, kind="text", is_given=True, how=" ")
    assert not Consent.objects.exists()
