"""`./run match`: two files, the pairs that are one person."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from office.core.commands import CannotDo

SAMPLES = Path(settings.ROOT).parent / "shared" / "samples" / "linkage"
A = """rec_id,given_name,surname,date_of_birth,suburb,postcode,soc_sec_id,shoe size
a1,Ana,Marsh,19840409,Albany,12207,111,7
a2,Ben,Ortiz,19590117,Troy,12180,222,9
"""
B = """Last Name, First Name, DOB, Zip, ID, City
Ortiz,Ben,01/17/1959,12180,b2,Troy
Marsch,Ana,04/09/1984,12207,b1,Albany
Nobody,New,07/07/1999,94110,b3,Elsewhere
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    (tmp_path / "a.csv").write_text(A)
    (tmp_path / "b.csv").write_text(B)
    return str(tmp_path / "a.csv"), str(tmp_path / "b.csv")


def run(*arguments: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("match", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        return int(str(stop.code)), out.getvalue(), err.getvalue()
    except CannotDo as reason:
        return reason.returncode, out.getvalue(), f"{reason}\n"
    return 0, out.getvalue(), err.getvalue()


def test_knows_columns_by_name_in_any_order_and_form(files: tuple[str, str]) -> None:
    status, out, _ = run(*files)
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert {(row["id_a"], row["id_b"]) for row in rows} == {("a1", "b1"), ("a2", "b2")}
    assert {row["decision"] for row in rows} <= {"link", "review"}


def test_says_json_lines_when_asked(files: tuple[str, str]) -> None:
    _, out, _ = run(*files, "--json")
    assert set(json.loads(out.splitlines()[0])) == {"id_a", "id_b", "score", "decision"}


def test_a_broken_line_is_left_out_and_named(files: tuple[str, str]) -> None:
    path = Path(files[0])
    path.write_text(A + "a3,only,three\na1,Again,Marsh,19840409,Albany,12207,1,1\n")
    status, out, err = run(*files)
    assert status == 1
    assert "line 4 has 3 cells" in err
    assert "line 5 repeats an id" in err
    assert "a1" in out


@pytest.mark.parametrize("text", ["", "given_name,surname\nAna,Marsh\n", "id,shoe\n1,2\n", 'id,surname\n1,"open'])
def test_a_file_that_cannot_be_compared_is_status_two(files: tuple[str, str], text: str) -> None:
    Path(files[0]).write_text(text)
    status, out, err = run(*files)
    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_a_missing_file_is_status_two(files: tuple[str, str]) -> None:
    assert run(files[0], "/nowhere/b.csv")[0] == 2


def test_the_social_security_number_counts_only_when_asked(files: tuple[str, str]) -> None:
    header = "id,surname,date_of_birth,soc_sec_id\n"
    Path(files[0]).write_text(header + "a1,Marsh,19840409,123456789\n")
    Path(files[1]).write_text(header + "b1,Quill,19840409,123456789\n")
    assert "review" in run(*files)[1]
    assert "link" in run(*files, "--with-ssn")[1]


@pytest.mark.skipif(not SAMPLES.exists(), reason=f"the linkage samples are not at {SAMPLES}")
def test_links_febrl_four_without_the_social_security_number() -> None:
    four = [str(SAMPLES / name) for name in ("febrl_dataset4a.csv", "febrl_dataset4b.csv", "febrl4_true_links.csv")]
    status, _, err = run(four[0], four[1], "--truth", four[2])
    measured = json.loads(err)
    assert status == 0
    assert measured["link"]["precision"] >= 0.999
    assert measured["link"]["recall"] >= 0.97


@pytest.mark.skipif(not SAMPLES.exists(), reason=f"the linkage samples are not at {SAMPLES}")
def test_finds_the_duplicates_within_one_file() -> None:
    one = str(SAMPLES / "febrl_dataset1.csv")
    _, out, err = run(one, one, "--truth", str(SAMPLES / "febrl1_true_links.csv"))
    measured = json.loads(err)
    assert measured["link"]["precision"] >= 0.995
    assert measured["review"]["recall"] >= 0.97
    assert all(row["id_a"] != row["id_b"] for row in csv.DictReader(io.StringIO(out)))
