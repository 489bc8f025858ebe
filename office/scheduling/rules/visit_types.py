"""Who may book a visit type, for whom, and with whom."""

from collections.abc import Collection
from datetime import date

#: A new patient had no face-to-face professional service from the physician or other qualified professional, or from
#: another of the same specialty in the group, within so many years (CPT, Evaluation and Management guidelines; CMS
#: Pub. 100-04, Medicare Claims Processing Manual, chapter 12, section 30.6.7 A). Specialties are not kept here, so the
#: office counts as one group of one specialty: the visit's type is chosen by this, its billing code is not.
NEW_AFTER_YEARS = 3


def age_in_years(born_on: date, day: date) -> int:
    """Return the completed years on ``day``; one born on February 29 is a year older on March 1."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def objection_to_booker(name: str, *, roles: Collection[str] | None, allowed: Collection[str]) -> str | None:
    """Return why someone with ``roles`` may not book this type, or None. None as roles is the program itself."""
    if not allowed or roles is None or set(roles) & set(allowed):
        return None
    who = ", ".join(role.replace("_", " ") for role in sorted(allowed))
    return f"{name} is booked by: {who}. Ask one of them."


def objection_to_age(
    name: str, *, born_on: date | None, day: date, minimum: int | None, maximum: int | None
) -> str | None:
    """Return why a person born then is too young or too old for this type on ``day``, or None."""
    if minimum is None and maximum is None:
        return None
    if born_on is None:
        return f"{name} has an age limit. Enter the patient's birth date first."
    age = age_in_years(born_on, day)
    if minimum is not None and age < minimum:
        return f"{name} is for patients of {minimum} years and older."
    if maximum is not None and age > maximum:
        return f"{name} is for patients up to {maximum} years."
    return None


def objection_to_established(name: str, *, is_for_new: bool, last_seen_on: date | None, day: date) -> str | None:
    """Return why someone last seen here then is no new patient on ``day``, or None."""
    if not is_for_new or last_seen_on is None or age_in_years(last_seen_on, day) >= NEW_AFTER_YEARS:
        return None
    return (
        f"{name} is for someone not seen here in the last {NEW_AFTER_YEARS} years. "
        f"This patient was seen here on {last_seen_on:%m/%d/%Y}, so choose a type for established patients."
    )


def limits_of(*, is_for_new: bool, minimum: int | None, maximum: int | None, allowed: Collection[str]) -> list[str]:
    """Return for whom a type is and who books it, as short sentences; none when it is for everyone by everyone."""
    ages = {
        (False, False): "",
        (True, False): f"From {minimum} years",
        (False, True): f"Up to {maximum} years",
        (True, True): f"From {minimum} to {maximum} years",
    }[minimum is not None, maximum is not None]
    who = ", ".join(role.replace("_", " ") for role in sorted(allowed))
    said = ("For new patients" if is_for_new else "", ages, f"Booked by {who}" if who else "")
    return [one for one in said if one]
