"""The identifiers of an office …"""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from office.practice import rules


def with_check_digit(nine: str) -> str:
    return next(nine + str(digit) for digit in range(10) if rules.npi_fits(nine + str(digit)))


NPIS = st.from_regex(r"[12][0-9]{8}", fullmatch=True).map(with_check_digit)


def test_the_published_example_of_an_npi_fits() -> None:
    # CMS, NPI check digit calculation: 123456789 takes the check digit 3.
    assert rules.npi_fits("1234567893")
    assert rules.objection_to_npi("1234567893") is None


@given(NPIS, st.integers(0, 9), st.integers(1, 9))
def test_no_single_wrong_digit_fits(npi: str, place: int, off: int) -> None:
    wrong = f"{npi[:place]}{(int(npi[place]) + off) % 10}{npi[place + 1 :]}"
    assert not rules.npi_fits(wrong)


@given(NPIS, st.integers(1, 8))
def test_two_digits_that_changed_places_are_found_again(npi: str, place: int) -> None:
    swapped = f"{npi[:place]}{npi[place + 1]}{npi[place]}{npi[place + 2 :]}"
    assume(not rules.npi_fits(swapped))  # the check digit cannot see 09 for 90
    assert npi in rules.npi_repairs(swapped)


@pytest.mark.parametrize(
    ("npi", "words"),
    [("123456789", "this has 9"), ("3234567893", "starts with 1 or 2"), ("1234567839", "1234567893 would fit")],
)
def test_an_npi_is_refused_with_what_is_wrong(npi: str, words: str) -> None:
    assert words in (rules.objection_to_npi(npi) or "")


@pytest.mark.parametrize(
    ("objection", "good", "bad"),
    [
        (rules.objection_to_tin, "931234567", ["93123456", "000000000", "93-123456"]),
        (rules.objection_to_clia, "05D0987654", ["05E0987654", "5D0987654", ""]),
        (rules.objection_to_taxonomy, "207Q00000X", ["207Q0000X", "207q00000x", "207Q00000Y"]),
        (rules.objection_to_zip, "97201-4321", ["9720", "97201-432", "97201-0000", "ABCDE"]),
    ],
)
def test_a_number_is_asked_for_its_shape(objection: object, good: str, bad: list[str]) -> None:
    assert callable(objection)
    assert objection(good) is None
    assert all(objection(one) for one in bad)


def test_claims_need_a_whole_zip_code() -> None:
    assert rules.objection_to_zip("97201") is None
    assert "nine digits" in (rules.objection_to_zip("97201", whole=True) or "")


@given(st.from_regex(r"[0-9]{9}", fullmatch=True))
def test_a_zip_code_is_written_one_way_however_it_was_typed(digits: str) -> None:
    assert (
        rules.zip_of(digits) == rules.zip_of(f"{digits[:5]}-{digits[5:]}") == rules.zip_of(f"{digits[:5]} {digits[5:]}")
    )
