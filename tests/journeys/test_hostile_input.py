"""Every address, sent what nobody types: it may refuse in any way, but it may not fail.

What is sent is named as the program names it: each field of a form and each name that a view reads. A new form or
parameter is tried without being listed here.
"""

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.test import Client

from conftest import MakeMember
from office.staff.models import Role
from office.staff.permissions import RoleName
from tests.access_table import ACCESS
from tests.journeys.test_access import EVERY_ADDRESS, path_of

pytestmark = pytest.mark.django_db
READ = re.compile(r'request\.(?:GET|POST)(?:\.get(?:list)?\(|\[)"(\w+)"|"(\w+)" in request\.(?:GET|POST)')
NASTY = {
    "nothing": "",
    "a zero byte": "Ana\x00",
    "another line": "Ana\r\nSet-Cookie: session=1",
    "SQL": "1'); DROP TABLE patients_patient; --",
    "a pattern": "%_\\%'\"*:&|!()<->",
    "another direction": "\u202eanA\u202c\u200b\ufeff",
    "a long text": "Ñ" * 5_000,
    "a path": "../../../../etc/passwd",
    "an address elsewhere": "https://evil.example/",
    "a number too large": "9" * 40,
    "no number": "NaN",
    "a negative number": "-1",
    "a day too far": "9999-12-31",
    "a day too early": "0001-01-01",
    "a key of nothing": "00000000-0000-0000-0000-000000000000",
    "a place in a list": "00000000-0000-0000-0000-000000000000~\x00",
    "a place before time": "00000000-0000-0000-0000-000000000000~0001-01-01T00:00:00+14:00",
}
CAST = ("ana", "dr_chen", "main_street", "visit_today", "follow_up")
PLAUSIBLE = ("1", "on", "2026-11-23", "10:00", "04/09/1984", "Marsh", "845-555-0142", "when", "up", "role:nurse")
EVERYWHERE = ("nothing", "a zero byte", "SQL", "a long text", "an address elsewhere", "a day too far")
#: Refused at the door, so that nothing behind it would be tried.
WHOLE = [value for value in NASTY.values() if "\x00" not in value]
ADDRESSES = sorted(set(ACCESS) & set(EVERY_ADDRESS) - {"account_logout", "staff:lock"})


def _forms(kind: type[forms.BaseForm] = forms.BaseForm) -> Iterator[type[forms.BaseForm]]:
    for below in kind.__subclasses__():
        yield below
        yield from _forms(below)


def _names() -> list[str]:
    """Return every name under which the program reads something that was sent."""
    sources = (path.read_text(encoding="utf-8") for path in (Path(settings.ROOT) / "office").rglob("*.py"))
    read = {name for text in sources for pair in READ.findall(text) for name in pair if name}
    asked = {name for form in _forms() for name in getattr(form, "base_fields", {})}
    return sorted(read | asked)


@pytest.fixture
def everybody(make_member: MakeMember) -> Client:
    """A browser of someone who holds every role, so that no permission stands before the fault."""
    member = make_member("everybody", RoleName.ADMINISTRATOR)
    Role.objects.bulk_create(Role(member=member, name=role) for role in RoleName if role != RoleName.ADMINISTRATOR)
    browser = Client()
    browser.force_login(member)
    return browser


@pytest.mark.parametrize("name", ADDRESSES)
def test_no_address_fails_on_what_it_is_sent(name: str, everybody: Client, request: pytest.FixtureRequest) -> None:
    path, names = path_of(name, request), _names()
    faults = [fault for told in EVERYWHERE for fault in _both(everybody, path, dict.fromkeys(names, NASTY[told]), told)]
    assert not [*faults, *_mixed(name, range(5), everybody, request)]


@pytest.mark.long
@pytest.mark.parametrize("name", ADDRESSES)
def test_no_address_fails_on_any_mixture(name: str, everybody: Client, request: pytest.FixtureRequest) -> None:
    assert not _mixed(name, range(5, 60), everybody, request)


def _mixed(name: str, seeds: range, browser: Client, request: pytest.FixtureRequest) -> list[str]:
    """Send some of the names, each with a value that is right somewhere or right nowhere; return what went wrong."""
    path, names = path_of(name, request), _names()
    cast = [str(request.getfixturevalue(one).pk) for one in CAST]
    faults: list[str] = []
    for seed in seeds:
        chance = random.Random(f"{name} {seed}")
        sent = {one: chance.choice([*cast, *PLAUSIBLE, *PLAUSIBLE, *WHOLE]) for one in names}
        some = {one: value for one, value in sent.items() if chance.random() < 0.8}
        faults += _both(browser, path, some, f"seed {seed}")
    return faults


def _both(browser: Client, path: str, sent: dict[str, str], told: str) -> Iterator[str]:
    """Ask and post; yield each answer that is a fault, a header of the sender's making or a way out of the office."""
    for method, answer in (("GET", browser.get(path, sent)), ("POST", browser.post(path, sent))):
        if answer.status_code >= 500 and path != "/health/":
            yield f"{method} {path} with {told}: {answer.status_code}"
        for header, value in answer.headers.items():
            if "Set-Cookie: session=1" in value:
                yield f"{method} {path} with {told} wrote the header {header}"
        where = answer.get("Location", "") + answer.get("HX-Redirect", "")
        if where.startswith(("https://evil", "//")):
            yield f"{method} {path} with {told} leads away to {where}"
