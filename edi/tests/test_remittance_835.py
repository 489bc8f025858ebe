"""A remittance read to its claims, lines and adjustments, and whether it adds up."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as some

from edi.balancing import Fault, faults, is_balanced
from edi.money import cents, dollars
from edi.problems import Problem, Problems
from edi.remittance_835 import Adjustment, Party, ProviderAdjustment, Remittance, read
from edi.tests.test_envelope import file
from edi.tests.test_envelope import read as read_file

PAID = """BPR*I*166.25*C*ACH*CCP*01*999999992*DA*123456*1512345678**01*999988880*DA*98765*20261120
TRN*1*EFT20261120*1512345678
DTM*405*20261119
N1*PR*EXAMPLE HEALTH
N1*PE*JUNIPER STREET FAMILY PRACTICE*XX*1234567893
REF*TJ*123456789
LX*1
CLP*JS-1001*1*200*110.5*30*12*ICN77*11*1
CAS*PR*1*10
NM1*QC*1*DOE*JANE*Q***MI*M123
MOA***MA01**MA18
DTM*232*20261101
SVC*HC:99213:25*150*90.5**1
DTM*472*20261101
CAS*CO*45*39.5
CAS*PR*2*20
REF*6R*LINE1
AMT*B6*110.5
LQ*HE*N130
SVC*HC:87880*50*30*****
CAS*CO*45*15*1*97*5
CLP*JS-1002*22*-80*-50**12*ICN50
SVC*HC:99212*-80*-50
CAS*CO*45*-30
CLP*JS-1003*19*100*100*0*MB*ICN90
NM1*TT*2*SECOND PAYER*****PI*22222
PLB*1234567893*20261231*L6*-5.75*WO:ICN50*0"""


def payment(text: str = PAID) -> tuple[Remittance, list[Problem]]:
    body = text.splitlines()
    [one], problems, _ = read_file(file(["ST*835*0001", *body, f"SE*{len(body) + 2}*0001"]))
    assert problems == []
    said = Problems()
    return read(one, said), list(said)


def test_a_payment_is_read_with_its_trace_parties_and_adjustments_beside_claims() -> None:
    found, problems = payment()
    assert problems == []
    assert (found.paid, found.method, found.date, found.trace) == (16625, "ACH", "20261120", "EFT20261120")
    assert (found.origin, found.references) == ("1512345678", [("TJ", "123456789")])
    assert found.parties[1] == Party("PE", "JUNIPER STREET FAMILY PRACTICE", qualifier="XX", identifier="1234567893")
    assert found.provider_adjustments == [
        ProviderAdjustment("1234567893", "20261231", "L6", "", -575),
        ProviderAdjustment("1234567893", "20261231", "WO", "ICN50", 0),
    ]
    assert (len(found.claims), found.lines) == (3, 3)


def test_a_claim_keeps_its_level_and_a_line_its_own() -> None:
    claim = payment()[0].claims[0]
    assert (claim.control, claim.charge, claim.paid, claim.patient_responsibility) == ("JS-1001", 20000, 11050, 3000)
    assert (claim.payer_control, claim.adjustments, claim.remarks) == (
        "ICN77",
        [Adjustment("PR", "1", 1000)],
        ["MA01", "MA18"],
    )
    first, second = claim.lines
    assert (first.procedure, first.charge, first.paid, first.units) == ("HC:99213:25", 15000, 9050, "1")
    assert first.adjustments == [Adjustment("CO", "45", 3950), Adjustment("PR", "2", 2000)]
    assert (first.references, first.amounts, first.remarks) == ([("6R", "LINE1")], [("B6", 11050)], [("HE", "N130")])
    assert second.adjustments == [Adjustment("CO", "45", 1500, "1"), Adjustment("CO", "97", 500)]
    assert claim.dates == [("232", "20261101")]


def test_reversals_and_claims_that_were_passed_on_say_so() -> None:
    first, second, third = payment()[0].claims
    assert [claim.is_reversal for claim in (first, second, third)] == [False, True, False]
    assert [claim.is_crossed_over for claim in (first, second, third)] == [False, False, True]


def test_a_payment_that_adds_up_has_no_fault() -> None:
    found, _ = payment()
    assert faults(found) == []
    assert is_balanced([])


@pytest.mark.parametrize(
    ("old", "new", "wanted", "balanced"),
    [
        ("BPR*I*166.25", "BPR*I*99.99", [("B4", None, None, "166.25", "99.99", "-66.26")], False),
        (
            "SVC*HC:87880*50*30*",
            "SVC*HC:87880*50*31*",
            [("B1", "JS-1001", 2, "30.00", "31.00", "1.00"), ("B3", "JS-1001", None, "111.50", "110.50", "-1.00")],
            False,
        ),
        ("200*110.5*30*12", "200*110.5*31*12", [("B5", "JS-1001", None, "30.00", "31.00", "1.00")], True),
        ("CLP*JS-1002*22*-80*-50**", "CLP*JS-1002*22*-80*-50*-9*", [], True),
        ("L6*-5.75", "L6*5.75", [("B4", None, None, "154.75", "166.25", "11.50")], False),
    ],
)
def test_what_does_not_add_up_is_named_with_both_figures(
    old: str, new: str, wanted: list[tuple[object, ...]], *, balanced: bool
) -> None:
    assert old in PAID
    found = faults(payment(PAID.replace(old, new, 1))[0])
    assert [(one.equation, one.claim, one.line, one.expected, one.found, one.difference) for one in found] == wanted
    assert is_balanced(found) is balanced


@pytest.mark.parametrize(
    "bad", ["12,50", "1e3", "", "1.005", "$5", "--1", "1.2.3", "\u00b2", " 1", "1_0.00", "9" * 5000]
)
def test_an_amount_that_is_none_is_located_and_the_other_claims_are_read(bad: str) -> None:
    found, problems = payment(PAID.replace("CLP*JS-1001*1*200*", f"CLP*JS-1001*1*{bad}*"))
    assert [(one.element, one.code, one.segment) for one in problems] == [("CLP03", "amount", 11)]
    assert [claim.control for claim in found.claims] == ["JS-1001", "JS-1002", "JS-1003"]
    assert not is_balanced(faults(found))


@pytest.mark.parametrize(("tag", "element"), [("BPR", "BPR"), ("TRN", "TRN")])
def test_a_payment_without_its_amount_or_trace_is_a_fault(tag: str, element: str) -> None:
    text = "\n".join(row for row in PAID.splitlines() if not row.startswith(tag))
    assert [problem.element for problem in payment(text)[1]] == [element]


def test_lines_and_adjustments_before_any_claim_are_faults_and_break_nothing() -> None:
    found, problems = payment("BPR*I*0*C*NON\nTRN*1*X*Y\nSVC*HC:1*5*5\nLX*1\nCAS*CO*45*5\nNM1*QC\nDTM*1\nAMT\nCLP")
    assert [problem.code for problem in problems[:2]] == ["misplaced", "misplaced"]
    assert len(found.claims) == 1


def test_a_fault_is_never_mended() -> None:
    found, _ = payment(PAID.replace("BPR*I*166.25", "BPR*I*99.99"))
    before = replace(found)
    faults(found)
    assert found == before
    assert found.paid == 9999


@given(some.integers(-(10**14), 10**14))
def test_cents_undoes_dollars(amount: int) -> None:
    assert cents(dollars(amount)) == amount


@pytest.mark.parametrize(
    ("text", "amount"),
    [("100", 10000), ("-3.5", -350), (".75", 75), ("0", 0), ("-.05", -5), ("7.", 700), ("1.500", 150)],
)
def test_amounts_are_read_as_senders_write_them(text: str, amount: int) -> None:
    assert cents(text) == amount


@given(some.data())
def test_any_damage_inside_a_payment_leaves_a_remittance(data: some.DataObject) -> None:
    rows = PAID.splitlines()
    for _ in range(data.draw(some.integers(1, 6))):
        at = data.draw(some.integers(0, len(rows) - 1))
        rows[at] = data.draw(
            some.one_of(
                some.just(rows[at][: len(rows[at]) // 2]),
                some.text(some.characters(codec="latin-1", exclude_characters="~\x00\r\n\t "), max_size=20),
            )
        )
    body = [row for row in rows if row and not row.startswith(("ISA", "GS", "GE", "ST", "SE", "IEA"))]
    transactions, _, _ = read_file(file(["ST*835*0001", *body, f"SE*{len(body) + 2}*0001"]))
    for one in transactions:
        found = faults(read(one, Problems()))
        assert all(isinstance(fault, Fault) for fault in found)
