"""The demo's practice: two sites, eleven rooms, six providers, the staff, the hours, and what can be booked."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from office.home.demo.calendar import days_between
from office.practice.models import DoorHours, Location, Practice, Room
from office.scheduling.models import Closure, Hours, HoursException, VisitType
from office.scheduling.rules.holidays import holidays_between
from office.staff.models import Member, Provider, Role
from office.staff.permissions import RoleName

ZONE = ZoneInfo("America/New_York")
PASSWORD = "juniper-street-42"  # noqa: S105 - shown to whoever starts the demo; nothing in it is real

#: Everyone who can sign in to the demo: user name, given and family name, role.
PEOPLE = (
    ("rosa", "Rosa", "Delgado", RoleName.FRONT_DESK),
    ("dana", "Dana", "Okonkwo", RoleName.FRONT_DESK),
    ("malik", "Malik", "Reed", RoleName.MEDICAL_ASSISTANT),
    ("tess", "Tess", "Lindgren", RoleName.MEDICAL_ASSISTANT),
    ("nora", "Nora", "Bianchi", RoleName.NURSE),
    ("adler", "Miriam", "Adler", RoleName.CLINICIAN),
    ("asante", "Kwabena", "Asante", RoleName.CLINICIAN),
    ("solberg", "Ingrid", "Solberg", RoleName.CLINICIAN),
    ("rao", "Sunita", "Rao", RoleName.CLINICIAN),
    ("villanueva", "Teresa", "Villanueva", RoleName.CLINICIAN),
    ("whitfield", "Marcus", "Whitfield", RoleName.CLINICIAN),
    ("bao", "Bao", "Tran", RoleName.BILLER),
    ("sol", "Sol", "Weaver", RoleName.SUPERVISOR),
    ("priya", "Priya", "Raman", RoleName.PRIVACY_OFFICER),
    ("grant", "Grant", "Ellery", RoleName.ADMINISTRATOR),
)
JUNIPER, MILL = 0, 1


@dataclass(frozen=True)
class Week:
    """A provider's week: credential, rooms by site, and (weekdays, site, morning, afternoon) in hours."""

    username: str
    credential: str
    rooms: dict[int, tuple[int, ...]]
    spans: tuple[tuple[str, int, tuple[float, float], tuple[float, float] | None], ...]


WEEKS = (
    Week("adler", "MD", {JUNIPER: (0, 1)}, (("MTR", JUNIPER, (8, 12), (13, 15)), ("F", JUNIPER, (8, 12), None))),
    Week(
        "asante", "MD", {JUNIPER: (2, 3)},
        (("MTR", JUNIPER, (7.5, 11.5), (12.5, 14.5)), ("F", JUNIPER, (7.5, 12), None)),
    ),
    Week(
        "solberg", "DO", {JUNIPER: (4, 5), MILL: (3,)},
        (("MWF", JUNIPER, (9, 12), (13, 16)), ("T", MILL, (9, 12), (13, 15))),
    ),
    Week("villanueva", "NP", {JUNIPER: (6,)}, (("MTWRF", JUNIPER, (9, 12), (14, 16.5)),)),
    Week("rao", "MD", {MILL: (0, 1)}, (("WRF", MILL, (8, 12), (13, 15.5)), ("MT", MILL, (8, 11), (13, 15)))),
    Week("whitfield", "PA-C", {MILL: (2,)}, (("MTWRF", MILL, (9.5, 12), (14, 17)),)),
)  # fmt: skip

#: name, minutes, buffer, needs a room, for new patients, from age, to age
TYPES = (
    ("Office visit", 20, 0, True, False, None, None),
    ("Sick visit", 20, 0, True, False, None, None),
    ("Follow-up", 20, 0, True, False, None, None),
    ("Blood pressure check", 10, 0, True, False, 18, None),
    ("Diabetes visit", 30, 0, True, False, 18, None),
    ("Physical", 40, 0, True, False, 18, 64),
    ("Annual wellness visit", 40, 0, True, False, 65, None),
    ("Well baby", 20, 0, True, False, 0, 1),
    ("Well child", 30, 0, True, False, 2, 17),
    ("Sports physical", 20, 0, True, False, 6, 19),
    ("Women's health", 30, 0, True, False, 15, None),
    ("Mental health visit", 30, 0, True, False, 12, None),
    ("Hospital follow-up", 30, 0, True, False, None, None),
    ("New patient", 40, 0, True, True, None, None),
    ("Procedure", 40, 10, True, False, 10, None),
    ("Flu shot", 10, 0, True, False, 1, None),
    ("Video visit", 20, 0, False, False, 12, None),
)


def clock(hours: float) -> time:
    return time(int(hours), round(hours % 1 * 60))


def at(day: date, clock_time: time) -> datetime:
    return datetime.combine(day, clock_time, ZONE)


class Site:
    """The office's own rows, unsaved, in the order they are stored."""

    def __init__(self, today: date, password_hash: str) -> None:
        self.today = today
        self.first, self.last = today - timedelta(days=182), today + timedelta(days=42)
        self.practice = Practice(
            name="Juniper Street Family Medicine", legal_name="Juniper Street Family Medicine, PLLC",
            phone="+18455550100", zone=str(ZONE),
        )  # fmt: skip
        self.locations = [
            Location(
                name="Juniper Street", short_name="Juniper", phone="+18455550100", line="88 Juniper Street",
                city="Kingston", state="NY", postal_code="12401", zone=str(ZONE), position=0,
            ),
            Location(
                name="Mill Road", short_name="Mill", phone="+18455550101", line="14 Mill Road, Suite 2",
                city="New Paltz", state="NY", postal_code="12561", zone=str(ZONE), position=1,
            ),
        ]  # fmt: skip
        self.rooms = [
            [Room(location=place, name=str(number + 1), position=number) for number in range(count)]
            for place, count in zip(self.locations, (7, 4), strict=True)
        ]
        self.rooms[JUNIPER].append(
            Room(location=self.locations[JUNIPER], name="Procedure", kind=Room.Kind.PROCEDURE, position=9)
        )
        self.holidays = {day: name for day, name in holidays_between(self.first, self.last).items() if day != today}
        self.people(password_hash)
        self.hours()
        self.closed()
        self.visit_types = [
            VisitType(
                name=name, minutes=minutes, buffer_minutes=buffer, needs_room=needs_room, is_for_new_patients=is_new,
                minimum_age=youngest, maximum_age=oldest, position=position,
            )
            for position, (name, minutes, buffer, needs_room, is_new, youngest, oldest) in enumerate(TYPES)
        ]  # fmt: skip

    def people(self, password_hash: str) -> None:
        self.members = {
            username: Member(
                username=username, given_name=given, family_name=family, email=f"{username}@example.com",
                password=password_hash,
            )
            for username, given, family, _ in PEOPLE
        }  # fmt: skip
        self.roles = [Role(member=self.members[username], name=role) for username, _, _, role in PEOPLE]
        self.providers = [
            Provider(
                member=self.members[week.username], given_name=self.members[week.username].given_name,
                family_name=self.members[week.username].family_name, credential=week.credential,
                hue=number + 1, position=number,
            )
            for number, week in enumerate(WEEKS)
        ]  # fmt: skip

    def hours(self) -> None:
        """Door hours and the providers' weeks; a weekend or holiday that is today is worked like a weekday."""
        doors = {JUNIPER: ((7.5, 17.5), "MTWRF"), MILL: ((8, 17), "MTWRF")}
        self.door_hours = [
            DoorHours(
                location=self.locations[site], weekday="MTWRF".index(day), opens=clock(span[0]), closes=clock(span[1])
            )
            for site, (span, days) in doors.items()
            for day in days
        ]
        self.hours_rows = [
            Hours(
                provider=self.providers[number], location=self.locations[site], weekday="MTWRF".index(day),
                opens=clock(span[0]), closes=clock(span[1]), from_on=date(2020, 1, 1),
            )
            for number, week in enumerate(WEEKS)
            for days, site, *halves in week.spans
            for day in days
            for span in halves
            if span
        ]  # fmt: skip
        self.exceptions = [
            HoursException(provider=self.providers[number], location=self.home_of(number), on=day, reason=reason)
            for number, first, length, reason in (
                (2, 18, 5, "Vacation"),
                (5, 9, 1, "Conference"),
                (1, -23, 2, "Out sick"),
            )
            for day in days_between(self.today + timedelta(first), self.today + timedelta(first + length - 1))
            if day.weekday() < 5
        ]
        if self.today.weekday() > 4:
            place = {JUNIPER: (7.5, 17.5), MILL: (8, 17)}
            self.door_hours += [
                DoorHours(location=self.locations[site], weekday=self.today.weekday(), opens=clock(a), closes=clock(b))
                for site, (a, b) in place.items()
            ]
            self.exceptions += [
                HoursException(
                    provider=self.providers[number], location=self.locations[site], on=self.today,
                    opens=clock(span[0]), closes=clock(span[1]), reason="Open today for the demo",
                )
                for number, site, span in self.spans_of_weekday(0)
            ]  # fmt: skip

    def home_of(self, number: int) -> Location:
        return self.locations[WEEKS[number].spans[0][1]]

    @staticmethod
    def spans_of_weekday(weekday: int) -> list[tuple[int, int, tuple[float, float]]]:
        """(provider, site, span) of each half day."""
        return [
            (number, site, span)
            for number, week in enumerate(WEEKS)
            for days, site, *halves in week.spans
            if "MTWRF"[weekday] in days
            for span in halves
            if span
        ]

    def spans_on(self, day: date) -> list[tuple[int, int, tuple[float, float]]]:
        """The half days that are worked on a date: (provider, site, span); none on holidays and weekends."""
        if day != self.today and (day.weekday() > 4 or day in self.holidays):
            return []
        away = {row.provider_id for row in self.exceptions if row.on == day and row.opens is None}
        weekday = day.weekday() if day.weekday() < 5 else 0
        return [span for span in self.spans_of_weekday(weekday) if self.providers[span[0]].pk not in away]

    def closed(self) -> None:
        self.closures = [
            Closure(location=place, starts_at=at(day, time(0)), ends_at=at(day + timedelta(1), time(0)), reason=name)
            for day, name in self.holidays.items()
            for place in self.locations
        ]
        for day in days_between(self.today - timedelta(14), self.today + timedelta(98)):
            if (day.weekday() > 4 and day != self.today) or day in self.holidays:
                continue
            halves: dict[int, list[tuple[float, float]]] = {}
            for number, _, span in self.spans_on(day):
                halves.setdefault(number, []).append(span)
            for number, spans in halves.items():
                if len(spans) == 2:
                    self.close(number, day, spans[0][1], spans[1][0], "Lunch")
            for number, weekday, opens, closes, reason in (
                (0, 3, 14.5, 15, "Notes"), (3, 3, 14, 14.5, "Vaccine stock"), (4, 1, 8, 8.5, "Huddle"),
                (2, 4, 15, 16, "Nursing home calls"),
            ):  # fmt: skip
                if day.weekday() == weekday and number in halves:
                    self.close(number, day, opens, closes, reason)

    def close(self, number: int, day: date, opens: float, closes: float, reason: str) -> None:
        self.closures.append(
            Closure(
                provider=self.providers[number], starts_at=at(day, clock(opens)), ends_at=at(day, clock(closes)),
                reason=reason,
            )
        )  # fmt: skip
