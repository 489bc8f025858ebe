"""What needs me now."""

from typing import Any

import pytest
from django.test import Client

from office.core.actors import Automation
from office.practice.models import Location
from office.staff.permissions import RoleName
from office.worklist.actions import ask
from office.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


def test_an_empty_list_is_good_news_and_says_so(rosa_browser: Client) -> None:
    assert "Nothing waits for you" in rosa_browser.get("/").content.decode()


def test_counts_the_things_and_the_red_ones(
    rosa_browser: Client, automation: Automation, main_street: Location
) -> None:
    for urgency in (WorkItem.Urgency.RED, WorkItem.Urgency.ROUTINE, WorkItem.Urgency.SOON):
        ask(automation, title="Call", for_role=RoleName.FRONT_DESK, location=main_street, urgency=urgency)
    html = rosa_browser.get("/").content.decode()
    assert "3 things, 1 of them now" in html
    assert "1 to do now, 3 in all" in html


def test_one_button_is_solid(rosa_browser: Client, automation: Automation, main_street: Location) -> None:
    for n in range(3):
        ask(automation, title=f"Call {n}", for_role=RoleName.FRONT_DESK, location=main_street)
    html = rosa_browser.get("/").content.decode()
    assert html.count("btn--main") + html.count("btn--alarm") == 1


@pytest.mark.parametrize("tasks", [1, 40])
def test_the_queries_do_not_grow_with_the_tasks(
    tasks: int, rosa_browser: Client, automation: Automation, main_street: Location, django_assert_max_num_queries: Any
) -> None:
    for n in range(tasks):
        ask(automation, title=f"Call {n}", for_role=RoleName.FRONT_DESK, location=main_street)
    rosa_browser.get("/")
    with django_assert_max_num_queries(9):
        rosa_browser.get("/")
