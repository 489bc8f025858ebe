"""More sign-ins than the machine can hash at once are told to come back."""

import pytest
from django.test import Client

from office.staff import passwords
from office.staff.models import Member


def test_answers_429_when_no_turn_comes(rosa_member: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    rosa_member.set_password("correct horse battery")
    rosa_member.save()
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    turns = 0
    while passwords._turns.acquire(blocking=False):
        turns += 1
    try:
        answer = Client().post("/account/login/", {"login": "rosa", "password": "correct horse battery"})
    finally:
        for _ in range(turns):
            passwords._turns.release()
    assert answer.status_code == 429
    assert answer["Retry-After"] == "5"
