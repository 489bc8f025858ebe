"""How two records are weighed, with the usual weights."""

from dataclasses import replace

import pytest

from office.patients.rules.matching import FIELDS, Comparison, Model, Person, candidates, match


def person(key: str = "a", **values: str) -> Person:
    usual = {
        "given_name": "lucie", "surname": "moreau", "date_of_birth": "19870309", "street_number": "77",
        "street": "quince ave", "city": "portland", "postcode": "97205", "state": "or", "phone": "5550139",
    }  # fmt: skip
    return Person(key, tuple({**usual, **values}.get(kind.name, "") for kind in FIELDS))


def against(**values: str) -> Comparison:
    return Model().compare(person(), person("b", **values))


@pytest.mark.parametrize(
    "changes",
    [
        {"given_name": "lucy"},
        {"date_of_birth": "19870903"},
        {"date_of_birth": "19870390"},
        {"given_name": "moreau", "surname": "lucie"},
        {"surname": "moraeu", "street": "elm st", "street_number": "402"},
        {"phone": "", "street": "", "street_number": ""},
    ],
)
def test_slips_of_the_pen_leave_one_person(changes: dict[str, str]) -> None:
    assert against(**changes).decision == "link"


@pytest.mark.parametrize(
    "changes",
    [
        {"given_name": "thomas", "date_of_birth": "20150601"},
        {"given_name": "thomas", "surname": "okafor", "date_of_birth": "19520228"},
    ],
)
def test_those_who_live_together_are_not_linked(changes: dict[str, str]) -> None:
    assert against(**changes).decision != "link"


def test_a_stranger_is_no_match() -> None:
    other = {kind.name: "" for kind in FIELDS} | {"given_name": "wei", "surname": "chen", "date_of_birth": "19611231"}
    assert against(**other).decision is None


def test_the_order_of_the_pair_does_not_matter() -> None:
    left, right = person(), person("b", given_name="lucy", date_of_birth="19870903", street="elm st")
    assert Model().compare(left, right).bits == pytest.approx(Model().compare(right, left).bits)


def test_a_rare_name_in_common_says_more_than_a_common_one() -> None:
    often = [{"lucie": 0.2}, {"moreau": 0.1}, *({} for _ in FIELDS[2:])]
    rare = [{"lucie": 0.0002}, {"moreau": 0.0001}, *({} for _ in FIELDS[2:])]
    left, right = person(), person("b")
    assert Model(frequencies=rare).compare(left, right).bits > Model(frequencies=often).compare(left, right).bits


def test_candidates_share_at_least_a_block() -> None:
    stranger = replace(person("c"), values=("wei", "chen", "19611231", *[""] * (len(FIELDS) - 3)))
    assert candidates([person()], [stranger, person("b", surname="moreaux")]) == {0: {1}}


def test_within_one_file_a_pair_is_met_once() -> None:
    people = [person("a"), person("b", given_name="lucy")]
    assert [(pair.left.key, pair.right.key) for pair in match(people, people, same_file=True)] == [("a", "b")]
