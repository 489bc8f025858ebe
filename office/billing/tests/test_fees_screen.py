"""The fee schedule on screen …"""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from office.audit.models import Entry
from office.billing.actions.fees import set_fee
from office.billing.models import Fee
from office.core.actions import Refused
from office.practice.models import Location
from office.staff.models import StaffActor

pytestmark = pytest.mark.django_db
SENT = {"code": "G0439", "amount": "$1,145.50", "starts_on": "2026-01-01"}


@pytest.fixture
def now() -> date:
    return timezone.localdate()


def test_a_price_is_kept_in_cents_from_its_day_on(bao_browser: Client, main_street: Location) -> None:
    assert bao_browser.post(reverse("billing:fees"), SENT).status_code == 303
    row = Fee.objects.get()
    assert (row.code, row.amount_cents, row.starts_on) == ("G0439", 114_550, date(2026, 1, 1))
    shown = bao_browser.get(reverse("billing:fees"), {"q": "g04"}).content.decode()
    assert "$1,145.50" in shown


def test_a_new_day_makes_a_new_price_and_the_same_day_corrects_it(bao: StaffActor, now: date) -> None:
    set_fee(bao, code="G0439", amount_cents=100, starts_on=now - timedelta(days=9))
    set_fee(bao, code="G0439", amount_cents=200, starts_on=now)
    set_fee(bao, code="G0439", amount_cents=250, starts_on=now)
    assert [row.amount_cents for row in Fee.objects.all()] == [250, 100]
    corrected = Entry.objects.filter(verb="fee.set").latest("at").details
    assert (corrected["before"]["amount_cents"], corrected["after"]["amount_cents"]) == (200, 250)


def test_only_the_price_that_holds_is_in_force(bao: StaffActor, now: date) -> None:
    for days, cents in ((400, 100), (30, 200), (-30, 300)):
        set_fee(bao, code="G0439", amount_cents=cents, starts_on=now - timedelta(days=days))
    set_fee(bao, code="G0439", modifiers="25", amount_cents=400, starts_on=now)
    ended = now - timedelta(days=1)
    set_fee(bao, code="FORM", amount_cents=500, starts_on=now - timedelta(days=9), ends_on=ended)
    assert list(Fee.objects.in_force(now).values_list("amount_cents", flat=True)) == [200, 400]
    assert list(Fee.objects.in_force(ended).values_list("amount_cents", flat=True)) == [500, 200]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"amount": "lots"}, "This is no amount"),
        ({"amount": "-5"}, "less than nothing"),
        ({"modifiers": "259"}, "two letters or digits"),
        ({"code": "G 0439!"}, "letters and digits"),
        ({"ends_on": "2025-12-31"}, "end before it begins"),
    ],
)
def test_says_what_is_wrong_with_a_price(
    bao_browser: Client, main_street: Location, said: dict[str, str], words: str
) -> None:
    answer = bao_browser.post(reverse("billing:fees"), {**SENT, **said})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Fee.objects.exists()


def test_shows_every_price_of_its_line_alone(bao_browser: Client, bao: StaffActor, main_street: Location) -> None:
    first = set_fee(bao, code="G0439", amount_cents=100_00, starts_on=date(2025, 1, 1))
    set_fee(bao, code="G0439", amount_cents=200_00, starts_on=date(2026, 1, 1))
    set_fee(bao, code="G0439", modifiers="25", amount_cents=300_00, starts_on=date(2026, 1, 1))
    shown = bao_browser.get(reverse("billing:fee", args=[first.pk])).content.decode()
    assert "$100.00" in shown
    assert "$200.00" in shown
    assert "$300.00" not in shown


def test_a_mistyped_price_is_refused_by_the_action_too(bao: StaffActor, now: date) -> None:
    for said in ({"amount_cents": -1}, {"modifiers": "2"}, {"code": ""}, {"ends_on": now - timedelta(days=1)}):
        wanted: dict[str, Any] = {"code": "G0439", "amount_cents": 1, "starts_on": now, **said}
        with pytest.raises(Refused):
            set_fee(bao, **wanted)


def test_the_desk_sets_no_prices(rosa: StaffActor, now: date) -> None:
    with pytest.raises(PermissionDenied):
        set_fee(rosa, code="G0439", amount_cents=1, starts_on=now)


def test_a_biller_is_not_offered_to_load_what_an_administrator_loads(
    bao_browser: Client, main_street: Location
) -> None:
    assert b"Look through it" not in bao_browser.get(reverse("billing:fees")).content
