"""Who of the office, or of the rows before, a row may be: an index in memory, so that every row is a look-up.

A hundred thousand people take about sixty megabytes: each is one string, found by birth date, phone and whole name.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from office.patients.models import Address, Identifier, Patient, Telecom
from office.patients.rules.addresses import number_and_street, postal_code
from office.patients.rules.matching import (
    ALIKE,
    BIRTH,
    CITY,
    DIFFERENT,
    FIELDS,
    GIVEN,
    NEAR,
    NUMBER,
    PHONE,
    POSTCODE,
    SAME,
    STATE,
    STREET,
    SURNAME,
    UNKNOWN,
    Levels,
    Model,
    Person,
)
from office.patients.rules.names import fold, likeness

MOST_IN_A_BLOCK = 200
_APART = "\x1f"
_REST = len(FIELDS)


@dataclass(frozen=True)
class Likely:
    """The place of someone who may be this person, whether surely, and why in words."""

    place: int
    is_sure: bool
    score: float
    why: str


class People:
    """Everyone a row may be. ``ids[place]`` is the chart's key, or None while it is planned only."""

    def __init__(self) -> None:
        self.ids: list[bytes] = []
        self._packed: list[str] = []
        self._births: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._phones: dict[str, array[int]] = defaultdict(lambda: array("I"))
        self._names: dict[int, array[int]] = defaultdict(lambda: array("I"))
        self.by_number: dict[str, int] = {}
        self._place_of: dict[bytes, int] = {}
        self._model = Model()

    def add(self, key: UUID, person: tuple[str, ...], number: str = "") -> int:
        """Take someone in; ``person`` is what ``known_of`` returns. Return their place."""
        place = len(self.ids)
        self.ids.append(key.bytes)
        self._place_of[key.bytes] = place
        self._packed.append(_APART.join(person))
        if person[BIRTH]:
            self._births[person[BIRTH]].append(place)
        if person[PHONE]:
            self._phones[person[PHONE]].append(place)
        self._names[hash((person[GIVEN], person[SURNAME]))].append(place)
        if number:
            self.by_number.setdefault(number, place)
        return place

    @staticmethod
    def forget_comparisons() -> None:
        """Let go of what comparing remembered: hardly any two birth dates are met twice."""
        for kind in FIELDS:
            if forget := getattr(kind.level, "cache_clear", None):
                forget()
        likeness.cache_clear()

    def key(self, place: int) -> UUID:
        return UUID(bytes=self.ids[place])

    def place(self, key: UUID) -> int | None:
        return self._place_of.get(key.bytes)

    def numbered(self, number: str) -> int | None:
        """Return whom the old system's number is of; the zeros that a spreadsheet dropped are looked past."""
        found = self.by_number.get(number)
        return found if found is not None or not number.isdigit() else self.by_number.get(number.lstrip("0") or "0")

    def like(self, person: tuple[str, ...]) -> Likely | None:
        """Return who this most likely is: a sure one before a likely one, or None."""
        best: Likely | None = None
        for place in self._near(person):
            found = self.compared(person, place)
            if found and (best is None or (found.is_sure, found.score) > (best.is_sure, best.score)):
                best = found
        return best

    def compared(self, person: tuple[str, ...], place: int) -> Likely | None:
        """Return how like the person at this place is; None when there is no reason to ask."""
        other = tuple(self._packed[place].split(_APART))
        comparison = self._model.compare(Person("", person[:_REST]), Person("", other[:_REST]))
        if comparison.decision is None or not _worth_asking(comparison.levels):
            return None
        is_sure = comparison.decision == "link" and _agree(comparison.levels, person, other)
        return Likely(place, is_sure, comparison.score, _words(comparison.levels))

    def is_the_same_record(self, person: tuple[str, ...], place: int) -> bool:
        """Whether two with the same old number are one: two of given name, family name and birth date agree."""
        other = tuple(self._packed[place].split(_APART))
        levels = self._model.compare(Person("", person[:_REST]), Person("", other[:_REST])).levels
        known = [levels[at] for at in (GIVEN, SURNAME, BIRTH) if levels[at] != UNKNOWN]
        return sum(level >= ALIKE for level in known) >= min(2, len(known))

    def _near(self, person: tuple[str, ...]) -> Iterator[int]:
        seen: set[int] = set()
        names = self._names.get(hash((person[GIVEN], person[SURNAME])), ())
        if len(names) <= MOST_IN_A_BLOCK:
            seen.update(names)
        phones = self._phones.get(person[PHONE], ()) if person[PHONE] else ()
        if len(phones) <= MOST_IN_A_BLOCK:
            seen.update(phones)
        births = self._births.get(person[BIRTH], ()) if person[BIRTH] else ()
        initials = {person[GIVEN][:1], person[SURNAME][:1]}
        for place in births:
            if place in seen or len(births) > 5 * MOST_IN_A_BLOCK:
                continue
            given, surname, _ = self._packed[place].split(_APART, 2)
            if initials & {given[:1], surname[:1]}:
                seen.add(place)
        yield from sorted(seen)


def _worth_asking(levels: Levels) -> bool:
    """Whether a person should look: two of a town may share a name, or a birth date, and be no more than neighbors.

    When one of names and birth date differs outright, a phone number or a house must speak for them.
    """
    if DIFFERENT not in {levels[GIVEN], levels[SURNAME], levels[BIRTH]}:
        return True
    return levels[PHONE] == SAME or (levels[NUMBER] == SAME and levels[STREET] >= NEAR)


def _agree(levels: Levels, person: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two are one beyond doubt: names and birth the same, and nothing that is known speaks against it.

    Twins share all but the given name, a father and a son all but the birth date: neither is ever sure.
    """
    if not levels[GIVEN] == levels[SURNAME] == levels[BIRTH] == SAME:
        return False
    if any(one and two and one[0] != two[0] for one, two in zip(person[_REST:], other[_REST:], strict=True)):
        return False
    place = [levels[at] for at in (NUMBER, STREET, POSTCODE, PHONE) if levels[at] != UNKNOWN]
    return not place or any(level >= NEAR for level in place)


def _words(levels: Levels) -> str:
    said = {SAME: "same", UNKNOWN: "not known", DIFFERENT: "different"}
    parts = (
        ("given name", GIVEN),
        ("family name", SURNAME),
        ("birth date", BIRTH),
        ("street", STREET),
        ("phone", PHONE),
    )
    return ", ".join(f"{name} {said.get(levels[at], 'close')}" for name, at in parts if levels[at] != UNKNOWN)


def known_of(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return a row's or a chart's facts as they are compared: the fields of matching, then sex and middle name."""
    number, line = number_and_street(values.get("line", ""))
    found = [""] * len(FIELDS)
    born = values.get("birth_date")
    found[GIVEN], found[SURNAME] = fold(values.get("given_name", "")), fold(values.get("family_name", ""))
    found[BIRTH] = f"{born:%Y%m%d}" if born else ""
    found[NUMBER], found[STREET], found[CITY] = number, line, fold(values.get("city", ""))
    found[POSTCODE], found[STATE] = postal_code(values.get("postal_code", "")), fold(values.get("state", ""))
    found[PHONE] = values.get("phone", "")[-7:]
    sex = values.get("sex", "")
    return (*found, sex if sex in {"F", "M"} else "", fold(values.get("middle_name", "")))


def everyone() -> People:
    """Return an index of the charts of this office."""
    people = People()
    phones = dict(
        Telecom.objects.filter(system=Telecom.System.PHONE).order_by("-rank").values_list("patient_id", "value")
    )
    places = {
        patient: rest
        for patient, *rest in Address.objects.exclude(use=Address.Use.OLD).values_list(
            "patient_id", "line", "city", "state", "postal_code"
        )
    }
    rows = Patient.objects.charts().values_list("pk", "given_name", "family_name", "middle_name", "birth_date", "sex")
    for key, given, family, middle, born, sex in rows.iterator(2_000):
        line, city, state, code = places.get(key, ("", "", "", ""))
        values = {
            "given_name": given, "family_name": family, "middle_name": middle, "birth_date": born, "sex": sex,
            "phone": phones.get(key, ""), "line": line, "city": city, "state": state, "postal_code": code,
        }  # fmt: skip
        people.add(key, known_of(values))
    numbers = Identifier.objects.filter(kind=Identifier.Kind.OLD_CHART, patient__merged_into__isnull=True)
    for number, key in numbers.values_list("value", "patient_id").iterator(2_000):
        if (place := people.place(key)) is not None:
            people.by_number.setdefault(number, place)
            people.by_number.setdefault(number.lstrip("0") or "0", place)
    return people
