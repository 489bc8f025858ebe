"""The first page in a real browser: it opens, it has no accessibility findings, it works without JavaScript."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import AxeFindings


@pytest.mark.parametrize("which", ["desk", "dark_desk", "plain_desk"])
def test_the_first_page_greets_the_member_who_signed_in(which: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(which)
    assert page.locator("h1").count() == 1
    assert "account/login" not in page.url


@pytest.mark.parametrize("which", ["desk", "dark_desk"])
def test_axe_finds_nothing_on_the_first_page(
    which: str, request: pytest.FixtureRequest, axe_findings: AxeFindings
) -> None:
    assert axe_findings(request.getfixturevalue(which)) == []
