"""What just happened, told once, with a way back."""

import pytest
from django.test import Client
from django.urls import reverse

from office.core.actors import Automation
from office.practice.models import Location
from office.staff.permissions import RoleName
from office.worklist.actions import ask
from office.worklist.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def task(automation: Automation, main_street: Location) -> WorkItem:
    return ask(automation, title="Call the lab", for_role=RoleName.FRONT_DESK, location=main_street)


def shown(html: str) -> str:
    return html.split('id="toasts"')[1].split('id="live"', maxsplit=1)[0]


def test_is_shown_once_and_kept_as_history(rosa_browser: Client, task: WorkItem) -> None:
    rosa_browser.post(reverse("worklist:finish", args=[task.pk]))
    first, second = (rosa_browser.get("/").content.decode() for _ in range(2))
    assert "Done: Call the lab" in shown(first)
    assert "Done: Call the lab" not in shown(second)
    assert "Done: Call the lab" in second.split('id="happened"')[1]


def test_waits_for_the_page_that_htmx_is_sent_to(rosa_browser: Client, task: WorkItem) -> None:
    answer = rosa_browser.post(reverse("worklist:finish", args=[task.pk]), headers={"HX-Request": "true"})
    assert answer["HX-Redirect"]
    assert b"toast" not in answer.content
    assert "Done: Call the lab" in shown(rosa_browser.get("/").content.decode())


def test_travels_out_of_band_with_a_fragment(rosa_browser: Client, task: WorkItem) -> None:
    rosa_browser.post(reverse("worklist:take", args=[task.pk]))
    url = reverse("worklist:item", args=[task.pk])
    answer = rosa_browser.get(url, headers={"HX-Request": "true"}).content.decode()
    assert 'hx-swap-oob="beforeend:#toasts"' in answer
    assert "You have it in hand" in answer


def test_the_way_back_is_used_up_once(rosa_browser: Client, task: WorkItem) -> None:
    rosa_browser.post(reverse("worklist:finish", args=[task.pk]))
    undo = reverse("worklist:reopen", args=[task.pk])
    html = rosa_browser.get("/").content.decode()
    assert f'action="{undo}"' in shown(html)
    key = shown(html).split('name="toast" value="')[1].split('"')[0]
    rosa_browser.post(undo, {"toast": key})
    assert f'action="{undo}"' not in rosa_browser.get("/").content.decode()


def test_no_cookie_tells_what_happened(rosa_browser: Client, task: WorkItem) -> None:
    rosa_browser.post(reverse("worklist:finish", args=[task.pk]))
    assert {*rosa_browser.cookies} <= {"session", "csrftoken"}


def test_keeps_only_the_last_twenty(rosa_browser: Client, task: WorkItem) -> None:
    for _ in range(12):
        rosa_browser.post(reverse("worklist:finish", args=[task.pk]))
        rosa_browser.post(reverse("worklist:reopen", args=[task.pk]))
    html = rosa_browser.get("/").content.decode().split('id="happened"')[1].split("</ul>")[0]
    assert html.count("<li") == 20
