"""A right claim passes; every single fault is caught, said where it is, and no patient's element is quoted."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as some

from edi.envelope import Transaction
from edi.problems import Problem, Problems, Severity
from edi.tests.claims import CHILD, SECOND_PAYER, lines
from edi.tests.mutants import by_rule
from edi.tests.test_envelope import SAMPLES, file, read
from edi.validation.checks import validate
from edi.validation.level_5_codes import CodeLists

CLAIMS = {"second payer": SECOND_PAYER, "child": CHILD}
PLACES = CodeLists(places_of_service=frozenset({"02", "11", "21"}))


def claim_of(segments: list[str]) -> Transaction:
    text = file(segments).replace(
        "GS*HP*PAYER*CLINIC*20261124*1015*7*X*005010X221A1", "GS*HC*A1*B1*20260210*0915*7*X*005010X222A1"
    )
    transactions, problems, _ = read(text)
    assert problems == []
    return transactions[0]


def check(segments: list[str], level: int = 5) -> list[Problem]:
    problems = Problems()
    validate(claim_of(segments), problems, PLACES, level=level)
    return list(problems)


@pytest.mark.parametrize("name", CLAIMS)
def test_a_right_claim_has_no_problem_at_any_level(name: str) -> None:
    assert check(lines(CLAIMS[name])) == []


@pytest.mark.parametrize("name", CLAIMS)
def test_every_fault_by_rule_is_caught_at_level_two(name: str) -> None:
    claim = claim_of(lines(CLAIMS[name]))
    root = validate(claim, Problems())
    assert root is not None
    mutants = list(by_rule(claim, root))
    assert len(mutants) > 300
    missed = [(one.what, one.index) for one in mutants if not check(one.segments, level=2)]
    assert missed == []


@pytest.mark.parametrize("name", CLAIMS)
def test_a_fault_by_rule_is_said_near_its_segment(name: str) -> None:
    claim = claim_of(lines(CLAIMS[name]))
    root = validate(claim, Problems())
    assert root is not None
    for one in by_rule(claim, root):
        if not one.what.startswith("no "):
            assert claim.segment + one.index in {problem.segment for problem in check(one.segments, level=2)}, one.what


@pytest.mark.parametrize(
    ("name", "old", "new", "level", "element", "code"),
    [
        ("child", "HL*3*2*23*0", "HL*4*2*23*0", 2, "HL01", "sequence"),
        ("child", "HL*3*2*23*0", "HL*3*1*23*0", 2, "HL02", "parent"),
        ("child", "HL*2*1*22*1", "HL*2*1*22*0", 2, "HL04", "children"),
        ("second payer", "LX*2", "LX*3", 2, "LX01", "sequence"),
        ("second payer", "REF*F8*2026010998877", "REF*QQ*2026010998877", 2, "REF01", "code"),
        ("second payer", "CLM*PCN1*300*", "CLM*PCN1*301*", 3, "CLM02", "balance"),
        ("second payer", "SVD*15202*100*", "SVD*15202*99*", 3, "SVD02", "balance"),
        ("second payer", "CAS*CO*45*75", "CAS*CO*45*74.5", 3, "SVD02", "balance"),
        ("second payer", "AMT*D*150", "AMT*D*151", 3, "AMT02", "balance"),
        ("second payer", "REF*F8*2026010998877\n", "", 4, "REF", "missing"),
        ("second payer", "SV1*HC:J1885*100*UN*4***3", "SV1*HC:J1885*100*UN*4***4", 4, "SV107-1", "pointer"),
        ("second payer", "UN*1***1:2", "UN*1***1:1", 4, "SV107", "pointer_twice"),
        ("second payer", "DMG*D8*19580714*F\n", "", 4, "DMG", "missing"),
        ("second payer", "N3*8 ELM CT\n", "", 4, "N3", "missing"),
        ("second payer", "N4*COLUMBUS*OH*432150001", "N4*COLUMBUS*OH*43215", 4, "N403", "zip"),
        ("second payer", "N3*120 JUNIPER ST", "N3*P.O. BOX 120", 4, "N301", "po_box"),
        ("second payer", "SBR*P*18*", "SBR*S*18*", 4, "SBR01", "order_twice"),
        ("second payer", "SBR*S*18*GRP1******CI", "SBR*S*18*GRP1******MB", 4, "SBR05", "missing"),
        ("second payer", "SBR*S*18*GRP1******CI", "SBR*S*18*GRP1**12****CI", 4, "SBR05", "not_used"),
        ("second payer", "SBR*S*18*", "SBR*S**", 4, "SBR02", "missing"),
        ("second payer", "SBR*S*18*", "SBR*T*18*", 4, "SBR01", "payer_before"),
        ("second payer", "SVD*15202*50", "SVD*15203*50", 4, "SVD01", "payer_unknown"),
        ("child", "PWK*OZ*FX***AC*ATT000123", "PWK*OZ*FX", 4, "PWK06", "missing"),
        ("child", "**AA:::OH", "**AA", 4, "CLM11-4", "missing"),
        ("child", "DTP*439*D8*20260103\n", "", 4, "DTP", "missing"),
        ("child", "N4*DUBLIN*OH*430170009", "N4*DUBLIN*OH*43017", 4, "N403", "zip"),
        ("child", "*XX*1234567893", "*XX*1234567894", 5, "NM109", "npi"),
        ("child", "ABK:S060X0A", "ABK:S06.0X0A", 5, "HI01-2", "diagnosis"),
        ("child", "ABK:S060X0A", "BK:8500", 5, "HI01-1", "diagnosis_edition"),
        ("child", "***11:B:1*", "***97:B:1*", 5, "CLM05-1", "place_of_service"),
        ("child", "PXC*207Q00000X", "PXC*207Q00000", 5, "PRV03", "taxonomy"),
        ("second payer", "ABF:I10*", "ABF:E119*", 5, "HI02-2", "diagnosis_twice"),
        ("child", "D8*20190301*M", "D8*20190231*M", 5, "DMG02", "date"),
        ("child", "RD8*20260103-20260104", "RD8*20260104-20260103", 5, "DTP03", "range"),
        ("child", "RD8*20260103-20260104", "D8*20270103", 5, "DTP03", "future"),
        ("child", "D8*20190301*M", "D8*20260109*M", 5, "DTP03", "before_birth"),
        ("child", "REF*EI*311234567", "REF*EI*31-1234567", 5, "REF02", "tax_number"),
        ("second payer", "X4*36D1234567", "X4*36X1234567", 5, "REF02", "clia"),
        ("second payer", "LIN**N4*00409379501", "LIN**N4*0409379501", 5, "LIN03", "ndc"),
        ("second payer", "CTP****2*ML", "CTP****0*ML", 5, "CTP04", "quantity"),
        ("child", "*125.5*UN*1*", "*125.5*UN*0*", 5, "SV104", "quantity"),
        ("child", "HC:99213", "HC:9921", 5, "SV101-2", "procedure"),
        ("child", "HC:99213", "HC:99213:25:25", 5, "SV101", "modifier_twice"),
        ("child", "N4*DUBLIN*OH*430170002", "N4*DUBLIN*ZZ*430170002", 5, "N402", "state"),
    ],
)  # fmt: skip
def test_a_fault_by_hand_is_caught_at_its_level_and_not_below(
    name: str, old: str, new: str, level: int, element: str, code: str
) -> None:
    wrong = lines(CLAIMS[name].replace(old, new, 1))
    assert (element, code) in [(one.element, one.code) for one in check(wrong, level=level)]
    assert (element, code) not in [(one.element, one.code) for one in check(wrong, level=level - 1)]


@pytest.mark.parametrize(
    ("name", "old", "new", "element"),
    [
        ("child", "N3*9 NORTH RD", "N3*120 JUNIPER ST", "NM1"),
        ("second payer", "XX*1982736450", "XX*1234567893", "NM109"),
        ("child", "***11:B:1*", "***21:B:1*", "DTP"),
        ("child", "HC:99213*125.5*UN", "HC:00840*125.5*UN", "SV103"),
    ],
)  # fmt: skip
def test_what_payers_refuse_often_is_a_warning(name: str, old: str, new: str, element: str) -> None:
    (problem,) = check(lines(CLAIMS[name].replace(old, new, 1)))
    assert (problem.severity, problem.element) == (Severity.WARNING, element)


def test_an_element_is_said_by_its_name_and_byte_and_not_quoted() -> None:
    claim = claim_of(lines(CHILD.replace("CLM*PCN2*125.5***11:B:1", "CLM*PCN2*125.5***11:B:SECRET")))
    problems = Problems()
    validate(claim, problems)
    (problem,) = list(problems)
    assert problem.element == "CLM05-3"
    assert claim.text[problem.offset - claim.offset :].startswith("CLM*PCN2")
    assert "SECRET" not in problem.message


def test_a_list_that_changes_is_passed_in() -> None:
    known = CodeLists(diagnoses=lambda code, day: (code, day) == ("S060X0A", "20260103"))
    problems = Problems()
    validate(claim_of(lines(CHILD)), problems, known)
    assert list(problems) == []
    validate(claim_of(lines(CHILD.replace("S060X0A", "S060X1A"))), problems, known)
    assert [one.element for one in problems] == ["HI01-2"]


@given(some.data())
def test_no_shuffled_or_bent_claim_raises(data: some.DataObject) -> None:
    segments = lines(data.draw(some.sampled_from(list(CLAIMS.values()))))
    picked = random.Random(data.draw(some.integers(0, 10_000)))
    body = segments[1:-1]
    for _ in range(picked.randint(1, 6)):
        at = picked.randrange(len(body))
        match picked.randrange(4):
            case 0:
                body.pop(at) if len(body) > 1 else None
            case 1:
                body.insert(at, body[picked.randrange(len(body))])
            case 2:
                body[at] = data.draw(some.text(some.characters(codec="latin-1", exclude_characters="~"), max_size=30))
            case _:
                cut = picked.randrange(len(body[at]) + 1)
                body[at] = body[at][:cut] + picked.choice(["*", ":", "^", "\xd1", "-", "9" * 40]) + body[at][cut:]
    problems = Problems()
    transactions, _, _ = read(file([segments[0], *body, segments[-1]]))
    for one in transactions:
        validate(one, problems)
    assert all(problem.message for problem in problems)


def test_every_sample_is_checked_without_a_fault_of_ours() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the X12 samples (../shared/samples/x12) are not here")
    checked = 0
    for path in sorted(SAMPLES.glob("837P/*")):
        for one in read(path.read_bytes())[0]:
            validate(one, Problems())
            checked += one.is_supported
    assert checked
