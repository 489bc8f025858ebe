"""A screen that nobody sits at shows no patient, in any tab, without anybody's click."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Page, expect

from office.patients.models import Patient
from office.practice.models import Practice
from office.staff.models import Member
from tests.browser.conftest import OpenPage

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
PASSWORD = "correct horse battery"
LOCKED = "Rosa Delgado, is it you?"


@pytest.fixture
def tabs(open_page: OpenPage, client: Client, rosa_member: Member, ana: Patient) -> Iterator[tuple[Page, Page]]:
    """Two tabs of one browser, the second on Ana's face sheet; the practice locks after two minutes."""
    Practice.objects.update(idle_minutes=2)
    rosa_member.set_password(PASSWORD)
    rosa_member.save()
    with time_machine.travel(NOW, tick=True):
        client.force_login(rosa_member)
        first = open_page(client, path="/staff/account/")
        first.context.clock.install(time=NOW)
        first.goto("/staff/account/")
        second = first.context.new_page()
        second.goto(f"/patients/{ana.pk}/")
        yield first, second


def test_lock_now_in_one_tab_covers_the_other_and_opening_one_opens_both(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    first.get_by_role("button", name="Lock now").first.click()
    expect(first.get_by_text(LOCKED)).to_be_visible()
    expect(second.get_by_text(LOCKED)).to_be_visible()
    expect(second.get_by_text("Marsh")).to_have_count(0)
    first.get_by_label("Password").fill(PASSWORD)
    first.get_by_role("button", name="Go on").click()
    expect(second.get_by_text("Marsh").first).to_be_visible()


def test_covers_every_tab_when_nobody_was_there_for_the_practice_s_time(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    with time_machine.travel(NOW + timedelta(seconds=125), tick=True):
        second.context.clock.fast_forward(125_000)
        expect(second.get_by_text(LOCKED)).to_be_visible()
        expect(first.get_by_text(LOCKED)).to_be_visible()


def test_somebody_typing_in_one_tab_holds_the_other_open(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    for minute in (1.1, 2.2, 3.3):
        with time_machine.travel(NOW + timedelta(minutes=minute), tick=True):
            first.context.clock.fast_forward(66_000)
            with first.expect_response(lambda answer: answer.request.method == "POST") as told:
                first.keyboard.press("Shift")
            assert told.value.status == 200
    with time_machine.travel(NOW + timedelta(minutes=3.4), tick=True):
        expect(second.get_by_text("Marsh").first).to_be_visible()
        assert LOCKED not in second.content()


def test_signing_out_in_one_tab_empties_the_other(tabs: tuple[Page, Page]) -> None:
    first, second = tabs
    first.evaluate("document.querySelector('form[action=\"/account/logout/\"]').requestSubmit()")
    expect(second.get_by_text("Marsh")).to_have_count(0)
    assert "/account/login/" in second.url
