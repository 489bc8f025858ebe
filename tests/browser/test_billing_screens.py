"""The biller's screens, in both themes and on a phone: axe finds nothing, and the page never scrolls sideways."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from conftest import MakeMember
from office.billing.models import Clearinghouse, Enrollment, Fee
from office.patients.models import Payer
from office.practice.models import Location
from office.scheduling.models import PlanTaken
from office.staff.models import Provider
from office.staff.permissions import RoleName
from tests.browser.conftest import AxeFindings, OpenPage

pytestmark = pytest.mark.browser

SCREENS = {
    "payers": "/billing/payers/",
    "payer": "/billing/payers/{payer}/",
    "clearinghouse": "/billing/payers/clearinghouse/",
    "enrollment": "/billing/payers/enrollment/?for=835",
    "one enrollment": "/billing/payers/{payer}/enrollment/835/{provider}/",
    "fees": "/billing/fees/",
    "fee": "/billing/fees/{fee}/",
    "plans taken": "/set-up/plans/{provider}/",
    "old system": "/practice/set-up/old-system/",
}
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture
def keys(real_database: object, main_street: Location, dr_chen: Provider) -> dict[str, object]:
    """A row for each parameter of the addresses, and something to see on each screen."""
    payer = Payer.objects.create(name="Summit Advantage", payer_code="87726")
    Clearinghouse.objects.create(name="Hillside", connection=Clearinghouse.Connection.SFTP)
    Enrollment.objects.create(
        payer=payer, provider=dr_chen, transaction="835", state="requested", on=date(2020, 1, 1), by_label="Bao"
    )
    PlanTaken.objects.create(provider=dr_chen, payer=payer, applied_on=date(2020, 1, 1))
    fee = Fee.objects.create(code="G0439", amount_cents=14_500, starts_on=timezone.localdate(), words="Wellness visit")
    return {"payer": payer.pk, "provider": dr_chen.pk, "fee": fee.pk}


@pytest.fixture
def administrator(client: Client, keys: dict[str, object], make_member: MakeMember) -> Client:
    client.force_login(make_member("adele", RoleName.ADMINISTRATOR))
    return client


@pytest.mark.parametrize(
    ("theme", "viewport"),
    [("light", WIDE), ("dark", WIDE), ("light", PHONE), ("dark", PHONE)],
    ids=["light", "dark", "phone", "dark-phone"],
)
def test_are_without_fault_for_axe_and_never_scroll_sideways(
    theme: str,
    viewport: dict[str, int],
    keys: dict[str, object],
    open_page: OpenPage,
    administrator: Client,
    axe_findings: AxeFindings,
) -> None:
    page = open_page(administrator, color_scheme=theme, viewport=viewport)
    found = {}
    for screen, path in SCREENS.items():
        page.goto(path.format(**keys))
        page.wait_for_load_state("networkidle")
        wide = page.evaluate("document.scrollingElement.scrollWidth > innerWidth")
        if faults := [*axe_findings(page), *(["it scrolls sideways"] if wide else [])]:
            found[screen] = faults
    assert found == {}
