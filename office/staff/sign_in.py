"""Signing in: what allauth asks of us (its adapters), and what we note when it tells us (its signals).

allauth owns the password, second-factor and passkey flows; this file is the only one that hears its signals.
"""

import base64
import time
import unicodedata
from typing import Any

from allauth.account import signals as account_signals
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.mfa import signals as mfa_signals
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from office.audit import trail
from office.audit.models import Entry
from office.core import secrets
from office.core.actors import Visitor
from office.practice.queries import workstation_of
from office.staff.models import Member, WorkstationPerson
from office.staff.queries import idle_minutes

WRONG = "That name and password do not go together. Nothing was changed. Try again, or ask your administrator."


class Backend(AuthenticationBackend):
    """Who has left is told the same as who types a wrong password."""

    @classmethod
    def _stash_user(cls, user: Any) -> None:
        return None


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: members are added by an administrator, who hands them a start link."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": WRONG,
        "account_inactive": WRONG,
        "incorrect_password": "That is not your password. Nothing was changed. Try again.",
        "incorrect_code": "That code does not open this. Codes last 30 seconds and work once. Type the next one.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again, or use your key.",
        "rate_limited": "Too many tries. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def respond_user_inactive(self, request: HttpRequest, user: Member) -> HttpResponse:
        messages.error(request, WRONG)
        return HttpResponseRedirect(reverse("account_login"))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note it; the name typed is kept only when it is a member's, since people type passwords there too."""
        member = Member.objects.filter(username__iexact=credentials.get("username", "")).first()
        trail.record(Visitor(), "sign_in.failed", *([member] if member else []), outcome=Entry.Outcome.REFUSED)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, str]]:
        """The password or a passkey. A code alone would let whoever holds the telephone in."""
        methods = []
        if user.is_authenticated and user.has_usable_password():
            methods.append({"id": "password", "description": "Password", "url": reverse("account_reauthenticate")})
        if user.is_authenticated and MFAAdapter().is_mfa_enabled(user, [Authenticator.Type.WEBAUTHN]):
            url = reverse("mfa_reauthenticate_webauthn")
            methods.append({"id": "passkey", "description": "Key", "url": url})
        return methods

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        # allauth counts by Host header and by the name as typed, so another port, case or accent bought more tries.
        name = unicodedata.normalize("NFKD", credentials.get("username", "")).casefold()
        return "".join(letter for letter in name if not unicodedata.combining(letter)).strip()


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: what they are made from is sealed for the member they belong to (allauth keeps plain text)."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text: str) -> str:
        return base64.b64encode(secrets.seal(text.encode(), row=_row())).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return secrets.unseal(base64.b64decode(encrypted_text), row=_row()).decode()

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002 (allauth's name)
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return f"Key {count + 1}"


def _row() -> str:
    """Name the member whose second factor is at hand: signed in, or between password and code."""
    request = context.request
    member = request.user if request.user.is_authenticated else unstash_login(request, peek=True).user
    return f"mfa_authenticator|data|{member.pk}"


# --- what we note


@receiver(user_logged_in)
def begin(sender: Any, request: HttpRequest, user: Member, **more: Any) -> None:
    """Start the session's clocks, and remember the person at this workstation."""
    now, session = time.time(), request.session
    desk = workstation_of(request.COOKIES.get("workstation", ""))
    session["signed_in_at"] = session["seen_at"] = now
    session["idle_minutes"] = idle_minutes()
    session["browser"] = browser_words(request.META.get("HTTP_USER_AGENT", ""))
    steps = get_authentication_records(request, user)
    session["second_factor"] = any(step["method"] == "mfa" for step in steps)
    if not session["second_factor"] and settings.STATE_KIND == "office":
        # Their next step, and the only one open to them, is to add a second factor.
        # Who typed the password just now is not asked for it again.
        for step in steps:
            step["reauthenticated"] = step["method"] == "password"
    if desk:
        session["workstation"], session["location"] = str(desk.pk), str(desk.location_id)
        WorkstationPerson.objects.update_or_create(workstation=desk, member=user, defaults={"last_at": timezone.now()})


@receiver(account_signals.user_logged_in)
def note_sign_in(sender: Any, request: HttpRequest, user: Member, **more: Any) -> None:
    trail.record(user.acting(request.session.get("location")), "sign_in.done", user)


@receiver(account_signals.authentication_step_completed)
def renew_key(sender: Any, request: HttpRequest, user: Member, **more: Any) -> None:
    """Each proof changes the session's key, half a sign-in too; who proved it again goes on where they were."""
    request.session.cycle_key()
    if more.get("reauthenticated"):
        request.session.pop("locked", None)
        request.session["seen_at"] = time.time()
        request.session["idle_minutes"] = idle_minutes()
        trail.record(user.acting(request.session.get("location")), "sign_in.again", user)


@receiver(mfa_signals.authenticator_added)
def note_added(sender: Any, request: HttpRequest, user: Member, authenticator: Authenticator, **more: Any) -> None:
    if authenticator.type != Authenticator.Type.RECOVERY_CODES:
        request.session["second_factor"] = True
    trail.record(user.acting(), "second_factor.added", user, kind=authenticator.type)


@receiver(mfa_signals.authenticator_removed)
def note_removed(sender: Any, request: HttpRequest, user: Member, authenticator: Authenticator, **more: Any) -> None:
    if not MFAAdapter().is_mfa_enabled(user, [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]):
        request.session["second_factor"] = False
    trail.record(user.acting(), "second_factor.removed", user, kind=authenticator.type)


@receiver(mfa_signals.authenticator_reset)
def note_renewed(sender: Any, request: HttpRequest, user: Member, authenticator: Authenticator, **more: Any) -> None:
    trail.record(user.acting(), "second_factor.renewed", user, kind=authenticator.type)


@receiver(mfa_signals.authentication_failed)
def note_wrong_code(sender: Any, request: HttpRequest, user: Member, **more: Any) -> None:
    trail.record(Visitor(), "second_factor.failed", user, outcome=Entry.Outcome.REFUSED)


@receiver([account_signals.password_changed, account_signals.password_set, account_signals.password_reset])
def note_password(sender: Any, request: HttpRequest, user: Member, **more: Any) -> None:
    """A new password ends every other session of the member."""
    others = user.sessions.all()
    if request.user.is_authenticated:
        from office.staff.sessions import hashed

        others = others.exclude(session_key=hashed(request.session.session_key))
    others.delete()
    trail.record(user.acting(), "password.changed", user)


def browser_words(agent: str) -> str:
    """Return what a person calls the browser: ``Firefox on Windows``."""
    browsers = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    systems = {"Windows": "Windows", "iPad": "iPad", "iPhone": "iPhone", "Mac OS": "Mac", "Android": "Android"}
    browser = next((word for mark, word in browsers.items() if mark in agent), "A browser")
    system = next((word for mark, word in {**systems, "Linux": "Linux"}.items() if mark in agent), "")
    return f"{browser} on {system}" if system else browser
