"""Who already here may be the person that someone is about to register, and charts that may be one person."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from office.patients.models import Patient, SearchWord, Telecom
from office.patients.queries.words import near_words
from office.patients.rules.addresses import number_and_street, postal_code
from office.patients.rules.matching import FIELDS, SAME, UNKNOWN, Model, Person
from office.patients.rules.names import fold
from office.patients.rules.phones import phone_word, shown

LIKELY = 0.75
POSSIBLE = 0.2
MOST = 200
_WORDS = {UNKNOWN: "", 0: "differs", 1: "close", 2: "close", SAME: "same"}
_LABELS = {"given_name": "Given", "surname": "Family", "date_of_birth": "Born", "street": "Street", "phone": "Phone"}


@dataclass(frozen=True)
class Typed:
    """What is known so far of someone who is being registered. Empty is not known."""

    family_name: str = ""
    given_name: str = ""
    birth_date: date | None = None
    phone: str = ""
    line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""

    @property
    def born(self) -> str:
        return f"{self.birth_date:%m/%d/%Y}" if self.birth_date else ""


@dataclass(frozen=True)
class Compared:
    """One line of the compare table: a label, two values, and a word (same, close, differs)."""

    label: str
    typed: str
    on_file: str
    word: str


@dataclass(frozen=True)
class Likeness:
    """A chart that may be the same person: how surely (0 to 1), and field by field."""

    patient: Patient
    score: float
    lines: list[Compared]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


def possible_duplicates(typed: Typed, *, besides: Collection[UUID] = ()) -> list[Likeness]:
    """Return the charts that may be this person, most likely first; at most five."""
    if not (typed.family_name and (typed.given_name or typed.birth_date)):
        return []
    model, person = Model(), _person("typed", typed)
    found = []
    patients = Patient.objects.charts().filter(_worth_a_look(typed)).exclude(pk__in=list(besides))
    for patient in patients.prefetch_related("telecoms", "addresses")[:MOST]:
        on_file = known_of(patient)
        comparison = model.compare(person, _person(str(patient.pk), on_file))
        if comparison.score >= POSSIBLE:
            lines = _lines(typed, on_file, dict(zip((kind.name for kind in FIELDS), comparison.levels, strict=True)))
            found.append(Likeness(patient, round(comparison.score, 2), lines))
    return sorted(found, key=lambda one: -one.score)[:5]


def known_of(patient: Patient) -> Typed:
    """Return what a chart knows, in the form of what is typed."""
    phone = next((one.value for one in patient.telecoms.all() if one.system == Telecom.System.PHONE), "")
    home = next(iter(patient.addresses.all()), None)
    place = (home.line, home.city, home.state, home.postal_code) if home else ("", "", "", "")
    return Typed(patient.family_name, patient.given_name, patient.birth_date, phone, *place)


def _worth_a_look(typed: Typed) -> Q:
    """Return who shares a birth date, a phone number, or both names nearly so."""
    ids: set[UUID] = set()
    if typed.phone:
        word = phone_word(typed.phone)
        ids.update(SearchWord.objects.filter(text=word).values_list("patient", flat=True)[:MOST])
    names = [name for name in (typed.family_name, typed.given_name) if fold(name)]
    near = [set[UUID]() for _ in names]
    for place, name in enumerate(names):
        whole = fold(name).replace(" ", "")
        words = {whole, *near_words(whole)}
        near[place].update(SearchWord.objects.filter(text__in=words).values_list("patient", flat=True)[:20_000])
    if len(near) == 2:
        ids |= set(sorted(near[0] & near[1])[:MOST])
    return Q(pk__in=ids) | Q(birth_date=typed.birth_date) if typed.birth_date else Q(pk__in=ids)


def _person(key: str, known: Typed) -> Person:
    number, line = number_and_street(known.line)
    values = {
        "given_name": fold(known.given_name),
        "surname": fold(known.family_name),
        "date_of_birth": f"{known.birth_date:%Y%m%d}" if known.birth_date else "",
        "street_number": number,
        "street": line,
        "city": fold(known.city),
        "postcode": postal_code(known.postal_code),
        "state": fold(known.state),
        "phone": "".join(digit for digit in known.phone if digit.isdigit())[-7:],
    }
    return Person(key, tuple(values.get(kind.name, "") for kind in FIELDS))


def _lines(typed: Typed, on_file: Typed, levels: dict[str, int]) -> list[Compared]:
    values = {
        "given_name": (typed.given_name, on_file.given_name),
        "surname": (typed.family_name, on_file.family_name),
        "date_of_birth": (typed.born, on_file.born),
        "phone": (shown(typed.phone), shown(on_file.phone)),
        "street": (typed.line, on_file.line),
    }
    return [
        Compared(_LABELS[name], left, right, _WORDS[levels[name]])
        for name, (left, right) in values.items()
        if left or right
    ]
