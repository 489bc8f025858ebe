"""What a signed-in session must be before any view runs: young, attended, and proved by a second factor.

One place, so that a new screen, the API or a refresh cannot forget it.
"""

import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.defaults import permission_denied
from django_htmx.http import HttpResponseClientRedirect

from office.audit import trail
from office.audit.models import Entry
from office.staff.passwords import Busy

LONGEST = 12 * 60 * 60  # seconds from sign-in, whatever is done
STEP = 20  # seconds between two notes of "somebody is here", so that reading does not become writing

#: What a locked session may still reach: proving who sits there, or leaving.
UNLOCKING = {"account_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout", "core:theme"}
#: What a session without a second factor may reach: getting one.
ENROLLING = UNLOCKING | {
    "account_login",
    "account_change_password",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_generate_recovery_codes",
}


def needs_second_factor() -> bool:
    """Everyone in a real office (164.312(d)); the demo and practice mode hold invented people."""
    return bool(settings.STATE_KIND == "office")


def is_locked(session: Any, now: float) -> bool:
    """True when nobody has used the session for the practice's idle time, or somebody locked it."""
    return bool(session.get("locked")) or now - session.get("seen_at", 0) > session.get("idle_minutes", 15) * 60


def seconds_left(session: Any) -> int:
    """Return for how long an unattended session still stays open, in whole seconds."""
    left: float = session["seen_at"] + session.get("idle_minutes", 15) * 60 - time.time()
    return max(0, int(left)) + 1


class SessionGuard:
    """Ends sessions at twelve hours, locks them when idle, and holds back those without a second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: object, kwargs: object
    ) -> HttpResponse | None:
        if not request.user.is_authenticated:
            return None
        now, session = time.time(), request.session
        name = request.resolver_match.view_name if request.resolver_match else ""
        if now - session.get("signed_in_at", 0) > LONGEST:
            logout(request)
            return None if name == "account_login" else to(request, "account_login", back=True)
        if is_locked(session, now):
            return None if name in UNLOCKING else to(request, "account_reauthenticate", back=True)
        if needs_second_factor() and not session.get("second_factor") and name not in ENROLLING:
            if request.method == "GET" and not is_machine(request):
                return to(request, "mfa_index")
            return refuse(request, name)
        if now - session["seen_at"] > STEP and not refreshes_itself(request, view):
            session["seen_at"] = now
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Busy):
            answer = render(request, "429.html", status=429)
            answer["Retry-After"] = "5"
            return answer
        return None


def refuse(request: HttpRequest, screen: str) -> HttpResponse:
    """Answer 403 and leave the entry that a refused view would leave."""
    missing = "second factor"
    trail.record(
        request.actor,  # type: ignore[attr-defined]
        "refused",
        outcome=Entry.Outcome.REFUSED,
        permission=missing,
        screen=screen,
        method=request.method or "",
    )
    return permission_denied(request, PermissionDenied(missing))


def refreshes_itself(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    """True for a request that a page makes by its own clock: it is no sign of a person."""
    return "HX-Polling" in request.headers or getattr(view, "refreshes_itself", False)


def is_machine(request: HttpRequest) -> bool:
    return "Authorization" in request.headers or request.headers.get("Accept", "").startswith("application/")


def to(request: HttpRequest, name: str, *, back: bool = False) -> HttpResponse:
    """Send the browser to a sign-in page, and back to the page it shows once that is done."""
    if is_machine(request):
        return HttpResponse("Sign in again.", status=401, content_type="text/plain")
    url = reverse(name)
    here = page_shown(request)
    if back and here != "/":
        url = f"{url}?{urlencode({'next': here})}"
    return HttpResponseClientRedirect(url) if "HX-Request" in request.headers else HttpResponseRedirect(url)


def page_shown(request: HttpRequest) -> str:
    """Return the path of the page in the browser, which is not the address asked for by htmx or sent by a form."""
    if request.method == "GET" and "HX-Request" not in request.headers:
        return request.get_full_path()
    told = request.headers.get("HX-Current-URL") or request.headers.get("Referer", "")
    host = request.get_host()
    if not url_has_allowed_host_and_scheme(told, {host}, require_https=request.is_secure()):
        return "/"
    return "/" + told.partition("://")[2].partition("/")[2]
