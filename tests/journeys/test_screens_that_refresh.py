"""Screens that ask again by their own clock do not hold an unattended session open."""

import re

import pytest
import time_machine
from django.test import Client

from conftest import MakeAppointment
from office.scheduling.tests.conftest import NINE
from office.staff.models import Member


@pytest.mark.parametrize("screen", ["/", "/board/"])
def test_what_the_page_asks_by_itself_carries_the_header_that_the_guard_honors(
    screen: str, make_appointment: MakeAppointment, client: Client, rosa_member: Member
) -> None:
    with time_machine.travel(NINE, tick=False) as clock:
        make_appointment(NINE)
        client.force_login(rosa_member)
        html = client.get(screen).content.decode()
        asking = [tag for tag in re.findall(r"<[^>]*hx-get=[^>]*>", html) if "every " in tag]
        assert asking
        for tag in asking:
            assert """hx-headers='{"HX-Polling": "1"}'""" in tag
        address = re.findall(r'hx-get="([^"]+)"', asking[0])[0]
        for _ in range(15):
            clock.shift(60)
            assert client.get(address, headers={"hx-request": "true", "hx-polling": "1"}).status_code == 200
        clock.shift(61)
        assert client.get("/").status_code == 302
