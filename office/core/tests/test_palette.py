"""One box that finds people, goes places and does things."""

from datetime import date
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from office.core import palette
from office.core.actors import Actor, Automation
from office.core.ids import uuid7
from office.core.permissions import Permission
from office.core.wiring import Hit, PatientCommand, Screen, Wiring

ANA, BEN = uuid7(), uuid7()
GO = Screen("Flow board", "home:now", "board", "Today", Permission.SEE_SCHEDULE, "g d")
DO = Screen("New task", "worklist:ask", "work", "Today", Permission.DO_WORK)
VERB = PatientCommand("Ask someone", "worklist:ask_about", "work", Permission.OPEN_CHARTS, "t")


def people(actor: Actor, text: str, limit: int) -> list[Hit]:
    def hit(name: str, key: UUID) -> Hit:
        return Hit(name, "patient", "Patients", "", date(1984, 4, 9), "Seen today", key)

    return [hit("Marsh, Ana", ANA), hit("Marsh, Ben", BEN)][:limit] if text.startswith("mar") else []


@pytest.fixture(autouse=True)
def wired(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = Wiring(screens=[GO], commands=[DO], patient_commands=[VERB], palette_searches=[people])
    monkeypatch.setattr(palette, "wiring", lambda: offered)


def actor(*permissions: Permission) -> Automation:
    return Automation("test", permissions)


def test_without_words_shows_where_to_go_and_what_to_do() -> None:
    groups = palette.answer(actor(Permission.SEE_SCHEDULE, Permission.DO_WORK), "")
    assert [(group.title, [row.label for row in group.rows]) for group in groups] == [
        ("Do", ["New task"]),
        ("Go", ["Flow board"]),
    ]


def test_offers_nothing_that_the_person_may_not_do() -> None:
    assert palette.answer(actor(), "") == []
    assert [group.title for group in palette.answer(actor(), "mar")] == ["Patients"]


def test_each_person_brings_their_own_verbs_and_the_first_ones_show() -> None:
    groups = palette.answer(actor(Permission.OPEN_CHARTS), "mar")
    verbs = [(group.title, group.for_row, group.is_first) for group in groups[1:]]
    assert verbs == [("Do, for Marsh, Ana", "hit-1", True), ("Do, for Marsh, Ben", "hit-2", False)]
    assert groups[1].rows[0].url == reverse("worklist:ask_about", args=[ANA])


@pytest.mark.parametrize("text", ["flow", "FLOW", "board", "fl bo", "bo"])
def test_finds_a_screen_by_the_beginning_of_its_words(text: str) -> None:
    assert [group.title for group in palette.answer(actor(Permission.SEE_SCHEDULE), text)] == ["Go"]


def test_says_how_many_it_found() -> None:
    assert palette.words_for(palette.answer(actor(), "mar")) == "2 patients"
    assert palette.words_for(palette.answer(actor(), "zzz")) == "Nothing found"


@pytest.mark.django_db
def test_asks_in_the_body_and_answers_without_javascript(rosa_browser: Client) -> None:
    page = rosa_browser.post(reverse("core:palette"), {"q": "mar"}).content.decode()
    assert "<html" in page
    assert '<mark>Mar</mark>sh, Ana</span> <time class="who__born">04/09/1984' in page
    assert 'method="post"' in page


@pytest.mark.django_db
def test_a_name_in_the_address_is_not_searched(rosa_browser: Client) -> None:
    assert "Marsh" not in rosa_browser.get(reverse("core:palette"), {"q": "mar"}).content.decode()


@pytest.mark.django_db
def test_htmx_gets_only_the_rows(rosa_browser: Client) -> None:
    rows = rosa_browser.post(reverse("core:palette"), {"q": "mar"}, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in rows
    assert rows.count("data-row") == 4


@pytest.mark.django_db
def test_what_was_asked_is_shown_as_text(rosa_browser: Client) -> None:
    page = rosa_browser.post(reverse("core:palette"), {"q": "<script>x"}).content.decode()
    assert "&lt;script&gt;x" in page
    assert "<script>x" not in page
