"""Six months of visits behind, today in the middle, six weeks ahead: nobody twice at a time, in any room or column."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from office.home.demo.calendar import days_between
from office.home.demo.office import TYPES, WEEKS, Site, at, clock
from office.home.demo.people import Town
from office.home.demo.reasons import ADULT_SICK, BY_TYPE, CHILD_SICK
from office.patients.models import Patient
from office.scheduling.models import Appointment

Status = Appointment.Status
#: How often each type is booked, of 100, in the order of office.TYPES.
_MIX = (14, 19, 20, 4, 9, 8, 5, 3, 6, 1, 4, 4, 2, 5, 3, 2, 5)
_CANCEL_REASONS = (
    ("patient_conflict", 34), ("patient_ill", 14), ("patient_better", 14), ("patient_transport", 9),
    ("patient_elsewhere", 6), ("patient_cost", 4), ("patient_other", 8), ("provider_ill", 6),
    ("provider_away", 3), ("office_error", 2),
)  # fmt: skip
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Slot:
    """A stretch of a provider's half day."""

    number: int
    site: int
    starts_at: datetime
    kind: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + TYPES[self.kind][1] * _MINUTE

    @property
    def busy_until(self) -> datetime:
        return self.ends_at + TYPES[self.kind][2] * _MINUTE


class Book:
    """The appointment book, as unsaved rows."""

    def __init__(self, site: Site, town: Town, now: datetime, random: Random) -> None:
        self.site, self.town, self.now, self.random = site, town, now, random
        self.rows: list[Appointment] = []
        self.seen: Counter[Patient] = Counter()
        self.pools = self.who_comes_for_what()
        worked = [day for day in days_between(site.first, site.last) if site.spans_on(day)]
        ahead = [day for day in worked if day > site.today]
        for day in worked:
            if day < site.today:
                self.fill(day, 0.8)
            elif day == site.today:
                self.fill_today()
            else:
                self.fill(day, 0.85 - 0.55 * ahead.index(day) / max(1, len(ahead) - 1))

    # --- who and when

    def who_comes_for_what(self) -> list[list[Patient]]:
        """For each type the patients of its ages; those who come often stand in the list several times."""
        pools: list[list[Patient]] = [[] for _ in TYPES]
        for patient in self.town.patients:
            if patient.is_deceased or patient.is_restricted:
                continue
            age = int(self.town.age(patient))
            often = 1 + (age < 2) * 3 + (age > 50) + (age > 65) * 2 + (self.random.random() < 0.1) * 4
            for kind, (name, *_, youngest, oldest) in enumerate(TYPES):
                if (youngest or 0) <= age <= (199 if oldest is None else oldest) and self.suits(name, patient, age):
                    pools[kind] += [patient] * (1 if kind == 13 else often)
        return pools

    @staticmethod
    def suits(name: str, patient: Patient, age: int) -> bool:
        if name == "Women's health":
            return patient.sex == "F" and age < 70
        if name == "Diabetes visit":
            return age > 34 and patient.created_at.microsecond == 0 and patient.created_at.minute % 4 == 0
        return not (name in {"Office visit", "Follow-up", "Hospital follow-up"} and age < 3)

    def slots(self, day: date, fullness: float) -> list[Slot]:
        """Stretches of the day's half days, filled to ``fullness`` and around what is closed."""
        found: list[Slot] = []
        for number, site, (opens, closes) in self.site.spans_on(day):
            cursor = at(day, clock(opens))
            for shuts_at, opens_at in [*self.shut(number, day), (at(day, clock(closes)), None)]:
                if cursor <= shuts_at <= at(day, clock(closes)):
                    found += self.stretch(number, site, cursor, shuts_at, fullness)
                    cursor = opens_at or shuts_at
        return found

    def shut(self, number: int, day: date) -> list[tuple[datetime, datetime]]:
        provider = self.site.providers[number].pk
        return sorted(
            (row.starts_at, row.ends_at)
            for row in self.site.closures
            if row.provider_id == provider and row.starts_at.date() == day and row.reason != "Lunch"
        )

    def stretch(self, number: int, site: int, cursor: datetime, end: datetime, fullness: float) -> Iterator[Slot]:
        while end - cursor >= 10 * _MINUTE:
            slot = Slot(number, site, cursor, self.kind_at(number, cursor.date()))
            if slot.busy_until > end:
                slot = Slot(number, site, cursor, self.random.choice((0, 2)))
            if slot.busy_until <= end and self.random.random() < fullness:
                yield slot
                cursor = slot.busy_until
            else:
                cursor += self.random.choice((10, 20, 20, 30)) * _MINUTE

    def kind_at(self, number: int, day: date) -> int:
        mix = list(_MIX)
        if WEEKS[number].credential in {"NP", "PA-C"}:
            mix[1] += 12
            mix[6] = 2
        if number == 4:  # sees most of the children
            mix[7], mix[8] = mix[7] + 6, mix[8] + 10
        if number == 2:
            mix[10] += 8
        if WEEKS[number].credential == "NP":
            mix[14] = 0
        if day.month not in {8, 9, 3}:
            mix[9] = 1
        if day.month in {9, 10, 11, 12, 1}:
            mix[15] += 4
        if (day - self.site.today).days > 2:
            mix[1] = 0
        return self.random.choices(range(len(mix)), mix)[0]

    def patient_for(self, slot: Slot, today: set[Patient]) -> Patient:
        """Someone of the right age who is not yet in the day's book, more often one of the provider's own."""
        provider = self.site.providers[slot.number]
        for attempt in range(400):
            patient = self.random.choice(self.pools[slot.kind])
            if patient in today or (slot.kind == 13 and self.seen[patient]) or patient.created_at > slot.starts_at:
                continue
            if attempt > 6 or patient.primary_provider == provider or self.random.random() < 0.25:
                return patient
        return next(patient for patient in self.pools[0] if patient not in today)

    def fill(self, day: date, fullness: float) -> None:
        today: set[Patient] = set()
        for slot in self.slots(day, fullness):
            patient = self.patient_for(slot, today)
            today.add(patient)
            row = self.row(slot, patient)
            self.past(row) if day < self.site.today else self.ahead(row)

    def row(self, slot: Slot, patient: Patient) -> Appointment:
        name, _, _, needs_room, *_ = TYPES[slot.kind]
        rooms = WEEKS[slot.number].rooms[slot.site]
        room = self.site.rooms[slot.site][rooms[len(self.rows) % len(rooms)]]
        row = Appointment(
            patient=patient, provider=self.site.providers[slot.number], location=self.site.locations[slot.site],
            room=room if needs_room else None,
            visit_type=self.site.visit_types[slot.kind], starts_at=slot.starts_at, ends_at=slot.ends_at,
            busy_until=slot.busy_until, reason=self.reason(name, patient), status_at=slot.starts_at,
        )  # fmt: skip
        lead = self.random.randint(0, 1) if name in {"Sick visit"} else int(self.random.triangular(2, 90, 14))
        booked = datetime.combine(slot.starts_at.date() - timedelta(lead), time(8, 0), slot.starts_at.tzinfo)
        booked += self.random.randrange(0, 480, 3) * _MINUTE if lead else timedelta(0)
        row.created_at = row.status_at = min(booked, self.now - 2 * _MINUTE, slot.starts_at - 20 * _MINUTE)
        self.seen[patient] += 1
        self.rows.append(row)
        return row

    def reason(self, name: str, patient: Patient) -> str:
        if name == "Sick visit":
            return self.random.choice(CHILD_SICK if self.town.age(patient) < 13 else ADULT_SICK)
        if name == "Well baby":
            months = self.town.age(patient) * 12
            return BY_TYPE[name][0 if months < 1.5 else 1 if months < 4 else 2 if months < 9 else 3]
        return self.random.choice(BY_TYPE[name])

    # --- what became of it

    def past(self, row: Appointment) -> None:
        chance = self.random.random()
        if chance < 0.065 + 0.02 * (self.town.age(row.patient) < 35):
            row.status, row.status_at = Status.NO_SHOW, row.starts_at + 20 * _MINUTE
        elif chance < 0.145:
            self.cancel(row)
        else:
            self.done(row)

    def cancel(self, row: Appointment) -> None:
        row.status = Status.CANCELED
        row.cancel_reason = self.random.choices([why for why, _ in _CANCEL_REASONS], [n for _, n in _CANCEL_REASONS])[0]
        row.status_at = max(
            row.created_at, min(row.starts_at - self.random.randint(1, 70) * 60 * _MINUTE, self.now - 9 * _MINUTE)
        )

    def done(self, row: Appointment, *, by: datetime | None = None) -> None:
        self.arrive(row)
        done_at = self.to_room(row) + (row.ends_at - row.starts_at) * self.random.uniform(0.75, 1.35)
        row.status, row.done_at = Status.DONE, min(done_at, by - _MINUTE) if by else done_at
        row.status_at = row.done_at

    def arrive(self, row: Appointment, *, before: int | None = None) -> datetime:
        arrived_at = row.starts_at - (self.random.randint(-4, 16) if before is None else before) * _MINUTE
        row.arrived_at = row.status_at = min(arrived_at, self.now - 3 * _MINUTE)
        return row.arrived_at

    def to_room(self, row: Appointment) -> datetime:
        arrived_at = row.arrived_at or self.arrive(row)
        roomed_at = max(arrived_at + 2 * _MINUTE, row.starts_at + self.random.randint(-4, 11) * _MINUTE)
        row.roomed_at = row.status_at = max(arrived_at, min(roomed_at, self.now - 2 * _MINUTE))
        return row.roomed_at

    def ahead(self, row: Appointment) -> None:
        days = (row.starts_at.date() - self.site.today).days
        chance = self.random.random()
        if chance < 0.03 and days > 1:
            self.cancel(row)
        elif chance < (0.82 if days <= 1 else 0.5 if days <= 4 else 0.12):
            row.status = Status.CONFIRMED
            row.status_at = max(row.created_at, self.now - self.random.randint(60, 1500) * _MINUTE)

    # --- today

    def fill_today(self) -> None:
        before = len(self.rows)
        self.fill(self.site.today, 0.76)
        rows = self.rows[before:]
        self.namesakes_and_twins(rows)
        for row in rows:
            self.stands(row)
        self.every_state(rows)

    def namesakes_and_twins(self, rows: list[Appointment]) -> None:
        """Two of one name and the twins come today: checking in the wrong one is the accident to prevent."""
        wanted = [*self.town.namesakes, *self.town.twins, self.town.newborn]
        kinds = [self.site.visit_types[kind] for kind in (2, 2, 8, 8, 7)]
        later = [row for row in rows if row.starts_at > self.now + 20 * _MINUTE] or rows
        for patient, kind in zip(wanted, kinds, strict=True):
            if any(row.patient is patient for row in rows):
                continue
            row = next(
                (row for row in later if row.visit_type.minutes == kind.minutes and row.patient not in wanted), None
            )
            row = row or next(
                row for row in rows if row.visit_type.minutes >= kind.minutes and row.patient not in wanted
            )
            row.patient, row.visit_type = patient, kind
            row.ends_at = row.busy_until = row.starts_at + kind.minutes * _MINUTE
            row.reason = self.reason(kind.name, patient)

    def stands(self, row: Appointment) -> None:
        """Put a visit of today into the state that fits the clock."""
        row.status, row.cancel_reason, minutes = Status.BOOKED, "", (row.starts_at - self.now) / _MINUTE
        chance = self.random.random()
        if chance < 0.05:
            self.cancel(row)
        elif row.ends_at + 8 * _MINUTE <= self.now:
            if chance < 0.12:
                row.status, row.status_at = Status.NO_SHOW, row.starts_at + 20 * _MINUTE
            else:
                self.done(row, by=self.now)
        elif minutes <= 0:
            self.arrive(row)
            self.to_room(row)
            row.status = Status.WITH_PROVIDER if minutes < -6 else Status.ROOMED
        elif minutes <= 15 and chance < 0.75:
            row.status = Status.ARRIVED
            self.arrive(row, before=self.random.randint(int(minutes) + 2, int(minutes) + 11))
        elif chance < 0.8:
            row.status, row.status_at = Status.CONFIRMED, row.created_at

    def every_state(self, rows: list[Appointment]) -> None:
        """What a desk has on any day: one waiting too long, one late, walk-ins, and each state at least once."""
        held = (row for row in rows if row.status != Status.CANCELED)
        near = sorted(held, key=lambda row: abs(row.starts_at - self.now))
        begun = [row for row in near if row.starts_at <= self.now]
        running = [row for row in begun if row.starts_at < self.now - 5 * _MINUTE]
        states = (Status.ARRIVED, Status.BOOKED, Status.ROOMED, Status.WITH_PROVIDER)
        for row, status in zip(running, states, strict=False):
            self.put(row, status)
        if running:
            running[0].arrived_at = running[0].status_at = self.now - 24 * _MINUTE
        for row in [row for row in running[4:] if row.status == Status.DONE][:2]:
            self.walked_in(row)
        missing = [status for status in Status if not any(row.status == status for row in rows)]
        for status, row in zip(missing, running[6:] + near[::-1], strict=False):
            self.put(row, status)

    def walked_in(self, row: Appointment) -> None:
        row.is_walk_in, row.created_at = True, (row.arrived_at or self.now) - _MINUTE
        row.visit_type, row.reason = self.site.visit_types[1], self.reason("Sick visit", row.patient)
        row.ends_at = row.busy_until = min(row.ends_at, row.starts_at + 20 * _MINUTE)

    def put(self, row: Appointment, status: Status) -> None:
        """Put a visit into a state, whatever it was in."""
        row.arrived_at = row.roomed_at = row.done_at = None
        row.status, row.status_at, row.cancel_reason = status, row.created_at, ""
        if status == Status.CANCELED:
            self.cancel(row)
        elif status == Status.DONE:
            self.done(row, by=self.now)
        elif status in {Status.ARRIVED, Status.ROOMED, Status.WITH_PROVIDER}:
            self.arrive(row)
            if status != Status.ARRIVED:
                self.to_room(row)
