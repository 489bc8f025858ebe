"""Who is meant is found, however the name was typed, and for a number of questions that does not grow."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from conftest import MakePatient
from office.patients.actions import search_index
from office.patients.models import Patient
from office.patients.queries.search import search

FAMILIES = ["Álvarez", "Kowalczyk", "O'Brien", "de la Cruz", "Hendricks", "Nguyễn", "Thorne", "Smythe"]
GIVEN = ["Beatriz", "Tomasz", "Seán", "Catherine", "Robert", "Lucille", "Øystein", "Margaret"]
#: The people are only read, so examples may share them.
READING = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
numbers = st.integers(0, len(FAMILIES) - 1)


@pytest.fixture
def town(make_patient: MakePatient) -> list[Patient]:
    """Eight people whose names share nothing."""
    made = [make_patient(*names, date(1980, 1, 1)) for names in zip(FAMILIES, GIVEN, strict=True)]
    search_index.refresh(made)
    return made


@st.composite
def slips(draw: st.DrawFn, name: str) -> str:
    """The name with one letter gone, changed or exchanged with the next, and the first left as it is."""
    word = name.rsplit(maxsplit=1)[-1]
    place = draw(st.integers(1, len(word) - 2))
    gone, changed, exchanged = (
        word[:place] + word[place + 1 :],
        word[:place] + draw(st.sampled_from("aeirt")) + word[place + 1 :],
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )
    return draw(st.sampled_from([gone, changed, exchanged]))


@READING
@given(number=numbers, data=st.data())
def test_finds_who_is_meant_with_a_slip_in_either_name_in_either_order(
    town: list[Patient], number: int, data: st.DataObject
) -> None:
    family, given_name = data.draw(slips(FAMILIES[number])), data.draw(slips(GIVEN[number]))
    text = data.draw(st.sampled_from([f"{family}, {given_name}", f"{given_name} {family}"]))
    assert search(text)[0].patient == town[number]


@READING
@given(number=numbers, family=st.integers(2, 12), given_name=st.integers(1, 12), is_reversed=st.booleans())
def test_finds_who_is_meant_by_the_beginnings_of_the_names(
    town: list[Patient], *, number: int, family: int, given_name: int, is_reversed: bool
) -> None:
    parts = [FAMILIES[number].split()[-1][:family], GIVEN[number][:given_name]]
    found = search(" ".join(reversed(parts) if is_reversed else parts))
    assert found[0].patient == town[number]


@READING
@given(number=numbers, form=st.sampled_from(["01/02/1980", "1-2-80", "010280", "jan 2 1980"]), data=st.data())
def test_another_birth_date_does_not_hide_who_is_meant(
    town: list[Patient], number: int, form: str, data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from([f"{FAMILIES[number]} {form}", f"{form} {FAMILIES[number]}"]))
    assert search(text)[0].patient == town[number]


@pytest.mark.django_db
def test_names_nearly_the_same_are_listed_after_those_that_are_the_same(make_patient: MakePatient) -> None:
    same, near = make_patient("Marsh", "Ana"), make_patient("Marsch", "Anna")
    search_index.refresh([same, near])
    for text in ("marsh ana", "mars an", "ana marsh"):
        assert [one.patient for one in search(text)] == [same, near]


@pytest.mark.parametrize("text", ["kowalczyk tomasz", "kowalzcyk tomsaz", "kow tom", "tomasz 1/1/80", "nobody here"])
def test_asks_no_more_however_many_patients_there_are(
    town: list[Patient], make_patient: MakePatient, django_assert_max_num_queries: DjangoAssertNumQueries, text: str
) -> None:
    search_index.refresh([make_patient("Kowalczyk", f"Tomasz{turn}") for turn in range(60)])
    with django_assert_max_num_queries(12):
        search(text)


def test_ten_that_fit_alike_are_ten_and_the_best(town: list[Patient], make_patient: MakePatient) -> None:
    others = [make_patient("Kowalczyk", "Tomaszek") for _ in range(30)]
    search_index.refresh(others)
    found = search("kowalczyk tomasz")
    assert len(found) == 10
    assert found[0].patient == town[1]
