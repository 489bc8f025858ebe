"""What a payer answers about coverage: benefits told apart, and a refusal never taken for "not covered"."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from edi.eligibility_270_271 import values
from edi.eligibility_270_271.reading import read
from edi.eligibility_270_271.values import Kind, Standing
from edi.eligibility_270_271.writing import write
from edi.problems import Problem, Problems
from edi.professional_claim_837p.values import Address
from edi.tests.test_envelope import SAMPLES, file
from edi.tests.test_envelope import read as read_file

HEAD = """\
ST*271*0001*005010X279A1
BHT*0022*11*Q1*20260210*0915
HL*1**20*1
NM1*PR*2*EXAMPLE MUTUAL*****PI*12345
PER*IC**TE*8005550100
HL*2*1*21*1
NM1*1P*2*JUNIPER FAMILY PRACTICE*****XX*1234567893
HL*3*2*22*0
TRN*2*Q1-7*9123456789
NM1*IL*1*OKAFOR*NIA*B***MI*W22334455
N3*8 ELM CT
N4*COLUMBUS*OH*43215
DMG*D8*19580714*F
INS*Y*18*001*25
DTP*346*D8*20260101"""
BENEFITS = """
EB*1**30^98*CI*GOLD PPO
EB*B**98***27*25*****Y
EB*A**98***27**.2****N
EB*C*IND*30***23*1500*****Y
EB*C*IND*30***29*412.5*****Y
EB*G*FAM*30***29*6000*****W
EB*F**98***23***VS*20
HSD*VS*20***23*1
EB*I**35
EB*U**30
MSG*CALL FOR PRIOR APPROVAL
EB*R**30
LS*2120
NM1*PRP*2*OTHER HEALTH*****PI*99
LE*2120"""


def answer(text: str) -> tuple[values.Eligibility, list[Problem]]:
    rows = text.splitlines()
    transactions, faults, _ = read_file(file([*rows, f"SE*{len(rows) + 1}*0001"]).replace("GS*HP", "GS*HB"))
    assert faults == []
    problems = Problems()
    return read(transactions[0], problems), list(problems)


def benefits() -> list[values.Benefit]:
    found, problems = answer(HEAD + BENEFITS)
    assert problems == []
    return found.persons[0].benefits


def test_who_answers_and_about_whom() -> None:
    found, problems = answer(HEAD)
    assert problems == []
    assert found.payer is not None
    assert (found.payer.name, found.payer.contacts) == ("EXAMPLE MUTUAL", [["", "TE", "8005550100"]])
    (person,) = found.persons
    assert (person.entity.name, person.entity.identifier) == ("OKAFOR", "W22334455")
    assert person.entity.address == Address(["8 ELM CT"], "COLUMBUS", "OH", "43215")
    assert (person.was_corrected, person.traces, person.dates) == (
        True,
        [("2", "Q1-7", "9123456789")],
        [("346", "D8", "20260101")],
    )
    assert person.standing is Standing.NOT_SAID


def test_benefits_are_told_apart() -> None:
    active, copay, coinsurance, whole, left, family, limit, excluded, _, other = benefits()
    assert (active.kind, active.service_types, active.plan) == (Kind.ACTIVE, ["30", "98"], "GOLD PPO")
    assert (copay.kind, copay.amount, copay.in_network) == (Kind.COPAY, 2_500, "Y")
    assert (coinsurance.kind, coinsurance.percent, coinsurance.in_network) == (Kind.COINSURANCE, Decimal("0.2"), "N")
    assert (whole.kind, whole.amount, whole.is_remaining) == (Kind.DEDUCTIBLE, 150_000, False)
    assert (left.amount, left.is_remaining, left.is_family) == (41_250, True, False)
    assert (family.kind, family.is_family, family.in_network) == (Kind.OUT_OF_POCKET, True, "W")
    assert (limit.kind, limit.quantity_kind, limit.quantity) == (Kind.LIMIT, "VS", "20")
    assert limit.delivery[0][:2] == ["VS", "20"]
    assert excluded.kind is Kind.NOT_COVERED
    assert [entity.name for entity in other.entities] == ["OTHER HEALTH"]


@pytest.mark.parametrize(
    ("said", "standing"),
    [
        ("EB*1**30", Standing.ACTIVE),
        ("EB*6**30", Standing.INACTIVE),
        ("EB*6**35\nEB*1**30", Standing.ACTIVE),
        ("AAA*N**75*C", Standing.NOT_LOOKED_UP),
        ("EB*D**30", Standing.NOT_SAID),
    ],
)
def test_not_looked_up_is_not_inactive(said: str, standing: Standing) -> None:
    assert answer(f"{HEAD}\n{said}")[0].persons[0].standing is standing


@pytest.mark.parametrize("after", ["HL*1**20*1", "NM1*1P*2*JUNIPER FAMILY PRACTICE*****XX*1234567893"])
def test_a_refusal_above_the_patient_leaves_the_patient_not_looked_up(after: str) -> None:
    found, _ = answer(HEAD.replace(after, f"{after}\nAAA*N**42*R"))
    assert [refusal.reason for refusal in found.refusals] == ["42"]
    assert found.standing_of(found.persons[0]) is Standing.NOT_LOOKED_UP


@pytest.mark.parametrize(
    ("old", "new", "element"),
    [
        ("HL*3*2*22*0", "HL*3*9*22*0", "HL02"),
        ("HL*3*2*22*0", "HL*3*3*22*0", "HL02"),
        ("HL*3*2*22*0", "HL*2*2*22*0", "HL01"),
        ("HL*3*2*22*0", "HL*3*2*77*0", "HL03"),
    ],
)
def test_a_level_that_hangs_nowhere_is_said_and_the_rest_is_read(old: str, new: str, element: str) -> None:
    found, problems = answer(HEAD.replace(old, new))
    assert element in [problem.element for problem in problems]
    assert found.payer is not None


@pytest.mark.parametrize(("said", "element"), [("EB*B**98***27*2x", "EB07"), ("EB*A**98***27**NaN", "EB08")])
def test_a_number_that_is_none_is_said_and_left_out(said: str, element: str) -> None:
    found, (problem,) = answer(f"{HEAD}\n{said}")
    assert problem.element == element
    assert (found.persons[0].benefits[0].amount, found.persons[0].benefits[0].percent) == (None, None)


words = some.text("ABCDEFGHIJ", min_size=1, max_size=12)
entities = some.builds(
    values.Entity, some.sampled_from(["IL", "03"]), some.just("1"), words, words, some.just(""), some.just(""),
    some.just("MI"), words, some.none() | some.builds(Address, some.lists(words, min_size=1, max_size=2), words, words),
    references=some.lists(some.tuples(words, words), max_size=2),
)  # fmt: skip
dated = some.lists(some.just(("346", "D8", "20260101")), max_size=1)
refusals = some.lists(some.builds(values.Refusal, words, words, some.booleans()), max_size=2)
drawn_benefits = some.builds(
    values.Benefit, some.sampled_from("1ABCGF"), some.sampled_from(["", "IND", "FAM"]), some.lists(words, max_size=3),
    words, words, words, some.none() | some.integers(0, 10**8),
    some.none() | some.decimals(0, 1, places=2), in_network=some.sampled_from(["", "Y", "N"]), dates=dated,
    messages=some.lists(words, max_size=2), entities=some.lists(entities, max_size=2), refusals=refusals,
)  # fmt: skip
persons = some.builds(
    values.Person, entities, some.booleans(), some.sampled_from(["", "18"]), dates=dated,
    traces=some.lists(some.tuples(words, words, words), max_size=1), refusals=refusals,
    inquiries=some.lists(some.builds(values.Inquiry, some.lists(words, min_size=1, max_size=3)), max_size=2),
    benefits=some.lists(drawn_benefits, max_size=4),
)  # fmt: skip


@given(some.lists(persons, max_size=3), some.sampled_from(["270", "271"]))
def test_what_is_written_is_read_back_the_same(drawn: list[values.Person], number: str) -> None:
    for person in drawn[:1]:
        person.is_dependent = False
    one = values.Eligibility(
        "0001", "005010X279A1", "13", "Q1", "20260210", "0915", values.Entity("PR", name="P"),
        values.Entity("1P", name="R"), persons=drawn,
    )  # fmt: skip
    transactions, _, _ = read_file(file(write(one, number).replace("~\n", "\n").splitlines()))
    problems = Problems()
    assert read(transactions[0], problems) == one
    assert list(problems) == []


def test_every_sample_is_read() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the X12 samples (../shared/samples/x12) are not here")
    persons = 0
    for path in sorted([*SAMPLES.glob("270/*"), *SAMPLES.glob("271/*")]):
        for one in read_file(path.read_bytes())[0]:
            if one.is_supported:
                persons += len(read(one, Problems()).persons)
    assert persons > 20
