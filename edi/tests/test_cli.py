"""The command as a biller's script calls it, in a process of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from edi.tests.test_envelope import file, remittance
from edi.tests.test_remittance_835 import PAID

ROOT = Path(__file__).resolve().parents[2]


def x12(*arguments: str | Path) -> tuple[int, list[dict[str, Any]], str]:
    done = subprocess.run(
        [sys.executable, "-m", "edi.cli", *map(str, arguments)], cwd=ROOT, capture_output=True, check=False
    )
    assert b"Traceback" not in done.stderr
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()], done.stderr.decode()


def test_check_says_a_line_a_file_and_its_status_is_that_of_the_worst(tmp_path: Path) -> None:
    (tmp_path / "good.835").write_text(file(remittance()))
    (tmp_path / "bad.835").write_text(file(remittance()).replace("SE*6", "SE*9"))
    status, lines, _ = x12("check", tmp_path / "good.835")
    assert (status, lines) == (
        0,
        [
            {
                "file": str(tmp_path / "good.835"),
                "interchanges": 1,
                "transactions": [
                    {
                        "type": "835",
                        "version": "005010X221A1",
                        "control": "0001",
                        "segments": 6,
                        "status": "read",
                    }
                ],
                "problems": [],
            }
        ],
    )
    status, lines, _ = x12("check", tmp_path / "good.835", tmp_path / "bad.835")
    assert (status, len(lines)) == (1, 2)
    [problem] = lines[1]["problems"]
    assert problem == {
        "segment": 8,
        "offset": file(remittance()).index("SE*6"),
        "element": "SE01",
        "severity": "error",
        "code": "count",
        "message": "SE01 says 9 segments; there are 6.",
    }


def test_a_file_that_is_not_there_is_one_line_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "good.835").write_text(file(remittance()))
    status, lines, said = x12("check", tmp_path / "nothing.835", tmp_path / "good.835", tmp_path)
    assert (status, len(lines)) == (2, 1)
    assert said.count("\n") == 2


def test_a_warning_alone_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "old.835").write_text(file(remittance()).replace("005010X221A1", "004010X091A1"))
    status, [line], _ = x12("check", tmp_path / "old.835")
    assert status == 0
    assert [problem["severity"] for problem in line["problems"]] == ["warning"]


def test_the_command_starts_without_the_web_program() -> None:
    code = "import sys, edi.cli; assert 'django' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)


def test_balance_says_a_line_a_payment_and_shows_only_where_the_envelope_disagrees(tmp_path: Path) -> None:
    good, off = PAID.splitlines(), PAID.replace("BPR*I*166.25", "BPR*I*99.99").splitlines()
    one = ["ST*835*0001", *good, f"SE*{len(good) + 9}*0001"]
    two = ["ST*835*0002", *off, f"SE*{len(off) + 2}*0002"]
    (tmp_path / "day.835").write_text(file(one, two))
    status, lines, said = x12("balance", tmp_path / "day.835")
    size = str(len(good) + 2)
    assert status == 1
    assert [(line["trace"], line["paid"], line["claims"], line["lines"], line["balanced"]) for line in lines] == [
        ("EFT20261120", "166.25", 3, 3, True),
        ("EFT20261120", "99.99", 3, 3, False),
    ]
    assert lines[0]["faults"] == [
        {
            "equation": "B8",
            "claim": None,
            "line": None,
            "expected": size,
            "found": str(int(size) + 7),
            "difference": "7",
        }
    ]
    assert [fault["equation"] for fault in lines[1]["faults"]] == ["B4"]
    assert "SE01" in said


def test_balance_of_a_file_without_a_remittance_says_so(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    status, lines, said = x12("balance", tmp_path / "notes.txt")
    assert (status, lines) == (1, [])
    assert "holds no 835" in said


def test_show_gives_money_as_strings_with_two_decimals(tmp_path: Path) -> None:
    body = PAID.splitlines()
    (tmp_path / "one.835").write_text(file(["ST*835*0001", *body, f"SE*{len(body) + 2}*0001"]))
    status, [line], _ = x12("show", tmp_path / "one.835")
    claim = line["payment"]["claims"][0]
    assert (status, line["type"], line["payment"]["paid"], claim["charge"]) == (0, "835", "166.25", "200.00")
    assert claim["lines"][0]["amounts"] == [["B6", "110.50"]]
    assert line["payment"]["provider_adjustments"][0]["amount"] == "-5.75"
