"""A fee schedule from a table …"""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
import time_machine

from office.billing.models import Fee
from office.core.actors import Automation
from office.core.permissions import Permission
from office.practice.loads import actions
from office.practice.loads.engine import Result, run_table
from office.practice.loads.kinds import kinds
from office.practice.models import Load

pytestmark = pytest.mark.django_db
ACTOR = Automation("import-table", frozenset({Permission.IMPORT_RECORDS}))
HEAD = "CPT/HCPCS,Mod 1,Mod 2,POS,Description,Standard Fee,Effective Date\n"
Run = Callable[..., Result]


@pytest.fixture
def load(tmp_path: Path) -> Run:
    def run(text: str) -> Result:
        path = tmp_path / "fees.csv"
        path.write_text(text, encoding="utf-8")

        def begin() -> Load:
            return actions.note_load(ACTOR, kind="fees", file_name=path.name)

        return run_table(ACTOR, kinds()["fees"], path, begin=begin)

    return run


def prices() -> list[tuple[str, str, str, int, date]]:
    return list(Fee.objects.values_list("code", "modifiers", "place_of_service", "amount_cents", "starts_on"))


def test_reads_codes_modifiers_places_and_days(load: Run) -> None:
    came = load(
        HEAD
        + "G0439,,,,Yearly wellness visit,$145.00,01/15/2026\n"
        + 'j1885-rt,59,,2,Ketorolac,"1,012.50",01/15/2026\n'
        + "99X01.0,26,tc,11,Ours,0,01/15/2026\n"
    )
    assert (came.counts["created"], came.counts["rejected"]) == (3, 0)
    on = date(2026, 1, 15)
    assert prices() == [
        ("99X01", "26 TC", "11", 0, on), ("G0439", "", "", 14_500, on), ("J1885", "RT 59", "02", 101_250, on),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (",,,,Nameless,10.00,01/15/2026", "there is none"),
        ("100,,,,Anesthesia,10.00,01/15/2026", "taken its first zeros"),
        ("G0439,,,,Wellness,,01/15/2026", "there is no amount"),
        ("G0439,,,,Wellness,-10.00,01/15/2026", "less than nothing"),
        ("G0439,259,,,Wellness,10.00,01/15/2026", "two letters or digits"),
        ("G0439,,,office,Wellness,10.00,01/15/2026", "longer than"),
        ("G0439,,,O1,Wellness,10.00,01/15/2026", "not two digits"),
    ],
)
def test_a_row_that_is_no_price_is_rejected_with_why_and_stops_no_other(load: Run, row: str, words: str) -> None:
    came = load(f"{HEAD}G0008,,,,Flu shot given,30.00,01/15/2026\n{row}\n")
    assert (came.counts["created"], came.counts["rejected"]) == (1, 1)
    assert words in came.rejects[0][1]
    assert came.rejects_file
    assert Path(came.rejects_file).read_text(encoding="utf-8-sig").startswith("rejected_line,rejected_reason,CPT")


def test_a_second_price_of_the_same_code_and_day_is_a_question(load: Run) -> None:
    came = load(f"{HEAD}G0439,,,,,145.00,01/15/2026\nG0439,,,,,150.00,01/15/2026\n")
    assert came.rejects == [(3, "A second price of the same code and day; the first stands in line 2")]
    assert [row[3] for row in prices()] == [14_500]


def test_the_same_table_again_changes_nothing(load: Run) -> None:
    table = f"{HEAD}G0439,,,,Wellness,145.00,01/15/2026\nG0008,,,,Flu,30.00,01/15/2026\n"
    load(table)
    again = load(table)
    assert (again.counts["unchanged"], again.counts["created"], Fee.objects.count()) == (2, 0, 2)


def test_next_years_table_adds_prices_and_leaves_this_years_as_they_are(load: Run) -> None:
    load(f"{HEAD}G0439,,,,Wellness,145.00,01/15/2026\nG0008,,,,Flu,30.00,01/15/2026\n")
    came = load(f"{HEAD}G0439,,,,Wellness,152.00,01/15/2027\nG0008,,,,Flu,30.00,01/15/2027\n")
    # What costs the same goes on; only what changed begins anew.
    assert (came.counts["created"], came.counts["unchanged"]) == (1, 1)
    assert [row.amount_cents for row in Fee.objects.in_force(date(2026, 12, 31))] == [3_000, 14_500]
    assert [row.amount_cents for row in Fee.objects.in_force(date(2027, 1, 15))] == [3_000, 15_200]


def test_a_table_without_days_holds_from_the_day_it_is_loaded(load: Run) -> None:
    table = "Code,Fee\nG0439,145.00\n"
    with time_machine.travel("2026-03-02 15:00Z"):
        load(table)
    with time_machine.travel("2026-03-09 15:00Z"):
        assert load(table).counts["unchanged"] == 1
        assert load("Code,Fee\nG0439,150.00\n").counts["created"] == 1
    assert [(row[3], row[4]) for row in prices()] == [(15_000, date(2026, 3, 9)), (14_500, date(2026, 3, 2))]


def test_a_table_that_does_not_name_a_code_leaves_its_name(load: Run) -> None:
    load(f"{HEAD}G0439,,,,Wellness,145.00,01/15/2026\n")
    load("Code,Fee,Effective Date\nG0439,150.00,01/15/2026\n")
    row = Fee.objects.get()
    assert (row.words, row.amount_cents) == ("Wellness", 15_000)


def test_an_undo_takes_the_new_prices_away_and_sets_corrected_ones_back(load: Run) -> None:
    load(f"{HEAD}G0439,,,,Wellness,145.00,01/15/2026\n")
    second = load(f"{HEAD}G0439,,,,Wellness,155.00,01/15/2026\nG0008,,,,Flu,30.00,01/15/2026\n")
    assert second.load
    taken = actions.undo_load(ACTOR, load=second.load)
    assert (taken.removed, taken.kept) == (2, 0)
    assert [(row[0], row[3]) for row in prices()] == [("G0439", 14_500)]


def test_what_somebody_changed_since_stays_when_the_load_is_undone(load: Run) -> None:
    load(f"{HEAD}G0439,,,,Wellness,145.00,01/15/2026\n")
    second = load(f"{HEAD}G0439,,,,Wellness,155.00,01/15/2026\n")
    Fee.objects.update(amount_cents=16_000)
    assert second.load
    assert actions.undo_load(ACTOR, load=second.load).kept == 1
    assert Fee.objects.get().amount_cents == 16_000
