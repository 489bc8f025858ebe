"""A recovery code stands in for the second factor, once."""

import time_machine
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from office.staff.models import Member
from office.staff.tests.test_sign_in import PASSWORD, enroll, sign_in


def test_a_recovery_code_opens_once(rosa_member: Member) -> None:
    cache.clear()
    rosa_member.set_password(PASSWORD)
    rosa_member.save()
    with time_machine.travel("2026-11-23 15:00:00Z", tick=False) as clock:
        browser = Client()
        sign_in(browser)
        enroll(browser)
        if not Authenticator.objects.filter(type="recovery_codes").exists():
            browser.post(reverse("mfa_generate_recovery_codes"))
        code = browser.get(reverse("mfa_view_recovery_codes")).context["unused_codes"][0]
        clock.shift(60)
        statuses = []
        for _ in range(2):
            again = Client()
            sign_in(again)
            again.post(reverse("mfa_authenticate"), {"code": code})
            statuses.append(again.get("/").status_code)
        assert statuses == [200, 302]
