"""Print the face sheet: two identifiers on every page, no sealed number, and an entry for each print."""

from datetime import date

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from conftest import MakePatient
from office.audit.models import Entry
from office.core import prints
from office.patients.actions.identifiers import add_identifier
from office.patients.actions.insurance import set_coverage
from office.patients.actions.reach import set_contact
from office.patients.models import Alert, Patient
from office.patients.queries.paper import face_sheet
from office.staff.models import StaffActor


def sections(patient: Patient) -> dict[str, dict[str, str]]:
    data = face_sheet(patient, now=timezone.now(), by="Rosa")
    return {section["title"]: dict(section["rows"]) for section in data["sections"]}


def test_each_print_is_an_entry_of_its_own(rosa_browser: Client, ana: Patient) -> None:
    for _ in range(2):
        answer = rosa_browser.get(reverse("patients:print", args=[ana.pk]))
        assert answer["Content-Type"] == "application/pdf"
        assert answer.content.startswith(b"%PDF-")
        assert "Marsh" not in answer["Content-Disposition"]
    assert Entry.objects.filter(verb="face_sheet.printed").count() == 2


def test_a_restricted_chart_is_not_printed(rosa_browser: Client, ana: Patient) -> None:
    Patient.objects.update(is_restricted=True)
    assert rosa_browser.get(reverse("patients:print", args=[ana.pk])).status_code == 403
    assert not Entry.objects.filter(verb="face_sheet.printed").exists()


def test_says_who_pays_who_may_be_told_and_what_must_not_be_missed(rosa: StaffActor, ana: Patient) -> None:
    set_coverage(rosa, patient=ana, payer="Cascadia", plan="Choice", member_id="CM 7", copay_cents=2500)
    set_contact(rosa, patient=ana, name="Marsh, Paul", relationship="Father", may_bring=True, phone="+15035550140")
    Alert.objects.create(patient=ana, text="Falls: walk with her", at_check_in=True, author="Rosa")
    found = sections(ana)
    assert found["Insurance"]["Cascadia"] == "Choice, member CM 7, copay $25.00 by the card"
    assert found["Who may be told, bring and consent"]["Marsh, Paul"] == "Father, (503) 555-0140, may bring"
    assert face_sheet(ana, now=timezone.now(), by="Rosa")["alerts"] == ["Falls: walk with her"]


def test_holds_no_sealed_number(rosa: StaffActor, ana: Patient) -> None:
    add_identifier(rosa, patient=ana, kind="SS", value="219-09-9999")
    add_identifier(rosa, patient=ana, kind="DL", value="D4410")
    assert sections(ana)["Numbers"] == {"Social security number": "on file, sealed", "Driver's license": "D4410"}
    assert "9999" not in str(face_sheet(ana, now=timezone.now(), by="Rosa"))


def test_an_almost_empty_chart_prints_too(make_patient: MakePatient) -> None:
    newborn = make_patient("Reed", "", date(2026, 11, 20), is_unnamed_newborn=True)
    data = face_sheet(newborn, now=timezone.now(), by="Rosa")
    assert data["name"] == "Reed, newborn"
    assert prints.pdf("patients", "face_sheet", data).startswith(b"%PDF-")
