"""What we write, judged by an independent program (pyx12, which knows the guides of the 837P and the 999).

Where it and we disagree: it takes any bytes but ASCII for a broken file, passes a wrong NPI check digit and amounts
that do not add up, and writes no 999 for an 835. Those are its gaps; our tests hold them apart.
"""

import io
from pathlib import Path

import pytest
import pyx12.params
import pyx12.x12n_document

from edi.acknowledgments_999 import Received, acknowledge
from edi.envelope import Reader
from edi.problems import Problems
from edi.source import Source
from edi.tests.claims import CHILD, SECOND_PAYER, lines
from edi.tests.mutants import by_rule
from edi.tests.test_professional_claim_837p import AT, sent, submission
from edi.tests.test_validation import check, claim_of
from edi.validation.checks import validate


def is_right(text: str, folder: Path) -> bool:
    path = folder / "judged.x12"
    path.write_text(text, encoding="ascii")
    return bool(pyx12.x12n_document.x12n_document(pyx12.params.params(), str(path), None, None))


@pytest.mark.parametrize("claim", [SECOND_PAYER, CHILD])
def test_a_claim_that_we_write_is_right(claim: str, tmp_path: Path) -> None:
    assert is_right(sent(submission(claim)), tmp_path)


@pytest.mark.parametrize("fault", ["", "REF*EI*311234567\n", "N3*44 OAK AVE*APT 3\n", "SV1*HC:99213*125.5*UN*1***1\n"])
def test_a_999_that_we_write_is_right(fault: str, tmp_path: Path) -> None:
    text = sent(submission(CHILD)).replace(fault.replace("\n", "~\n"), "") if fault else sent(submission(CHILD))
    problems = Problems()
    reader = Reader(Source(io.BytesIO(text.encode())), problems)
    transactions = []
    for one in reader:
        validate(one, problems, level=2)
        transactions.append(one)
    answer = acknowledge(Received(reader.interchanges[0], transactions, list(problems)), at=AT, control=3)
    assert ("IK5*A" in answer) is (not fault)
    assert is_right(answer, tmp_path)


@pytest.mark.long
def test_what_it_finds_wrong_we_find_wrong(tmp_path: Path) -> None:
    """One mutant of each kind and segment: the other way round it passes faults that we say, see above."""
    claim = claim_of(lines(CHILD))
    root = validate(claim, Problems())
    assert root is not None
    seen, disagreed = set[str](), []
    head, foot = sent(submission(CHILD)).split("ST*", 1)[0], "GE*1*1~\nIEA*1*000000001~\n"
    for one in by_rule(claim, root):
        if one.what in seen:
            continue
        seen.add(one.what)
        if not is_right(head + "".join(f"{row}~\n" for row in one.segments) + foot, tmp_path) and not check(
            one.segments
        ):
            disagreed.append(one.what)
    assert len(seen) > 100
    assert disagreed == []
