"""Finding patients: one box that takes any part of a name, a birth date, a phone number or a number of a chart.

Words are found by equality and by their beginning in an index of the words in use. A misspelled one is first turned
into the words in use that are spelled or sound nearly so (WordKey), which is equality again, so that a search costs
about the same at ten thousand patients as at a million.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from office.core.secrets import blind_index
from office.patients.models import Identifier, Name, Patient, SearchWord, Telecom, WordKey
from office.patients.rules.names import (
    distance,
    edits_allowed,
    fold,
    long_forms,
    sound,
    spelling_keys,
    words_of_names,
)
from office.patients.rules.search_text import Asked, fit_of_name, read_search

NEAR_WORDS = 12
WEIGHED = 40
LOOKED_AT = 40
COMMON = 1_500
MOST_BY_NUMBER = 200
PLAINLY = 0.93
SSN_DIGITS = 9


@dataclass(frozen=True)
class Found:
    """A chart that was found: how well it fits (0 to 1) and by what, in words for the screen."""

    patient: Patient
    score: float
    why: str


def search(text: str, *, limit: int = 10) -> list[Found]:
    """Return the charts that fit best. One that was merged is found as the chart it was merged into."""
    asked = read_search(text, today=timezone.localdate())
    found: dict[UUID, Found] = {}
    for one in _by_number(asked):
        _keep_better(found, one)
    if asked.words and len(found) < limit:
        for one in _by_name(asked, limit):
            _keep_better(found, one)
    return sorted(found.values(), key=lambda one: (-one.score, one.patient.name, one.patient.mrn))[:limit]


def _keep_better(found: dict[UUID, Found], one: Found) -> None:
    if one.patient.pk not in found or found[one.patient.pk].score < one.score:
        found[one.patient.pk] = one


# --- by what has digits


def _by_number(asked: Asked) -> Iterator[Found]:
    for why, condition in _ways(asked):
        patients = _kept(Patient.objects.filter(condition)[:MOST_BY_NUMBER])
        if asked.words:
            prefetch_related_objects(patients, "other_names", Prefetch("merged_charts", Patient.objects.merged()))
        for patient in patients:
            fit, by_name = _name_fit(asked.words, patient) if asked.words else (1.0, "")
            if fit >= 0.6:
                yield Found(patient, round(0.6 + 0.4 * fit, 4), f"{why}, {by_name}" if by_name else why)


def _ways(asked: Asked) -> Iterator[tuple[str, Q]]:
    if asked.number:
        yield "MRN", Q(mrn=asked.number)
        yield "identifier", Q(pk__in=_owners(Identifier.objects.filter(value=asked.number)))
    if asked.number.isdigit() and len(asked.number) == SSN_DIGITS:
        fingerprint = blind_index(asked.number, field="ssn")
        yield "identifier", Q(pk__in=_owners(Identifier.objects.filter(blind_index=fingerprint)))
    if asked.birth_date:
        yield "birth date", Q(birth_date=asked.birth_date)
    if asked.phone:
        yield "phone", Q(pk__in=_owners(SearchWord.objects.filter(begins(asked.phone))))
    if asked.email:
        yield "e-mail", Q(pk__in=_owners(Telecom.objects.filter(system="email", value=asked.email)))


def _owners(rows: QuerySet[Any]) -> list[UUID]:
    return list(rows.values_list("patient", flat=True)[:MOST_BY_NUMBER])


def _kept(patients: Iterable[Patient]) -> list[Patient]:
    """Return the charts that were kept, in place of those merged into them."""
    rows = list(patients)
    while merged := {row.merged_into_id for row in rows if row.merged_into_id}:
        rows = [row for row in rows if not row.merged_into_id]
        rows += Patient.objects.filter(pk__in=merged - {row.pk for row in rows})
    return rows


# --- by name


def _by_name(asked: Asked, limit: int) -> list[Found]:
    """Look for all the words as they stand, then as beginnings, then nearly so, until there are enough."""
    words = asked.words
    numbered = bool(asked.birth_date or asked.phone or asked.number)
    ids: dict[UUID, None] = {}
    for looseness, conditions in enumerate(_tiers(words)):
        ids.update(dict.fromkeys(_having(conditions, is_loose=looseness > 0)))
        # Two words that fit as they stand name someone; one word alone may still be meant otherwise.
        if len(ids) >= limit or (ids and looseness >= (1 if len(words) > 1 else 2)):
            break
    patients = list(Patient.objects.filter(pk__in=list(ids)))
    fits = {patient.pk: _name_fit(words, patient) for patient in patients}
    unlike = [patient for patient in patients if fits[patient.pk][0] < PLAINLY]
    prefetch_related_objects(unlike, "other_names", Prefetch("merged_charts", Patient.objects.merged()))
    fits |= {patient.pk: _name_fit(words, patient) for patient in unlike if _fetched_names(patient)}
    found = []
    for patient in patients:
        fit, why = fits[patient.pk]
        if fit >= 0.5:
            # The digits that were typed too do not fit this one.
            found.append(Found(patient, round(fit * (0.6 if numbered else 1.0), 4), why))
    return found


def _tiers(words: Sequence[str]) -> Iterator[list[Q]]:
    yield [Q(text__in=[word, *long_forms(word)]) for word in words]
    yield [begins(word) for word in words]
    loose = [begins(word) | Q(text__in=near_words(word)) for word in words]
    yield loose
    if len(words) > 1:
        for left_out in range(len(words)):
            yield [*loose[:left_out], *loose[left_out + 1 :]]


def _having(conditions: Sequence[Q], *, is_loose: bool) -> list[UUID]:
    """Return patients with a word for each of the conditions, going from the rarest."""
    counted = [SearchWord.objects.filter(condition)[:COMMON].count() for condition in conditions]
    if not all(counted):
        return []
    rarest, *others = (
        condition for _, condition in sorted(zip(counted, conditions, strict=True), key=lambda one: one[0])
    )
    rows = SearchWord.objects.filter(rarest)
    if is_loose and others:
        # Two short beginnings at a million: look through no more than a person waits for; a letter more narrows it.
        rows = SearchWord.objects.filter(others.pop(), patient__in=rows.values("patient")[:COMMON])
    for condition in others:
        rows = rows.filter(Exists(SearchWord.objects.filter(condition, patient=OuterRef("patient"))))
    return list(rows.values_list("patient", flat=True)[:LOOKED_AT])


def begins(start: str) -> Q:
    """Return the condition that a word begins so, in the form that each database answers from its index."""
    if connection.vendor == "postgresql":
        return Q(text__startswith=start)
    return Q(text__gte=start, text__lt=start + chr(0x10FFFF))


def near_words(word: str) -> list[str]:
    """Return the words in use that are spelled or sound nearly as this one, nearest first."""
    if not edits_allowed(len(word)):
        return []
    sharing = (
        WordKey.objects.filter(key__in=spelling_keys(word))
        .values_list("text")
        .annotate(shared=Count("key"))
        .order_by("-shared")[:WEIGHED]
    )
    most = edits_allowed(len(word))
    weighed = [
        (slips, -shared, text)
        for text, shared in sharing
        if (slips := distance(word, text, most)) <= most or (sound(text) == sound(word) and text[0] == word[0])
    ]
    return [text for _, _, text in sorted(weighed)[:NEAR_WORDS]]


def _name_fit(words: tuple[str, ...], patient: Patient) -> tuple[float, str]:
    """Return how well the words fit the patient's names, and which of them; other names only where fetched."""
    best = _fit(words, patient.family_name, patient.given_name, patient.middle_name, patient.called)
    if best >= PLAINLY:
        # Of two that fit, the one whose family name comes first in what was typed.
        return best - 0.001 * (fold(patient.family_name) != words[0]), "name"
    why = "similar name"
    for kind, name in _fetched_names(patient):
        fit = 0.97 * _fit(words, name.family_name, name.given_name, patient.given_name)
        if fit > best:
            best, why = fit, f"{kind}: {name.family_name}, {name.given_name}"
    return best, why


def _fetched_names(patient: Patient) -> list[tuple[str, Name | Patient]]:
    fetched = getattr(patient, "_prefetched_objects_cache", {})
    names = [(name.get_kind_display().lower(), name) for name in fetched.get("other_names", ())]
    return [*names, *(("merged chart", chart) for chart in fetched.get("merged_charts", ()))]


def _fit(words: tuple[str, ...], *names: str) -> float:
    return fit_of_name(words, frozenset(words_of_names(names)))
