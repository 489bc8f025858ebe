"""Rows that the journeys over every address need beside the cast."""

from datetime import datetime

import pytest

from conftest import NEW_YORK, MakeAppointment
from office.core.actors import Automation
from office.practice.models import Location
from office.scheduling.models import Appointment
from office.staff.permissions import RoleName
from office.worklist.actions import ask
from office.worklist.models import WorkItem


@pytest.fixture
def visit_today(make_appointment: MakeAppointment) -> Appointment:
    return make_appointment(datetime(2026, 11, 23, 10, 0, tzinfo=NEW_YORK))


@pytest.fixture
def task_for_all(automation: Automation, main_street: Location) -> WorkItem:
    return ask(automation, title="Call back", for_role=RoleName.FRONT_DESK, location=main_street)
