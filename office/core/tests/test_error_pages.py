"""When something is wrong, a page says what, and that nothing was lost."""

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client

pytestmark = pytest.mark.django_db


def test_an_address_that_is_not_there(rosa_browser: Client) -> None:
    answer = rosa_browser.get("/nowhere/")
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_a_form_without_its_token(rosa_browser: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = rosa_browser.cookies
    answer = strict.post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "open too long" in answer.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html", "500.html"])
def test_the_page_stands_without_a_request(name: str) -> None:
    page = render_to_string(name)
    assert "hanged" in page or "saved" in page
    assert 'href="/"' in page


def test_a_fault_of_ours_shows_nothing_of_what_was_asked(rosa_browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(request: HttpRequest) -> None:
        raise RuntimeError("Marsh, Ana")

    monkeypatch.setattr("office.core.palette.answer", fail)
    monkeypatch.setattr("office.core.views.answer", fail)
    rosa_browser.raise_request_exception = False
    answer = rosa_browser.post("/search/", {"q": "Marsh"})
    assert answer.status_code == 500
    assert "Marsh" not in answer.content.decode()
    assert "went wrong on our side" in answer.content.decode()
