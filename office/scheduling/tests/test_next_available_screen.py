"""Next available, asked over HTTP."""

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from conftest import MakeAppointment
from office.patients.models import Patient
from office.scheduling.models import VisitType
from office.scheduling.tests.conftest import at
from office.staff.models import Provider

URL = reverse("scheduling:openings")


@pytest.fixture(autouse=True)
def here(clock: time_machine.Traveller, dr_chen: Provider) -> None:
    """Nine in the morning, and someone sees patients."""


def test_says_for_whom_the_type_is_and_who_books_it(follow_up: VisitType, rosa_browser: Client) -> None:
    follow_up.is_for_new_patients = True
    follow_up.minimum_age, follow_up.maximum_age, follow_up.booked_by_roles = 2, 17, ["nurse", "medical_assistant"]
    follow_up.save()
    html = rosa_browser.get(URL).content.decode()
    assert "For new patients. From 2 to 17 years. Booked by medical assistant, nurse." in html


def test_of_a_type_for_everyone_says_nothing_about_it(follow_up: VisitType, rosa_browser: Client) -> None:
    html = rosa_browser.get(URL).content.decode()
    assert "found-list__limits" not in html
    assert "9:00 AM" in html


def test_offers_no_times_that_the_named_patient_could_not_book(
    ana: Patient, follow_up: VisitType, make_appointment: MakeAppointment, rosa_browser: Client
) -> None:
    follow_up.is_for_new_patients = True
    follow_up.save()
    asked = {"patient": str(ana.pk)}
    assert "9:00 AM" in rosa_browser.get(URL, asked).content.decode()
    make_appointment(at(8), status="done")
    html = rosa_browser.get(URL, asked).content.decode()
    assert "This patient was seen here on 11/23/2026" in html
    assert "9:00 AM" not in html
