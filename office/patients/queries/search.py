"""Finding patients: one box that takes any part of a name, a birth date, a phone number or a number of a chart.

Words are found by equality and by their beginning in an index of the words in use. A misspelled one is first turned
into the words in use that are spelled or sound nearly so (WordKey), which is equality again, so that a search costs
about the same at ten thousand patients as at a million. Charts are weighed by the words that the index gave; only the
best are read as charts and weighed by all their names.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from office.core.secrets import blind_index
from office.patients.models import Identifier, Name, Patient, Telecom
from office.patients.queries.words import Wanted, charts_with, near_words
from office.patients.rules.names import fold, long_forms, words_of_names
from office.patients.rules.search_text import Asked, fit, fit_of_name, read_search

MOST_BY_NUMBER = 200
PLAINLY = 0.93
GOOD_ENOUGH = 0.5
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
        if not asked.words:
            yield from (Found(patient, 1.0, why) for patient in patients)
            continue
        for patient, well, by_name in _weighed(asked.words, patients):
            if well >= 0.6:
                yield Found(patient, round(0.6 + 0.4 * well, 4), f"{why}, {by_name}")


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
        charts = charts_with([Wanted(asked.phone)])[:MOST_BY_NUMBER]
        yield "phone", Q(pk__in=[chart for chart, _ in charts])
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


def _by_name(asked: Asked, limit: int) -> Iterator[Found]:
    """Look for all the words as they stand or as beginnings, then nearly so, until there are enough."""
    by_words: dict[Any, float] = {}
    for wanted in _tiers(asked.words):
        if len(by_words) >= limit or (by_words and len(wanted) < len(asked.words)):
            break
        for chart, *words in charts_with(wanted):
            well = sum(fit(one.word, word) for one, word in zip(wanted, words, strict=True))
            by_words[chart] = max(well, by_words.get(chart, 0.0))
    best = nlargest(2 * limit, by_words, key=by_words.__getitem__)
    numbered = bool(asked.birth_date or asked.phone or asked.number)
    for patient, well, why in _weighed(asked.words, list(Patient.objects.filter(pk__in=best))):
        if well >= GOOD_ENOUGH:
            # The digits that were typed too do not fit this one.
            yield Found(patient, round(well * (0.6 if numbered else 1.0), 4), why)


def _tiers(words: Sequence[str]) -> Iterator[list[Wanted]]:
    yield [Wanted(word, tuple(long_forms(word))) for word in words]
    loose = [Wanted(word, (*long_forms(word), *near_words(word))) for word in words]
    yield loose
    if len(words) > 1:
        # Nobody has them all: one of them may not be of the name as we have it.
        for left_out in range(len(words)):
            yield [*loose[:left_out], *loose[left_out + 1 :]]


def _weighed(words: tuple[str, ...], patients: list[Patient]) -> Iterator[tuple[Patient, float, str]]:
    """Yield each with how well the words fit its names and why; other names are read where its own do not fit."""
    unlike = [patient for patient in patients if _name_fit(words, patient)[0] < PLAINLY]
    prefetch_related_objects(unlike, "other_names", Prefetch("merged_charts", Patient.objects.merged()))
    for patient in patients:
        yield patient, *_name_fit(words, patient)


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
