"""How names are folded, cut and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.patients.rules.names import (
    distance,
    edits_allowed,
    fold,
    likeness,
    long_forms,
    sound,
    spelling_keys,
    taken_for,
    words_of,
)

words = st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Muñoz", "munoz"),
        ("  O\u2019Brien ", "obrien"),
        ("O'Brien-Smith", "obrien smith"),
        ("Łukasz Ørsted", "lukasz orsted"),
        ("Weiß", "weiss"),
        ("Nguyễn", "nguyen"),
        ("ANNA", "anna"),
        ("Ng_", "ng"),
        ("李 小龙", "李 小龙"),
    ],
)
def test_accents_case_and_marks_do_not_matter(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)


def test_a_name_of_parts_is_found_by_each_and_run_together() -> None:
    assert words_of("de la Cruz") == {"de", "la", "cruz", "delacruz"}


def test_a_short_name_has_its_long_forms() -> None:
    assert long_forms("bob") == {"robert"}
    assert long_forms("robert") == frozenset()


@given(words, st.data())
def test_a_word_with_one_slip_shares_a_key_with_itself(word: str, data: st.DataObject) -> None:
    if edits_allowed(len(word)) == 0 or edits_allowed(len(word) - 1) == 0:
        return
    place = data.draw(st.integers(0, len(word) - 1))
    kind = data.draw(st.sampled_from(["less", "other", "swapped"]))
    other = {
        "less": word[:place] + word[place + 1 :],
        "other": word[:place] + "q" + word[place + 1 :],
        "swapped": word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    }[kind]
    assert spelling_keys(word) & spelling_keys(other)


@pytest.mark.parametrize(
    ("left", "right"),
    [("smith", "smyth"), ("catherine", "katherine"), ("meyer", "maier"), ("phillips", "filips"), ("stephen", "steven")],
)
def test_names_that_sound_alike_have_the_same_code(left: str, right: str) -> None:
    assert sound(left) == sound(right)


@given(words, words)
def test_distance_is_even_handed_and_zero_for_the_same_alone(left: str, right: str) -> None:
    assert distance(left, right, 12) == distance(right, left, 12)
    assert (distance(left, right, 12) == 0) == (left == right)
    assert distance(left, right, 2) == min(distance(left, right, 12), 3)


def test_two_swapped_letters_are_one_slip() -> None:
    assert distance("jonh", "john", 2) == 1


@given(words, words)
def test_likeness_lies_between_nothing_and_the_same(left: str, right: str) -> None:
    assert 0 <= likeness(left, right) <= 1
    assert (likeness(left, right) == 1) == (left == right)


def test_likeness_is_winklers() -> None:
    assert likeness("martha", "marhta") == pytest.approx(0.9611, abs=1e-4)
    assert likeness("dixon", "dicksonx") == pytest.approx(0.8133, abs=1e-4)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (("Moreau", "Luc"), True),
        (("Moreaux", "Lucy"), True),
        (("Lucie", "Moreau"), True),
        (("Moreau", "Paul"), False),
        (("Morris", "Lucie"), False),
    ],
)
def test_names_that_may_be_taken_for_each_other(other: tuple[str, str], *, expected: bool) -> None:
    assert taken_for(("Moreau", "Lucie"), other) is expected
    assert taken_for(other, ("Moreau", "Lucie")) is expected
