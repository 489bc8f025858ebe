"""Which back-ups are kept at the place."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from office.upkeep.rules import Name, kept

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
moments = st.integers(0, 94_608_000_000).map(lambda ms: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms))


def named(at: datetime) -> Name:
    return Name(at.replace(microsecond=at.microsecond // 1000 * 1000), "0123abcd")


def test_a_year_of_quarter_hours_comes_down_to_a_day_a_month_of_days_and_a_year_of_months() -> None:
    every = {named(NOW - timedelta(minutes=15 * n)) for n in range(366 * 96)}
    left = kept(every, NOW)
    ages = sorted(NOW - name.at for name in left)
    assert sum(age <= timedelta(days=1) for age in ages) == 97
    assert 30 <= sum(timedelta(days=1) < age <= timedelta(days=31) for age in ages) <= 31
    assert 11 <= sum(age > timedelta(days=31) for age in ages) <= 13


@given(st.sets(moments.map(named), min_size=1, max_size=40), st.integers(0, 500))
def test_thinning_each_day_loses_no_month_that_thinning_once_keeps(names: set[Name], days: int) -> None:
    now = max(name.at for name in names)
    later = now + timedelta(days=days)
    assert max(names) in kept(names, now)
    in_steps = kept(kept(names, now), later)
    assert {f"{name.at:%Y-%m}" for name in kept(names, later)} <= {f"{name.at:%Y-%m}" for name in in_steps}
    assert kept(in_steps, later) == in_steps


@given(moments)
def test_a_name_is_read_as_it_was_written(at: datetime) -> None:
    assert Name.read(str(named(at))) == named(at)


def test_other_files_are_not_back_ups() -> None:
    for other in ("frontdesk.sqlite3", "frontdesk-0123abcd-20261124T041500123Z.backup.part", "notes.txt",
                  "frontdesk-0123abcd-20261399T041500123Z.backup"):  # fmt: skip
        assert Name.read(other) is None
