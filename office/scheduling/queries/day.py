"""The day grid and the week: one column a provider or a day, in the location's time, with few queries however full."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q

from office.practice.models import Location
from office.scheduling.models import Closure, Hours, HoursException
from office.scheduling.queries.cards import Card, cards_of, shown, waits_since
from office.scheduling.rules import day_grid, hours
from office.scheduling.rules.spans import Span
from office.staff.models import Provider

DAY_STARTS, DAY_ENDS = time(8), time(17)
LATE = 5


@dataclass
class Opening:
    """Time that can be booked."""

    starts_at: datetime
    minutes: int
    place: str


@dataclass
class Block:
    """Time in which nobody is seen, and why."""

    reason: str
    place: str


@dataclass
class Column:
    """A provider on a day."""

    provider: Provider
    on: date
    cards: list[Card] = field(default_factory=list)
    openings: list[Opening] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    behind: int = 0
    lanes: int = 1

    @property
    def key(self) -> str:
        return f"{self.provider.pk}-{self.on:%Y%m%d}"

    @property
    def is_late(self) -> bool:
        return self.behind >= LATE


@dataclass
class Sheet:
    """What a grid shows: columns under the same hours of the clock."""

    zone: ZoneInfo
    first_hour: int
    last_hour: int
    columns: list[Column]
    now: datetime

    @property
    def hours(self) -> list[tuple[str, str]]:
        """Each full hour: its place and its word."""
        return [
            (f"at-h{hour} at-m0", f"{(hour - 1) % 12 + 1} {'AM' if hour % 24 < 12 else 'PM'}")
            for hour in range(self.first_hour, self.last_hour)
        ]

    @property
    def now_place(self) -> str:
        """Where the line of now runs, or nothing when it is not on the grid."""
        on_grid = self.first_hour <= self.now.hour < self.last_hour
        here = any(column.on == self.now.date() for column in self.columns)
        return f"at-h{self.now.hour} at-m{self.now.minute}" if on_grid and here else ""

    @property
    def cards(self) -> list[Card]:
        return [card for column in self.columns for card in column.cards]

    @property
    def open_count(self) -> int:
        return sum(len(column.openings) for column in self.columns)


def day_sheet(location: Location, day: date, providers: Sequence[Provider], *, now: datetime) -> Sheet:
    """Return the grid of one day: a column for each provider. Four queries."""
    return _sheet(location, [(provider, day) for provider in providers], now=now)


def week_sheet(location: Location, provider: Provider, monday: date, *, now: datetime) -> Sheet:
    """Return one provider's week: Monday to Friday, and a day of the weekend when something is on it. Four queries."""
    days = [monday + timedelta(days=number) for number in range(7)]
    sheet = _sheet(location, [(provider, day) for day in days], now=now)
    sheet.columns = [column for column in sheet.columns if column.on.weekday() < 5 or column.cards or column.openings]
    return sheet


def providers_on(location: Location, day: date) -> list[Provider]:
    """Return the providers who see patients at the location around that day, or have visits there on it. One query."""
    whole = hours.local_day(day, ZoneInfo(location.zone))
    works_here = Q(hours__location=location, hours__from_on__lte=day) & (
        Q(hours__until_on__isnull=True) | Q(hours__until_on__gte=day)
    )
    has_visits = Q(
        pk__in=shown().filter(location=location, starts_at__gte=whole.starts_at, starts_at__lt=whole.ends_at)
        .order_by().values("provider_id")
    )  # fmt: skip
    return list(Provider.objects.filter(works_here | has_visits, is_active=True).distinct())


def _sheet(location: Location, wanted: Sequence[tuple[Provider, date]], *, now: datetime) -> Sheet:
    zone = ZoneInfo(location.zone)
    days = sorted({day for _, day in wanted})
    whole = Span(hours.local_day(days[0], zone).starts_at, hours.local_day(days[-1], zone).ends_at)
    provider_ids = {provider.pk for provider, _ in wanted}
    cards: defaultdict[tuple[UUID, date], list[Card]] = defaultdict(list)
    visits = shown().filter(
        location=location,
        provider__in=provider_ids,
        starts_at__gte=whole.starts_at,
        starts_at__lt=whole.ends_at,
    )
    for card in cards_of(visits, zone):
        cards[card.visit.provider_id, card.starts_at.date()].append(card)
    plan = _Plan(location, provider_ids, days, whole, zone)
    now = now.astimezone(zone)
    first, last = _shown_hours([*plan.readings], [card for found in cards.values() for card in found])
    columns = [
        _column(provider, day, cards[provider.pk, day], plan, Clock(first, last, now, zone)) for provider, day in wanted
    ]
    return Sheet(zone=zone, first_hour=first, last_hour=last, columns=columns, now=now)


@dataclass(frozen=True)
class Clock:
    """The hours that are shown, and now."""

    first_hour: int
    last_hour: int
    now: datetime
    zone: ZoneInfo

    def shown_on(self, day: date) -> Span:
        starts_at = datetime.combine(day, time(self.first_hour), self.zone)
        ends_at = datetime.combine(day, time(), self.zone) + timedelta(hours=self.last_hour)
        return Span(starts_at, ends_at)


class _Plan:
    """When the providers work, read at once for all days."""

    def __init__(
        self, location: Location, provider_ids: Collection[UUID], days: Sequence[date], whole: Span, zone: ZoneInfo
    ) -> None:
        self.zone = zone
        self.weekly: defaultdict[UUID, list[hours.WeeklyHours]] = defaultdict(list)
        self.exceptions: defaultdict[UUID, list[hours.ExceptionalHours]] = defaultdict(list)
        self.reasons: dict[tuple[UUID, date], str] = {}
        weekly = Hours.objects.filter(
            Q(until_on__isnull=True) | Q(until_on__gte=days[0]),
            location=location, provider__in=provider_ids, from_on__lte=days[-1],
        )  # fmt: skip
        for row in weekly:
            self.weekly[row.provider_id].append(
                hours.WeeklyHours(row.weekday, row.opens, row.closes, row.from_on, row.until_on)
            )
        exceptions = HoursException.objects.filter(location=location, provider__in=provider_ids, on__in=days)
        for exception in exceptions:
            self.exceptions[exception.provider_id].append(
                hours.ExceptionalHours(exception.on, exception.opens, exception.closes)
            )
            self.reasons[exception.provider_id, exception.on] = exception.reason
        self.closures = list(
            Closure.objects.filter(
                Q(provider__in=provider_ids) | Q(provider__isnull=True),
                Q(location=location) | Q(location__isnull=True),
                starts_at__lt=whole.ends_at, ends_at__gt=whole.starts_at,
            )
        )  # fmt: skip

    @property
    def readings(self) -> Iterable[tuple[time, time]]:
        for row in (row for rows in self.weekly.values() for row in rows):
            yield row.opens, row.closes
        for special in (row for rows in self.exceptions.values() for row in rows):
            if special.opens and special.closes:
                yield special.opens, special.closes

    def working(self, provider: Provider, day: date) -> list[Span]:
        return hours.working_spans(
            day, self.zone, weekly=self.weekly[provider.pk], exceptions=self.exceptions[provider.pk]
        )

    def closed(self, provider: Provider, shown_day: Span) -> list[Closure]:
        return [
            closure
            for closure in self.closures
            if closure.provider_id in {None, provider.pk}
            and Span(closure.starts_at, closure.ends_at).overlaps(shown_day)
        ]


def _column(provider: Provider, day: date, cards: list[Card], plan: _Plan, clock: Clock) -> Column:
    shown_day = clock.shown_on(day)
    working = plan.working(provider, day)
    closures = plan.closed(provider, shown_day)
    closed = [Span(max(one.starts_at, shown_day.starts_at), min(one.ends_at, shown_day.ends_at)) for one in closures]
    spans = [Span(card.starts_at, card.ends_at) for card in cards]
    for card, (lane, of_lanes) in zip(cards, day_grid.lanes(spans), strict=True):
        card.lane, card.lanes = lane, of_lanes
        card.place = place(card.starts_at, card.ends_at)
    held = [Span(card.visit.starts_at, card.visit.busy_until) for card in cards if card.holds_time]
    left = day_grid.openings(working, [*held, *closed], now=clock.now)
    off = plan.reasons.get((provider.pk, day)) or ("" if working else "Not here")
    return Column(
        provider=provider,
        on=day,
        cards=cards,
        openings=[
            Opening(
                span.starts_at.astimezone(clock.zone),
                int(span.length.total_seconds() // 60),
                place(span.starts_at.astimezone(clock.zone), span.ends_at.astimezone(clock.zone)),
            )
            for span in left
        ],
        blocks=[
            *(Block(off, _place(span, clock.zone)) for span in day_grid.outside(working, shown_day)),
            *(Block(one.reason, _place(span, clock.zone)) for one, span in zip(closures, closed, strict=True)),
        ],
        behind=day_grid.minutes_behind(waits_since(cards), now=clock.now) if day == clock.now.date() else 0,
        lanes=max((card.lanes for card in cards), default=1),
    )


def _shown_hours(readings: list[tuple[time, time]], cards: list[Card]) -> tuple[int, int]:
    opens = [opens for opens, _ in readings] + [card.starts_at.time() for card in cards]
    same_day = [card.ends_at.time() for card in cards if card.ends_at.date() == card.starts_at.date()]
    closes = max([closes for _, closes in readings] + same_day, default=DAY_ENDS)
    first = min(opens, default=DAY_STARTS).hour
    return first, max(closes.hour + (closes.minute > 0), first + 1)


def _place(span: Span, zone: ZoneInfo) -> str:
    return place(span.starts_at.astimezone(zone), span.ends_at.astimezone(zone))


def place(starts_at: datetime, ends_at: datetime) -> str:
    """The classes that put something on the grid: rows of five minutes by the wall clock, at least one row.

    Inline styles are forbidden by the content security policy, so grid.css has a class for each hour and minute.
    """
    from_row = starts_at.hour * 12 + starts_at.minute // 5
    until_row = ends_at.hour * 12 + -(-ends_at.minute // 5) + (288 if ends_at.date() > starts_at.date() else 0)
    until_row = min(max(until_row, from_row + 1), 288)
    return " ".join(
        f"{side}-h{row // 12} {side}-m{row % 12 * 5}" for side, row in (("at", from_row), ("to", until_row))
    )
