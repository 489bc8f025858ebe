"""The answers to what came: accepted, refused with the code of the fault, or a TA1 before any group."""

import io
from datetime import datetime

import pytest

from edi import remittance_835
from edi.acknowledgments_999 import Received, acknowledge
from edi.envelope import Reader
from edi.problems import Problems
from edi.segments import Delimiters, split
from edi.source import Source
from edi.tests.test_envelope import file, read, remittance
from edi.tests.test_remittance_835 import PAID

AT = datetime(2026, 11, 24, 10, 15)  # noqa: DTZ001 (the envelope's time has no zone)


def answer(text: str) -> list[list[str]]:
    problems = Problems()
    reader = Reader(Source(io.BytesIO(text.encode("latin-1"))), problems)
    transactions = []
    for one in reader:
        remittance_835.read(one, problems)
        transactions.append(one)
    written = acknowledge(Received(reader.interchanges[0], transactions, list(problems)), at=AT, control=9)
    # What we write is read by our own reader without a problem.
    if written:
        assert [problem for problem in read(written)[1] if problem.severity == "error"] == []
    return [[element.strip() for element in row] for row in split(written, Delimiters())]


def paid() -> list[str]:
    body = PAID.splitlines()
    return ["ST*835*0001", *body, f"SE*{len(body) + 2}*0001"]


def test_a_clean_file_is_accepted_and_sender_and_receiver_change_places() -> None:
    rows = answer(file(paid()))
    assert (rows[0][6], rows[0][8], rows[0][13]) == ("PAYER", "CLINIC", "000000009")
    assert rows[1:-1] == [
        ["GS", "FA", "CLINIC", "PAYER", "20261124", "1015", "9", "X", "005010X231A1"],
        ["ST", "999", "0001", "005010X231A1"],
        ["AK1", "HP", "7", "005010X221A1"],
        ["AK2", "835", "0001"],
        ["IK5", "A"],
        ["AK9", "A", "1", "1", "1"],
        ["SE", "6", "0001"],
        ["GE", "1", "9"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("SE*29*0001", "SE*28*0001", ["IK5", "R", "4"]),
        ("SE*29*0001", "SE*29*0002", ["IK5", "R", "3"]),
        ("SE*29*0001~", "", ["IK5", "R", "2"]),
        ("ST*835*0001", "ST*835*", ["IK5", "R", "3", "7"]),
        ("GE*1*7", "GE*1*8", ["AK9", "R", "1", "1", "0", "4"]),
        ("GE*1*7", "GE*3*7", ["AK9", "R", "3", "1", "0", "5"]),
        ("GE*1*7~", "", ["AK9", "R", "1", "1", "0", "3"]),
    ],
)
def test_each_fault_of_the_envelope_has_its_code(old: str, new: str, verdict: list[str]) -> None:
    text = file(paid())
    assert old in text
    assert verdict in answer(text.replace(old, new, 1))


def test_an_amount_that_is_none_is_said_by_segment_and_element() -> None:
    rows = answer(file(paid()).replace("CLP*JS-1001*1*200*", "CLP*JS-1001*1*2oo*"))
    at = rows.index(["IK3", "CLP", "9", "", "8"])
    assert rows[at : at + 4] == [
        ["IK3", "CLP", "9", "", "8"],
        ["IK4", "3", "", "6"],
        ["IK5", "R", "5"],
        ["AK9", "R", "1", "1", "0"],
    ]


def test_a_group_of_good_and_bad_is_accepted_in_part() -> None:
    rows = answer(file(paid(), remittance("0002")).replace("SE*6*0002", "SE*7*0002"))
    assert [row for row in rows if row[0] in {"IK5", "AK9"}] == [
        ["IK5", "A"],
        ["IK5", "R", "4"],
        ["AK9", "P", "2", "2", "1"],
    ]


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("IEA*1*000000001", "IEA*1*000000002", ["R", "001"]),
        ("IEA*1*000000001~", "", ["R", "023"]),
        ("IEA*1*000000001", "IEA*2*000000001", ["E", "021"]),
        ("CLINIC         ", "CLINIC", ["E", "006"]),
        ("*000000001*0*P", "*000000001*1*P", ["A", "000"]),
    ],
)
def test_an_interchange_that_is_wrong_or_asks_is_answered_before_the_first_group(
    old: str, new: str, note: list[str]
) -> None:
    rows = answer(file(paid()).replace(old, new, 1))
    assert rows[1] == ["TA1", "000000001", "261124", "1015", *note]
    assert (len(rows) == 3) is (note[0] == "R")


def test_an_acknowledgment_is_not_acknowledged() -> None:
    assert (
        answer(file(["ST*999*0001*005010X231A1", "AK1*HC*1", "AK9*A*1*1*1", "SE*4*0001"]).replace("GS*HP", "GS*FA"))
        == []
    )


def test_delimiters_of_theirs_never_break_ours() -> None:
    theirs = file(paid(), marks=Delimiters("|", ">", "{", "!")).replace("CLINIC         ", "CL*N~C:^       ")
    rows = answer(theirs.replace("GS|HP|PAYER", "GS|HP|PA~Y*ER"))
    assert (rows[0][8], rows[1][3]) == ("CLNC", "PAYER")
