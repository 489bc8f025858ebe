"""The old system's tables coming in: every row accounted for, no double the next day, and taken back as a whole."""

import csv
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from office.billing.actions.payers import join_payers
from office.billing.models import OpeningBalance
from office.core.actors import Automation
from office.core.permissions import Permission
from office.patients.models import Address, Alert, Coverage, Identifier, Patient, Payer, Telecom
from office.practice.loads import actions
from office.practice.loads.engine import Result, run_table
from office.practice.loads.kinds import Outcome, kinds
from office.practice.models import Load, LoadedRow
from office.scheduling.models import Appointment, Recall, VisitType
from office.staff.models import Provider
from tests.journeys.old_system.export import messy_export

pytestmark = pytest.mark.django_db
ACTOR = Automation("import-table", frozenset({Permission.IMPORT_RECORDS}))
Run = Callable[..., Result]


@pytest.fixture
def load(tmp_path: Path) -> Run:
    def run(text: str | bytes, kind: str = "patients", *, preview: bool = False, **chosen: str | None) -> Result:
        path = tmp_path / "export.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())

        def begin() -> Load:
            return actions.note_load(ACTOR, kind=kind, file_name=path.name)

        return run_table(ACTOR, kinds()[kind], path, chosen=chosen, begin=None if preview else begin)

    return run


HEAD = "PID,Last Name,First Name,DOB,Phone,Street,City,State,Zip\n"
ROSA = "7,Castellan,Rosa,06/17/1949,(503) 555-0168,118 Alder St,Portland,OR,97202\n"


def test_accounts_for_every_row_of_a_messy_export_and_makes_no_double(load: Run, tmp_path: Path) -> None:
    export = messy_export()
    looked = load(export.data, preview=True)
    assert (Patient.objects.count(), Load.objects.count()) == (0, 0)
    first = load(export.data)
    assert dict(first.counts) == dict(looked.counts) == dict(export.expected)
    assert first.rows == 2_000
    assert first.encoding == "windows-1252"
    assert first.rejects_file
    with Path(first.rejects_file).open(encoding="utf-8-sig", newline="") as file:
        rejected = list(csv.DictReader(file))
    assert {int(row["rejected_line"]) for row in rejected} == set(export.rejected)
    assert Patient.objects.count() == export.expected["created"]
    assert Patient.objects.filter(family_name="Muñoz", given_name="Inés").exists()
    assert not Address.objects.filter(state="MA", postal_code__regex="^[1-9]").exists()
    assert Telecom.objects.filter(value="+15035550143").count() > 5  # taken out of the name

    again = load(export.data)
    assert again.counts == {"unchanged": 1_875, "rejected": 125}
    assert Patient.objects.count() == export.expected["created"]


def test_a_mended_rejects_file_loads_with_the_meaning_remembered(load: Run) -> None:
    result = load(
        HEAD + "".join(f"{n},Doe,Ana{n},{n}/28/1960,,,,,\n" for n in range(1, 9)) + "9,Doe & Co,Jo,02/03/1980,,,,,\n"
    )
    assert result.counts == {"created": 8, "rejected": 1}
    assert result.rejects_file
    mended = Path(result.rejects_file).read_text("utf-8-sig").replace("Doe & Co", "Doe")
    assert load(mended).counts == {"created": 1}
    assert str(Patient.objects.get(given_name="Jo").birth_date) == "1980-02-03"


def test_a_date_that_may_be_two_is_asked_and_its_rows_wait_among_the_rejects(load: Run) -> None:
    text = HEAD + "1,Doe,Ana,02/03/1980,,,,,\n2,Doe,Bo,05/05/1950,,,,,\n"
    result = load(text)
    assert result.counts == {"created": 1, "rejected": 1}
    assert result.looked
    assert [one.column.name for one in result.looked.meanings if one.is_asked] == ["DOB"]
    assert "nothing in its column tells" in result.rejects[0][1]
    assert load(text, DOB="birth_date:day_first").counts == {"created": 1, "unchanged": 1}
    assert str(Patient.objects.get(given_name="Ana").birth_date) == "1980-03-02"


def test_brings_what_changed_elsewhere_and_undo_sets_it_back(load: Run) -> None:
    load(HEAD + ROSA)
    moved = load(HEAD + ROSA.replace("118 Alder St", "9 Foster Rd").replace("Rosa", "Rosalia"))
    assert moved.counts == {"changed": 1}
    patient = Patient.objects.get()
    assert (patient.given_name, patient.addresses.exclude(use="old").get().line) == ("Rosalia", "9 Foster Rd")
    assert moved.load
    assert actions.undo_load(ACTOR, load=moved.load).removed == 1
    patient.refresh_from_db()
    assert (patient.given_name, patient.addresses.get().line, patient.addresses.get().use) == (
        "Rosa",
        "118 Alder St",
        "home",
    )


def test_leaves_alone_what_the_office_corrected(load: Run) -> None:
    load(HEAD + ROSA)
    Patient.objects.update(given_name="Rosita", version=2)
    assert load(HEAD + ROSA).counts == {"unchanged": 1}
    assert Patient.objects.get().given_name == "Rosita"


def test_undo_removes_a_load_and_keeps_what_was_used_since(load: Run) -> None:
    result = load(HEAD + ROSA + ROSA.replace("7,Castellan,Rosa,06/17/1949,(503) 555-0168", "8,Doe,Bo,01/30/1950,"))
    assert result.load
    Alert.objects.create(patient=Patient.objects.get(family_name="Doe"), text="Latex", author="Rosa")
    taken = actions.undo_load(ACTOR, load=result.load)
    assert (taken.removed, taken.kept) == (1, 1)
    assert [patient.family_name for patient in Patient.objects.all()] == ["Doe"]


def test_who_is_likely_the_same_waits_for_a_person_and_is_asked_once(load: Run) -> None:
    load(HEAD + ROSA)
    text = HEAD + ROSA.replace("7,Castellan,Rosa", "8,Castelan,Rosa").replace("06/17/1949", "06/17/1948")
    assert load(text).counts == {"review": 1}
    assert Patient.objects.count() == 1
    row = LoadedRow.objects.get(outcome=Outcome.REVIEW)
    answered = actions.answer_review(ACTOR, row=row, answer="same", today=row.created_at.date())
    assert answered.outcome == "changed"
    assert load(text).counts["review"] == 0
    assert Patient.objects.count() == 1


def test_two_people_stay_two_when_a_person_says_so(load: Run) -> None:
    load(HEAD + ROSA)
    twin = HEAD + ROSA.replace("7,Castellan,Rosa", "8,Castellan,Lucía")
    assert load(twin).counts == {"review": 1}
    row = LoadedRow.objects.get(outcome=Outcome.REVIEW)
    actions.answer_review(ACTOR, row=row, answer="new", today=row.created_at.date())
    assert load(twin).counts == {"unchanged": 1}
    assert Patient.objects.count() == 2


def test_finds_people_by_the_old_number_without_the_zeros_that_were_lost(load: Run) -> None:
    load(HEAD + ROSA.replace("7,", "00070,", 1))
    assert load(HEAD + ROSA.replace("7,", "70,", 1)).counts == {"unchanged": 1}
    assert Identifier.objects.get().value == "00070"


def test_the_command_prints_what_commands_md_promises(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "patients.csv"
    path.write_text(HEAD + ROSA + "9,Smith & Jones,X,01/31/1960,,,,,\n", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("import_table", "patients", str(path))
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert ended.value.code == 1
    assert list(told) == [
        "id", "kind", "file", "encoding", "columns", "rows", "created", "changed", "unchanged", "review", "rejected",
        "rejects_file", "totals",
    ]  # fmt: skip
    assert told["columns"]["DOB"] == "birth_date"
    call_command("undo_import", told["id"])
    assert json.loads(capsys.readouterr().out) == {"removed": 1, "kept_because_used": 0}


def test_insurance_of_a_joined_payer_makes_no_double(load: Run) -> None:
    load(HEAD + ROSA)
    text = "PID,Insurance,Policy Number\n7,Aetna Health Inc,W100\n"
    load(text, "insurance")
    kept = Payer.objects.create(name="Aetna")
    join_payers(Automation("test", frozenset(Permission)), payer=Payer.objects.get(name="Aetna Health Inc"), into=kept)
    again = load(text, "insurance")
    assert (again.counts["unchanged"], Coverage.objects.count()) == (1, 1)
    assert Coverage.objects.get().plan.payer == kept


def test_insurance_finds_its_patient_and_comes_in_once(load: Run) -> None:
    load(HEAD + ROSA)
    head = "pid,Insurance Company,Policy Number,Group Number,Type,Effective Date,Copay\n"
    text = head + "007,Summit Health,04410278,G1,primary,01/31/2026,$25.00\n99,Summit Health,1,,,,\n"
    result = load(text, "insurance")
    assert result.counts == {"created": 1, "rejected": 1}
    assert result.rejects[0][1] == "Nobody here has this old chart number"
    coverage = Coverage.objects.get()
    assert (coverage.plan.payer.name, coverage.member_id, coverage.copay_cents) == ("Summit Health", "04410278", 2_500)
    changed = load(text.replace("$25", "$30"), "insurance")
    assert changed.counts == {"changed": 1, "rejected": 1}
    assert changed.load
    assert result.load
    assert actions.undo_load(ACTOR, load=changed.load).removed == 1
    assert Coverage.objects.get().copay_cents == 2_500
    assert actions.undo_load(ACTOR, load=result.load).removed == 1
    assert not Payer.objects.exists()


def test_balances_add_up_to_the_old_report_and_are_corrected_by_the_difference(load: Run) -> None:
    load(HEAD + ROSA + "8,Doe,Bo,01/30/1950,,,,,\n")
    text = "Patient ID,Patient Name,Patient Balance\n7,Rosa Castellan,$64.20\n8,Bo Doe,(12.00)\n9,No Body,5.00\n"
    first = load(text, "balances")
    assert first.counts == {"created": 2, "rejected": 1}
    assert first.totals == {"balance": "57.20", "balance_loaded": "52.20", "balance_not_loaded": "5.00"}
    assert load(text, "balances").counts == {"unchanged": 2, "rejected": 1}
    later = load(text.replace("64.20", "70.00"), "balances")
    assert later.counts == {"changed": 1, "unchanged": 1, "rejected": 1}
    rosa = Patient.objects.get(given_name="Rosa")
    assert OpeningBalance.objects.of(rosa).total_cents() == 7_000
    assert later.load
    assert actions.undo_load(ACTOR, load=later.load).removed == 1
    assert OpeningBalance.objects.of(rosa).total_cents() == 6_420
    assert first.load
    assert actions.undo_load(ACTOR, load=first.load).removed == 2
    assert OpeningBalance.objects.total_cents() == 0
    assert load(text, "balances").counts["changed"] == 2


def test_a_second_balance_of_one_patient_is_a_question(load: Run) -> None:
    load(HEAD + ROSA)
    assert load("pid,Balance\n7,64.20\n7,1.00\n", "balances").counts == {"created": 1, "rejected": 1}


def test_recalls_come_in_once_and_move_with_the_old_system(load: Run) -> None:
    load(HEAD + ROSA)
    text = "Last Name,First Name,DOB,Recall Date,Recall Type\nCastellan,Rosa,06/17/1949,01/31/2027,Mammogram\n"
    assert load(text, "recalls").counts == {"created": 1}
    assert load(text, "recalls").counts == {"unchanged": 1}
    assert load(text.replace("01/31", "02/28"), "recalls").counts == {"changed": 1}
    assert str(Recall.objects.get().due_on) == "2027-02-28"


def test_future_appointments_keep_their_time_and_nobody_is_booked_twice(
    load: Run, dr_chen: Provider, follow_up: VisitType
) -> None:
    load(HEAD + ROSA)
    with time_machine.travel(datetime(2026, 11, 23, 15, tzinfo=UTC)):
        head = "pid,Appt ID,Date,Start Time,Duration,Provider,Type,Status\n"
        row = f"7,A1,12/14/2026,9:30 AM,20,Dr. {dr_chen.family_name},{follow_up.name},Booked\n"
        text = head + row + row.replace("A1", "A2") + row.replace("12/14/2026", "01/05/2026").replace("A1", "A3")
        first = load(text + row.replace("A1", "A4").replace("Booked", "Cancelled"), "appointments")
        assert first.counts == {"created": 1, "rejected": 3}
        assert load(head + row, "appointments").counts == {"unchanged": 1}
        assert load(head + row.replace("9:30", "11:15"), "appointments").counts == {"changed": 1}
        visit = Appointment.objects.get()
        zone = ZoneInfo(visit.location.zone)
        assert f"{visit.starts_at.astimezone(zone):%m/%d %H:%M}" == "12/14 11:15"
        Appointment.objects.update(version=2)
        assert load(head + row, "appointments").counts == {"rejected": 1}
        assert first.load
        assert actions.undo_load(ACTOR, load=first.load).kept == 1
        assert Appointment.objects.count() == 1


_CELL = st.text(st.sampled_from("ab ,&\"\n'=;é0/1-"), max_size=6)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(_CELL, min_size=2, max_size=5), max_size=12))
def test_rows_are_always_the_sum_of_what_became_of_them(load: Run, rows: list[list[str]]) -> None:
    told = "Last Name,First Name,DOB\n" + "Doe,Ana,01/31/1980\n" * 15
    result = load(told + "\n".join(",".join(row) for row in rows), preview=True)
    assert result.rows >= 15
    assert result.rows == sum(result.facts()[name] for name in Outcome)
