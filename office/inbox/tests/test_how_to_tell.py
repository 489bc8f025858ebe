"""Whether a patient is written to, called, both, or neither."""

from datetime import UTC, datetime, timedelta

import pytest

from office.inbox.rules import Telling, how_to_tell, still_stands

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
MESSAGE, CALL, BOTH, NEITHER = Telling(message=True), Telling(call=True), Telling(message=True, call=True), Telling()


@pytest.mark.parametrize(
    ("kind", "told", "with_a_channel", "without"),
    [
        ("booked", "", MESSAGE, NEITHER),
        ("booked", "spoke", MESSAGE, NEITHER),
        ("booked", "texted", MESSAGE, CALL),
        ("booked", "not_yet", BOTH, CALL),
        ("moved", "spoke", NEITHER, NEITHER),
        ("moved", "texted", MESSAGE, CALL),
        ("moved", "not_yet", CALL, CALL),
        ("canceled", "spoke", NEITHER, NEITHER),
        ("canceled", "texted", MESSAGE, CALL),
        ("canceled", "not_yet", CALL, CALL),
        ("canceled", "", CALL, CALL),
    ],
)
def test_follows_the_answer_and_what_was_agreed(
    kind: str, told: str, with_a_channel: Telling, without: Telling
) -> None:
    assert how_to_tell(kind, told, can_write=True) == with_a_channel
    assert how_to_tell(kind, told, can_write=False) == without


@pytest.mark.parametrize(
    ("kind", "status", "minutes_ahead", "stands"),
    [
        ("booked", "booked", 1, True),
        ("moved", "confirmed", 1, True),
        ("moved", "booked", 0, False),
        ("booked", "arrived", 1, False),
        ("booked", "canceled", 1, False),
        ("canceled", "canceled", -5, True),
        ("canceled", "booked", 5, False),
        ("", "canceled", 5, False),
    ],
)
def test_is_silent_about_what_is_no_longer_so(kind: str, status: str, minutes_ahead: int, stands: bool) -> None:  # noqa: FBT001
    starts_at = NOW + timedelta(minutes=minutes_ahead)
    assert still_stands(kind, status=status, starts_at=starts_at, now=NOW) is stands
