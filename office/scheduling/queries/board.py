"""The flow board, the check-in desk and the panels on Home: who is where now."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from office.practice.models import Location, Room
from office.scheduling.models import Appointment
from office.scheduling.queries.cards import Card, cards_of, shown, waits_since
from office.scheduling.rules import check_in, day_grid, statuses
from office.staff.models import Provider

Status = Appointment.Status
SHOWN_AHEAD, SHOWN_GONE = 12, 12


@dataclass
class BoardCard:
    """A visit on the board: how long since, in which color, and the one next step."""

    card: Card
    since: str = ""
    color: str = ""
    room: Room | None = None


@dataclass
class Stage:
    """A column of the board."""

    name: str
    color: str
    cards: list[BoardCard] = field(default_factory=list)
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.cards) + self.more


@dataclass
class Running:
    """How late a provider runs."""

    provider: Provider
    minutes: int

    @property
    def is_late(self) -> bool:
        return self.minutes >= 5


@dataclass
class Board:
    """The day as it stands."""

    now: datetime
    stages: list[Stage]
    gone: list[Card]
    gone_more: int
    running: list[Running]
    median_wait: int | None
    cards: list[Card]


def today(location: Location, now: datetime) -> list[Card]:
    """Return the cards of the location's day. One query."""
    zone = ZoneInfo(location.zone)
    return cards_of(shown().filter(location=location).on_day(now.astimezone(zone).date(), zone), zone)


def board(location: Location, now: datetime, provider_id: UUID | None = None) -> Board:
    """Return the flow board: scheduled, arrived, roomed, checked out. Two queries."""
    every_card = today(location, now)
    rooms = free_rooms_now(location, every_card)
    cards = [card for card in every_card if provider_id in {None, card.visit.provider_id}]
    stages = [
        Stage("Scheduled", "neutral", [BoardCard(card) for card in cards if card.is_expected]),
        Stage(
            "Arrived", "amber", [_arrived(card, rooms, now) for card in cards if card.visit.status == Status.ARRIVED]
        ),
        Stage("Roomed", "violet", [_roomed(card, now) for card in cards if card.visit.status in statuses.IN_A_ROOM]),
    ]
    stages[0].more = max(0, len(stages[0].cards) - SHOWN_AHEAD)
    stages[0].cards = stages[0].cards[:SHOWN_AHEAD]
    stages[1].cards.sort(key=lambda one: one.card.visit.arrived_at or one.card.visit.starts_at)
    gone = sorted(
        (card for card in cards if card.is_over),
        key=lambda card: card.visit.done_at or card.visit.ends_at,
        reverse=True,
    )
    waits = sorted(
        int((card.visit.roomed_at - card.visit.arrived_at).total_seconds() // 60)
        for card in cards
        if card.visit.roomed_at and card.visit.arrived_at
    )
    return Board(
        now=now.astimezone(ZoneInfo(location.zone)),
        stages=stages,
        gone=gone[:SHOWN_GONE],
        gone_more=max(0, len(gone) - SHOWN_GONE),
        running=running(every_card, now),
        median_wait=waits[len(waits) // 2] if waits else None,
        cards=cards,
    )


def running(cards: list[Card], now: datetime) -> list[Running]:
    """Return how late each provider of the day runs."""
    providers = {card.visit.provider_id: card.visit.provider for card in cards}
    return [
        Running(
            provider,
            day_grid.minutes_behind(waits_since(card for card in cards if card.visit.provider_id == key), now=now),
        )
        for key, provider in sorted(providers.items(), key=lambda item: (item[1].position, item[1].family_name))
    ]


def next_to_arrive(cards: list[Card], now: datetime, limit: int = 7) -> list[Card]:
    """Return who is expected next, those who are late first."""
    return [card for card in cards if card.is_expected and card.ends_at > now - timedelta(hours=1)][:limit]


def next_hour(cards: list[Card], now: datetime) -> list[Card]:
    """Return whom the desk may see now: expected from an hour ago until an hour ahead, and who just arrived."""
    return [
        card
        for card in cards
        if (card.is_expected and now - timedelta(hours=1) <= card.starts_at <= now + timedelta(hours=1))
        or card.visit.status == Status.ARRIVED
    ]


def free_rooms_now(location: Location, cards: list[Card]) -> list[Room]:
    """Return the rooms that nobody is in, in their order. One query."""
    used = {card.visit.room_id for card in cards if card.visit.status in statuses.IN_A_ROOM}
    return [room for room in Room.objects.filter(location=location, is_active=True) if room.pk not in used]


def room_for(visit: Appointment, rooms: list[Room]) -> Room | None:
    """Return the room that the visit was promised when it is free, else the first free one."""
    return next((room for room in rooms if room.pk == visit.room_id), rooms[0] if rooms else None)


def _arrived(card: Card, rooms: list[Room], now: datetime) -> BoardCard:
    waited = now - (card.visit.arrived_at or card.visit.status_at)
    return BoardCard(card, f"Waiting {_minutes(waited)} min", check_in.wait_color(waited), room_for(card.visit, rooms))


def _roomed(card: Card, now: datetime) -> BoardCard:
    since = now - (card.visit.status_at or timezone.now())
    if card.visit.status == Status.WITH_PROVIDER:
        return BoardCard(card, f"With provider, {_minutes(since)} min")
    return BoardCard(card, f"In room {_minutes(since)} min", check_in.wait_color(since))


def _minutes(stretch: timedelta) -> int:
    return max(0, int(stretch.total_seconds() // 60))
