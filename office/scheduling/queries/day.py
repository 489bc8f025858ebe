"""The day grid and the week: one column a provider or a day, in the location's time, with few queries however full."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import DateField, DateTimeField, Q, TimeField, Value
from django.db.models.functions import Cast

from office.practice.models import Location
from office.scheduling.models import Closure, Hours, HoursException
from office.scheduling.queries.cards import Card, cards_of, shown, waits_since
from office.scheduling.rules import day_grid, hours
from office.scheduling.rules.spans import Span, without
from office.staff.models import Provider

DAY_STARTS, DAY_ENDS = time(8), time(17)
LATE = 5
NO_DAY = Cast(Value(None), DateField())
NO_TIME = Cast(Value(None), TimeField())
NO_MOMENT = Cast(Value(None), DateTimeField())


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
    axis: day_grid.Axis
    columns: list[Column]
    now: datetime

    @property
    def hours(self) -> list[tuple[str, str]]:
        """Each full hour: its place and its word."""
        return [(f"at-h{row} at-m0", self._word(hour, is_second=is_second)) for row, hour, is_second in self.axis.hours]

    def _word(self, hour: int, *, is_second: bool) -> str:
        figure = f"{(hour - 1) % 12 + 1}"
        if hour != self.axis.repeated:
            return f"{figure} {'AM' if hour % 24 < 12 else 'PM'}"
        day = next(column.on for column in self.columns if hours.repeated_hour(column.on, self.zone) == hour)
        return f"{figure} {datetime.combine(day, time(hour, fold=is_second), self.zone):%Z}"

    @property
    def now_place(self) -> str:
        """Where the line of now runs, or nothing when it is not on the grid."""
        on_grid = self.axis.first <= self.now.hour < self.axis.last
        here = any(column.on == self.now.date() for column in self.columns)
        return _at(self.axis.row(self.now)) if on_grid and here else ""

    @property
    def cards(self) -> list[Card]:
        return [card for column in self.columns for card in column.cards]

    @property
    def open_count(self) -> int:
        return sum(len(column.openings) for column in self.columns)


def day_sheet(location: Location, day: date, *, now: datetime) -> Sheet:
    """Return the grid of one day: a column for each provider who works or has visits there. Three queries."""
    plan = _Plan(location, [day])
    providers = sorted(plan.here_on(day).values(), key=lambda one: (one.position, one.family_name, one.given_name))
    return _sheet(plan, [(provider, day) for provider in providers], now=now)


def week_sheet(location: Location, provider: Provider, monday: date, *, now: datetime) -> Sheet:
    """Return one provider's week: Monday to Friday, and a day of the weekend when something is on it. Three queries."""
    days = [monday + timedelta(days=number) for number in range(7)]
    sheet = _sheet(_Plan(location, days, provider), [(provider, day) for day in days], now=now)
    sheet.columns = [column for column in sheet.columns if column.on.weekday() < 5 or column.cards or column.openings]
    return sheet


def columns_of(
    location: Location, wanted: Iterable[tuple[Provider, date]], *, axis: day_grid.Axis, now: datetime
) -> Sheet:
    """Return only the columns that a change touched, under the hours of the grid they go back into."""
    zone = ZoneInfo(location.zone)
    pairs = sorted(set(wanted), key=lambda pair: (pair[1], str(pair[0].pk)))
    if not pairs:
        return Sheet(zone, axis, columns=[], now=now.astimezone(zone))
    return _sheet(_Plan(location, [day for _, day in pairs]), pairs, now=now, axis=axis)


def _sheet(
    plan: "_Plan",
    wanted: Sequence[tuple[Provider, date]],
    *,
    now: datetime,
    axis: day_grid.Axis | None = None,
) -> Sheet:
    now = now.astimezone(plan.zone)
    clock = Clock(axis or _axis(plan), now, plan.zone)
    columns = [_column(provider, day, plan, clock) for provider, day in wanted]
    return Sheet(zone=plan.zone, axis=clock.axis, columns=columns, now=now)


@dataclass(frozen=True)
class Clock:
    """The hours that are shown, and now."""

    axis: day_grid.Axis
    now: datetime
    zone: ZoneInfo

    def shown_on(self, day: date) -> Span:
        starts_at = datetime.combine(day, time(self.axis.first), self.zone)
        ends_at = datetime.combine(day, time(), self.zone) + timedelta(hours=self.axis.last)
        return Span(starts_at, ends_at)

    def place(self, starts_at: datetime, ends_at: datetime) -> str:
        """The classes that put something on the grid.

        Inline styles are forbidden by the content security policy, so grid.css has a class for each hour and minute.
        """
        rows = self.axis.rows(starts_at.astimezone(self.zone), ends_at.astimezone(self.zone))
        return " ".join(_at(row * 5, side) for side, row in zip(("at", "to"), rows, strict=True))

    def missing_on(self, day: date) -> Iterator[Block]:
        """The row of an hour that the day does not have."""
        skipped, extra = hours.skipped_hour(day, self.zone), self.axis.repeated
        if skipped is not None and self.axis.first <= skipped < self.axis.last:
            yield Block("Clocks go forward, this hour is skipped", _row(skipped))
        if extra is not None and hours.repeated_hour(day, self.zone) != extra:
            yield Block("Only on the day the clocks go back", _row(extra + 1))


class _Plan:
    """Who works when, and the visits, of all the days at once."""

    def __init__(self, location: Location, days: Iterable[date], provider: Provider | None = None) -> None:
        self.zone = zone = ZoneInfo(location.zone)
        self.days = sorted(set(days))
        first, last = self.days[0], self.days[-1]
        whole = Span(hours.local_day(first, zone).starts_at, hours.local_day(last, zone).ends_at)
        mine = Q(provider=provider) if provider else Q()
        self.providers: dict[UUID, Provider] = {}
        self.weekly: defaultdict[UUID, list[hours.WeeklyHours]] = defaultdict(list)
        self.exceptions: defaultdict[UUID, list[hours.ExceptionalHours]] = defaultdict(list)
        self.reasons: dict[tuple[UUID, date], str] = {}
        self.closures: list[Closed] = []
        self._read_hours(location, mine)
        self._read_what_differs(location, mine, whole)
        visits = list(
            shown().filter(mine, location=location, starts_at__gte=whole.starts_at, starts_at__lt=whole.ends_at)
        )
        self.providers |= {visit.provider_id: visit.provider for visit in visits}
        self.cards = cards_of(visits, zone)
        self.by_column: defaultdict[tuple[UUID, date], list[Card]] = defaultdict(list)
        for card in self.cards:
            self.by_column[card.visit.provider_id, card.starts_at.date()].append(card)

    def _read_hours(self, location: Location, mine: Q) -> None:
        rows = Hours.objects.filter(
            mine,
            Q(until_on__isnull=True) | Q(until_on__gte=self.days[0]),
            location=location,
            from_on__lte=self.days[-1],
            provider__is_active=True,
        ).select_related("provider")
        for row in rows:
            self.providers[row.provider_id] = row.provider
            self.weekly[row.provider_id].append(
                hours.WeeklyHours(row.weekday, row.opens, row.closes, row.from_on, row.until_on)
            )

    def _read_what_differs(self, location: Location, mine: Q, whole: Span) -> None:
        # Exceptions and closures in one statement: the day grid is asked for all day long.
        exceptions = HoursException.objects.filter(mine, location=location, on__in=self.days).values_list(
            "provider_id", "reason", "on", "opens", "closes", NO_MOMENT, NO_MOMENT
        )
        # Nobody named means everybody: an empty Q joined by "or" would leave only the location's own closures.
        whose = mine | Q(provider__isnull=True) if mine else Q()
        closures = Closure.objects.filter(whose, Q(location=location) | Q(location__isnull=True)).overlapping(whole)
        rows = exceptions.union(
            closures.values_list("provider_id", "reason", NO_DAY, NO_TIME, NO_TIME, "starts_at", "ends_at"), all=True
        )
        for provider_id, reason, on, opens, closes, starts_at, ends_at in rows:
            if on is None:
                self.closures.append(Closed(provider_id, Span(starts_at, ends_at), reason))
            else:
                self.exceptions[provider_id].append(hours.ExceptionalHours(on, opens, closes))
                self.reasons[provider_id, on] = reason

    def here_on(self, day: date) -> dict[UUID, Provider]:
        """Those who work on the day or have visits on it; one whose day is an exception shows why."""
        return {
            key: provider
            for key, provider in self.providers.items()
            if any(row.hold_on(day) for row in self.weekly[key])
            or (key, day) in self.reasons
            or (key, day) in self.by_column
        }

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

    def closed(self, provider: Provider, shown_day: Span) -> list["Closed"]:
        """What closes the provider's time on the shown day, cut to it."""
        found = []
        for one in self.closures:
            if one.provider_id in {None, provider.pk} and one.span.overlaps(shown_day):
                cut = Span(max(one.span.starts_at, shown_day.starts_at), min(one.span.ends_at, shown_day.ends_at))
                found.append(Closed(one.provider_id, cut, one.reason))
        return found


@dataclass(frozen=True)
class Closed:
    """Time that is not bookable; without a provider it is the whole location's."""

    provider_id: UUID | None
    span: Span
    reason: str


def _column(provider: Provider, day: date, plan: _Plan, clock: Clock) -> Column:
    cards = plan.by_column[provider.pk, day]
    shown_day = clock.shown_on(day)
    working = plan.working(provider, day)
    closed = plan.closed(provider, shown_day)
    spans = [card.visit.span for card in cards]  # in UTC: readings of one clock are compared without the hour's fold
    for card, (lane, of_lanes) in zip(cards, day_grid.lanes(spans), strict=True):
        card.lane, card.lanes = lane, of_lanes
        card.place = clock.place(card.starts_at, card.ends_at)
    held = [Span(card.visit.starts_at, card.visit.busy_until) for card in cards if card.holds_time]
    left = day_grid.openings(working, [*held, *(one.span for one in closed)], now=clock.now)
    pauses = [
        rest for span in day_grid.outside(working, shown_day) for rest in without(span, [one.span for one in closed])
    ]
    off = plan.reasons.get((provider.pk, day)) or ("" if working else "Not here")
    return Column(
        provider=provider,
        on=day,
        cards=cards,
        openings=[
            Opening(
                span.starts_at.astimezone(clock.zone),
                int(span.length.total_seconds() // 60),
                clock.place(span.starts_at, span.ends_at),
            )
            for span in left
        ],
        blocks=[
            *(
                Block(
                    off or day_grid.word_of_pause(pause, working, clock.zone),
                    clock.place(pause.starts_at, pause.ends_at),
                )
                for pause in pauses
            ),
            *(Block(one.reason, clock.place(one.span.starts_at, one.span.ends_at)) for one in closed),
            *clock.missing_on(day),
        ],
        behind=day_grid.minutes_behind(waits_since(cards), now=clock.now) if day == clock.now.date() else 0,
        lanes=max((card.lanes for card in cards), default=1),
    )


def _axis(plan: _Plan) -> day_grid.Axis:
    first, last = _shown_hours(list(plan.readings), plan.cards)
    found = (hours.repeated_hour(day, plan.zone) for day in plan.days)
    return day_grid.Axis(first, last, next((hour for hour in found if hour is not None and first <= hour < last), None))


def _shown_hours(readings: list[tuple[time, time]], cards: list[Card]) -> tuple[int, int]:
    opens = [opens for opens, _ in readings] + [card.starts_at.time() for card in cards]
    same_day = [card.ends_at.time() for card in cards if card.ends_at.date() == card.starts_at.date()]
    closes = max([closes for _, closes in readings] + same_day, default=DAY_ENDS)
    first = min(opens, default=DAY_STARTS).hour
    return first, max(closes.hour + (closes.minute > 0), first + 1)


def _row(number: int) -> str:
    return f"{_at(number * 60)} {_at(number * 60 + 60, 'to')}"


def _at(minutes: int, side: str = "at") -> str:
    return f"{side}-h{minutes // 60} {side}-m{minutes % 60}"
