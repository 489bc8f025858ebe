"""Which column is what: remembered, named, or told by what is in it; and a row's cells as values."""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from office.core.tables.columns import Column, Shape
from office.core.tables.dates import NotADate, Order, is_empty, read_date, read_moment, read_time
from office.core.tables.values import NotAValue, is_nothing, money, phone, zip_code
from office.practice.loads.kinds import Field, Kind, Line

#: What our own rejects files add to the original columns.
LINE, REASON = "rejected_line", "rejected_reason"
_PREFIXES = ("patients", "patient", "pt", "pat")
_BY_CONTENT = (Shape.NAME, Shape.DATE, Shape.PHONE, Shape.EMAIL, Shape.ZIP)


class WrongMap(Exception):
    """The columns do not hold what the kind needs, or a map names a field that is none; the message says which.

    ``looked`` is what was found all the same (engine.Looked), when the columns are told but not enough.
    """

    def __init__(self, message: str, looked: Any = None) -> None:
        super().__init__(message)
        self.looked = looked


@dataclass(frozen=True)
class Meaning:
    """What a column becomes, and in which order its dates stand."""

    place: int
    column: Column
    field: Field
    order: Order

    @property
    def written(self) -> str:
        """As it is remembered: ``birth_date:month_first``."""
        is_dated = self.field.shape in {Shape.DATE, Shape.MOMENT} and self.order is not Order.UNTOLD
        return f"{self.field.name}:{self.order}" if is_dated else self.field.name

    @property
    def is_asked(self) -> bool:
        """Whether a person must say in which order the dates stand."""
        return (
            self.field.shape in {Shape.DATE, Shape.MOMENT} and self.order is Order.UNTOLD and bool(self.column.filled)
        )


def plain(heading: str) -> str:
    """Return a heading as it is compared: small letters and digits."""
    return re.sub(r"[^a-z0-9]", "", heading.casefold())


def fingerprint_of(header: Sequence[str]) -> str:
    """Return what the same export next week has too; the columns that a rejects file adds do not count."""
    names = [plain(name) for name in header if name not in {LINE, REASON}]
    return hashlib.sha256("\n".join(names).encode()).hexdigest()


def meanings(
    kind: Kind, columns: Sequence[Column], chosen: Mapping[str, str | None], remembered: Mapping[str, str | None]
) -> list[Meaning]:
    """Return what each column becomes: as chosen, as remembered, by its name, by its content. Raises WrongMap."""
    said = {**remembered, **chosen}
    if unknown := [name for name in chosen if name not in {column.name for column in columns}]:
        raise WrongMap(f"has no column “{unknown[0]}”")
    names: dict[int, str] = {}
    for place, column in enumerate(columns):
        if wanted := said.get(column.name):
            names[place] = wanted
    _by_name(kind, columns, names, said)
    _by_content(kind, columns, names, said)
    return [_meaning(kind, place, columns[place], name, chosen) for place, name in sorted(names.items())]


def objection_to(kind: Kind, found: Sequence[Meaning]) -> str:
    """Return which needed column is missing, or ""; it follows the file's name."""
    held = {meaning.field.name for meaning in found}
    for group in kind.needs:
        if not held.intersection(group):
            wanted = " or ".join(one.label.lower() for one in kind.fields if one.name in group)
            return f"has no column for {wanted}"
    return ""


def _meaning(kind: Kind, place: int, column: Column, said: str, chosen: Mapping[str, str | None]) -> Meaning:
    name, _, order = said.partition(":")
    field = kind.field(name)
    if field is None or (order and order not in set(Order)):
        raise WrongMap(f"cannot make “{said}” of the column “{column.name}”: {kind.name} have no such field")
    told = column.order
    if order and (column.name in chosen or told is Order.UNTOLD):
        told = Order(order)
    return Meaning(place, column, field, told)


def _by_name(kind: Kind, columns: Sequence[Column], names: dict[int, str], said: Mapping[str, str | None]) -> None:
    taken = {name.partition(":")[0] for name in names.values()}
    for field in kind.fields:
        if field.name in taken:
            continue
        for wanted in (plain(field.name), *field.synonyms):
            place = next(
                (
                    place
                    for place, column in enumerate(columns)
                    if place not in names and column.name not in said and wanted in _headings(column.name)
                ),
                None,
            )
            if place is not None:
                names[place] = field.name
                break


def _headings(name: str) -> set[str]:
    whole = plain(name)
    return {whole, *(whole.removeprefix(prefix) for prefix in _PREFIXES)}


def _by_content(kind: Kind, columns: Sequence[Column], names: dict[int, str], said: Mapping[str, str | None]) -> None:
    """Find what the kind needs and no heading named, where exactly one column holds such values."""
    taken = {name.partition(":")[0] for name in names.values()}
    missing = [group for group in kind.needs if not taken.intersection(group)]
    for shape in _BY_CONTENT:
        wanted = next(
            (one for group in missing for name in group if (one := kind.field(name)) and one.shape == shape), None
        )
        alike = [
            place
            for place, column in enumerate(columns)
            if place not in names and column.name not in said and column.shape == shape
        ]
        if wanted and len(alike) == 1:
            names[alike[0]] = wanted.name


def values_of(found: Sequence[Meaning], number: int, cells: Sequence[str], today: date) -> Line:
    """Return a row's cells as values; a line that is rejected already when one of them is not what it should be."""
    line = Line(number, {})
    for meaning in found:
        cell = cells[meaning.place].strip()
        if is_nothing(cell):
            continue
        try:
            value = _value(meaning, cell, today)
        except (NotADate, NotAValue) as fault:
            if line.outcome is None:
                line.reject(f"{meaning.field.label}: {fault}")
            continue
        if value is not None and value != "":
            line.values[meaning.field.name] = value
    return line


def _value(meaning: Meaning, cell: str, today: date) -> Any:
    field = meaning.field
    if field.shape in {Shape.DATE, Shape.MOMENT}:
        if is_empty(cell):
            return None
        if field.shape is Shape.DATE:
            return read_date(cell, meaning.order, today=today, past=field.past)
        return read_moment(cell, meaning.order, today=today)
    if reader := _READERS.get(field.shape):
        return reader(cell)
    text = " ".join(cell.split())
    if len(text) > field.longest:
        raise NotAValue(f"“{text[:40]}…” is longer than {field.longest} characters")
    return text


_READERS: dict[Shape, Callable[[str], Any]] = {
    Shape.TIME: read_time,
    Shape.PHONE: phone,
    Shape.ZIP: zip_code,
    Shape.MONEY: money,
}
