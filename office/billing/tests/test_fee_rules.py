"""Prices: which one holds, and what can be one …"""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.billing.rules import fees as rules
from office.billing.rules.fees import Price, fee_for, in_force

DAY = date(2026, 11, 24)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def price(cents: int, modifiers: str = "", place: str = "", starts: date = date(2026, 1, 1)) -> Price:
    return Price("G0439", modifiers, place, cents, starts)


def cents_of(prices: list[Price], modifiers: str = "", place: str = "11", on: date = DAY) -> int | None:
    found = fee_for(prices, code="G0439", modifiers=modifiers, place_of_service=place, on=on)
    return found.cents if found else None


def test_the_price_of_these_modifiers_comes_before_one_for_the_place() -> None:
    prices = [price(1), price(2, place="11"), price(3, modifiers="25"), price(4, modifiers="25", place="11")]
    assert cents_of(prices, "25") == 4
    assert cents_of(prices[:3], "25") == 3
    assert cents_of(prices[:2], "25") == 2
    assert cents_of(prices, "25", place="22") == 3
    assert cents_of(prices, place="22") == 1


def test_a_modifier_without_a_price_of_its_own_costs_what_the_code_costs() -> None:
    assert cents_of([price(1)], "59") == 1


def test_what_nobody_priced_has_no_price() -> None:
    assert cents_of([]) is None
    assert cents_of([price(1, starts=DAY + timedelta(days=1))]) is None


@given(st.lists(DAYS, unique=True, min_size=1), DAYS)
def test_the_latest_that_has_begun_holds(starts: list[date], on: date) -> None:
    found = in_force([price(1, starts=one) for one in starts], on=on)
    begun = [one for one in starts if one <= on]
    assert (found.starts_on if found else None) == max(begun, default=None)


@given(DAYS, st.integers(0, 400), st.integers(0, 800))
def test_what_has_ended_does_not_let_an_older_price_come_back(start: date, long: int, at: int) -> None:
    older = price(1, starts=start - timedelta(days=1))
    ends = Price("G0439", "", "", 2, start, start + timedelta(days=long))
    found = in_force([older, ends], on=start + timedelta(days=at))
    assert (found is ends) if at <= long else (found is None)


@pytest.mark.parametrize(
    ("typed", "code", "modifiers"),
    [
        ("g0439", "G0439", ""),
        (" G0439-25 ", "G0439", "25"),
        ("J1885:rt-59", "J1885", "RT 59"),
        ("NOSHOW", "NOSHOW", ""),
    ],
)
def test_modifiers_behind_the_code_are_read(typed: str, code: str, modifiers: str) -> None:
    assert rules.code_of(typed) == (code, modifiers)


@given(st.lists(st.from_regex(r"[A-Z0-9]{2}", fullmatch=True), max_size=4, unique=True))
def test_modifiers_are_written_one_way_however_they_were_typed(each: list[str]) -> None:
    wanted = " ".join(each)
    assert rules.modifiers_of(", ".join(each)) == rules.modifiers_of("-".join(each).lower()) == wanted
    assert rules.objection_to_modifiers(wanted) is None


def test_refuses_what_is_no_modifier_or_no_price() -> None:
    assert "two letters" in (rules.objection_to_modifiers("259") or "")
    assert "at most four" in (rules.objection_to_modifiers("25 26 59 RT LT") or "")
    assert "less than nothing" in (rules.objection_to_amount(-1) or "")
    assert "million" in (rules.objection_to_amount(rules.MOST_CENTS + 1) or "")
    assert rules.objection_to_amount(0) is None
