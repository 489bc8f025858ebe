"""The audit report: what it shows, how it is filtered, sorted and paged, and that reading it is an entry."""

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from conftest import MakeMember, MakePatient
from office.audit import sealer, trail, verify
from office.audit.jobs import verify_the_trail
from office.audit.models import Entry
from office.audit.queries import COLUMNS, Question, every_line, page_of, verification
from office.core import jobs
from office.core.actors import Automation
from office.patients.actions import search_index
from office.patients.actions.merging import merge_charts, undo_merge
from office.patients.models import Patient
from office.staff.models import StaffActor
from office.staff.permissions import RoleName

pytestmark = pytest.mark.django_db
REPORT = "/audit/"


@pytest.fixture(autouse=True)
def outside(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Checkpoints go into the test's own folder."""
    for module in (sealer, verify):
        monkeypatch.setattr(module, "checkpoints_file", lambda: tmp_path / "checkpoints")


@pytest.fixture
def priya(client: Client, make_member: MakeMember) -> Client:
    """The privacy officer's browser."""
    client.force_login(make_member("priya", RoleName.PRIVACY_OFFICER, family="Raman"))
    return client


@pytest.fixture
def many(ana: Patient, main_street: Any) -> list[Entry]:
    """Forty entries by four people, some at a location, some about Ana, some refused, many at the same moment."""
    found = []
    for number in range(40):
        actor = Automation(f"person {number % 4}", (), main_street.pk if number % 3 else None)
        about = [ana.pk] if number % 2 else []
        outcome = Entry.Outcome.REFUSED if number % 5 == 0 else Entry.Outcome.DONE
        found.append(trail.record(actor, f"verb.{number % 6}", outcome=outcome, patient_ids=about))
    return found


def shown(question: Question, size: int) -> Iterator[UUID]:
    after = ""
    while True:
        page = page_of(question, after, size=size)
        yield from (line.entry.pk for line in page.lines)
        if not (after := page.after):
            return


@pytest.mark.parametrize("is_descending", [True, False], ids=["down", "up"])
@pytest.mark.parametrize("column", COLUMNS)
def test_pages_hold_every_entry_once_in_any_order(many: list[Entry], column: str, is_descending: bool) -> None:  # noqa: FBT001
    question = Question(sort=column, is_descending=is_descending)
    paged, whole = list(shown(question, 7)), list(shown(question, 100))
    assert paged == whole
    assert sorted(paged) == sorted(entry.pk for entry in many)


def test_sorts_by_the_column_that_was_asked_for(many: list[Entry]) -> None:
    people = [line.entry.actor_label for line in page_of(Question(sort="who", is_descending=False)).lines]
    assert people == sorted(people)


def test_filters_hold_together(many: list[Entry], ana: Patient) -> None:
    question = Question(patient_id=ana.pk, actor_id="automation:person 1", verb="verb.5", outcome="refused")
    expected = {
        entry.pk
        for number, entry in enumerate(many)
        if number % 2 and number % 4 == 1 and number % 6 == 5 and number % 5 == 0
    }
    assert expected
    assert {line.entry.pk for line in page_of(question).lines} == expected


def test_days_are_from_the_first_to_before_the_last(many: list[Entry]) -> None:
    question = Question(since=many[10].at, until=many[20].at)
    assert {line.entry.pk for line in page_of(question).lines} == {entry.pk for entry in many[10:20]}


def test_a_place_that_cannot_be_read_is_the_beginning(many: list[Entry]) -> None:
    for place in ("nonsense", "~", f"{many[0].pk}~yesterday"):
        assert page_of(Question(), place) == page_of(Question())


def test_a_page_costs_the_same_however_many_entries_there_are(many: list[Entry]) -> None:
    with CaptureQueriesContext(connection) as small:
        page_of(Question(), size=5)
    with CaptureQueriesContext(connection) as large:
        page_of(Question(), size=40)
    assert len(small) == len(large)


@pytest.mark.parametrize("path", [REPORT, f"{REPORT}?sort=whom", f"{REPORT}?outcome=done"])
def test_a_screen_costs_the_same_however_many_act_and_do_things(priya: Client, many: list[Entry], path: str) -> None:
    priya.get(path)
    with CaptureQueriesContext(connection) as few:
        priya.get(path)
    for number in range(30):
        trail.record(Automation(f"another {number}", ()), f"other.{number}")
    with CaptureQueriesContext(connection) as more:
        priya.get(path)
    assert len(more) == len(few) <= 20


def test_shows_every_field_of_an_entry(priya: Client, ana: Patient, main_street: Any) -> None:
    token = trail.request_id.set("the-request-id")
    trail.record(Automation("clerk", (), main_street.pk), "chart.opened", patient_id=ana.pk, purpose="face sheet")
    trail.request_id.reset(token)
    html = priya.get(REPORT).content.decode()
    for field in (
        "clerk",
        "Main Street",
        "chart.opened",
        "face sheet",
        "Marsh, Ana 04/09/1984",
        "Done",
        "the-request-id",
    ):
        assert field in html


def test_shows_refusals(priya: Client, rosa_member: Any) -> None:
    desk = Client()
    desk.force_login(rosa_member)
    assert desk.get(REPORT).status_code == 403
    html = priya.get(REPORT, {"outcome": "refused"}).content.decode()
    assert "audit.see audit:report" in html


def test_reading_it_is_an_entry_about_the_patient_asked_for(priya: Client, ana: Patient) -> None:
    priya.get(REPORT, {"patient": str(ana.pk), "outcome": "done"})
    entry = Entry.objects.get(verb="audit.read")
    assert entry.details["of_outcome"] == "done"
    assert entry.subjects.get().subject_id == str(ana.pk)


def test_a_name_is_sent_in_the_body_and_answers_with_a_key(priya: Client) -> None:
    villa = Patient.objects.create(mrn="77", family_name="Villa", given_name="Marco")
    search_index.refresh([villa], are_new=True)
    answer = priya.post(REPORT, {"patient_text": "Villa"}).content.decode()
    assert f"patient={villa.pk}" in answer
    assert "Nobody found" in priya.post(REPORT, {"patient_text": "Zzyzx"}).content.decode()


def test_a_day_that_cannot_be_read_is_told(priya: Client) -> None:
    answer = priya.get(REPORT, {"since": "soon"})
    assert answer.status_code == 422
    assert not Entry.objects.filter(verb="audit.read").exists()


def test_a_first_day_after_the_last_is_told(priya: Client) -> None:
    answer = priya.get(REPORT, {"since": "11/20/2026", "until": "11/01/2026"})
    assert b"Swap the two" in answer.content


@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "  =1", "\uff1d1"])
def test_the_download_holds_every_field_and_no_formula(priya: Client, ana: Patient, name: str) -> None:
    trail.record(Automation(name, ()), "chart.opened", patient_id=ana.pk)
    answer = priya.get(reverse("audit:report_csv"))
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode(), newline="")))  # type: ignore[attr-defined]
    row = next(row for row in rows if row["What"] == "chart.opened")
    assert row["Who"] == f"'{name}"
    assert str(ana.pk) in row["About whom"]
    assert Entry.objects.filter(verb="audit.downloaded").count() == 1


def test_the_download_is_whole_past_its_first_chunk(many: list[Entry], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("office.audit.queries.CHUNK", 6)
    assert len(list(every_line(Question()))) == len(many)


def test_tells_who_opened_a_chart(priya: Client, ana: Patient, make_patient: MakePatient) -> None:
    other = make_patient("Villa", "Marco")
    trail.record(Automation("clerk", ()), "chart.opened", patient_id=ana.pk, purpose="booking a visit")
    trail.record(Automation("stranger", ()), "chart.opened", patient_id=other.pk)
    html = priya.get(reverse("audit:chart", args=[ana.pk])).content.decode()
    assert "booking a visit" in html
    assert "stranger" not in html
    assert Entry.objects.get(verb="audit.chart_read").subjects.get().subject_id == str(ana.pk)


def test_a_merged_chart_is_told_of_with_the_one_that_was_kept(
    priya: Client, sol: StaffActor, ana: Patient, make_patient: MakePatient
) -> None:
    twin = make_patient("Marsch", "Anna")
    trail.record(Automation("clerk", ()), "chart.opened", patient_id=twin.pk, purpose="registered twice")
    merge = merge_charts(sol, kept=ana, merged=twin, reason="Same person, seen both cards")
    for key in (ana.pk, twin.pk):
        for page in (f"{REPORT}?patient={key}", reverse("audit:chart", args=[key])):
            html = priya.get(page).content.decode()
            assert "registered twice" in html
            assert f"MRN {twin.mrn}, now in MRN {ana.mrn}" in html
    undo_merge(sol, merge=merge)
    assert "registered twice" not in priya.get(reverse("audit:chart", args=[ana.pk])).content.decode()


def test_the_face_sheet_offers_it_to_the_privacy_officer_alone(priya: Client, rosa_member: Any, ana: Patient) -> None:
    desk, url = Client(), reverse("audit:chart", args=[ana.pk])
    desk.force_login(rosa_member)
    sheet = reverse("patients:chart", args=[ana.pk])
    assert url in priya.get(sheet).content.decode()
    assert url not in desk.get(sheet).content.decode()


def test_verifying_runs_as_a_job_and_reports(priya: Client, many: list[Entry]) -> None:
    sealer.seal_entries()
    priya.post(reverse("audit:verify"))
    priya.post(reverse("audit:verify"))
    assert Entry.objects.filter(verb="audit.verification_asked").count() == 1
    assert b"Verifying the trail" in priya.get(REPORT).content
    row = jobs.claim("here")
    assert row is not None
    assert jobs.run(row)
    assert jobs.claim("here") is None
    assert b"Intact" in priya.get(reverse("audit:verified")).content


def test_a_verification_that_never_came_back_can_be_asked_again(priya: Client) -> None:
    long_ago = timezone.now() - timedelta(hours=3)
    Entry.objects.create(at=long_ago, actor_id="x", actor_label="x", verb="audit.verification_asked")
    assert not verification().is_running
    assert b"did not come back" in priya.get(reverse("audit:verified")).content


def test_names_the_fault_that_was_found(priya: Client) -> None:
    sealer.checkpoints_file().write_text("not a note", encoding="utf-8")
    trail.record(Automation("priya", ()), "audit.verification_asked")
    verify_the_trail.call("an entry")
    assert b"not as it was written" in priya.get(REPORT).content
