"""A row that waits for a person, as it is kept until then."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from office.core.tables.columns import Shape
from office.core.tables.values import Phone
from office.practice.loads.kinds import Kind, Line
from office.practice.loads.models import LoadedRow

#: Never kept beside the chart it belongs to: a social security number is sealed there or nowhere.
_LEFT_OUT = {"ssn"}


def as_kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row's values as JSON keeps them."""
    return {name: _plain(value) for name, value in values.items() if name not in _LEFT_OUT}


def fingerprint_of_values(kind: str, values: Mapping[str, Any]) -> str:
    """Return a short name of what the row says: the same row is asked about once."""
    text = json.dumps([kind, as_kept(values)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def from_kept(kind: Kind, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values that ``as_kept`` was given."""
    return {name: _read(kind, name, value) for name, value in values.items()}


def answered_before(kind: str, lines: Sequence[Line]) -> Iterator[tuple[Line, str, UUID | None]]:
    """Yield the lines that a person answered in an earlier load, with the answer and the row of ours it is about."""
    by_print = {fingerprint_of_values(kind, line.values): line for line in lines}
    answered = LoadedRow.objects.filter(fingerprint__in=list(by_print), load__undone_at__isnull=True)
    for row in answered.exclude(answer=""):
        yield by_print[row.fingerprint], row.answer, row.subject_id


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(kind: Kind, name: str, value: Any) -> Any:
    field = kind.field(name)
    match field.shape if field else None:
        case Shape.DATE:
            return date.fromisoformat(value)
        case Shape.MOMENT:
            return datetime.fromisoformat(value)
        case Shape.TIME:
            return time.fromisoformat(value)
        case Shape.PHONE:
            return Phone(**value)
        case Shape.MONEY:
            return Decimal(value)
    return value
