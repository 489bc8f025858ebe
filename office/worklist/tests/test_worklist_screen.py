"""The worklist with its reader."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.audit.models import Entry
from office.patients.models import Patient
from office.practice.models import Location
from office.staff.models import StaffActor
from office.staff.permissions import RoleName
from office.worklist.actions import park, take
from office.worklist.models import WorkItem
from office.worklist.tests.conftest import MakeTask

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def titles(html: str, *wanted: str) -> list[str]:
    return sorted(wanted, key=html.index)


def test_red_stands_first_and_then_the_least_time_left(rosa_browser: Client, make_task: MakeTask) -> None:
    now = timezone.now()
    make_task("No time at all")
    make_task("In an hour", due_at=now + timedelta(hours=1))
    make_task("Overdue already", due_at=now - timedelta(minutes=3))
    make_task("Red and later", urgency=WorkItem.Urgency.RED, due_at=now + timedelta(minutes=9))
    make_task("Red at once", urgency=WorkItem.Urgency.RED)
    html = rosa_browser.get(reverse("worklist:worklist")).content.decode().split('class="pane"')[1]
    wanted = ["Red at once", "Red and later", "Overdue already", "In an hour", "No time at all"]
    assert titles(html, *wanted) == wanted


def test_a_birth_date_stands_beside_each_name_and_the_list_is_one_entry(
    rosa_browser: Client, make_task: MakeTask, ana: Patient
) -> None:
    make_task(patient=ana)
    make_task("Another", patient=ana)
    html = rosa_browser.get(reverse("worklist:worklist")).content.decode()
    assert "Marsh, Ana" in html
    assert "04/09/1984" in html
    assert Entry.objects.filter(verb="patients.listed").count() == 1


def test_shows_what_is_for_me_here_and_nothing_of_elsewhere(
    rosa_browser: Client, make_task: MakeTask, north: Location
) -> None:
    make_task("Mine")
    make_task("A nurse's", for_role=RoleName.NURSE)
    make_task("North's", location=north)
    mine = rosa_browser.get(reverse("worklist:worklist")).content.decode()
    everyone = rosa_browser.get(reverse("worklist:worklist"), {"show": "everyone"}).content.decode()
    assert "Mine" in mine
    assert "A nurse&#x27;s" not in mine
    assert "A nurse&#x27;s" in everyone
    assert "North&#x27;s" not in everyone


def test_a_restricted_chart_is_not_named(rosa_browser: Client, make_task: MakeTask, make_patient: Any) -> None:
    make_task("Send records", note="Secret", patient=make_patient("Hidden", is_restricted=True))
    html = rosa_browser.get(reverse("worklist:worklist")).content.decode()
    assert "Restricted chart" in html
    assert "Hidden" not in html
    assert "Secret" not in html


def test_htmx_gets_only_the_reader(rosa_browser: Client, make_task: MakeTask) -> None:
    item = make_task()
    html = rosa_browser.get(reverse("worklist:item", args=[item.pk]), headers=HTMX).content.decode()
    assert html.strip().startswith('<div id="reader">')
    assert "<html" not in html


def test_finishing_offers_undo(rosa_browser: Client, make_task: MakeTask) -> None:
    item = make_task()
    answer = rosa_browser.post(reverse("worklist:finish", args=[item.pk]), follow=True)
    assert "Done: Call the pharmacy back" in answer.content.decode()
    undo = reverse("worklist:reopen", args=[item.pk])
    assert undo in answer.content.decode()
    rosa_browser.post(undo)
    item.refresh_from_db()
    assert item.done_at is None


def test_a_refusal_says_why_and_that_nothing_changed(
    rosa_browser: Client, make_task: MakeTask, tess: StaffActor
) -> None:
    item = take(tess, item=make_task())
    answer = rosa_browser.post(reverse("worklist:finish", args=[item.pk]))
    assert answer.status_code == 422
    assert "Tess Okoye has this in hand" in answer.content.decode()
    assert "Nothing was changed" in answer.content.decode()


def test_asking_by_form_and_handing_over(rosa_browser: Client, rosa: StaffActor) -> None:
    typed = {"title": "Call the lab", "whom": "role:front_desk", "due": "60", "urgency": "2"}
    assert rosa_browser.post(reverse("worklist:ask"), typed).status_code == 303
    item = WorkItem.objects.get()
    assert item.location_id == rosa.at
    assert item.due_at is not None
    answer = rosa_browser.post(reverse("worklist:hand_over", args=[item.pk]), {"whom": "role:nurse"})
    assert answer.status_code == 303
    item.refresh_from_db()
    assert item.for_role == "nurse"


def test_an_empty_form_says_what_is_missing_and_keeps_what_was_typed(rosa_browser: Client) -> None:
    answer = rosa_browser.post(reverse("worklist:ask"), {"title": "Call the lab", "urgency": "2"}, headers=HTMX)
    assert answer.status_code == 422
    assert 'value="Call the lab"' in answer.content.decode()
    assert "What you typed is still here" in answer.content.decode()


def test_parking_a_form_and_resuming_brings_back_what_was_typed(rosa_browser: Client, rosa: StaffActor) -> None:
    typed = {"title": "Call the lab", "parked_title": "New task", "parked_link": reverse("worklist:ask")}
    assert rosa_browser.post(reverse("worklist:park"), typed)["Location"] == "/"
    now = rosa_browser.get("/").content.decode()
    assert "Parked by you" in now
    resume = now.split('action="/parked/')[1].split('"')[0]
    page = rosa_browser.post(f"/parked/{resume}", follow=True).content.decode()
    assert "Call the lab" in page.split('id="resumed"')[1]
    assert "Call the lab" not in rosa_browser.get(reverse("worklist:ask")).content.decode()


def test_what_another_parked_is_not_there(rosa_browser: Client, tess: StaffActor) -> None:
    parked = park(tess, title="Registration", link=reverse("worklist:ask"))
    assert rosa_browser.post(reverse("worklist:resume", args=[parked.pk])).status_code == 404


def test_another_locations_task_is_not_there(rosa_browser: Client, make_task: MakeTask, north: Location) -> None:
    item = make_task(location=north)
    assert rosa_browser.post(reverse("worklist:take", args=[item.pk])).status_code == 404


@pytest.mark.parametrize("tasks", [1, 40])
def test_the_queries_do_not_grow_with_the_tasks(
    tasks: int, rosa_browser: Client, make_task: MakeTask, make_patient: Any, django_assert_max_num_queries: Any
) -> None:
    for n in range(tasks):
        make_task(f"Task {n}", patient=make_patient(f"Family{n}"))
    rosa_browser.get("/")
    with django_assert_max_num_queries(12):
        rosa_browser.get(reverse("worklist:worklist"))
