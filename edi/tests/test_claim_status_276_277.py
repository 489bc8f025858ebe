"""What a batch's acknowledgment says of each claim: accepted or refused, and whether its totals bear that out."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from edi.claim_status_276_277 import ClaimStatus, read, unreconciled
from edi.problems import Problem, Problems
from edi.tests.test_envelope import SAMPLES, file
from edi.tests.test_envelope import read as read_file

BATCH = """\
ST*277*0001*005010X214
BHT*0085*08*B7*20260210*0915*TH
HL*1**20*1
NM1*PR*2*EXAMPLE MUTUAL*****PI*12345
TRN*1*T1
HL*2*1*21*1
NM1*41*2*JUNIPER FAMILY PRACTICE*****46*SUB4410
TRN*2*B0001
STC*A1:20*20260210*WQ*425.5
QTY*90*1
QTY*AA*1
AMT*YU*300
AMT*YY*125.5
HL*3*2*19*1
NM1*85*2*JUNIPER FAMILY PRACTICE*****XX*1234567893
HL*4*3*PT
NM1*QC*1*OKAFOR*NIA****MI*W22334455
TRN*2*PCN1
STC*A2:20*20260210*WQ*300
REF*1K*2026010998877
DTP*472*D8*20260105
HL*5*3*PT
NM1*QC*1*LINDQVIST*ARI****MI*ZZB901
TRN*2*PCN2
STC*A7:164:IL*20260210*U*125.5*******A3:21
REF*D9*CH99
SVC*HC:99213*125.5
STC*A7:454*20260210*U"""


def answer(text: str) -> tuple[ClaimStatus, list[Problem]]:
    rows = text.splitlines()
    transactions, faults, _ = read_file(file([*rows, f"SE*{len(rows) + 1}*0001"]).replace("GS*HP", "GS*HN"))
    assert faults == []
    problems = Problems()
    return read(transactions[0], problems), list(problems)


def test_each_claim_is_accepted_or_refused_with_its_reasons() -> None:
    found, problems = answer(BATCH)
    assert problems == []
    assert [(claim.number, claim.is_refused) for claim in found.claims] == [("PCN1", False), ("PCN2", True)]
    accepted, refused = found.claims
    assert accepted.references == [("1K", "2026010998877")]
    assert refused.statuses[0].reasons == [("A7", "164", "IL"), ("A3", "21", "")]
    assert refused.statuses[0].charge == 12_550
    assert refused.lines[0].statuses[0].reasons == [("A7", "454", "")]
    assert unreconciled(found) == []


@pytest.mark.parametrize("category", ["A3", "A4", "A6", "A7", "A8"])
def test_every_refusing_category_refuses_whatever_the_action_says(category: str) -> None:
    found, _ = answer(BATCH.replace("STC*A2:20*20260210*WQ*300", f"STC*{category}:20*20260210*WQ*300"))
    assert found.claims[0].is_refused


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("QTY*90*1", "QTY*90*2", "QTY*90 says 2 claims; there are 1."),
        ("QTY*AA*1", "QTY*AA*0", "QTY*AA says 0 claims; there are 1."),
        ("AMT*YU*300", "AMT*YU*301", "AMT*YU says 301.00; the claims make 300.00."),
        ("AMT*YY*125.5", "AMT*YY*0", "AMT*YY says 0.00; the claims make 125.50."),
    ],
)
def test_totals_that_the_claims_do_not_bear_out_are_said(old: str, new: str, words: str) -> None:
    assert unreconciled(answer(BATCH.replace(old, new))[0]) == [words]


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ("HL*5*3*PT", "HL*5*9*PT", "HL02"),
        ("HL*5*3*PT", "HL*4*3*PT", "HL01"),
        ("HL*5*3*PT", "HL*5*3*77", "HL03"),
        ("U*125.5*", "U*12x*", "STC04"),
    ],
)
def test_a_fault_is_said_and_the_other_claims_are_read(old: str, new: str, element: str) -> None:
    found, (problem,) = answer(BATCH.replace(old, new))
    assert problem.element == element
    assert found.claims[0].number == "PCN1"


@given(some.lists(some.sampled_from([*BATCH.splitlines()[1:], "STC", "TRN", "HL", "SVC*Ñ", "AMT*YU*x"]), max_size=40))
def test_no_order_of_segments_raises(rows: list[str]) -> None:
    found, _ = answer("\n".join(["ST*277*0001*005010X214", *rows]))
    assert all(": " not in words for words in unreconciled(found))
    assert found.control == "0001"


def test_every_sample_is_read() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the X12 samples (../shared/samples/x12) are not here")
    claims = 0
    for path in sorted([*SAMPLES.glob("277*/*"), *SAMPLES.glob("276/*")]):
        for one in read_file(path.read_bytes())[0]:
            if one.is_supported:
                claims += len(read(one, Problems()).claims)
    assert claims
