"""The cast and the makers that every test may use.

rosa works the front desk, malik is a medical assistant, dr_chen a clinician, bao a biller, ana a patient.
"""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

# A state folder of the tests' own, before settings are read: a test never touches the office in var/.
os.environ["FRONTDESK_VAR"] = tempfile.mkdtemp(prefix="frontdesk-test-")
os.environ.setdefault("STATIC_FINDERS", "1")
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django

django.setup()

import pytest
from django.test import Client
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker

from office.core.actors import Automation
from office.core.permissions import Permission
from office.patients.models import Patient
from office.practice.models import Location, Practice, Room
from office.scheduling.models import Appointment, Hours, VisitType
from office.staff.models import Member, Provider, Role, StaffActor
from office.staff.permissions import RoleName
from tests import databases
from tests.databases import RealDatabase

# No test is timed: a busy machine is slow to draw values and slow to run on them, and neither is a fault.
settings.register_profile("office", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("office")

NEW_YORK = ZoneInfo("America/New_York")
MakePatient = Callable[..., Patient]
MakeAppointment = Callable[..., Appointment]
MakeMember = Callable[..., Member]


def pytest_unconfigure() -> None:
    shutil.rmtree(os.environ["FRONTDESK_VAR"], ignore_errors=True)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what PostgreSQL must run too; tests on real databases run on both engines as it is."""
    for item in items:
        names = set(getattr(item, "fixturenames", ()))
        if "real_database" not in names and ("db" in names or item.get_closest_marker("django_db")):
            item.add_marker("database")


# --- databases with real commits, for races, processes and the browser


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker) -> Path:
    """A migrated SQLite file, to copy."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    with django_db_blocker.unblock():
        databases.migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The URL of a PostgreSQL server on which databases may be made."""
    try:
        with databases.throwaway_postgres() as url:
            yield url
    except databases.NoPostgres as reason:
        pytest.skip(str(reason))


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str, django_db_blocker: DjangoDbBlocker) -> str:
    """The name of a migrated database on that server, to copy."""
    with django_db_blocker.unblock():
        return databases.postgres_template(postgres_server)


@pytest.fixture(params=["sqlite", "postgres"])
def real_database(
    request: pytest.FixtureRequest, tmp_path: Path, django_db_blocker: DjangoDbBlocker
) -> Iterator[RealDatabase]:
    """A database of this test's own that keeps what is committed, on either engine.

    The cast and the makers write into it, threads reach it through Django's connection (close it when the thread
    ends), processes through ``real_database.environment``.
    """
    if request.param == "sqlite":
        url = databases.sqlite_copy(request.getfixturevalue("sqlite_template"), tmp_path)
        with django_db_blocker.unblock(), databases.connected_to(url):
            yield RealDatabase(url)
        return
    template = request.getfixturevalue("postgres_template")
    server = request.getfixturevalue("postgres_server")
    with (
        databases.postgres_copy(server, template) as url,
        django_db_blocker.unblock(),
        databases.connected_to(url),
    ):
        yield RealDatabase(url)


@pytest.fixture
def db(request: pytest.FixtureRequest) -> None:
    """The tables: rolled back after the test, or ``real_database`` where the test asks for that."""
    real = "real_database" in request.fixturenames
    request.getfixturevalue("real_database" if real else "_django_db_helper")


# --- the cast


@pytest.fixture
def main_street(db: None) -> Location:
    """The first location, in New York's time, with two rooms."""
    Practice.objects.get_or_create(name="Test Family Medicine", defaults={"zone": "America/New_York"})
    place = Location.objects.create(name="Main Street", short_name="Main", state="NY", zone="America/New_York")
    for number in (1, 2):
        Room.objects.create(location=place, name=str(number), position=number)
    return place


@pytest.fixture
def north(main_street: Location) -> Location:
    """A second location, in Chicago's time."""
    return Location.objects.create(
        name="North Clinic", short_name="North", state="IL", zone="America/Chicago", position=1
    )


@pytest.fixture
def make_member(main_street: Location) -> MakeMember:
    def make(username: str, role: RoleName, *, given: str = "", family: str = "Test", **changes: Any) -> Member:
        member = Member(
            username=username, given_name=given or username.title(), family_name=family, email=f"{username}@example.com"
        )
        member.set_unusable_password()
        member.save()
        Role.objects.create(member=member, name=role, **changes)
        return member

    return make


@pytest.fixture
def rosa_member(make_member: MakeMember) -> Member:
    return make_member("rosa", RoleName.FRONT_DESK, family="Delgado")


@pytest.fixture
def rosa(rosa_member: Member) -> StaffActor:
    """The front desk, at Main Street."""
    return rosa_member.acting()


@pytest.fixture
def malik(make_member: MakeMember) -> StaffActor:
    """A medical assistant."""
    return make_member("malik", RoleName.MEDICAL_ASSISTANT, family="Reed").acting()


@pytest.fixture
def bao(make_member: MakeMember) -> StaffActor:
    """The biller."""
    return make_member("bao", RoleName.BILLER, family="Tran").acting()


@pytest.fixture
def sol(make_member: MakeMember) -> StaffActor:
    """The supervisor."""
    return make_member("sol", RoleName.SUPERVISOR, family="Weaver").acting()


@pytest.fixture
def priya(make_member: MakeMember) -> StaffActor:
    """The privacy officer."""
    return make_member("priya", RoleName.PRIVACY_OFFICER, family="Nair").acting()


@pytest.fixture
def dr_chen_member(make_member: MakeMember) -> Member:
    return make_member("chen", RoleName.CLINICIAN, given="Wei", family="Chen")


@pytest.fixture
def dr_chen(dr_chen_member: Member, main_street: Location) -> Provider:
    """A provider at Main Street, weekdays 8 to 5."""
    provider = Provider.objects.create(member=dr_chen_member, given_name="Wei", family_name="Chen", credential="MD")
    for weekday in range(5):
        Hours.objects.create(
            provider=provider,
            location=main_street,
            weekday=weekday,
            opens=time(8),
            closes=time(17),
            from_on=date(2020, 1, 1),
        )
    return provider


@pytest.fixture
def automation() -> Automation:
    """The program itself, permitted everything: for setting a scene, not for testing permissions."""
    return Automation("test", frozenset(Permission))


@pytest.fixture
def make_patient(main_street: Location) -> MakePatient:
    numbers = iter(range(10_001, 99_999))

    def make(family: str = "Marsh", given: str = "Ana", birth: date | None = date(1984, 4, 9), **rest: Any) -> Patient:
        return Patient.objects.create(
            mrn=str(next(numbers)), family_name=family, given_name=given, birth_date=birth, **rest
        )

    return make


@pytest.fixture
def ana(make_patient: MakePatient) -> Patient:
    """The patient of most stories: Marsh, Ana, born 04/09/1984."""
    return make_patient()


@pytest.fixture
def follow_up(main_street: Location) -> VisitType:
    """Twenty minutes, no buffer, needs no room."""
    return VisitType.objects.create(name="Follow-up", minutes=20, needs_room=False)


@pytest.fixture
def make_appointment(ana: Patient, dr_chen: Provider, main_street: Location, follow_up: VisitType) -> MakeAppointment:
    """Put an appointment into the tables as it stands, past every rule: for setting a scene."""

    def make(at: datetime, *, minutes: int = 20, **changes: Any) -> Appointment:
        ends = at + timedelta(minutes=minutes)
        fields: dict[str, Any] = {
            "patient": ana,
            "provider": dr_chen,
            "location": main_street,
            "visit_type": follow_up,
            "starts_at": at,
            "ends_at": ends,
            "busy_until": ends,
            "status_at": at,
        }
        return Appointment.objects.create(**{**fields, **changes})

    return make


@pytest.fixture
def rosa_browser(client: Client, rosa_member: Member) -> Client:
    """A test client signed in as rosa."""
    client.force_login(rosa_member)
    return client


@pytest.fixture
def adele(client: Client, make_member: MakeMember) -> Client:
    """A browser of the administrator."""
    client.force_login(make_member("adele", RoleName.ADMINISTRATOR))
    return client


@pytest.fixture
def adele_acting(make_member: MakeMember) -> StaffActor:
    """The administrator, at Main Street."""
    return make_member("adele", RoleName.ADMINISTRATOR).acting()
