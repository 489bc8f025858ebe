"""Reading the trail: by patient, person, verb, outcome and days; sorted by any column, page after page by key."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from django.core.cache import cache
from django.db import connection
from django.db.models import Case, F, Min, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from office.audit.models import Checkpoint, Entry, Seal, Subject
from office.core.wiring import wiring

PATIENT = "patients.patient"
#: Each column that the report can be sorted by (45 CFR 170.315(d)(3)), and the field that it stands for.
COLUMNS = {
    "when": "at",
    "who": "actor_label",
    "where": "place",
    "what": "verb",
    "whom": "whom",
    "outcome": "outcome",
    "request": "request_id",
}
OPENINGS = ("chart.opened", "chart.emergency_access")
PAGE = 50
CHUNK = 1_000
#: Of a list of sixty patients a line names the first; the download names them all.
NAMED = 3
#: A verification that has not come back by then never will: the job has failed and stands on Home.
LONGEST_VERIFICATION = timedelta(hours=2)
#: The databases sort an absent location on opposite ends; here it is the first.
NOWHERE = UUID(int=0)
PROGRESS = "audit:verified-so-far"


@dataclass(frozen=True)
class Question:
    """What of the trail is asked for. ``since`` is in, ``until`` is out; empty fields ask for everything."""

    patient_id: UUID | None = None
    actor_id: str = ""
    verb: str = ""
    outcome: str = ""
    since: datetime | None = None
    until: datetime | None = None
    sort: str = "when"
    is_descending: bool = True

    def entries(self) -> QuerySet[Entry]:
        found = Entry.objects.all()
        if self.patient_id:
            found = found.filter(pk__in=_about(self.patient_id))
        equal = {"actor_id": self.actor_id, "verb": self.verb, "outcome": self.outcome}
        found = found.filter(**{field: value for field, value in equal.items() if value})
        if self.since:
            found = found.filter(at__gte=self.since)
        if self.until:
            found = found.filter(at__lt=self.until)
        return found


@dataclass(frozen=True)
class Line:
    """An entry as the report shows it; ``subjects`` are (kind, key, name)."""

    entry: Entry
    where: str
    subjects: Sequence[tuple[str, str, str]]

    @property
    def about(self) -> Sequence[tuple[str, str, str]]:
        return self.subjects[:NAMED]

    @property
    def more(self) -> int:
        return max(len(self.subjects) - NAMED, 0)

    @property
    def note(self) -> str:
        """The purpose of a reading; of a refusal, what was missing and where."""
        told = self.entry.details
        return str(told.get("purpose") or " ".join(filter(None, (told.get("permission"), told.get("screen")))))


@dataclass(frozen=True)
class Page:
    lines: Sequence[Line]
    #: Where the next page begins, empty on the last one.
    after: str = ""


def page_of(question: Question, after: str = "", *, size: int = PAGE) -> Page:
    """Return the page that begins after the given place; an unreadable place begins at the start.

    No page costs more than the first: it begins at a key, so that nothing before it is counted or skipped.
    """
    field = COLUMNS[question.sort]
    order = "-" if question.is_descending else ""
    found = _with_sort_key(question.entries(), field)
    if place := _place(after, field):
        found = found.filter(_beyond(field, *place, question.is_descending))
    entries = list(found.order_by(f"{order}{field}", f"{order}id").prefetch_related("subjects")[: size + 1])
    shown = entries[:size]
    more = _written(shown[-1], field) if len(entries) > size else ""
    return Page(_lines(shown), more)


def every_line(question: Question) -> Iterator[Line]:
    """Yield the whole answer, a thousand entries at a time."""
    after = ""
    while True:
        page = page_of(question, after, size=CHUNK)
        yield from page.lines
        if not (after := page.after):
            return


def openings_of(patient_id: UUID, limit: int = 20) -> Sequence[Line]:
    """Return who opened the chart last, newest first."""
    found = Entry.objects.filter(pk__in=_about(patient_id), verb__in=OPENINGS).order_by("-at", "-id")
    return _lines(list(found.prefetch_related("subjects")[:limit]))


def charts_in_one(patient_id: UUID) -> Sequence[UUID]:
    """Return the keys under which the trail tells of this chart: it, the one kept, and those merged into that."""
    ask = wiring().charts_in_one
    return ask(patient_id) if ask else [patient_id]


def _about(patient_id: UUID) -> QuerySet[Subject, UUID]:
    keys = [str(key) for key in charts_in_one(patient_id)]
    return Subject.objects.filter(kind=PATIENT, subject_id__in=keys).values_list("entry", flat=True)


def names(kind: str, keys: Collection[str]) -> dict[str, str]:
    """Return how the area that owns them names these rows; a row that nobody knows keeps its key."""
    ask = wiring().subject_names
    return dict(ask(kind, keys)) if ask and keys else {}


def actors() -> Sequence[tuple[str, str]]:
    """Return (id, latest label) of everyone on the trail, by label."""
    latest = "SELECT actor_label FROM audit_entry WHERE actor_id = each.value ORDER BY at DESC LIMIT 1"
    return sorted(_each("actor_id", latest), key=lambda pair: pair[1].casefold())


def verbs() -> Sequence[str]:
    return [verb for verb, _ in _each("verb", "''")]


def _each(column: Literal["actor_id", "verb"], beside: str) -> list[tuple[str, str]]:
    """Return the values of an indexed column, jumping from one to the next rather than reading every row."""
    jumping = f"""
        WITH RECURSIVE each(value) AS (
            SELECT min({column}) FROM audit_entry
            UNION ALL
            SELECT (SELECT min({column}) FROM audit_entry WHERE {column} > each.value) FROM each WHERE value IS NOT NULL
        )
        SELECT value, ({beside}) FROM each WHERE value IS NOT NULL
    """  # noqa: S608 (both are of this file)
    with connection.cursor() as cursor:
        cursor.execute(jumping)
        return list(cursor.fetchall())


@dataclass(frozen=True)
class Sealed:
    """How far the trail is sealed: entries under a checkpoint, and when that was signed."""

    entries: int
    until: datetime | None


def sealed() -> Sealed:
    last = Checkpoint.objects.order_by("-size").first()
    return Sealed(last.size, last.at) if last else Sealed(0, None)


@dataclass(frozen=True)
class Verification:
    """The latest verification that was asked for: under way, or what it found."""

    asked: Entry | None
    found: Entry | None
    done: int = 0
    of: int = 0

    @property
    def is_running(self) -> bool:
        latest = timezone.now() - LONGEST_VERIFICATION
        return self.asked is not None and self.found is None and self.asked.at > latest


def verification() -> Verification:
    asked = Entry.objects.filter(verb="audit.verification_asked").order_by("-at").first()
    if asked is None:
        return Verification(None, None)
    found = Entry.objects.filter(verb="audit.verified", at__gte=asked.at).order_by("-at").first()
    if found:
        return Verification(asked, found)
    total = Seal.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return Verification(asked, None, min(cache.get(PROGRESS, 0), total), total)


def _with_sort_key(entries: QuerySet[Entry], field: str) -> QuerySet[Entry]:
    if field == "place":
        return entries.annotate(place=Coalesce(F("location_id"), Value(NOWHERE, UUIDField())))
    if field == "whom":
        # A case rather than a filter: by an index of the kind, SQLite would read every subject for each entry.
        lowest = Min(Case(When(kind=PATIENT, then=F("subject_id"))))
        first = Subject.objects.filter(entry=OuterRef("pk")).order_by().values("entry").annotate(low=lowest)
        return entries.annotate(whom=Coalesce(Subquery(first.values("low")), Value("")))
    return entries


def _written(entry: Entry, field: str) -> str:
    value: Any = getattr(entry, field)
    return f"{entry.pk}~{value.isoformat() if isinstance(value, datetime) else value}"


def _place(after: str, field: str) -> tuple[Any, UUID] | None:
    key, _, value = after.partition("~")
    try:
        if field == "at":
            return datetime.fromisoformat(value), UUID(key)
        return (UUID(value) if field == "place" else value), UUID(key)
    except ValueError:
        return None


def _beyond(field: str, value: Any, key: UUID, is_descending: bool) -> Q:  # noqa: FBT001
    to = "lt" if is_descending else "gt"
    return Q(**{f"{field}__{to}": value}) | Q(**{field: value, f"id__{to}": key})


def _lines(entries: Sequence[Entry]) -> list[Line]:
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        wanted.setdefault("practice.location", set()).update({str(entry.location_id)} if entry.location_id else ())
        for subject in entry.subjects.all():
            wanted.setdefault(subject.kind, set()).add(subject.subject_id)
    known = {kind: names(kind, keys) for kind, keys in wanted.items()}
    return [
        Line(
            entry,
            known["practice.location"].get(str(entry.location_id), ""),
            sorted(
                (
                    (about.kind, about.subject_id, known[about.kind].get(about.subject_id, ""))
                    for about in entry.subjects.all()
                ),
                key=lambda subject: (subject[0] != PATIENT, subject),
            ),
        )
        for entry in entries
    ]
