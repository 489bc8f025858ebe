"""The demo office, looked at as someone who works in a clinic would."""

from collections import Counter, defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import pairwise

import pytest

from office.audit.models import Entry, Subject
from office.core.actions import Refused
from office.core.actors import Automation
from office.core.permissions import Permission
from office.home import demo
from office.home.actions import load_demo
from office.home.demo.calendar import as_of
from office.home.demo.generator import DemoOffice, generate
from office.home.demo.office import PEOPLE, TYPES, ZONE
from office.patients.models import Patient
from office.scheduling.models import Appointment
from office.scheduling.rules.holidays import holidays_of
from office.staff.permissions import RoleName

MONDAY = date(2026, 11, 23)
Status = Appointment.Status


@cache
def the_office(today: date = MONDAY, hour: int = 10, minute: int = 40, patients: int = 2_500) -> DemoOffice:
    return generate(today, datetime(today.year, today.month, today.day, hour, minute, tzinfo=ZONE), patients=patients)


def todays(office: DemoOffice) -> list[Appointment]:
    return [row for row in office.book.rows if row.starts_at.date() == office.site.today]


@pytest.mark.parametrize(
    ("whose", "until"),
    [
        (lambda row: row.provider, lambda row: row.busy_until),
        (lambda row: row.room, lambda row: row.ends_at),
        (lambda row: row.patient, lambda row: row.ends_at),
    ],
    ids=["provider", "room", "patient"],
)
def test_nobody_is_booked_twice(
    whose: Callable[[Appointment], object], until: Callable[[Appointment], datetime]
) -> None:
    held = defaultdict(list)
    for row in the_office().book.rows:
        if row.status not in {Status.CANCELED, Status.NO_SHOW} and whose(row) is not None:
            held[whose(row)].append((row.starts_at, until(row)))
    assert all(before[1] <= after[0] for spans in held.values() for before, after in pairwise(sorted(spans)))


def test_visits_lie_within_the_hours_that_are_worked_and_outside_what_is_closed() -> None:
    office = the_office()
    for row in office.book.rows:
        day = row.starts_at.date()
        number = office.site.providers.index(row.provider)
        spans = [span for who, _, span in office.site.spans_on(day) if who == number]
        start, end = (moment.hour + moment.minute / 60 for moment in (row.starts_at, row.busy_until))
        assert any(opens <= start and end <= closes + 1e-9 for opens, closes in spans)
        assert not any(
            shut.provider == row.provider and shut.starts_at < row.busy_until and row.starts_at < shut.ends_at
            for shut in office.site.closures
        )


def test_has_two_sites_six_providers_every_role_and_2500_patients() -> None:
    office = the_office()
    assert (len(office.site.locations), len(office.site.providers)) == (2, 6)
    assert {role for *_, role in PEOPLE} == set(RoleName)
    assert 2_490 <= len(office.town.patients) <= 2_515
    assert len({patient.mrn for patient in office.town.patients}) == len(office.town.patients)


def test_today_holds_about_sixty_visits() -> None:
    assert 50 <= len(todays(the_office())) <= 72


@pytest.mark.parametrize("hour", [8, 9, 10, 12, 14, 16])
def test_today_has_every_state_at_any_hour_of_the_day(hour: int) -> None:
    assert {row.status for row in todays(the_office(hour=hour, patients=700))} == set(Status)


@pytest.mark.parametrize("day", [date(2026, 11, 28), date(2026, 11, 29), date(2026, 11, 26), date(2026, 12, 30)])
def test_today_is_a_working_day_whatever_the_calendar_says(day: date) -> None:
    assert len(todays(the_office(today=day, patients=700))) > 25


def test_nothing_of_a_visit_happens_after_now_or_out_of_order() -> None:
    now = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)
    for row in the_office().book.rows:
        happened = [moment for moment in (row.created_at, row.arrived_at, row.roomed_at, row.done_at) if moment]
        assert happened == sorted(happened)
        assert max(*happened, row.status_at) <= now
        assert (row.status == Status.DONE) == (row.done_at is not None)
        assert (row.status == Status.CANCELED) == bool(row.cancel_reason)
        assert row.starts_at.date() <= MONDAY or row.status in {Status.BOOKED, Status.CONFIRMED, Status.CANCELED}


def test_someone_waits_too_long_someone_is_late_and_someone_walked_in() -> None:
    now, rows = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE), todays(the_office())
    waits = [now - row.arrived_at for row in rows if row.status == Status.ARRIVED and row.arrived_at]
    assert max(waits) > timedelta(minutes=20)
    assert any(row.starts_at < now and row.status in {Status.BOOKED, Status.CONFIRMED} for row in rows)
    assert any(row.is_walk_in for row in rows)


def test_about_seven_in_a_hundred_past_visits_are_no_shows() -> None:
    past = Counter(row.status for row in the_office().book.rows if row.starts_at.date() < MONDAY)
    assert set(past) == {Status.DONE, Status.NO_SHOW, Status.CANCELED}
    assert 0.05 < past[Status.NO_SHOW] / past.total() < 0.09


def test_the_weeks_ahead_fill_less_and_less() -> None:
    days = Counter(row.starts_at.date() for row in the_office().book.rows if row.starts_at.date() > MONDAY)
    weeks = [sum(days[MONDAY + timedelta(7 * week + day)] for day in range(7)) for week in (1, 3, 5)]
    assert weeks == sorted(weeks, reverse=True)
    assert date(2026, 11, 26) not in days  # Thanksgiving


def test_visit_types_suit_the_patients_who_come_for_them() -> None:
    limits = {name: (youngest or 0, 200 if oldest is None else oldest) for name, *_, youngest, oldest in TYPES}
    office = the_office()
    for row in office.book.rows:
        youngest, oldest = limits[row.visit_type.name]
        assert youngest <= int(office.town.age(row.patient)) <= oldest or row.is_walk_in


def test_two_of_one_name_and_the_twins_come_today() -> None:
    office = the_office()
    coming = {row.patient for row in todays(office)}
    assert {*office.town.namesakes, *office.town.twins, office.town.newborn} <= coming


def test_ages_and_sexes_are_those_of_a_family_practice() -> None:
    office = the_office()
    ages = [office.town.age(patient) for patient in office.town.patients]
    shares = [sum(low <= age < high for age in ages) / len(ages) for low, high in ((0, 18), (18, 65), (65, 120))]
    assert 0.15 < shares[0] < 0.35
    assert 0.40 < shares[1] < 0.65
    assert 0.12 < shares[2] < 0.30
    assert 0.50 < sum(patient.sex == "F" for patient in office.town.patients) / len(ages) < 0.60


def test_phones_and_addresses_are_of_fiction() -> None:
    town = the_office().town
    numbers = {row.value for row in town.telecoms if row.system == "phone"} | {row.phone for row in town.contacts}
    assert all(number[5:].startswith("55501") for number in numbers if number)
    assert all(row.value.endswith("@example.com") for row in town.telecoms if row.system == "email")


def test_everyone_under_eighteen_in_a_family_has_a_grown_up_who_consents() -> None:
    town = the_office().town
    families = [home for home in town.households if any(town.age(member) >= 18 for member in home.members)]
    minors = {member for home in families for member in home.members if town.age(member) < 18}
    assert minors <= {row.patient for row in town.contacts if row.may_consent and row.is_guarantor}


def test_is_the_same_office_from_the_same_seed() -> None:
    def told(office: DemoOffice) -> list[object]:
        return [
            [(row.mrn, row.name, row.birth_date) for row in office.town.patients],
            [(row.patient.mrn, row.starts_at, row.status, row.reason, row.status_at) for row in office.book.rows],
            [(row.patient.mrn, row.member_id) for row in office.town.insurance.coverages],
        ]

    now = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)
    assert told(generate(MONDAY, now, patients=300)) == told(generate(MONDAY, now, patients=300))
    assert told(generate(MONDAY, now, patients=300)) != told(generate(MONDAY, now, patients=300, seed=2))


def test_stands_as_of_now_within_office_hours_and_as_of_1040_otherwise() -> None:
    assert as_of(MONDAY, datetime(2026, 11, 23, 19, 5, 30, tzinfo=UTC), ZONE).strftime("%H:%M") == "14:05"
    assert as_of(MONDAY, datetime(2026, 11, 24, 3, 0, tzinfo=UTC), ZONE).strftime("%H:%M") == "10:40"


def test_knows_the_federal_holidays() -> None:
    assert holidays_of(2026)[date(2026, 7, 3)] == "Independence Day"  # the Fourth is a Saturday
    assert holidays_of(2026)[date(2026, 11, 26)] == "Thanksgiving"
    assert holidays_of(2026)[date(2026, 5, 25)] == "Memorial Day"
    assert len(holidays_of(2027)) == 11


@pytest.mark.django_db
def test_is_stored_whole_with_an_entry_for_each_batch_and_a_row_for_each_patient() -> None:
    office = the_office(patients=200)
    now = datetime(2026, 11, 23, 10, 40, tzinfo=ZONE)
    load_demo(Automation("demo", {Permission.LOAD_DEMO}), office=office, moment=now, progress=lambda _: None)
    assert Patient.objects.count() == len(office.town.patients)
    assert Appointment.objects.count() == len(office.book.rows)
    batch = Entry.objects.get(verb="demo.batch_loaded", details__noun="patients")
    assert Subject.objects.filter(entry=batch, kind="patients.patient").count() == len(office.town.patients)
    assert demo.demo_now() == now


@pytest.mark.django_db
def test_refuses_a_database_that_holds_patients(ana: Patient) -> None:
    with pytest.raises(Refused, match="patients here already"):
        demo.load(MONDAY, datetime(2026, 11, 23, 15, 40, tzinfo=UTC))
    assert Patient.objects.count() == 1
