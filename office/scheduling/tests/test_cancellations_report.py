"""The report on cancellations …"""

import csv
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from conftest import MakePatient
from office.practice.models import Location
from office.scheduling.actions.booking import cancel_appointment
from office.scheduling.models import Appointment
from office.scheduling.queries.cancellations import cancellations
from office.scheduling.tests.conftest import Book, MakeProvider, at
from office.staff.models import Provider, StaffActor

URL, CSV = reverse("scheduling:cancellations"), reverse("scheduling:cancellations_csv")
DAY = {"since": "11/23/2026", "until": "11/23/2026"}


@pytest.fixture
def osei(
    book: Book, rosa: StaffActor, make_patient: MakePatient, make_provider: MakeProvider, dr_chen: Provider
) -> Provider:
    """On Monday three of four visits are canceled, one of them Dr. Osei's; on Tuesday one."""
    other = make_provider("Osei")
    book(at(16))
    for hour, reason, provider, day in (
        (10, "patient_ill", dr_chen, 23),
        (11, "patient_ill", dr_chen, 23),
        (10, "office_error", other, 23),
        (10, "patient_cost", dr_chen, 24),
    ):
        visit = book(at(hour, day=day), patient=make_patient("Ito"), provider=provider)
        cancel_appointment(rosa, appointment=visit, reason=reason, told="spoke")
    return other


def lines(browser: Client, **asked: str) -> list[list[str]]:
    return list(csv.reader(browser.get(CSV, {**DAY, **asked}).content.decode().splitlines()))[1:]


def test_counts_by_reason_and_provider_for_the_days_of_the_visits(osei: Provider, rosa_browser: Client) -> None:
    html = rosa_browser.get(URL, DAY).content.decode()
    assert "Of 4 visits, 3 were canceled and 0 did not come." in html
    assert html.index("Patient: ill or in hospital") < html.index("Office: booked in error")
    assert "Patient: cost or insurance" not in html
    assert "Ito" not in html
    assert [line[3:] for line in lines(rosa_browser)] == [
        ["Osei, Kofi MD", "Office: booked in error", "1"],
        ["Chen, Wei MD", "Patient: ill or in hospital", "2"],
    ]


def test_narrows_to_a_provider_and_a_location(osei: Provider, main_street: Location, rosa_browser: Client) -> None:
    assert [line[5] for line in lines(rosa_browser, provider=str(osei.pk), location=str(main_street.pk))] == ["1"]
    Appointment.objects.update(location=Location.objects.create(name="Elsewhere", zone="America/New_York"))
    assert lines(rosa_browser, location=str(main_street.pk)) == []
    assert cancellations([main_street], date(2026, 11, 23), date(2026, 11, 23)).lines == []
    assert rosa_browser.get(URL, {**DAY, "location": str(osei.pk)}).status_code == 422


def test_keeps_a_spreadsheet_from_running_a_name(osei: Provider, rosa_browser: Client) -> None:
    Provider.objects.filter(pk=osei.pk).update(family_name="=cmd|'/c calc'!A1")
    assert lines(rosa_browser)[0][3].startswith("'=cmd")


@pytest.mark.parametrize("wrong", [{"since": "nonsense"}, {"until": "11/01/2026"}, {"since": "01/01/0001"}])
def test_asks_again_for_days_that_make_no_sense(wrong: dict[str, str], osei: Provider, rosa_browser: Client) -> None:
    assert rosa_browser.get(URL, {**DAY, **wrong}).status_code == 422
    assert rosa_browser.get(CSV, {**DAY, **wrong}).status_code == 303
