"""The demo's clock: office hours of a working day, whenever it is looked at; real everywhere else."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from config import clock
from office.home.demo.calendar import as_of, working_day
from office.home.demo.office import ZONE


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FRONTDESK_VAR", str(tmp_path))
    monkeypatch.setattr(timezone, "now", timezone.now)  # put back after the test
    return tmp_path


def set_ahead(folder: Path, kind: str, hours: int) -> None:
    really = datetime(2026, 11, 23, 20, 0, tzinfo=UTC)
    (folder / "kind").write_text(f"{kind}\n")
    clock.set_to(really + timedelta(hours=hours), really=really)


def test_a_demo_tells_its_own_time(folder: Path) -> None:
    set_ahead(folder, "demo", -5)
    before = timezone.now()
    clock.run()
    assert timedelta(hours=4, minutes=59) < before - timezone.now() <= timedelta(hours=5)


@pytest.mark.parametrize("kind", ["office", "practice mode", "blank"])
def test_nothing_else_has_a_clock_of_its_own(folder: Path, kind: str) -> None:
    set_ahead(folder, kind, -5)
    assert clock.ahead() == timedelta()


@pytest.mark.parametrize(
    ("today", "works"),
    [
        (date(2026, 11, 23), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 26), date(2026, 11, 27)),  # Thanksgiving
        (date(2026, 12, 25), date(2026, 12, 28)),
    ],
)
def test_today_is_a_working_day(today: date, works: date) -> None:
    assert working_day(today) == works


def test_in_office_hours_it_is_now_and_otherwise_1040() -> None:
    today = date(2026, 11, 23)
    assert as_of(today, datetime(2026, 11, 23, 19, 5, tzinfo=UTC), ZONE).strftime("%H:%M") == "14:05"
    assert as_of(today, datetime(2026, 11, 23, 2, 0, tzinfo=UTC), ZONE).strftime("%H:%M") == "10:40"
