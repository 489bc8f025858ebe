"""Whose row it is: by the old system's number, or by name and birth date. For tables about patients who are here."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from office.core.tables.columns import Shape
from office.core.tables.values import NotAValue, PersonName, person_name
from office.patients.loads.patients import FIELDS
from office.patients.models import Identifier, Patient
from office.patients.rules.names import fold
from office.practice.loads.kinds import Field, Line

_NAMED = ("old_number", "family_name", "given_name", "full_name", "birth_date")
#: The columns by which any table says whose row it is.
WHOSE: tuple[Field, ...] = tuple(field for field in FIELDS if field.name in _NAMED)
NEEDS_SOMEONE = ("old_number", "full_name", "family_name")
assert all(field.shape in {Shape.TEXT, Shape.NAME, Shape.DATE} for field in WHOSE)  # noqa: S101


class Unfound(ValueError):
    """Nobody, or more than one, is meant; the message says why."""


class Patients:
    """The charts that rows may be about: the old numbers of all, names and birth dates a batch at a time."""

    def __init__(self) -> None:
        self.by_number: dict[str, UUID] = {}
        rows = Identifier.objects.filter(kind=Identifier.Kind.OLD_CHART, patient__merged_into__isnull=True)
        for number, key in rows.values_list("value", "patient_id").iterator(2_000):
            self.by_number[number] = key
            self.by_number.setdefault(number.lstrip("0") or "0", key)
        self._names: dict[UUID, tuple[str, str]] = {}
        self._born: dict[tuple[str, str, Any], list[UUID]] = defaultdict(list)

    def prepare(self, lines: Iterable[Line]) -> None:
        """Read what a batch needs."""
        waiting = [line for line in lines if line.outcome is None]
        keys = {key for line in waiting if (key := self._numbered(line.values))}
        births = {born for line in waiting if (born := line.values.get("birth_date"))}
        self._names = {
            key: (fold(family), fold(given))
            for key, family, given in Patient.objects.filter(pk__in=keys).values_list("pk", "family_name", "given_name")
        }
        self._born = defaultdict(list)
        charts = Patient.objects.charts().filter(birth_date__in=births)
        for key, family, given, born in charts.values_list("pk", "family_name", "given_name", "birth_date"):
            self._born[fold(family), fold(given), born].append(key)

    def whose(self, values: Mapping[str, Any]) -> UUID:
        """Return the chart. Raises Unfound."""
        try:
            name = _name(values)
        except NotAValue as fault:
            raise Unfound(f"Name: {fault}") from fault
        if key := self._numbered(values):
            family, given = self._names.get(key, ("", ""))
            if name and family and not {fold(name.family), fold(name.given)} & {family, given}:
                raise Unfound("The old chart number is of someone with another name")
            return key
        born = values.get("birth_date")
        if not (name and born):
            raise Unfound("Nobody here has this old chart number" if "old_number" in values else "It is not said whose")
        found = self._born.get((fold(name.family), fold(name.given), born), [])
        if len(found) != 1:
            raise Unfound(
                "More than one has this name and birth date" if found else "Nobody here has this name and birth date"
            )
        return found[0]

    def _numbered(self, values: Mapping[str, Any]) -> UUID | None:
        number = str(values.get("old_number", ""))
        return self.by_number.get(number) or self.by_number.get(number.lstrip("0") or "0") if number else None


def _name(values: Mapping[str, Any]) -> PersonName | None:
    if "family_name" in values:
        return PersonName(values["family_name"], values.get("given_name", ""))
    return person_name(values["full_name"]) if "full_name" in values else None
