"""Telling what columns and cells hold: dates by their column, money, phones, ZIPs, names."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.core.tables.columns import Shape, profile
from office.core.tables.dates import DateEvidence, NotADate, Order, read_date, read_moment, read_time
from office.core.tables.values import NotAValue, PersonName, money, person_name, phone, zip_code

TODAY = date(2026, 11, 24)


def order_of(*cells: str) -> Order:
    evidence = DateEvidence()
    for cell in cells:
        evidence.add(cell)
    return evidence.order


def test_the_whole_column_tells_the_order_of_its_dates() -> None:
    assert order_of("02/03/1980", "06/17/1949") is Order.MONTH_FIRST
    assert order_of("02.03.1980", "17.06.1949") is Order.DAY_FIRST
    assert order_of("02/03/1980", "05/05/1950", "1949-06-17") is Order.UNTOLD
    assert order_of("17/06/1949", "06/17/1949") is Order.UNTOLD


def test_a_slip_of_the_pen_does_not_turn_the_column() -> None:
    assert order_of(*["06/17/1949"] * 40, "17/06/1949") is Order.MONTH_FIRST
    with pytest.raises(NotADate, match="day first, unlike its column"):
        read_date("17/06/1949", Order.MONTH_FIRST, today=TODAY, past=True)


@given(
    st.dates(date(1905, 1, 1), TODAY),
    st.sampled_from(["%m/%d/%Y", "%Y-%m-%d", "%m%d%Y", "%Y%m%d", "%d-%b-%Y", "%B %d, %Y"]),
)
def test_reads_every_form_of_a_date_back(day: date, form: str) -> None:
    assert read_date(day.strftime(form), Order.MONTH_FIRST, today=TODAY, past=True) == day


@given(st.dates(date(1906, 1, 1), date(2099, 12, 31)))
def test_reads_excels_count_of_days(day: date) -> None:
    assert read_date(str((day - date(1899, 12, 30)).days), Order.UNTOLD, today=TODAY, past=True) == day


def test_two_digits_of_a_birth_year_lie_in_the_past_and_of_a_visit_in_this_century() -> None:
    assert read_date("2/2/43", Order.MONTH_FIRST, today=TODAY, past=True) == date(1943, 2, 2)
    assert read_date("2/2/43", Order.MONTH_FIRST, today=TODAY, past=False) == date(2043, 2, 2)


@pytest.mark.parametrize("cell", ["02/30/1971", "13/13/1950", "1949", "soon", "02/03/1980"])
def test_an_untold_column_reads_no_date_that_could_be_another(cell: str) -> None:
    with pytest.raises(NotADate):
        read_date(cell, Order.UNTOLD, today=TODAY, past=True)


def test_a_date_that_is_the_same_both_ways_needs_no_order() -> None:
    assert read_date("05/05/1950", Order.UNTOLD, today=TODAY, past=True) == date(1950, 5, 5)


def test_reads_times_of_day() -> None:
    assert [read_time(cell) for cell in ("14:30", "2:30 PM", "2:30:00 pm", "1430", "0.604166666667", "12:00 AM")] == [
        *[time(14, 30)] * 5,
        time(0),
    ]
    assert read_moment("1/2/2027 3:15 PM", Order.MONTH_FIRST, today=TODAY) == datetime(2027, 1, 2, 15, 15)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("1,234.50", "1234.50"), ("$12", "12"), ("(12.00)", "-12"), ("12.00-", "-12"), ("-$5.5", "-5.5"),
        ("12.00 CR", "-12"), ("1.234,56", "1234.56"), ("1,234", "1234"), ("64.2", "64.2"), ("0", "0"),
    ],
)  # fmt: skip
def test_reads_money_as_books_write_it(cell: str, amount: str) -> None:
    assert money(cell) == Decimal(amount)


@pytest.mark.parametrize("cell", ["abc", "12,3456", "1.2.3.4", "(12", "1 2 x", "--3"])
def test_refuses_what_is_no_amount(cell: str) -> None:
    with pytest.raises(NotAValue):
        money(cell)


def test_reads_phones_and_says_what_stood_beside_them() -> None:
    assert phone("cell (503) 555-0171 Luis").note == "cell Luis"
    assert phone("5035550168.0").digits == "5035550168"
    with pytest.raises(NotAValue, match="no area code"):
        phone("cell 5550171 Luis")


def test_puts_the_zeros_of_a_zip_back() -> None:
    assert [zip_code(cell) for cell in ("1234", "501", "97201", "12345678", "02139-1234", "1234.0")] == [
        "01234", "00501", "97201", "01234-5678", "02139-1234", "01234",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("Smith, John A", PersonName("Smith", "John", "A")),
        ("John A Smith Jr.", PersonName("Smith", "John", "A", "Jr")),
        ("María de la Cruz", PersonName("de la Cruz", "María")),
        ("O'Neill, Sean (503) 555-0168", PersonName("O'Neill", "Sean", phones=("5035550168",))),
        ("King, Martin, Jr", PersonName("King", "Martin", suffix="Jr")),
        ("Mr. Andy Anderson", PersonName("Anderson", "Andy")),
    ],
)
def test_takes_a_name_apart(cell: str, name: PersonName) -> None:
    assert person_name(cell) == name


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("John & Mary Smith", "Two people"),
        ("Smith, John and Mary", "Two people"),
        ("503-555-0168", "only a phone number"),
        ("Pham Kim 5551234", "number in the name"),
        ("MuÃ±oz, InÃ©s", "may be “Muñoz, Inés”"),
        ("=cmd|' /C calc'!A0", "no name"),
    ],
)
def test_refuses_what_is_not_one_person(cell: str, reason: str) -> None:
    with pytest.raises(NotAValue, match=reason):
        person_name(cell)


def test_tells_columns_by_what_is_in_them() -> None:
    header = ["a", "b", "c", "d", "e", "f"]
    rows = [
        ["Smith, John", "06/17/1949", "(503) 555-0168", "02139", "64.20", "a@b.org"],
        ["Doe, Ana", "2/2/43", "503-555-0169", "1234", "(12.00)", "c@d.org"],
        ["", "", "", "", "", ""],
    ]
    found = [column.shape for column in profile(header, rows)]
    assert found == [Shape.NAME, Shape.DATE, Shape.PHONE, Shape.ZIP, Shape.MONEY, Shape.EMAIL]
