"""The plans a provider takes, and the warning to whoever books …"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from conftest import NEW_YORK, MakeAppointment
from office.audit.models import Entry
from office.core.actions import Refused
from office.core.actors import Automation
from office.patients.models import Coverage, Patient, Payer, Plan
from office.practice.models import Location
from office.scheduling.actions.plans import remove_plan_taken, set_plan_taken
from office.scheduling.models import Appointment, PlanTaken, VisitType
from office.scheduling.queries.lights import insurance
from office.scheduling.queries.plans import objection_to_insurance
from office.staff.models import Provider

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=NEW_YORK)
TOMORROW = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def monday(db: None) -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ppo(ana: Patient) -> Plan:
    """What pays for Ana."""
    plan = Plan.objects.create(payer=Payer.objects.create(name="Cascadia"), name="PPO")
    Coverage.objects.create(patient=ana, plan=plan, member_id="CM 7")
    return plan


@pytest.fixture
def other(dr_chen: Provider) -> PlanTaken:
    """The one line of Dr. Chen's list: another payer."""
    payer = Payer.objects.create(name="Northlake")
    return PlanTaken.objects.create(provider=dr_chen, payer=payer, starts_on=date(2020, 1, 1))


def booked(browser: Client, ana: Patient, dr_chen: Provider, follow_up: VisitType, **more: str) -> Any:
    sent = {"patient": str(ana.pk), "provider": str(dr_chen.pk), "visit_type": str(follow_up.pk), "key": "k"}
    return browser.post(reverse("scheduling:book"), {**sent, "day": "2026-11-24", "at": "10:00", **more})


def test_whoever_books_is_told_first_and_may_book_all_the_same(
    rosa_browser: Client, ana: Patient, dr_chen: Provider, follow_up: VisitType, ppo: Plan, other: PlanTaken
) -> None:
    answer = booked(rosa_browser, ana, dr_chen, follow_up)
    assert answer.status_code == 422
    assert "Dr. Chen does not take Cascadia, PPO at Main Street on 11/24/2026." in answer.content.decode()
    assert "Book all the same" in answer.content.decode()
    assert not Appointment.objects.exists()
    read = "Dr. Chen does not take Cascadia, PPO at Main Street on 11/24/2026."
    assert booked(rosa_browser, ana, dr_chen, follow_up, despite_plan=read).status_code in {200, 303}
    assert Appointment.objects.count() == 1


def test_a_warning_that_was_read_of_another_provider_does_not_count(
    rosa_browser: Client, ana: Patient, dr_chen: Provider, follow_up: VisitType, ppo: Plan, other: PlanTaken
) -> None:
    read = "Dr. Voss does not take Cascadia, PPO at Main Street on 11/24/2026."
    assert booked(rosa_browser, ana, dr_chen, follow_up, despite_plan=read).status_code == 422


def test_nothing_is_said_when_the_plan_is_taken(
    rosa_browser: Client, ana: Patient, dr_chen: Provider, follow_up: VisitType, ppo: Plan, automation: Automation
) -> None:
    set_plan_taken(automation, providers=[dr_chen], payer=ppo.payer, starts_on=TOMORROW)
    assert booked(rosa_browser, ana, dr_chen, follow_up).status_code in {200, 303}
    assert Appointment.objects.count() == 1


def test_nothing_is_said_where_nobody_keeps_a_list(
    ana: Patient, dr_chen: Provider, main_street: Location, ppo: Plan
) -> None:
    assert objection_to_insurance(ana, dr_chen, main_street, TOMORROW) == ""


def test_nothing_is_said_of_a_patient_without_insurance(
    ana: Patient, dr_chen: Provider, main_street: Location, other: PlanTaken
) -> None:
    assert objection_to_insurance(ana, dr_chen, main_street, TOMORROW) == ""


def test_says_how_far_the_application_is(
    ana: Patient, dr_chen: Provider, main_street: Location, ppo: Plan, automation: Automation
) -> None:
    set_plan_taken(automation, providers=[dr_chen], payer=ppo.payer, plan=ppo, applied_on=date(2026, 10, 12))
    assert objection_to_insurance(ana, dr_chen, main_street, TOMORROW).endswith("Applied 10/12/2026, not in yet.")


def test_the_check_in_light_says_it_too(
    make_appointment: MakeAppointment, automation: Automation, ppo: Plan, other: PlanTaken
) -> None:
    visit = make_appointment(NOW + timedelta(hours=2))
    light = insurance(automation, visit)
    assert (light.state, light.words) == (
        "amber", "Dr. Chen does not take Cascadia, PPO at Main Street on 11/23/2026.",
    )  # fmt: skip


def test_the_same_line_again_changes_its_days(dr_chen: Provider, ppo: Plan, automation: Automation) -> None:
    set_plan_taken(automation, providers=[dr_chen], payer=ppo.payer, applied_on=date(2026, 10, 12))
    set_plan_taken(automation, providers=[dr_chen], payer=ppo.payer, starts_on=TOMORROW)
    assert PlanTaken.objects.get().starts_on == TOMORROW
    assert Entry.objects.filter(verb="plan_taken.set").count() == 2


def test_a_plan_of_another_payer_is_refused(dr_chen: Provider, ppo: Plan, automation: Automation) -> None:
    other = Payer.objects.create(name="X")
    with pytest.raises(Refused, match="another payer"):
        set_plan_taken(automation, providers=[dr_chen], payer=other, plan=ppo, starts_on=TOMORROW)


def test_what_was_removed_stands_on_the_trail(other: PlanTaken, automation: Automation) -> None:
    remove_plan_taken(automation, line=other)
    assert not PlanTaken.objects.exists()
    assert Entry.objects.filter(verb="plan_taken.removed").count() == 1


# --- the screen


def test_a_line_is_added_changed_and_removed_on_screen(adele: Client, dr_chen: Provider, ppo: Plan) -> None:
    url = reverse("scheduling:plans_of", args=[dr_chen.pk])
    assert adele.get(reverse("scheduling:plans_taken"))["Location"] == url
    said = {"plan": f"{ppo.payer_id}/{ppo.pk}", "location": ""}
    assert adele.post(url, {**said, "applied_on": "2026-10-12"}).status_code == 303
    line = PlanTaken.objects.get()
    assert "10/12/2026" in adele.get(url).content.decode()
    own = reverse("scheduling:plan_taken", args=[line.pk])
    assert adele.post(own, {**said, "starts_on": "2026-12-01"}).status_code == 303
    assert "from 12/01/2026" in adele.get(url).content.decode()
    assert adele.post(own, {**said, "ends_on": "2026-12-01"}).status_code == 422
    assert adele.post(reverse("scheduling:remove_plan_taken", args=[line.pk])).status_code == 303
    assert not PlanTaken.objects.exists()


def test_a_line_is_said_once_for_every_provider(adele: Client, dr_chen: Provider, ppo: Plan) -> None:
    Provider.objects.create(given_name="Lena", family_name="Voss", credential="NP")
    url = reverse("scheduling:plans_of", args=[dr_chen.pk])
    adele.post(url, {"plan": f"{ppo.payer_id}/", "starts_on": "2026-01-01", "everyone": "on"})
    assert set(PlanTaken.objects.values_list("provider__family_name", flat=True)) == {"Chen", "Voss"}


def test_who_walks_in_is_not_held_up_and_the_desk_is_told(
    rosa_browser: Client, ana: Patient, dr_chen: Provider, follow_up: VisitType, ppo: Plan, other: PlanTaken
) -> None:
    sent = {"patient": str(ana.pk), "visit_type": str(follow_up.pk), "provider": str(dr_chen.pk), "key": "w"}
    answer = rosa_browser.post(reverse("scheduling:walk_in"), sent, follow=True)
    assert Appointment.objects.count() == 1
    assert "does not take Cascadia, PPO" in answer.content.decode()
    assert "Ask how the visit is paid." in answer.content.decode()
