"""The office's fee schedule on screen: sent as a workbook, seen, loaded, looked up, taken back."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from office.billing.models import Fee
from office.core import jobs
from office.core.tests.workbooks import write_workbook
from office.practice.models import Load, Location

pytestmark = pytest.mark.django_db


def run_jobs() -> None:
    while row := jobs.claim("test"):
        assert jobs.run(row)


def test_a_workbook_is_seen_before_it_is_written_and_taken_back_whole(
    main_street: Location, adele: Client, tmp_path: Path
) -> None:
    assert "Look through it" in adele.get(reverse("billing:fees")).content.decode()
    rows: list[list[str | float]] = [["HCPCS", "Charge"], ["G0439", 145.5], ["J1885", 8], ["G0008", "call us"]]
    book = write_workbook(tmp_path / "fees.xlsx", rows)
    sent = {"kind": "fees", "file": SimpleUploadedFile("fees.xlsx", book.read_bytes())}
    answer = adele.post(reverse("loads:loads"), sent)
    assert answer.status_code == 303
    run_jobs()
    shown = adele.get(answer["Location"]).content.decode()
    assert "Fee schedule" in shown
    assert "Load the 2 good rows" in shown
    assert "is no amount" in shown
    assert not Fee.objects.exists()

    load = Load.objects.get()
    adele.post(reverse("loads:start", args=[load.pk]))
    run_jobs()
    assert list(Fee.objects.values_list("code", "amount_cents")) == [("G0439", 14_550), ("J1885", 800)]
    looked_up = adele.get(reverse("billing:fees"), {"q": "g04"}).content.decode()
    assert "$145.50" in looked_up
    assert "J1885" not in looked_up

    adele.post(reverse("loads:undo", args=[load.pk]))
    assert not Fee.objects.exists()
