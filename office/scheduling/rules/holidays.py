"""The federal holidays of the United States (5 U.S.C. 6103), each on the day on which it is kept."""

from datetime import date, timedelta


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def _observed(day: date) -> date:
    """A holiday on a Saturday is kept on the Friday, one on a Sunday on the Monday."""
    return day + timedelta(days={5: -1, 6: 1}.get(day.weekday(), 0))


def holidays_of(year: int) -> dict[date, str]:
    """Return the days of that year's holidays with their names."""
    last_monday_of_may = max(day for day in (_nth(year, 5, 0, 4), _nth(year, 5, 0, 5)) if day.month == 5)
    return {
        _observed(date(year, 1, 1)): "New Year's Day",
        _nth(year, 1, 0, 3): "Martin Luther King Jr. Day",
        _nth(year, 2, 0, 3): "Presidents' Day",
        last_monday_of_may: "Memorial Day",
        _observed(date(year, 6, 19)): "Juneteenth",
        _observed(date(year, 7, 4)): "Independence Day",
        _nth(year, 9, 0, 1): "Labor Day",
        _nth(year, 10, 0, 2): "Columbus Day",
        _observed(date(year, 11, 11)): "Veterans Day",
        _nth(year, 11, 3, 4): "Thanksgiving",
        _observed(date(year, 12, 25)): "Christmas Day",
    }


def holidays_between(first: date, last: date) -> dict[date, str]:
    """Return the holidays kept from ``first`` through ``last``, in their order."""
    every = {day: name for year in range(first.year, last.year + 2) for day, name in holidays_of(year).items()}
    return {day: name for day, name in sorted(every.items()) if first <= day <= last}
