"""Of a restricted chart the schedule shows no more than that it is there."""

import pytest
import time_machine
from django.test import Client

from conftest import MakeAppointment, MakePatient
from office.patients.actions import search_index
from office.scheduling.tests.conftest import at


@pytest.mark.parametrize(
    "path", ["/schedule/", "/schedule/week/", "/board/", "/check-in/", "/schedule/panels/arriving/"]
)
def test_neither_name_nor_birth_date_is_shown(
    path: str,
    clock: time_machine.Traveller,
    make_appointment: MakeAppointment,
    make_patient: MakePatient,
    rosa_browser: Client,
) -> None:
    make_appointment(at(9, 20), patient=make_patient("Hidden", "Wren", is_restricted=True))
    html = rosa_browser.get(path).content
    assert b"Restricted chart" in html
    for told in (b"Hidden", b"Wren", b"04/09/1984", b"04/09/84"):
        assert told not in html


def test_booking_finds_it_only_as_existing(make_patient: MakePatient, rosa_browser: Client) -> None:
    search_index.refresh([make_patient("Hidden", "Wren", is_restricted=True)], are_new=True)
    html = rosa_browser.post("/schedule/book/", {"find": "1", "who": "Hidden"}, headers={"hx-request": "true"}).content
    assert b"Restricted chart" in html
    assert b"Wren" not in html
