"""The clock of these tests: Monday, November 23, 2026, 9:00 AM in New York, and what stands on the schedule then."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import Any

import pytest
import time_machine

from conftest import NEW_YORK
from office.patients.models import Patient
from office.practice.models import Location
from office.scheduling.actions.booking import book_appointment
from office.scheduling.models import Appointment, Hours, VisitType
from office.staff.models import Provider, StaffActor

NINE = datetime(2026, 11, 23, 9, tzinfo=NEW_YORK)
Book = Callable[..., Appointment]
MakeProvider = Callable[[str], Provider]


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """That time of a day in November 2026, by New York's clock."""
    return datetime(2026, 11, day, hour, minute, tzinfo=NEW_YORK)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NINE, tick=False) as traveller:
        yield traveller


@pytest.fixture
def make_provider(main_street: Location) -> MakeProvider:
    """Another doctor, at Main Street on weekdays from 8 to 5."""

    def make(family: str) -> Provider:
        provider = Provider.objects.create(given_name="Kofi", family_name=family, credential="MD", position=1)
        Hours.objects.bulk_create(
            Hours(
                provider=provider,
                location=main_street,
                weekday=weekday,
                opens=time(8),
                closes=time(17),
                from_on=date(2020, 1, 1),
            )
            for weekday in range(5)
        )
        return provider

    return make


@pytest.fixture
def physical(main_street: Location) -> VisitType:
    """Forty minutes in a room."""
    return VisitType.objects.create(name="Physical", minutes=40, needs_room=True)


@pytest.fixture
def book(
    clock: time_machine.Traveller,
    rosa: StaffActor,
    ana: Patient,
    dr_chen: Provider,
    main_street: Location,
    follow_up: VisitType,
) -> Book:
    """Rosa books Ana with Dr. Chen for a follow-up, through the real action; name what differs."""

    def make(starts_at: datetime, *, actor: StaffActor = rosa, **changes: Any) -> Appointment:
        asked = {"patient": ana, "provider": dr_chen, "location": main_street, "visit_type": follow_up, **changes}
        return book_appointment(actor, starts_at=starts_at, **asked)

    return make
