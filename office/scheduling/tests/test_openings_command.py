"""The command openings …"""

import json

import pytest
from django.core.management import call_command

from office.core.commands import CannotDo
from office.scheduling.models import VisitType
from office.scheduling.tests.conftest import Book


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    call_command("openings", *arguments)
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_prints_json_lines(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    first = lines(capsys, "--visit-type", "follow-up", "--provider", "dr. chen", "--days", "2")[0]
    assert first == {
        "starts_at": "2026-11-23T09:00:00-05:00",
        "ends_at": "2026-11-23T09:20:00-05:00",
        "provider": "Chen, Wei MD",
        "room": None,
        "location": "Main Street",
        "score": 100.0,
        "why": "Dr. Chen is free from 9:00 AM to 5:00 PM",
    }


def test_begins_on_the_day_named(book: Book, capsys: pytest.CaptureFixture[str]) -> None:
    found = lines(capsys, "--visit-type", "Follow-up", "--from", "2027-01-04", "--limit", "1")
    assert found[0]["starts_at"] == "2027-01-04T08:00:00-05:00"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--visit-type", "Folow up"], "There is no appointment type “Folow up”. Did you mean Follow-up?"),
        (["--visit-type", "zzz"], "There is no appointment type “zzz”. Did you mean Follow-up or Physical?"),
        (
            ["--visit-type", "Follow-up", "--provider", "Chan"],
            "There is no provider “Chan”. Did you mean Chen, Wei MD?",
        ),
        (["--visit-type", "Follow-up", "--from", "11/23/2026"], "“11/23/2026” is not a day: write it as 2026-11-23."),
        (["--visit-type", "Follow-up", "--days", "0"], "--days is a number from 1 to 750."),
    ],
)
def test_says_what_is_wrong_with_status_2(book: Book, physical: VisitType, arguments: list[str], words: str) -> None:
    with pytest.raises(CannotDo) as said:
        call_command("openings", *arguments)
    assert (str(said.value), said.value.returncode) == (words, 2)
