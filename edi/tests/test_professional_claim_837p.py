"""Claims read to values and written from them: what goes out comes back the same, and is right at every level."""

import io
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from edi.envelope import Reader
from edi.problems import Problems
from edi.professional_claim_837p import values
from edi.professional_claim_837p.reading import read
from edi.professional_claim_837p.writing import CannotBeSent, write
from edi.remittance_835 import Adjustment
from edi.segments import Delimiters
from edi.sending import Parties, Writer, interchange
from edi.source import Source
from edi.tests.claims import CHILD, SECOND_PAYER, lines
from edi.tests.test_envelope import SAMPLES
from edi.tests.test_envelope import read as read_file
from edi.tests.test_validation import claim_of
from edi.validation.checks import validate

AT = datetime(2026, 2, 10, 9, 15)  # noqa: DTZ001 (the envelope's time has no zone)
PARTIES = Parties("SUB4410", "CH001")


def submission(claim: str) -> values.Submission:
    problems = Problems()
    found = read(claim_of(lines(claim)), problems)
    assert list(problems) == []
    return found


def sent(one: values.Submission, writer: Writer | None = None) -> str:
    text = write(one, writer)
    return interchange(PARTIES, [("HC", one.version, [text])], at=AT, control=1, writer=writer)


def received(text: str) -> values.Submission:
    transactions, problems, _ = read_file(text)
    assert problems == []
    return read(transactions[0], Problems())


def test_a_second_payers_claim_is_read_with_the_first_payers_decision() -> None:
    (claim,) = submission(SECOND_PAYER).claims
    assert (claim.control, claim.charge, claim.frequency) == ("PCN1", 30_000, "7")
    assert claim.references == [("F8", "2026010998877"), ("X4", "36D1234567")]
    assert [code for _, code in claim.diagnoses] == ["E119", "I10", "Z794"]
    assert claim.billing.pay_to is not None
    assert claim.billing.pay_to.address == values.Address(["PO BOX 77"], "COLUMBUS", "OH", "432160077")
    assert [(one.role, one.name, one.taxonomy) for one in claim.providers] == [
        ("DN", "MARCHETTI", ""),
        ("82", "HOLLOWAY", "207Q00000X"),
    ]
    (coverage,) = claim.coverages
    assert coverage.insurance.filing == "MB"
    assert coverage.amounts == [("D", 15_000)]
    assert coverage.payer is not None
    assert coverage.payer.identifier == "15202"
    visit, shot = claim.lines
    assert (visit.procedure, visit.pointers) == (["HC", "99214", "25"], ["1", "2"])
    assert visit.decisions[0].adjustments == [Adjustment("CO", "45", 7_500), Adjustment("PR", "2", 2_500)]
    assert shot.drug == values.Drug("N4", "00409379501", "2", "ML")
    assert shot.decisions[0].paid == 5_000


def test_a_child_is_a_patient_beside_the_subscriber() -> None:
    (claim,) = submission(CHILD).claims
    assert claim.patient is not None
    assert (claim.patient.party.given, claim.patient.facts.relationship) == ("ARI", "19")
    assert claim.subscriber.party.identifier == "ZZB901"
    assert (claim.causes, claim.accident_state) == (["AA"], "OH")
    assert claim.kept == [["PWK", "OZ", "FX", "", "", "AC", "ATT000123"]]


@pytest.mark.parametrize("claim", [SECOND_PAYER, CHILD])
def test_a_right_claim_is_written_as_it_was_read(claim: str) -> None:
    assert write(submission(claim)).replace("~\n", "\n").splitlines() == lines(claim)


@pytest.mark.parametrize("marks", [Delimiters("|", ">", "^", "\n"), Delimiters("\x1d", "\x1f", "", "\x1e")])
def test_other_delimiters_carry_the_same_claim(marks: Delimiters) -> None:
    found = received(sent(submission(CHILD), Writer(marks, "")))
    assert found == submission(CHILD)


def test_claims_of_one_subscriber_share_the_levels_above() -> None:
    own, child = submission(SECOND_PAYER).claims[0], submission(CHILD).claims[0]
    child.billing = own.billing
    again = submission(CHILD).claims[0]
    again.billing, again.subscriber, again.patient = own.billing, child.subscriber, child.patient
    both = values.Submission("0001", date="20260210", time="0915", reference="B1", claims=[own, child, again])
    levels = [row.split("*") for row in write(both).replace("~", "").splitlines() if row.startswith("HL")]
    assert [row[1:] for row in levels] == [
        ["1", "", "20", "1"],
        ["2", "1", "22", "0"],
        ["3", "1", "22", "1"],
        ["4", "3", "23", "0"],
    ]


def test_reasons_of_one_group_share_a_segment_up_to_six() -> None:
    one = submission(SECOND_PAYER)
    one.claims[0].coverages[0].adjustments = [Adjustment("CO", str(number), 100) for number in range(1, 8)]
    rows = [row for row in write(one).splitlines() if row.startswith("CAS*CO*")]
    assert rows[:2] == ["CAS*CO*1*1**2*1**3*1**4*1**5*1**6*1~", "CAS*CO*7*1~"]


@pytest.mark.parametrize("name", ["O*NEIL", "A:B", "A~B", "A^B", "TWO\nLINES", "\u0141ukasz"])
def test_what_would_break_a_segment_is_refused_with_its_element(name: str) -> None:
    one = submission(CHILD)
    one.claims[0].subscriber.party.name = name
    with pytest.raises(ValueError, match="NM103"):
        write(one)


def test_more_than_a_claim_carries_is_refused() -> None:
    one = submission(CHILD)
    one.claims[0].lines *= 51
    with pytest.raises(CannotBeSent, match="50 service lines"):
        write(one)


words = some.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ\xc9\xd1", min_size=1, max_size=20)
numbers = some.text("0123456789", min_size=1, max_size=9)
maybe = some.just("") | words
amounts = some.integers(0, 9_999_999)
pairs = some.lists(some.tuples(some.sampled_from(["G1", "9F", "D9"]), numbers), max_size=2)
dates = some.lists(some.just(("431", "D8", "20260101")), max_size=1)
addresses = some.builds(values.Address, some.lists(words, min_size=1, max_size=2), words, words, numbers)


def parties(role: str) -> some.SearchStrategy[values.Party]:
    return some.builds(
        values.Party, some.just(role), some.sampled_from("12"), words, maybe, maybe, maybe, some.just("XX"), numbers,
        some.none() | addresses, references=pairs,
        contacts=some.lists(some.lists(words, min_size=3, max_size=3), max_size=1),
    )  # fmt: skip


adjustments = some.lists(
    some.builds(Adjustment, some.sampled_from(["CO", "PR"]), numbers, amounts, some.just("") | numbers),
    max_size=8,
).map(lambda found: sorted(found, key=lambda one: one.group))
insurances = some.builds(values.Insurance, some.sampled_from("PST"), some.just("18"), maybe, maybe, maybe, words)
procedures = some.lists(words, min_size=2, max_size=6)
decisions = some.builds(
    values.Decision, numbers, amounts, procedures, numbers, some.just(""), adjustments, dates,
    some.lists(some.tuples(some.just("EAF"), amounts), max_size=1),
)  # fmt: skip
service_lines = some.builds(
    values.ServiceLine, procedures, amounts, some.just("UN"), numbers, maybe,
    some.lists(numbers, min_size=1, max_size=4), some.sampled_from(["", "Y"]), dates=dates, references=pairs,
    notes=some.lists(some.tuples(some.just("ADD"), words), max_size=1),
    drug=some.none() | some.builds(values.Drug, some.just("N4"), numbers, numbers, some.just("ML")),
    providers=some.lists(parties("82"), max_size=1), decisions=some.lists(decisions, max_size=2),
)  # fmt: skip
coverages = some.builds(
    values.OtherCoverage, insurances, parties("IL"), parties("PR"), adjustments,
    some.lists(some.tuples(some.just("D"), amounts), max_size=1), some.just("Y"), some.just(""), some.just("Y"),
)  # fmt: skip
subscribers = some.builds(
    values.Subscriber, insurances, parties("IL"), parties("PR"),
    some.none() | some.builds(values.PatientFacts, some.just(""), some.just("20260101"), numbers, some.just("Y")),
)  # fmt: skip
claims = some.builds(
    values.Claim, some.builds(values.BillingProvider, parties("85"), maybe), subscribers, numbers, amounts,
    patient=some.none() | some.builds(values.Patient, parties("QC"), some.builds(values.PatientFacts, some.just("19"))),
    causes=some.lists(some.sampled_from(["AA", "EM"]), max_size=2), accident_state=some.sampled_from(["", "OH"]),
    delay_reason=some.sampled_from(["", "7"]), dates=dates, references=pairs,
    diagnoses=some.lists(words, min_size=1, max_size=12).map(
        lambda codes: [("ABK", codes[0]), *(("ABF", one) for one in codes[1:])]
    ),
    codes=some.lists(some.lists(some.tuples(some.just("BG"), words), min_size=1, max_size=3), max_size=1),
    providers=some.lists(parties("82"), max_size=2), coverages=some.lists(coverages, max_size=2),
    lines=some.lists(service_lines, min_size=1, max_size=3),
)  # fmt: skip


@given(some.lists(claims, min_size=1, max_size=3))
def test_what_is_written_is_read_back_the_same(drawn: list[values.Claim]) -> None:
    one = values.Submission("0001", reference="B1", date="20260210", time="0915", claims=drawn)
    assert received(sent(one)) == one


@given(some.binary(max_size=400))
def test_no_bytes_raise(raw: bytes) -> None:
    problems = Problems()
    head = sent(submission(CHILD)).encode("latin-1")
    cut = head[: len(raw) * 3] + raw + head[len(raw) * 3 :]
    for one in Reader(Source(io.BytesIO(cut)), problems):
        assert read(one, problems).control == one.control


def test_every_sample_is_read_and_what_it_says_in_cents_is_kept() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the X12 samples (../shared/samples/x12) are not here")
    seen = 0
    for path in sorted(SAMPLES.glob("837P/*")):
        for one in read_file(path.read_bytes())[0]:
            if one.is_supported and one.type == "837P":
                found = read(one, Problems())
                assert len(found.claims) == sum(piece.startswith("CLM") for piece in one.pieces)
                seen += len(found.claims)
    assert seen


def test_a_written_claim_is_right_at_every_level() -> None:
    transactions, _, _ = read_file(sent(submission(SECOND_PAYER)))
    problems = Problems()
    validate(transactions[0], problems)
    assert list(problems) == []
