"""How the United States writes numbers, dates and ages on a screen. Pure; the template filters call these."""

import re
from datetime import date, datetime


def phone_words(number: str) -> str:
    """Return an E.164 number of the United States as ``(555) 555-0123``, any other as it is."""
    digits = re.fullmatch(r"\+1(\d{3})(\d{3})(\d{4})", number)
    return "({}) {}-{}".format(*digits.groups()) if digits else number


def date_words(day: date) -> str:
    """Return ``06/14/1961``."""
    return f"{day:%m/%d/%Y}"


def clock_words(at: datetime) -> str:
    """Return ``2:30 PM``, in the zone that ``at`` has; in the hour that fall repeats ``1:30 AM EST``."""
    return f"{at.hour % 12 or 12}:{at:%M} {'AM' if at.hour < 12 else 'PM'}{zone_words(at)}"


def zone_words(at: datetime) -> str:
    """Return ``" EST"`` for a time that the clock of its zone shows twice, else nothing."""
    first, second = (at.replace(fold=fold).utcoffset() for fold in (0, 1))
    return f" {at:%Z}" if first and second and first > second else ""


def age_words(birth: date, today: date) -> str:
    """Return an age as a clinic says it: ``65``, ``7 months`` under two years, ``3 weeks``, ``5 days``.

    Months are kept until the second birthday, weeks for the first three months, days for the first two weeks.
    """
    days = (today - birth).days
    if days < 0:
        return ""
    months = (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)
    if months >= 24:
        return str(months // 12)
    if months >= 3:
        return _count(months, "month")
    return _count(days // 7, "week") if days >= 14 else _count(days, "day")


def left_words(minutes: int) -> str:
    """Return the time that is left: ``9 min``, ``1 h 40``, ``7 h``, ``2 days``, ``Overdue by 3 min``."""
    return f"Overdue by {span_words(-minutes)}" if minutes < 0 else span_words(minutes)


def span_words(minutes: int) -> str:
    """Return a length of time: ``9 min``, ``1 h 40``, ``7 h``, ``2 days``."""
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 24 * 60:
        hours, rest = divmod(minutes, 60)
        return f"{hours} h {rest:02d}" if rest and hours < 6 else f"{hours} h"
    return _count(minutes // (24 * 60), "day")


def _count(n: int, unit: str) -> str:
    return f"{n} {unit}" if n == 1 else f"{n} {unit}s"
