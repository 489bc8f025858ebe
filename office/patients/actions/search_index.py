"""Keeping the words by which patients are found. Derived rows: rebuilt from the patients at any time."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from office.patients.models import Name, Patient, SearchWord, Telecom, WordKey
from office.patients.rules.names import KEYED_LETTERS, spelling_keys, words_of_names
from office.patients.rules.phones import phone_word

CHUNK = 5_000


def refresh(patients: Iterable[Patient], *, are_new: bool = False) -> None:
    """Make the search know these patients as their rows now stand, in the running transaction.

    Call it after every change to a name, a phone number or a merge, and after a bulk load with the patients, their
    other names and telecoms in place. ``are_new`` spares looking for words they had before. A chart that was merged
    away has no words of its own: the kept chart is found by them.
    """
    left = iter(patients)
    while chunk := list(islice(left, CHUNK)):
        _refresh(chunk, are_new=are_new)


def _refresh(patients: Sequence[Patient], *, are_new: bool) -> None:
    if not are_new:
        SearchWord.objects.filter(patient__in=[patient.pk for patient in patients]).delete()
    words = _words([patient for patient in patients if patient.merged_into_id is None], are_new=are_new)
    as_kept = SearchWord._meta.get_field("patient").get_db_prep_value
    rows = [(as_kept(key, connection), word) for key, found in words.items() for word in sorted(found)]
    _insert(SearchWord, ("patient_id", "text"), rows)
    know({word for found in words.values() for word in found if not word.startswith("#")})


def _insert(model: type[Model], columns: tuple[str, str], rows: list[tuple[Any, str]]) -> None:
    """Insert rows of two columns that may be there already; a load brings so many that model instances would rule."""
    quote = connection.ops.quote_name
    names = ", ".join(map(quote, columns))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES (%s, %s) ON CONFLICT DO NOTHING",  # noqa: S608
            rows,
        )


def know(words: set[str]) -> None:
    """Give spelling keys to those of the words that have none yet."""
    known: set[str] = set()
    wanted = sorted(words)
    for start in range(0, len(wanted), 400):
        part = wanted[start : start + 400]
        # A word's own beginning is always among its keys.
        mine = WordKey.objects.filter(key__in={word[:KEYED_LETTERS] for word in part}, text__in=part)
        known.update(mine.values_list("text", flat=True))
    fresh = [word for word in wanted if word not in known]
    _insert(WordKey, ("key", "text"), [(key, word) for word in fresh for key in sorted(spelling_keys(word))])


def _words(charts: Sequence[Patient], *, are_new: bool) -> dict[UUID, set[str]]:
    """Return each chart's words: its own, and those of the charts that were merged into it."""
    chart_of = {chart.pk: chart.pk for chart in charts}
    everyone = list(charts)
    merged = [] if are_new else list(Patient.objects.merged().filter(merged_into__in=list(chart_of)))
    while merged:
        for patient in merged:
            if patient.merged_into_id is not None:
                chart_of[patient.pk] = chart_of[patient.merged_into_id]
        everyone += merged
        merged = list(Patient.objects.merged().filter(merged_into__in=[patient.pk for patient in merged]))
    words: dict[UUID, set[str]] = defaultdict(set)
    for patient in everyone:
        words[chart_of[patient.pk]] |= words_of_names(
            (patient.family_name, patient.given_name, patient.middle_name, patient.called)
        )
    for name in Name.objects.filter(patient__in=list(chart_of)):
        words[chart_of[name.patient_id]] |= words_of_names((name.family_name, name.given_name, name.middle_name))
    phones = Telecom.objects.filter(patient__in=list(chart_of), system=Telecom.System.PHONE)
    for owner, value in phones.values_list("patient", "value"):
        if word := phone_word(value):
            words[chart_of[owner]].add(word)
    return words
