"""Merge charts: everything moves, nothing is lost, both are found, and it comes apart exactly as it was."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given
from hypothesis import strategies as st

from conftest import MakeAppointment, MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.patients.access import open_chart
from office.patients.actions import search_index
from office.patients.actions.merging import merge_charts, relations, undo_merge
from office.patients.models import Alert, DifferentPeople, Identifier, Merge, Name, Patient, Telecom
from office.patients.queries import search as queries
from office.patients.rules.merging import differing, what_the_kept_chart_gains
from office.staff.models import StaffActor

WHY = "Same person, seen both cards"
NINE = datetime(2026, 11, 30, 14, 0, tzinfo=UTC)


@pytest.fixture
def twin(make_patient: MakePatient) -> Patient:
    """The same woman, registered again under her maiden name."""
    twin = make_patient("Marsch", "Anna", date(1984, 4, 9), middle_name="Lee", photo="f" * 64)
    Telecom.objects.create(patient=twin, system="phone", value="+15035550142")
    Alert.objects.create(patient=twin, text="Walk with her", author="Rosa Delgado")
    return twin


def merged(sol: StaffActor, ana: Patient, twin: Patient) -> Merge:
    return merge_charts(sol, kept=ana, merged=twin, reason=WHY)


def everything(patient: Patient) -> dict[str, list[Any]]:
    rows = {
        model._meta.label: sorted(
            str(key) for key in model._base_manager.filter(**{field: patient}).values_list("pk", flat=True)
        )
        for model, field in relations()
    }
    patient.refresh_from_db()
    facts = {field.attname: getattr(patient, field.attname) for field in Patient._meta.concrete_fields}
    return {**rows, "facts": [facts[name] for name in sorted(facts) if name != "version"]}


def test_every_row_moves_to_the_kept_chart(
    sol: StaffActor, ana: Patient, twin: Patient, make_appointment: MakeAppointment
) -> None:
    visit = make_appointment(NINE, patient=twin)
    merged(sol, ana, twin)
    visit.refresh_from_db()
    assert visit.patient == ana
    assert {str(row) for row in ana.telecoms.all()} == {"+15035550142"}
    assert ana.alerts.count() == 1
    assert not any(model._base_manager.filter(**{field: twin}).exists() for model, field in relations())


def test_the_kept_chart_gains_what_it_lacks_and_keeps_its_own(sol: StaffActor, ana: Patient, twin: Patient) -> None:
    merged(sol, ana, twin)
    ana.refresh_from_db()
    assert (ana.family_name, ana.middle_name, ana.photo) == ("Marsh", "Lee", "f" * 64)


def test_the_old_name_number_and_address_lead_to_the_kept_chart(sol: StaffActor, ana: Patient, twin: Patient) -> None:
    search_index.refresh([ana, twin])
    merged(sol, ana, twin)
    assert [found.patient.pk for found in queries.search(twin.mrn)] == [ana.pk]
    assert ana.pk in {found.patient.pk for found in queries.search("Marsch Anna")}
    assert open_chart(sol, twin.pk, purpose="a test") == ana


def test_undone_both_charts_are_exactly_as_they_were(
    sol: StaffActor, ana: Patient, twin: Patient, make_appointment: MakeAppointment
) -> None:
    make_appointment(NINE, patient=twin)
    Telecom.objects.create(patient=ana, system="phone", value="+15035550100")
    before = everything(ana), everything(twin)
    undo_merge(sol, merge=merged(sol, ana, twin))
    assert (everything(ana), everything(twin)) == before
    assert not Name.objects.exists()
    assert not Identifier.objects.exists()


def test_undo_keeps_what_came_and_what_was_corrected_since(sol: StaffActor, ana: Patient, twin: Patient) -> None:
    merge = merged(sol, ana, twin)
    Alert.objects.create(patient=ana, text="New since", author="Rosa Delgado")
    Patient.objects.filter(pk=ana.pk).update(middle_name="Leigh")
    undo_merge(sol, merge=merge)
    ana.refresh_from_db()
    assert ana.middle_name == "Leigh"
    assert [alert.text for alert in ana.alerts.all()] == ["New since"]


def test_both_are_on_the_trail(sol: StaffActor, ana: Patient, twin: Patient) -> None:
    undo_merge(sol, merge=merged(sol, ana, twin))
    for verb in ("patients.merged", "patients.merge_undone"):
        subjects = {one.subject_id for one in Entry.objects.get(verb=verb).subjects.all()}
        assert {str(ana.pk), str(twin.pk)} <= subjects


def test_refuses_a_chart_and_itself(sol: StaffActor, ana: Patient) -> None:
    with pytest.raises(Refused, match="itself"):
        merged(sol, ana, ana)


def test_refuses_a_chart_that_was_merged_already(
    sol: StaffActor, ana: Patient, twin: Patient, make_patient: MakePatient
) -> None:
    merged(sol, ana, twin)
    with pytest.raises(Refused, match="merged already"):
        merged(sol, make_patient("Marsh", "A."), twin)
    with pytest.raises(Refused, match="merged already"):
        merged(sol, twin, make_patient("Marsh", "Anne"))


def test_refuses_two_whom_somebody_told_apart(sol: StaffActor, ana: Patient, twin: Patient) -> None:
    DifferentPeople.objects.create(patient=twin, other=ana, reason="Twins", by_label="Rosa Delgado")
    with pytest.raises(Refused, match="two people: Twins"):
        merged(sol, ana, twin)


def test_refuses_without_a_reason(sol: StaffActor, ana: Patient, twin: Patient) -> None:
    with pytest.raises(Refused, match="how you know"):
        merge_charts(sol, kept=ana, merged=twin, reason="  x ")


def test_refuses_two_visits_at_one_time_and_moves_nothing(
    sol: StaffActor, ana: Patient, twin: Patient, make_appointment: MakeAppointment
) -> None:
    make_appointment(NINE)
    make_appointment(NINE, patient=twin, seat=1)
    with pytest.raises(Refused, match="at one time"):
        merged(sol, ana, twin)
    assert twin.telecoms.count() == 1
    assert not Merge.objects.exists()


def test_cannot_be_undone_twice_or_from_under_another_merge(
    sol: StaffActor, ana: Patient, twin: Patient, make_patient: MakePatient
) -> None:
    merge = merged(sol, ana, twin)
    outer = merged(sol, make_patient("Marsh", "Annie"), ana)
    with pytest.raises(Refused, match="Undo that merge first"):
        undo_merge(sol, merge=merge)
    undo_merge(sol, merge=outer)
    undo_merge(sol, merge=merge)
    with pytest.raises(Refused, match="undone already"):
        undo_merge(sol, merge=merge)


def test_is_not_for_the_front_desk(rosa: StaffActor, ana: Patient, twin: Patient) -> None:
    with pytest.raises(PermissionDenied):
        merged(rosa, ana, twin)


FACTS = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", None, "x", "y", False, True]))


@given(FACTS, FACTS)
def test_a_known_fact_is_never_overwritten(kept: dict[str, Any], other: dict[str, Any]) -> None:
    gains = what_the_kept_chart_gains(kept, other)
    assert all(kept.get(name) in (None, "", False) for name in gains)
    assert not set(gains) & set(differing(kept, other))
