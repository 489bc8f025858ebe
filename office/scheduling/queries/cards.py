"""A visit as the screens show it: its status as a color and a word, its place on the grid, its next step."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from office.core.actors import Actor
from office.patients.access import open_list
from office.patients.queries.restriction import closed_to
from office.scheduling.models import Appointment, AppointmentQuerySet
from office.scheduling.rules import name_alert, statuses

Status = Appointment.Status

#: How a status looks: one of the six pairs of the tokens, and the word.
LOOKS = {
    Status.BOOKED: ("neutral", "Booked"),
    Status.CONFIRMED: ("blue", "Confirmed"),
    Status.ARRIVED: ("amber", "Arrived"),
    Status.ROOMED: ("violet", "Roomed"),
    Status.WITH_PROVIDER: ("violet", "With provider"),
    Status.DONE: ("green", "Done"),
    Status.CANCELED: ("neutral", "Canceled"),
    Status.NO_SHOW: ("red", "No-show"),
}


@dataclass
class Card:
    """One visit on a screen."""

    visit: Appointment
    color: str
    word: str
    starts_at: datetime
    ends_at: datetime
    alike: frozenset[Hashable] = frozenset()
    place: str = ""
    lane: int = 0
    lanes: int = 1
    is_closed: bool = False

    @property
    def name(self) -> str:
        """The patient's, or that the chart is restricted and not open to the person who looks."""
        return "Restricted chart" if self.is_closed else self.visit.patient.short_name

    @property
    def born(self) -> date | None:
        return None if self.is_closed else self.visit.patient.birth_date

    @property
    def is_name_alert(self) -> bool:
        return bool(self.alike)

    @property
    def minutes(self) -> int:
        # Not of the readings of the clock, which are an hour apart where it changes.
        return int(self.visit.span.length.total_seconds() // 60)

    @property
    def is_expected(self) -> bool:
        return self.visit.status in statuses.EXPECTED

    @property
    def is_over(self) -> bool:
        return self.visit.status == Status.DONE

    @property
    def holds_time(self) -> bool:
        return self.visit.status not in statuses.GIVES_TIME_BACK

    @property
    def is_short(self) -> bool:
        """Too low for two lines."""
        return self.minutes < 20


def shown() -> AppointmentQuerySet:
    """Visits with what a card shows, canceled ones left out."""
    return (
        Appointment.objects.exclude(status=Status.CANCELED)
        .select_related("patient", "visit_type", "room", "provider")
        .only(
            "provider_id", "location_id", "starts_at", "ends_at", "busy_until", "seat", "status", "status_at", "reason",
            "is_walk_in", "arrived_at", "roomed_at", "done_at", "version", "told",
            "patient__family_name", "patient__given_name", "patient__birth_date", "patient__is_unnamed_newborn",
            "patient__language", "patient__needs_interpreter", "patient__is_restricted", "visit_type__name",
            "room__name",
            "provider__family_name", "provider__given_name", "provider__credential", "provider__hue",
            "provider__position",
        )
        .order_by("starts_at", "seat")
    )  # fmt: skip


def cards_of(visits: Iterable[Appointment], zone: ZoneInfo) -> list[Card]:
    """Return a card for each visit, in the location's time, with NAME ALERT where the names of a day are alike."""
    visits = list(visits)
    named: defaultdict[date, list[name_alert.Named]] = defaultdict(list)
    for visit in visits:
        patient = visit.patient
        named[visit.starts_at.astimezone(zone).date()].append(
            name_alert.Named(visit.patient_id, patient.family_name, patient.given_name)
        )
    alike = {day: name_alert.alerts(people) for day, people in named.items()}
    return [
        Card(
            visit=visit,
            color=LOOKS[Status(visit.status)][0],
            word=LOOKS[Status(visit.status)][1],
            starts_at=visit.starts_at.astimezone(zone),
            ends_at=visit.ends_at.astimezone(zone),
            alike=alike[visit.starts_at.astimezone(zone).date()].get(visit.patient_id, frozenset()),
        )
        for visit in visits
    ]


def open_cards(actor: Actor, cards: Collection[Card], *, purpose: str) -> None:
    """Leave the trace that the cards' patients are shown, and cover those whose charts are closed to the actor."""
    _cover(cards, open_list(actor, (card.visit.patient for card in cards), purpose=purpose))


def cover(actor: Actor, cards: Collection[Card]) -> None:
    """Cover the closed charts among cards that go back into a list already shown."""
    _cover(cards, closed_to(actor, [card.visit.patient for card in cards]))


def _cover(cards: Collection[Card], closed: set[UUID]) -> None:
    for card in cards:
        card.is_closed = card.visit.patient_id in closed


def waits_since(cards: Iterable[Card]) -> Iterator[datetime]:
    """When those who are here should have moved on: into a room at their time, out of it at its end."""
    for card in cards:
        if card.visit.status == Status.ARRIVED:
            yield max(card.visit.starts_at, card.visit.arrived_at or card.visit.starts_at)
        elif card.visit.status in statuses.IN_A_ROOM:
            yield card.visit.ends_at
