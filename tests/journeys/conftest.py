"""Rows that the journeys over every address need beside the cast."""

from datetime import date, datetime

import pytest
from django.conf import settings
from django.utils import timezone

from config import state
from conftest import NEW_YORK, MakeAppointment
from office.billing.models import Fee
from office.core.actors import Automation
from office.patients.actions.identifiers import sealed_number
from office.patients.models import Coverage, Identifier, Patient, Payer, Plan
from office.practice.models import Load, Location
from office.scheduling.models import Appointment, PlanTaken
from office.staff.models import Provider
from office.staff.permissions import RoleName
from office.worklist.actions import ask
from office.worklist.models import WorkItem


@pytest.fixture
def visit_today(make_appointment: MakeAppointment) -> Appointment:
    return make_appointment(datetime(2026, 11, 23, 10, 0, tzinfo=NEW_YORK))


@pytest.fixture
def task_for_all(automation: Automation, main_street: Location) -> WorkItem:
    return ask(automation, title="Call back", for_role=RoleName.FRONT_DESK, location=main_street)


@pytest.fixture
def table_that_came_in(main_street: Location) -> Load:
    """A table of the old system with one row, which was rejected."""
    place = state.made(settings.VAR / "rejects") / "patients-of-a-test.csv"
    place.write_text("rejected_line,rejected_reason\n", encoding="utf-8")
    return Load.objects.create(
        kind="patients", state=Load.State.DONE, file_name="patients.csv", rows=1, rejected=1, rejects_file=str(place)
    )


@pytest.fixture
def coverage_of_ana(ana: Patient) -> Coverage:
    plan = Plan.objects.create(payer=Payer.objects.create(name="Cascadia"), name="Choice")
    return Coverage.objects.create(patient=ana, plan=plan, member_id="CM 7")


@pytest.fixture
def plan_of_dr_chen(dr_chen: Provider, coverage_of_ana: Coverage) -> PlanTaken:
    return PlanTaken.objects.create(provider=dr_chen, payer=coverage_of_ana.plan.payer, starts_on=timezone.localdate())


@pytest.fixture
def price(main_street: Location) -> Fee:
    return Fee.objects.create(code="G0439", amount_cents=14_500, starts_on=date(2026, 1, 1))


@pytest.fixture
def number_of_ana(ana: Patient) -> Identifier:
    row = sealed_number(ana, "219-09-9999")
    row.save()
    return row
