"""The frame around every page."""

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_a_page_has_a_skip_link_a_rail_and_the_name_of_who_is_signed_in(rosa_browser: Client) -> None:
    html = rosa_browser.get("/").content.decode()
    assert 'href="#work"' in html
    assert 'aria-current="page"' in html
    assert "Rosa Delgado" in html
    assert "Main Street" in html


def test_the_frame_costs_few_queries(rosa_browser: Client, django_assert_max_num_queries: object) -> None:
    rosa_browser.get(reverse("core:palette"))
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        rosa_browser.get(reverse("core:palette"))


def test_every_style_sheet_of_the_frame_exists(rosa_browser: Client) -> None:
    html = rosa_browser.get("/").content.decode()
    linked = [part.split('"')[0].removeprefix("/static/") for part in html.split('href="')[1:] if ".css" in part[:60]]
    assert len(linked) > 10
    assert all(finders.find(path) for path in linked)


def test_the_theme_is_kept_by_a_form(rosa_browser: Client) -> None:
    answer = rosa_browser.post(reverse("core:theme"), {"theme": "dark", "next": "/"})
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert '<html lang="en" data-theme="dark"' in rosa_browser.get("/").content.decode()


def test_an_unknown_theme_is_ignored(rosa_browser: Client) -> None:
    rosa_browser.post(reverse("core:theme"), {"theme": '"><b>'})
    assert "theme" not in rosa_browser.cookies


def test_a_form_never_leads_to_another_site(rosa_browser: Client) -> None:
    for foreign in ("https://example.org/", "//example.org", "javascript:alert(1)", "/\\example.org"):
        answer = rosa_browser.post(reverse("core:theme"), {"theme": "dark", "next": foreign})
        assert answer["Location"] == "/"


def test_single_letters_can_be_switched_off(rosa_browser: Client) -> None:
    assert 'data-letters="on"' in rosa_browser.get("/").content.decode()
    rosa_browser.post(reverse("core:letters"), {})
    assert 'data-letters="off"' in rosa_browser.get("/").content.decode()


def test_the_content_security_policy_forbids_inline_code(rosa_browser: Client) -> None:
    policy = rosa_browser.get("/")["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy
