"""The walk: every address, with real requests, as every role and as nobody, against tests/access_table.py."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from conftest import MakeMember
from office.core.permissions import Permission
from office.staff.permissions import MAY, RoleName
from tests.access_table import ACCESS, ANYONE, NOT_THERE, SUBJECTS, Both, Key

A_PASSWORD = make_password("the walker knows one")
HOW = "See the first lines of tests/access_table.py."


def addresses(resolver: URLResolver, prefix: str = "/", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield (view name, path with ``<converter:parameter>``) of every address below the resolver."""
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from addresses(entry, route, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", route


EVERY_ADDRESS = dict(addresses(get_resolver()))


@pytest.fixture
def staff(make_member: MakeMember) -> dict[RoleName, Client]:
    """A browser for each role, signed in as someone who holds it everywhere and nothing else."""
    browsers = {}
    for role in RoleName:
        member = make_member(f"walker-{role.value}", role)
        member.password = A_PASSWORD
        member.save()
        browsers[role] = Client(raise_request_exception=False)
        browsers[role].force_login(member)
    return browsers


def path_of(name: str, request: pytest.FixtureRequest) -> str:
    """Fill the parameters of the address with rows of the cast."""
    path = EVERY_ADDRESS[name]
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        parameter = path[start + 1 : end].rpartition(":")[2]
        subject = SUBJECTS.get(f"{name} {parameter}") or SUBJECTS.get(parameter)
        assert subject, f"{name} has a parameter {parameter!r} without a row in SUBJECTS. {HOW}"
        fixture, written = subject
        path = path[:start] + written(request.getfixturevalue(fixture)) + path[end + 1 :]
    return path


def may_reach(role: RoleName, key: Key) -> bool:
    return key in MAY[role] if isinstance(key, Permission) else True


def test_every_address_has_a_line_and_every_line_an_address() -> None:
    missing, gone = set(EVERY_ADDRESS) - set(ACCESS), set(ACCESS) - set(EVERY_ADDRESS)
    assert not missing, f"Say who may reach {sorted(missing)} in ACCESS. {HOW}"
    assert not gone, f"Take {sorted(gone)} out of ACCESS: there is no such address. {HOW}"


@pytest.mark.parametrize("name", sorted(set(ACCESS) & set(EVERY_ADDRESS)))
def test_every_url_for_every_role(name: str, staff: dict[RoleName, Client], request: pytest.FixtureRequest) -> None:
    line = ACCESS[name]
    rights = {"GET": line.see, "POST": line.change} if isinstance(line, Both) else {"GET": line, "POST": line}
    path = path_of(name, request)
    fine = {404} if name in NOT_THERE else {503} if name == "home:health" else set()  # no worker runs here
    for method, key in rights.items():
        if key != ANYONE:
            answer = Client().generic(method, path)
            assert answer.status_code in (302, 401, 405), f"{method} {path} answered a stranger {answer.status_code}"
            assert answer.status_code != 302 or answer["Location"].startswith("/account/login/"), path
        for role, browser in staff.items():
            status = browser.generic(method, path, b"").status_code
            told = f"{method} {path} answered {role.value} with {status}"
            if may_reach(role, key):
                allowed = status < 400 or status in (405, 422) or status in fine or (method == "POST" and status == 404)
                assert allowed, f"{told}; ACCESS says that {key} is enough. {HOW}"
            else:
                assert status in (403, 405), f"{told}; ACCESS asks for {key}, so it must be 403. {HOW}"


@pytest.mark.parametrize("name", sorted(set(ACCESS) & set(EVERY_ADDRESS)))
def test_every_answer_carries_the_headers_that_protect_it(
    name: str, staff: dict[RoleName, Client], request: pytest.FixtureRequest
) -> None:
    path = path_of(name, request)
    for browser in (Client(), staff[RoleName.FRONT_DESK]):
        answer = browser.get(path)
        assert "no-store" in answer["Cache-Control"], path
        assert answer["X-Content-Type-Options"] == "nosniff", path
        assert answer["X-Frame-Options"] == "DENY", path
        assert answer["Referrer-Policy"] == "same-origin", path
        policy = answer["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy, path


@pytest.mark.parametrize("name", sorted(set(ACCESS) & set(EVERY_ADDRESS)))
def test_no_change_is_taken_without_the_token_against_forgery(
    name: str, staff: dict[RoleName, Client], request: pytest.FixtureRequest
) -> None:
    path = path_of(name, request)
    for browser in staff.values():
        strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
        strict.cookies = browser.cookies
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert strict.generic(method, path, b"").status_code in (403, 405), f"{method} {path}"
