"""The index of words: which of those in use a word may mean, and which charts have one for each word asked for.

The statements are our own, the same for both databases, since a planner that is asked for one join reads all the Smiths
and all the Jameses to show ten. They read indexes alone, never a patient's row.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from office.patients.models import SearchWord, WordKey
from office.patients.rules.names import distance, edits_allowed, sound, spelling_keys

NEAR_WORDS = 24
WEIGHED = 200
#: So many charts are looked at for a word that more of them have: a letter more, or a birth date, narrows it.
MOST_CHARTS = 1_500

_WORDS, _KEYS = SearchWord._meta.db_table, WordKey._meta.db_table


@dataclass(frozen=True)
class Wanted:
    """What meets a word that was asked for: a word in use that begins with it, or is one of ``others``."""

    word: str
    others: tuple[str, ...] = ()

    def ranges(self) -> Iterator[tuple[str, list[str]]]:
        """Yield conditions with their values, each answered by ranges of an index, that no word in use meets twice."""
        if connection.vendor == "postgresql":
            yield "text LIKE %s", [f"{self.word}%"]  # a folded word holds no sign that LIKE reads otherwise
        else:
            yield "text >= %s AND text < %s", [self.word, self.word + chr(0x10FFFF)]
        if others := [other for other in self.others if not other.startswith(self.word)]:
            yield f"text IN ({_places(others)})", others


def charts_with(wanted: Sequence[Wanted]) -> list[tuple[Any, ...]]:
    """Return ``(patient, word, …)``: charts that have a word for each of those wanted, and which.

    ``MOST_CHARTS`` of the rarest are looked at. The patient's key is as the database has it.
    """
    counts = _counts(wanted)
    if not all(counts):
        return []
    rarest = counts.index(min(counts))
    columns, values = ["patient_id"], []
    for place, one in enumerate(wanted):
        # A subquery for each chart: on either database the one plan that never reads all of the commoner word.
        column, of_column = ("text", []) if place == rarest else _word_of_the_chart(one)
        columns.append(f"{column} AS word{place}")
        values += of_column
    few, of_few = _few(wanted[rarest], "patient_id, text")
    met = " AND ".join(f"word{place} IS NOT NULL" for place in range(len(wanted)))
    sql = f"SELECT * FROM (SELECT {', '.join(columns)} FROM ({few}) AS few) AS met WHERE {met}"  # noqa: S608
    return _rows(sql, values + of_few)


def near_words(word: str) -> list[str]:
    """Return the words in use that are spelled or sound nearly as this one, nearest first."""
    most = edits_allowed(len(word))
    if not most:
        return []
    keys = sorted(spelling_keys(word))
    sharing = _rows(
        f"SELECT text, count(*) AS shared FROM {_KEYS} WHERE key IN ({_places(keys)})"  # noqa: S608
        f" GROUP BY text ORDER BY shared DESC, text LIMIT {WEIGHED}",
        keys,
    )
    weighed = [
        (slips, -shared, text)
        for text, shared in sharing
        if (slips := distance(word, text, most)) <= most or (sound(text) == sound(word) and text[0] == word[0])
    ]
    return [text for _, _, text in sorted(weighed)[:NEAR_WORDS]]


def _counts(wanted: Sequence[Wanted]) -> tuple[int, ...]:
    """Return how many charts there are for each, as far as it matters, from one statement."""
    few = [_few(one, "1") for one in wanted]
    columns = ", ".join(f"(SELECT count(*) FROM ({sql}) AS few)" for sql, _ in few)  # noqa: S608
    return _rows(f"SELECT {columns}", [value for _, values in few for value in values])[0]


def _few(one: Wanted, columns: str) -> tuple[str, list[str]]:
    """Return the statement for the first charts of a word, the words that begin with it first, and its values."""
    ranges = list(one.ranges())
    parts = " UNION ALL ".join(f"SELECT {columns} FROM {_WORDS} WHERE {condition}" for condition, _ in ranges)  # noqa: S608
    return f"{parts} LIMIT {MOST_CHARTS}", [value for _, values in ranges for value in values]


def _word_of_the_chart(one: Wanted) -> tuple[str, list[str]]:
    ranges = list(one.ranges())
    either = " OR ".join(f"({condition})" for condition, _ in ranges)
    sql = f"(SELECT min(text) FROM {_WORDS} WHERE patient_id = few.patient_id AND ({either}))"  # noqa: S608
    return sql, [value for _, values in ranges for value in values]


def _places(values: Sequence[str]) -> str:
    return ", ".join(["%s"] * len(values))


def _rows(sql: str, values: Sequence[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
