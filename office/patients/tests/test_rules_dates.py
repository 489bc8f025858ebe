"""How birth dates are read."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.patients.rules.dates import NotADate, age_on, birth_date_in, read_birth_date, read_date, spoken_age

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "04121961", "041261", "4/12/61", "4-12-61", "04/12/1961", "4.12.1961", "4 12 61", "1961-04-12", "19610412",
        "April 12 1961", "april 12, 1961", "Apr 12th, 1961", "12 Apr 1961", "12-apr-61", "  4/12/61 ",
    ],
)  # fmt: skip
def test_every_form_staff_type_reads_the_same_day(typed: str) -> None:
    assert read_birth_date(typed, today=TODAY) == date(1961, 4, 12)


def test_two_digits_of_a_year_lie_in_the_past() -> None:
    assert read_birth_date("4-12-26", today=TODAY) == date(2026, 4, 12)
    assert read_birth_date("11/23/26", today=TODAY) == TODAY
    assert read_birth_date("11/24/26", today=TODAY) == date(1926, 11, 24)
    assert read_birth_date("2/29/28", today=TODAY) == date(1928, 2, 29)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("13/4/61", "no month 13"),
        ("2/30/61", "no 02/30"),
        ("11/24/2026", "still to come"),
        ("1/1/1850", "years ago"),
        ("soon", "Type a date as"),
        ("", "Type a date as"),
        ("4/12-61", "Type a date as"),
        ("4/12/611", "Type a date as"),
        ("Foo 12 1961", "no such month"),
        ("0000-00-00", "no month 0"),
    ],
)
def test_what_is_no_birth_date_says_why(typed: str, why: str) -> None:
    with pytest.raises(NotADate, match=why):
        read_birth_date(typed, today=TODAY)
    assert birth_date_in(typed, today=TODAY) is None


@given(st.dates(min_value=date(1902, 1, 1), max_value=TODAY))
def test_reading_undoes_writing_in_every_form(born: date) -> None:
    for form in ("%m/%d/%Y", "%m%d%Y", "%Y-%m-%d", "%B %d %Y", "%d %b %Y", "%m-%d-%Y"):
        assert read_birth_date(born.strftime(form), today=TODAY) == born


@given(st.text(max_size=12) | st.from_regex(r"[0-9/. -]{1,10}", fullmatch=True))
def test_whatever_is_typed_gives_a_past_day_or_no_day(typed: str) -> None:
    try:
        born = read_birth_date(typed, today=TODAY)
    except NotADate:
        return
    assert date(1900, 1, 1) <= born <= TODAY


def test_a_date_of_the_offices_work_may_lie_ahead() -> None:
    assert read_date("1/1/27", today=TODAY) == date(2027, 1, 1)


@given(st.dates(date(1930, 1, 1), date(2026, 1, 1)), st.integers(0, 80))
def test_an_age_rises_by_one_on_the_birthday(born: date, years: int) -> None:
    birthday = date(born.year + years, born.month, min(born.day, 28))
    assert age_on(born, birthday) in {years, years - 1}
    assert age_on(date(born.year, born.month, min(born.day, 28)), birthday) == years


def test_someone_born_on_a_leap_day_has_a_birthday_in_march() -> None:
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    ("born", "said"),
    [
        (date(2026, 11, 22), "1 day"),
        (date(2026, 11, 1), "22 days"),
        (date(2026, 9, 28), "8 weeks"),
        (date(2025, 11, 23), "12 months"),
        (date(2025, 1, 30), "21 months"),
        (date(2024, 11, 23), "2"),
    ],
)
def test_small_children_are_days_weeks_or_months_old(born: date, said: str) -> None:
    assert spoken_age(born, TODAY) == said
