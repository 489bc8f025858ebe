"""Correcting a chart."""

from datetime import date

import pytest

from office.core.actions import Refused
from office.patients.actions.correction import Stale, correct_patient
from office.patients.models import Patient
from office.patients.queries.search import search
from office.staff.models import StaffActor


def test_changes_what_differs_and_raises_the_version(rosa: StaffActor, ana: Patient) -> None:
    now = correct_patient(rosa, patient=ana, version=1, changes={"called": "Annie", "given_name": "Ana"})
    assert (now.called, now.version) == ("Annie", 2)


def test_the_former_name_stays_findable(rosa: StaffActor, ana: Patient) -> None:
    correct_patient(rosa, patient=ana, version=1, changes={"family_name": "Quill"}, keep_old_name="former")
    assert search("marsh")[0].why == "former name: Marsh, Ana"
    assert search("quill")[0].patient == ana


def test_refuses_a_stale_save_and_keeps_both_texts(rosa: StaffActor, malik: StaffActor, ana: Patient) -> None:
    correct_patient(malik, patient=ana, version=1, changes={"birth_date": date(1984, 9, 4)})
    with pytest.raises(Stale) as refusal:
        correct_patient(rosa, patient=ana, version=1, changes={"birth_date": date(1984, 4, 10)})
    assert refusal.value.theirs == {"birth_date": date(1984, 9, 4)}
    assert refusal.value.yours == {"birth_date": date(1984, 4, 10)}


def test_saving_the_same_again_changes_nothing(rosa: StaffActor, ana: Patient) -> None:
    assert correct_patient(rosa, patient=ana, version=1, changes={"given_name": "Ana"}).version == 1


def test_refuses_to_take_the_family_name_away(rosa: StaffActor, ana: Patient) -> None:
    with pytest.raises(Refused, match="family name"):
        correct_patient(rosa, patient=ana, version=1, changes={"family_name": "  "})
