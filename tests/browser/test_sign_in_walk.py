"""The first page in a real browser: it opens, it has no accessibility findings, it works without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page


@pytest.mark.parametrize("which", ["desk", "dark_desk", "plain_desk"])
def test_the_first_page_greets_the_member_who_signed_in(which: str, request: pytest.FixtureRequest) -> None:
    page: Page = request.getfixturevalue(which)
    assert page.locator("h1").count() == 1
    assert "account/login" not in page.url


@pytest.mark.parametrize("which", ["desk", "dark_desk"])
def test_axe_finds_nothing_on_the_first_page(
    which: str, request: pytest.FixtureRequest, axe: Callable[[Page], None]
) -> None:
    axe(request.getfixturevalue(which))
