"""Numbers, dates and ages as the United States write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.core import words


@pytest.mark.parametrize(
    ("stored", "shown"),
    [("+15555550123", "(555) 555-0123"), ("+442079460000", "+442079460000"), ("", ""), ("911", "911")],
)
def test_a_phone_reads_as_on_a_card(stored: str, shown: str) -> None:
    assert words.phone_words(stored) == shown


@pytest.mark.parametrize(
    ("hour", "shown"), [(0, "12:05 AM"), (9, "9:05 AM"), (12, "12:05 PM"), (14, "2:05 PM"), (23, "11:05 PM")]
)
def test_a_clock_counts_to_twelve(hour: int, shown: str) -> None:
    assert words.clock_words(datetime(2026, 11, 23, hour, 5)) == shown  # noqa: DTZ001


@pytest.mark.parametrize(
    ("birth", "shown"),
    [
        (date(1961, 4, 12), "65"),
        (date(1961, 11, 24), "64"),
        (date(2024, 11, 23), "2"),
        (date(2024, 11, 24), "23 months"),
        (date(2026, 8, 23), "3 months"),
        (date(2026, 8, 24), "13 weeks"),
        (date(2026, 11, 9), "2 weeks"),
        (date(2026, 11, 22), "1 day"),
        (date(2026, 11, 23), "0 days"),
        (date(2026, 11, 24), ""),
    ],
)
def test_an_age_is_said_as_in_a_clinic(birth: date, shown: str) -> None:
    assert words.age_words(birth, date(2026, 11, 23)) == shown


@given(st.dates(date(1900, 1, 1), date(2026, 11, 23)))
def test_years_change_on_the_birthday(birth: date) -> None:
    today = date(2026, 11, 23)
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    if years >= 2:
        assert words.age_words(birth, today) == str(years)
    else:
        assert words.age_words(birth, today).split()[1].rstrip("s") in {"month", "week", "day"}


@given(st.integers(0, 10**6))
def test_a_longer_time_never_reads_as_nothing(minutes: int) -> None:
    assert words.span_words(minutes)
    assert words.left_words(-minutes - 1).startswith("Overdue by ")
