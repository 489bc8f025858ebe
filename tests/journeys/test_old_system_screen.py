"""The old system's data on screen: send, look, correct, load, answer, take back."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from conftest import MakeMember
from office.core import jobs
from office.patients.models import Patient
from office.practice.models import Load, LoadedRow
from office.staff.permissions import RoleName

pytestmark = pytest.mark.django_db
HEAD = "PID,Last Name,First Name,DOB,Phone,Street,City,State,Zip\n"
ROSA = "7,Castellan,Rosa,06/17/1949,(503) 555-0168,118 Alder St,Portland,OR,97202\n"


@pytest.fixture
def browser(client: Client, make_member: MakeMember) -> Client:
    client.force_login(make_member("grant", RoleName.ADMINISTRATOR, family="Ames"))
    return client


def run_jobs() -> None:
    while row := jobs.claim("test"):
        assert jobs.run(row)


def send(browser: Client, text: str, kind: str = "patients") -> Load:
    file = SimpleUploadedFile("export.csv", text.encode(), "text/csv")
    answer = browser.post("/old-system/", {"kind": kind, "file": file})
    assert answer.status_code == 303
    assert b"Reading" in browser.get(answer["Location"]).content
    run_jobs()
    return Load.objects.latest("created_at")


def test_shows_what_would_come_and_writes_nothing_before_it_is_asked(browser: Client) -> None:
    load = send(browser, HEAD + ROSA + "8,Doe & Roe,Bo,01/30/1950,,,,,\n")
    shown = browser.get(f"/old-system/{load.pk}/").content.decode()
    assert "Load the 1 good rows" in shown
    assert "Two people in one row" in shown
    assert Patient.objects.count() == 0
    assert browser.post(f"/old-system/{load.pk}/start/").status_code == 303
    run_jobs()
    load.refresh_from_db()
    assert (load.state, load.created, load.rejected) == ("done", 1, 1)
    saved = browser.get(f"/old-system/{load.pk}/rejects/").content
    assert "Doe & Roe" in saved.decode("utf-8-sig")
    assert browser.post(f"/old-system/{load.pk}/undo/").status_code == 303
    assert Patient.objects.count() == 0
    assert b"1 taken back" in browser.get(f"/old-system/{load.pk}/").content


def test_asks_for_the_order_of_dates_and_takes_the_answer(browser: Client) -> None:
    load = send(browser, HEAD + "1,Doe,Ana,02/03/1980,,,,,\n")
    shown = browser.get(f"/old-system/{load.pk}/").content.decode()
    assert "Say which comes first" in shown
    sent = {f"column_{place}": one["becomes"] for place, one in enumerate(load.looked["columns"])}
    browser.post(f"/old-system/{load.pk}/columns/", {**sent, "column_3": "birth_date:day_first"})
    run_jobs()
    browser.post(f"/old-system/{load.pk}/start/")
    run_jobs()
    assert str(Patient.objects.get().birth_date) == "1980-03-02"


def test_a_missing_column_is_named_and_can_be_said(browser: Client) -> None:
    load = send(browser, "Who,Geboren\nRosa Castellan,06/17/1949\n")
    assert load.looked["problem"] == "The file has no column for family name or whole name."
    browser.post(f"/old-system/{load.pk}/columns/", {"column_0": "full_name", "column_1": "birth_date"})
    run_jobs()
    load.refresh_from_db()
    assert (load.created, load.looked.get("problem")) == (1, None)


def test_compares_who_is_likely_the_same_and_takes_the_answer(browser: Client) -> None:
    for text in (HEAD + ROSA, HEAD + ROSA.replace("7,Castellan,Rosa", "8,Castelan,Rosa").replace("1949", "1948")):
        load = send(browser, text)
        browser.post(f"/old-system/{load.pk}/start/")
        run_jobs()
    shown = browser.get(f"/old-system/{load.pk}/").content.decode()
    assert "Castellan, Rosa" in shown
    assert "Same person" in shown
    row = LoadedRow.objects.get(outcome="review")
    assert browser.post(f"/old-system/row/{row.pk}/", {"answer": "perhaps"}).status_code == 422
    assert browser.post(f"/old-system/row/{row.pk}/", {"answer": "same"}).status_code == 303
    assert Patient.objects.count() == 1


def test_a_file_that_is_no_table_says_so(browser: Client) -> None:
    load = send(browser, "PK\x03\x04nothing")
    assert (load.state, load.looked["problem"]) == ("failed", "The file is no workbook, or a damaged one.")


def test_polling_gets_the_progress_alone_and_the_page_when_it_is_done(browser: Client) -> None:
    file = SimpleUploadedFile("export.csv", (HEAD + ROSA).encode(), "text/csv")
    place = browser.post("/old-system/", {"kind": "patients", "file": file})["Location"]
    part = browser.get(place, headers={"HX-Request": "true"}).content.decode()
    assert "<progress" in part
    assert "<html" not in part
    run_jobs()
    assert browser.get(place, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
