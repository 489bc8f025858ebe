"""Double booking and closed time as the schedule's screens have them."""

from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from conftest import MakeMember, MakePatient
from office.practice.models import Location
from office.scheduling.actions.closures import close_time
from office.scheduling.models import Appointment, VisitType
from office.scheduling.tests.conftest import Book, at
from office.staff.models import Provider, StaffActor
from office.staff.permissions import RoleName

DAY = "/schedule/2026-11-23/"


@pytest.fixture
def nurse_browser(client: Client, make_member: MakeMember) -> Client:
    client.force_login(make_member("nia", RoleName.NURSE))
    return client


@pytest.fixture
def taken(book: Book, make_patient: MakePatient) -> Appointment:
    """Ten o'clock is somebody's; Ana stands at eleven."""
    book(at(10), patient=make_patient("Ito"))
    return book(at(11))


def onto_ten(visit: Appointment) -> dict[str, Any]:
    return {"version": 1, "provider": visit.provider_id, "day": "2026-11-23", "at": "10:00"}


def move(visit: Appointment) -> str:
    return reverse("scheduling:move", args=[visit.pk])


def test_a_taken_time_offers_beside_only_to_one_who_may(taken: Appointment, nurse_browser: Client) -> None:
    offered = nurse_browser.post(move(taken), onto_ten(taken), headers={"HX-Request": "true"})
    assert (offered.status_code, b"Put beside" in offered.content) == (422, True)
    assert nurse_browser.post(move(taken), {**onto_ten(taken), "double": "true"}).status_code == 303
    taken.refresh_from_db()
    assert (taken.starts_at, taken.seat) == (at(10), 1)
    assert b"Beside, Follow-up" in nurse_browser.get(DAY).content


def test_the_front_desk_is_offered_none_and_cannot_send_it_either(
    taken: Appointment, follow_up: VisitType, rosa_browser: Client, make_patient: MakePatient
) -> None:
    offered = rosa_browser.post(move(taken), onto_ten(taken), headers={"HX-Request": "true"})
    assert (offered.status_code, b"Put beside" in offered.content) == (422, False)
    assert rosa_browser.post(move(taken), {**onto_ten(taken), "double": "true"}).status_code == 403
    booking = {**onto_ten(taken), "double": "true", "patient": make_patient("Osei").pk, "visit_type": follow_up.pk}
    assert rosa_browser.post(reverse("scheduling:book"), booking).status_code == 403
    taken.refresh_from_db()
    assert (taken.starts_at, Appointment.objects.count()) == (at(11), 2)


@pytest.mark.parametrize("whole_location", [False, True])
def test_closed_time_is_a_block_with_its_reason_and_no_opening(
    clock: time_machine.Traveller, sol: StaffActor, dr_chen: Provider, main_street: Location, rosa_browser: Client,
    whole_location: bool,  # noqa: FBT001
) -> None:  # fmt: skip
    assert b"opening at-h9 at-m0 to-h17 to-m0" in rosa_browser.get(DAY).content
    whose = {"location": main_street} if whole_location else {"provider": dr_chen}
    close_time(sol, starts_at=at(12), ends_at=at(13), reason="Fire drill", **whose)
    html = rosa_browser.get(DAY).content.decode()
    assert '<div class="block at-h12 at-m0 to-h13 to-m0"><span>Fire drill</span></div>' in html
    assert "opening at-h9 at-m0 to-h12 to-m0" in html
    assert "opening at-h13 at-m0 to-h17 to-m0" in html


def test_a_visit_in_closed_time_is_refused_with_the_reason_of_hours_also_beside_another(
    taken: Appointment, sol: StaffActor, dr_chen: Provider, nurse_browser: Client
) -> None:
    close_time(sol, provider=dr_chen, starts_at=at(12), ends_at=at(13), reason="Meeting")
    for double in ({}, {"double": "true"}):
        answer = nurse_browser.post(move(taken), {**onto_ten(taken), "at": "12:00", **double})
        assert (answer.status_code, b"Dr. Chen is not here then" in answer.content) == (422, True)
