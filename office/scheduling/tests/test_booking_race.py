"""Fifty clerks at once, on real databases of both kinds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone

from conftest import MakePatient
from office.audit.models import Entry
from office.core.actions import Refused
from office.core.actors import Automation
from office.patients.models import Patient
from office.practice.models import Location, Room
from office.scheduling.actions.booking import book_appointment, cancel_appointment, move_appointment
from office.scheduling.actions.undo import undo_last_change
from office.scheduling.models import Appointment, AppointmentChange, VisitType
from office.scheduling.tests.conftest import MakeProvider
from office.staff.models import Provider
from tests.databases import RealDatabase

CLERKS = 50


def next_monday_at_ten() -> datetime:
    zone = ZoneInfo("America/New_York")
    today = timezone.now().astimezone(zone).date()
    day = today + timedelta(days=7 - today.weekday())
    return datetime(day.year, day.month, day.day, 10, tzinfo=zone).astimezone(UTC)


def all_at_once(works: list[Callable[[], object]]) -> list[object]:
    """Start every work at the same moment, each on its own connection; return its result or its refusal.

    Anything but a refusal is a fault, and fails the test as it would fail a clerk.
    """
    ready = Barrier(len(works))

    def do(work: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            ready.wait()
            return work()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(do, works))


def won(results: list[object]) -> list[Appointment]:
    return [result for result in results if isinstance(result, Appointment)]


@pytest.fixture
def patients(real_database: RealDatabase, make_patient: MakePatient) -> list[Patient]:
    return [make_patient(f"Clerk{number}", "Ada") for number in range(CLERKS)]


def test_only_one_of_fifty_simultaneous_bookings_succeeds(
    patients: list[Patient], dr_chen: Provider, main_street: Location, follow_up: VisitType, automation: Automation
) -> None:
    ten = next_monday_at_ten()

    def booking(number: int) -> Callable[[], object]:
        # Starts two minutes apart, so that the visits overlap without being the same.
        return lambda: book_appointment(
            automation,
            patient=patients[number],
            provider=dr_chen,
            location=main_street,
            visit_type=follow_up,
            starts_at=ten + timedelta(minutes=number % 10 * 2),
        )

    results = all_at_once([booking(number) for number in range(CLERKS)])

    assert len(won(results)) == 1
    assert {"taken by another visit" in str(refusal) for refusal in results if isinstance(refusal, Refused)} == {True}
    assert Appointment.objects.count() == AppointmentChange.objects.count() == 1
    assert Entry.objects.filter(verb="appointment.booked").count() == 1


def test_a_patient_is_booked_once_with_many_providers(
    real_database: RealDatabase,
    make_provider: MakeProvider,
    ana: Patient,
    main_street: Location,
    follow_up: VisitType,
    automation: Automation,
) -> None:
    ten = next_monday_at_ten()
    providers = [make_provider(f"Osei{number}") for number in range(20)]

    def booking(provider: Provider) -> Callable[[], object]:
        return lambda: book_appointment(
            automation, patient=ana, provider=provider, location=main_street, visit_type=follow_up, starts_at=ten
        )

    assert len(won(all_at_once([booking(provider) for provider in providers]))) == 1


def test_as_many_are_booked_as_there_are_rooms(
    patients: list[Patient],
    make_provider: MakeProvider,
    main_street: Location,
    physical: VisitType,
    automation: Automation,
) -> None:
    ten = next_monday_at_ten()
    providers = [make_provider(f"Osei{number}") for number in range(20)]

    def booking(number: int) -> Callable[[], object]:
        return lambda: book_appointment(
            automation,
            patient=patients[number],
            provider=providers[number],
            location=main_street,
            visit_type=physical,
            starts_at=ten,
        )

    booked = won(all_at_once([booking(number) for number in range(20)]))
    assert {visit.room_id for visit in booked} <= set(Room.objects.values_list("pk", flat=True))
    assert 1 <= len(booked) <= 2
    # Nobody who was told "just taken" loses more than a press: a second try takes what is left.
    assert len(booked) + len(won([try_again(booking(number)) for number in range(20)])) == 2


def try_again(work: Callable[[], object]) -> object:
    try:
        return work()
    except Refused as refusal:
        return refusal


def test_moves_cancellations_and_undos_cross_without_a_fault(
    patients: list[Patient],
    make_provider: MakeProvider,
    main_street: Location,
    follow_up: VisitType,
    automation: Automation,
) -> None:
    ten = next_monday_at_ten()
    providers = [make_provider("Osei"), make_provider("Ruiz")]
    visits = [
        book_appointment(
            automation,
            patient=patients[number],
            provider=providers[number % 2],
            location=main_street,
            visit_type=follow_up,
            starts_at=ten + timedelta(minutes=20 * (number // 2)),
        )
        for number in range(16)
    ]

    def swap(visit: Appointment, number: int) -> Callable[[], object]:
        other = providers[(number + 1) % 2]
        return lambda: move_appointment(
            automation,
            appointment=visit,
            provider=other,
            starts_at=ten + timedelta(minutes=20 * (number // 2 + 1)),
            told="spoke",
        )

    def cancel(visit: Appointment) -> Callable[[], object]:
        return lambda: cancel_appointment(automation, appointment=visit, reason="patient_ill")

    def undo(visit: Appointment) -> Callable[[], object]:
        return lambda: undo_last_change(automation, appointment=visit)

    works = [swap(visit, number) for number, visit in enumerate(visits)]
    works += [cancel(visit) for visit in visits[::3]] + [undo(visit) for visit in visits[::4]]
    all_at_once(works)

    assert Appointment.objects.count() == 16
    for provider in providers:
        standing = list(provider.appointments.holding_time().order_by("starts_at"))
        assert all(one.busy_until <= two.starts_at for one, two in pairwise(standing))
