"""Enrollment by keys: arrows move, a letter says how it stands, Shift says it for every provider."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from conftest import MakeMember
from office.billing.models import Enrollment
from office.patients.models import Payer
from office.staff.models import Provider
from office.staff.permissions import RoleName
from tests.browser.conftest import AxeFindings, OpenPage

pytestmark = pytest.mark.browser


@pytest.fixture
def payers(real_database: object) -> list[Payer]:
    return [Payer.objects.create(name=name) for name in ("Aetna", "Summit")]


@pytest.fixture
def providers(payers: list[Payer], dr_chen: Provider) -> list[Provider]:
    return [dr_chen, Provider.objects.create(given_name="Lena", family_name="Voss", credential="NP", position=9)]


@pytest.fixture
def biller(client: Client, payers: list[Payer], make_member: MakeMember) -> Client:
    client.force_login(make_member("bao", RoleName.BILLER))
    return client


def test_a_letter_sets_the_cell_and_the_focus_stays_there(
    open_page: OpenPage, biller: Client, payers: list[Payer], providers: list[Provider]
) -> None:
    page = open_page(biller, path="/billing/payers/enrollment/?for=835")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    cell = page.locator(f"#cell-{payers[1].pk}-{providers[1].pk}")
    expect(cell).to_be_focused()
    page.keyboard.press("a")
    expect(cell).to_have_text("Approved")
    expect(cell).to_be_focused()
    row = Enrollment.objects.get()
    assert (row.payer, row.provider, row.transaction, row.state) == (payers[1], providers[1], "835", "approved")


def test_shift_says_it_for_every_provider_of_the_payer(
    open_page: OpenPage, biller: Client, payers: list[Payer], providers: list[Provider], axe_findings: AxeFindings
) -> None:
    page = open_page(biller, path="/billing/payers/enrollment/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+N")
    expect(page.locator(f"#line-{payers[0].pk}").get_by_text("Not needed")).to_have_count(2)
    assert axe_findings(page) == []


def test_a_denial_leads_to_its_reason(
    open_page: OpenPage, biller: Client, payers: list[Payer], providers: list[Provider]
) -> None:
    page = open_page(biller, path="/billing/payers/enrollment/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("d")
    expect(page.get_by_role("radio", name="Denied")).to_be_checked()
    page.get_by_label("Their reference").fill("TIN does not match")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="Enrollment")).to_be_visible()
    assert Enrollment.objects.get().note == "TIN does not match"
