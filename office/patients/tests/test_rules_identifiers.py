"""Social security numbers: which can be one, and how little is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.patients.rules.identifiers import (
    NotASocialSecurityNumber,
    last_four,
    read_social_security_number,
    written,
)


@pytest.mark.parametrize("text", ["219-09-9999", "219 09 9999", "219099999", " 219-09-9999 "])
def test_reads_it_as_people_write_it(text: str) -> None:
    assert read_social_security_number(text) == "219099999"


@pytest.mark.parametrize(
    "text", ["", "21909999", "000-12-3456", "666-12-3456", "900-12-3456", "219-00-9999", "219-09-0000", "2l9-09-9999"]
)
def test_refuses_what_was_never_given_without_repeating_it(text: str) -> None:
    with pytest.raises(NotASocialSecurityNumber) as refusal:
        read_social_security_number(text)
    assert not text or text not in str(refusal.value)


@given(st.integers(1, 665), st.integers(1, 99), st.integers(1, 9999))
def test_what_is_written_is_read_again(area: int, group: int, serial: int) -> None:
    digits = f"{area:03}{group:02}{serial:04}"
    assert read_social_security_number(written(digits)) == digits
    assert last_four(digits) == digits[5:]


def test_nothing_is_shown_of_a_number_that_is_not_whole() -> None:
    assert last_four("12345") == ""
