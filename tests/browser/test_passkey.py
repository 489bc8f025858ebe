"""A key from its first touch to its loss, in a real browser with a key of software."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import Page, expect

from office.staff.models import Member
from tests.browser.conftest import AxeFindings, OpenPage

PASSWORD = "correct horse battery"


@pytest.fixture
def page(open_page: OpenPage, rosa_member: Member, settings: Any) -> Page:
    """A browser with a key at the sign-in page of a real office, where everyone needs a second factor."""
    settings.STATE_KIND = "office"
    cache.clear()
    rosa_member.set_password(PASSWORD)
    rosa_member.save()
    page = open_page(path="/account/login/")
    told = page.context.new_cdp_session(page)
    told.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    told.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}},
    )
    return page


def by_password(page: Page) -> None:
    page.goto("/account/login/?someone=else")
    page.locator("[name=login]").fill("rosa")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in with password").click()


def leave(page: Page) -> None:
    page.context.clear_cookies()


def test_is_added_opens_alone_and_as_second_factor_and_its_loss_is_survived(
    page: Page, axe_findings: AxeFindings
) -> None:
    by_password(page)
    page.get_by_role("link", name="Add a key").click()
    page.get_by_role("button", name="Add it").click()
    codes = page.get_by_label("Recovery codes not used yet").input_value().split()
    assert len(codes) == 10
    page.get_by_role("link", name="Go on").click()
    expect(page.locator("[data-attended]")).to_have_count(1)

    leave(page)
    page.goto("/account/login/")
    page.get_by_role("button", name="Sign in with your key").click()
    expect(page.locator("[data-attended]")).to_have_count(1)

    page.locator("form[action='/staff/lock/']").first.evaluate("form => form.requestSubmit()")
    page.get_by_role("link", name="Use your key").click()
    assert axe_findings(page) == []
    page.get_by_role("button", name="Use your key").click()
    expect(page.locator("[data-attended]")).to_have_count(1)

    leave(page)
    by_password(page)
    page.get_by_role("button", name="Use your key").click()
    expect(page.locator("[data-attended]")).to_have_count(1)

    leave(page)  # the key is lost
    by_password(page)
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.locator("[data-attended]")).to_have_count(1)

    for screen in ("Rename", "Remove"):
        page.goto("/account/passkeys/")
        page.get_by_role("link", name=screen).click()
        if page.locator("[name=password]").count():
            page.locator("[name=password]").fill(PASSWORD)
            page.get_by_role("button", name="Go on").click()
        assert axe_findings(page) == []
    page.get_by_role("button", name="Remove it").click()
    expect(page.get_by_text("You have no key yet")).to_be_visible()
    assert not Authenticator.objects.exists()
    page.goto("/")  # without a second factor a real office opens nothing but adding one
    assert "/account/second-factor/" in page.url
