"""Review an emergency access: a finding, once, by someone else."""

import pytest
from django.core.exceptions import PermissionDenied

from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.access import break_glass, open_chart
from office.patients.actions.emergency import review_access
from office.patients.models import EmergencyAccess, Patient
from office.patients.queries.emergency import done_during, to_review
from office.staff.models import StaffActor


@pytest.fixture
def access(rosa: StaffActor, ana: Patient) -> EmergencyAccess:
    Patient.objects.update(is_restricted=True)
    made = break_glass(rosa, patient=ana, reason="Found unconscious in the lobby")
    open_chart(rosa, ana.pk, purpose="face sheet")
    return made


def test_the_finding_stands_with_who_and_when(priya: StaffActor, access: EmergencyAccess) -> None:
    assert list(to_review()) == [access]
    reviewed = review_access(priya, access=access, finding="justified")
    assert (reviewed.finding, reviewed.reviewed_by) == ("justified", priya.label)
    assert list(to_review()) == []
    assert Entry.objects.get(verb="chart.emergency_access_reviewed").details == {"finding": "justified"}


def test_not_justified_needs_a_note(priya: StaffActor, access: EmergencyAccess) -> None:
    with pytest.raises(Refused, match="why it was not justified"):
        review_access(priya, access=access, finding="not_justified", note=" - ")
    review_access(priya, access=access, finding="not_justified", note="A neighbor; talked to, 11/24/2026")
    access.refresh_from_db()
    assert access.finding_note.startswith("A neighbor")


def test_refuses_a_second_review_and_one_without_a_finding(priya: StaffActor, access: EmergencyAccess) -> None:
    with pytest.raises(Refused, match="Choose what you found"):
        review_access(priya, access=access, finding="fine")
    review_access(priya, access=access, finding="justified")
    with pytest.raises(Refused, match="reviewed this already"):
        review_access(priya, access=access, finding="not_justified", note="On second thought")


def test_nobody_reviews_an_access_of_their_own(priya: StaffActor, ana: Patient) -> None:
    own = break_glass(priya, patient=ana, reason="Nobody else was in the office")
    with pytest.raises(Refused, match="Someone else"):
        review_access(priya, access=own, finding="justified")


def test_is_not_for_a_supervisor(sol: StaffActor, access: EmergencyAccess) -> None:
    with pytest.raises(PermissionDenied):
        review_access(sol, access=access, finding="justified")


def test_shows_what_that_person_did_with_that_chart_in_that_hour(
    rosa: StaffActor, malik: StaffActor, ana: Patient, access: EmergencyAccess
) -> None:
    break_glass(malik, patient=ana, reason="Called by the ambulance about her")
    open_chart(malik, ana.pk, purpose="visit")
    assert [one.what for one in done_during([access])[access.pk]] == ["Opened: face sheet"]
    assert done_during([]) == {}
