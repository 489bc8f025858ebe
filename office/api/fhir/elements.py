"""FHIR's data types into values of ours; whoever writes the wrong shape gets a `Wrong` that names the element."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime
from re import compile as pattern
from typing import Any

_DATE = pattern(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


class Wrong(Exception):
    """A resource that cannot come in; the message is the reason, and holds nothing of the patient."""


def text(of: Any, element: str, most: int = 300) -> str:
    """Return a string element, trimmed; empty when absent."""
    value = of.get(element, "")
    if not isinstance(value, str):
        raise Wrong(f"{element} is not text")
    return value.strip()[:most]


def one(of: Any, element: str) -> dict[str, Any]:
    """Return an object element; empty when absent."""
    value = of.get(element, {})
    if not isinstance(value, dict):
        raise Wrong(f"{element} is not an object")
    return value


def each(of: Any, element: str) -> Iterator[dict[str, Any]]:
    """Yield the objects of a list element."""
    value = of.get(element, [])
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Wrong(f"{element} is not a list of objects")
    yield from value


def words(of: Any, element: str) -> list[str]:
    """Return the strings of a list element."""
    value = of.get(element, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise Wrong(f"{element} is not a list of text")
    return [item.strip() for item in value if item.strip()]


def a_date(of: Any, element: str) -> date | None:
    """Return a FHIR date; None when absent or known only to the year or month."""
    value = text(of, element, 40)
    if not value:
        return None
    found = _DATE.fullmatch(value)
    try:
        parts = [int(part) for part in found.groups() if part] if found else []
        day = date(parts[0], *[*parts[1:], 1, 1][:2])
    except (ValueError, IndexError) as fault:
        raise Wrong(f"{element} is not a date") from fault
    return day if len(parts) == 3 else None


def a_moment(of: Any, element: str, *, is_end: bool = False) -> datetime | None:
    """Return a FHIR dateTime, in UTC; a date alone is its first moment, or its last for the end of a period."""
    value = text(of, element, 40)
    if not value:
        return None
    try:
        if "T" not in value:
            found = _DATE.fullmatch(value)
            year, month, day = (int(part) if part else 0 for part in found.groups()) if found else (0, 0, 0)
            if is_end:
                month = month or 12
                return datetime(year, month, day or monthrange(year, month)[1], 23, 59, 59, tzinfo=UTC)
            return datetime(year, month or 1, day or 1, tzinfo=UTC)
        moment = datetime.fromisoformat(value)
    except ValueError as fault:
        raise Wrong(f"{element} is not a date and time") from fault
    if moment.tzinfo is None:
        raise Wrong(f"{element} has a time without a zone")
    try:
        return moment.astimezone(UTC)
    except OverflowError as fault:
        raise Wrong(f"{element} is not a date and time") from fault


def concept_text(concept: dict[str, Any], most: int) -> str:
    """Return what a CodeableConcept says in words: its text, else the first display, else the code."""
    codings = list(each(concept, "coding"))
    said = [text(concept, "text", most)]
    said += [text(coding, "display", most) for coding in codings] + [text(coding, "code", most) for coding in codings]
    return next((word for word in said if word), "")


def codes(concept: dict[str, Any]) -> list[dict[str, str]]:
    """Return a CodeableConcept's codings as received: system, code, display."""
    return [
        {part: text(coding, part) for part in ("system", "code", "display") if coding.get(part)}
        for coding in each(concept, "coding")
    ]
