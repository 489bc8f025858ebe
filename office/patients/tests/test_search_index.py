"""The words by which patients are found follow every change."""

import pytest

from conftest import MakePatient
from office.patients.actions import search_index
from office.patients.models import Name, Patient, SearchWord, Telecom, WordKey

pytestmark = pytest.mark.django_db


def words(patient: Patient) -> set[str]:
    return set(SearchWord.objects.filter(patient=patient).values_list("text", flat=True))


def test_holds_names_former_names_and_phones(ana: Patient) -> None:
    Name.objects.create(patient=ana, kind="former", family_name="De León", given_name="Ana")
    Telecom.objects.create(patient=ana, system="phone", value="+15035550139")
    Telecom.objects.create(patient=ana, system="email", value="ana@example.com")
    search_index.refresh([ana])
    assert words(ana) == {"marsh", "ana", "de", "leon", "deleon", "#9310555305"}
    assert WordKey.objects.filter(text="marsh", key="mash").exists()


def test_forgets_a_name_that_was_a_mistake(ana: Patient) -> None:
    search_index.refresh([ana])
    ana.family_name = "Marx"
    search_index.refresh([ana])
    assert words(ana) == {"marx", "ana"}


def test_a_kept_chart_is_found_by_the_words_of_those_merged_into_it(ana: Patient, make_patient: MakePatient) -> None:
    first, second = make_patient("Quill"), make_patient("Rook")
    Telecom.objects.create(patient=first, system="phone", value="+15035550177")
    first.merged_into, second.merged_into = second, ana
    first.save()
    second.save()
    search_index.refresh([ana, first, second])
    assert words(ana) == {"marsh", "ana", "quill", "rook", "#7710555305"}
    assert words(first) == words(second) == set()


def test_refreshing_twice_is_refreshing_once(ana: Patient, make_patient: MakePatient) -> None:
    patients = [ana, make_patient("Marsh", "Bo")]
    search_index.refresh(patients, are_new=True)
    before = words(ana), WordKey.objects.count()
    search_index.refresh(patients)
    assert (words(ana), WordKey.objects.count()) == before
