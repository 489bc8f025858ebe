"""A refusal is an entry too, wherever it was asked."""

import pytest

from office.audit.models import Entry
from office.home.management.commands.demo import Command as AnyCommand


@pytest.mark.django_db
def test_a_refusal_at_the_terminal_is_on_the_trail() -> None:
    command = AnyCommand()
    command._name, command._username = "demo", None
    command._record_refusal("patients.alert")
    entry = Entry.objects.get(verb="refused")
    assert (entry.actor_id, entry.details["permission"], entry.details["screen"]) == (
        "automation:demo",
        "patients.alert",
        "./run demo",
    )
