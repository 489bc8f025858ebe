"""Payers and the clearinghouse …"""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from office.audit.models import Entry
from office.billing.actions.payers import add_payer, change_payer, set_clearinghouse, set_clearinghouse_password
from office.billing.models import Clearinghouse
from office.billing.queries.clearinghouse import password_of
from office.core.actions import Refused
from office.patients.models import Payer
from office.practice.models import HalfTyped, Location
from office.staff.models import StaffActor

pytestmark = pytest.mark.django_db
SENT = {"name": "Aetna", "is_active": "on"}


def test_a_payer_is_written_down_once_however_it_is_spelled(bao: StaffActor, aetna: Payer) -> None:
    with pytest.raises(Refused, match="already a payer named Aetna"):
        add_payer(bao, name="AETNA", kind="commercial")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"payer_code": "60054!"}, "letters and digits"),
        ({"filing_indicator": "QQ"}, "no claim-filing indicator"),
        ({"timely_filing_days": 90, "timely_filing_source": ""}, "Say where the limit is written"),
        ({"timely_filing_days": 90}, "Say where the limit is written"),
    ],
)
def test_refuses_what_a_claim_would_come_back_for(
    bao: StaffActor, aetna: Payer, changes: dict[str, Any], words: str
) -> None:
    with pytest.raises(Refused, match=words):
        change_payer(bao, payer=aetna, **changes)


def test_the_desk_may_not_change_a_payer(rosa: StaffActor, aetna: Payer) -> None:
    with pytest.raises(PermissionDenied):
        change_payer(rosa, payer=aetna, payer_code="60054")


def test_what_fits_is_saved_and_the_limit_waits_for_its_source(bao_browser: Client, aetna: Payer) -> None:
    url = reverse("billing:set_up_payer", args=[aetna.pk])
    answer = bao_browser.post(url, {**SENT, "payer_code": "60054", "timely_filing_days": "120"})
    assert answer.status_code == 422
    aetna.refresh_from_db()
    assert (aetna.payer_code, aetna.timely_filing_days) == ("60054", None)
    sent = {**SENT, "payer_code": "60054", "timely_filing_days": "120", "timely_filing_source": "Contract, 4.2"}
    assert bao_browser.post(url, sent).status_code == 303
    aetna.refresh_from_db()
    assert (aetna.timely_filing_days, aetna.timely_filing_source) == (120, "Contract, 4.2")


def test_a_new_payer_leads_on_to_what_its_claims_need(bao_browser: Client, main_street: Location) -> None:
    answer = bao_browser.post(reverse("billing:set_up_payers"), {"name": "Summit", "kind": "commercial"})
    assert answer["Location"] == reverse("billing:set_up_payer", args=[Payer.objects.get().pk])


def test_a_biller_is_offered_nothing_that_only_an_administrator_may_do(
    bao_browser: Client, main_street: Location
) -> None:
    assert b"Put off" not in bao_browser.get(reverse("billing:set_up_payers")).content


# --- the clearinghouse


@pytest.fixture
def way(bao: StaffActor) -> Clearinghouse:
    return set_clearinghouse(bao, name="Hillside Clearing", connection="sftp", host="sftp.example.com")


def test_an_office_has_one_clearinghouse(bao: StaffActor, way: Clearinghouse) -> None:
    set_clearinghouse(bao, name="Other Clearing")
    assert Clearinghouse.objects.get().name == "Other Clearing"


def test_says_what_the_connection_still_needs(bao: StaffActor, way: Clearinghouse) -> None:
    assert way.missing == [
        "submitter ID", "receiver ID", "user name", "password", "folder to send from", "folder to fetch from",
    ]  # fmt: skip
    way = set_clearinghouse(bao, name=way.name, connection="portal", submitter_id="S1", receiver_id="R1")
    assert way.missing == []


def test_the_password_is_sealed_to_its_row_and_stands_nowhere_else(bao: StaffActor, way: Clearinghouse) -> None:
    set_clearinghouse_password(bao, clearinghouse=way, password="correct horse")
    row = Clearinghouse.objects.get()
    assert b"correct horse" not in bytes(row.sealed_password or b"")
    assert password_of(row) == "correct horse"
    assert "correct horse" not in json.dumps([entry.details for entry in Entry.objects.all()], default=str)
    other = Clearinghouse(sealed_password=row.sealed_password)
    with pytest.raises(ValueError, match="cannot be opened"):
        password_of(other)


def test_the_password_is_never_shown_and_never_half_kept(bao_browser: Client, way: Clearinghouse) -> None:
    url = reverse("billing:clearinghouse_password")
    assert bao_browser.post(url, {"password": "correct horse"}).status_code == 303
    too_long = "x" * 201
    answer = bao_browser.post(url, {"password": too_long})
    assert answer.status_code == 422
    assert too_long not in answer.content.decode()
    assert not HalfTyped.objects.exists()
    shown = bao_browser.get(reverse("billing:set_up_clearinghouse")).content.decode()
    assert "correct horse" not in shown
    assert "Tran set it on" in shown


def test_the_agreement_has_its_day(bao_browser: Client, main_street: Location) -> None:
    sent = {"name": "Hillside Clearing", "connection": "portal", "port": "22", "agreement_on": "2026-11-01"}
    assert bao_browser.post(reverse("billing:set_up_clearinghouse"), {**sent, "stay": "yes"}).status_code == 303
    assert Clearinghouse.objects.get().agreement_on == date(2026, 11, 1)
