"""NAME ALERT: whose names are alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.scheduling.rules.name_alert import Named, alerts, alike, similar, sound

names = st.text(st.characters(categories=["Lu", "Ll"], max_codepoint=0x24F), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Catherine", "Katherine"), ("Smith", "Smyth"), ("Phillips", "Filips"), ("Jon", "John"), ("García", "Gracia"),
        ("Marsh", "March"), ("O'Brien", "OBrien"), ("Nguyen", "Ngyuen"), ("Knight", "Night"), ("Maria", "Mario"),
    ],
)  # fmt: skip
def test_finds_names_alike_that_are_a_slip_apart_or_sound_alike(one: str, other: str) -> None:
    assert similar(one, other)


@pytest.mark.parametrize(("one", "other"), [("Hale", "Osei"), ("Marsh", "Delgado"), ("Ana", "Ida"), ("Ann", "")])
def test_leaves_names_apart_that_nobody_takes_for_each_other(one: str, other: str) -> None:
    assert not similar(one, other)


def test_asks_for_both_names_to_be_alike() -> None:
    assert not alike(Named(1, "Marsh", "Ana"), Named(2, "Marsh", "Gregory"))


def test_sees_family_and_given_name_exchanged() -> None:
    assert alike(Named(1, "Thomas", "Lee"), Named(2, "Lee", "Thomas"))


def test_names_each_of_the_two_for_the_other() -> None:
    day = [Named("a", "Marsh", "Ana"), Named("b", "March", "Anna"), Named("c", "Okafor", "Dana")]
    assert alerts(day) == {"a": frozenset({"b"}), "b": frozenset({"a"})}


def test_says_nothing_of_one_person_with_two_visits() -> None:
    assert alerts([Named("a", "Marsh", "Ana"), Named("a", "Marsh", "Ana")]) == {}


def test_keeps_people_without_letters_in_their_names_apart() -> None:
    assert not similar("", "-1") or sound("") == ""


@given(st.lists(st.tuples(names, names), max_size=12))
def test_finds_by_handles_what_comparing_every_pair_finds(people: list[tuple[str, str]]) -> None:
    persons = [Named(number, family, given_name) for number, (family, given_name) in enumerate(people)]
    every_pair = {
        one.key: frozenset(other.key for other in persons if other.key != one.key and alike(one, other))
        for one in persons
    }
    assert alerts(persons) == {key: others for key, others in every_pair.items() if others}


@given(names, names)
def test_is_alike_both_ways(one: str, other: str) -> None:
    assert similar(one, other) == similar(other, one)
