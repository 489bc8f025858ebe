"""Interchanges, groups and transactions: found, counted, located, and never a fault of ours on a bad file."""

import io
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from edi.envelope import Reader, Transaction
from edi.problems import MOST, Problem, Problems, Severity
from edi.segments import Delimiters, join, readable, split
from edi.source import Source

USUAL = Delimiters()
SAMPLES = Path(__file__).resolve().parents[3] / "shared" / "samples" / "x12"


def isa(marks: Delimiters = USUAL, control: str = "000000001") -> str:
    parts = ["ISA", "00", " " * 10, "00", " " * 10, "ZZ", "CLINIC".ljust(15), "ZZ", "PAYER".ljust(15), "261124", "1015"]
    return marks.element.join([*parts, marks.repetition or "U", "00501", control, "0", "P", marks.component])


def remittance(control: str = "0001") -> list[str]:
    body = ["BPR*I*0*C*NON************20261124", "TRN*1*EFT1*1512345678", "N1*PR*EXAMPLE HEALTH", "N1*PE*CLINIC"]
    return [f"ST*835*{control}", *body, f"SE*{len(body) + 2}*{control}"]


def file(*transactions: list[str], marks: Delimiters = USUAL, gap: str = "") -> str:
    inside = [segment for one in transactions for segment in one]
    head = ["GS*HP*PAYER*CLINIC*20261124*1015*7*X*005010X221A1"]
    tail = [f"GE*{len(transactions)}*7", "IEA*1*000000001"]
    rows = [segment.replace("*", marks.element) for segment in [*head, *inside, *tail]]
    return "".join(row + marks.segment + gap for row in [isa(marks), *rows])


def read(text: str | bytes) -> tuple[list[Transaction], list[Problem], Reader]:
    problems = Problems()
    raw = text if isinstance(text, bytes) else text.encode("latin-1")
    reader = Reader(Source(io.BytesIO(raw)), problems)
    return list(reader), list(problems), reader


def test_a_clean_file_is_read_without_a_problem() -> None:
    transactions, problems, reader = read(file(remittance(), remittance("0002")))
    assert problems == []
    assert [(one.type, one.version, one.control, one.status) for one in transactions] == [
        ("835", "005010X221A1", "0001", "read"),
        ("835", "005010X221A1", "0002", "read"),
    ]
    assert len(reader.interchanges) == 1


@pytest.mark.parametrize(
    "marks",
    [
        Delimiters("|", ">", "{", "\n"),
        Delimiters("*", ":", "^", "\r"),
        Delimiters("\x1d", "\x1f", "\x1c", "\x1e"),
        Delimiters("+", "&", "", "'"),
    ],
)
@pytest.mark.parametrize("gap", ["", "\n", "\r\n", "  \r\n"])
@pytest.mark.parametrize("ahead", [b"", b"\xef\xbb\xbf", b"\r\n  ", b"\xef\xbb\xbf\n"])
def test_any_delimiters_line_ends_marks_and_blanks_are_read(marks: Delimiters, gap: str, ahead: bytes) -> None:
    text = file(remittance(), marks=marks, gap=gap)
    [one], problems, _ = read(ahead + text.encode("latin-1"))
    assert problems == []
    assert one.pieces[1].split(marks.element)[1:3] == ["I", "0"]
    assert one.byte_of(2) == (ahead + text.encode("latin-1")).index(b"TRN")


@pytest.mark.parametrize(
    ("old", "new", "element", "code"),
    [
        ("SE*6*0001", "SE*7*0001", "SE01", "count"),
        ("SE*6*0001", "SE*six*0001", "SE01", "count"),
        ("SE*6*0001", "SE*6*0009", "SE02", "control_differs"),
        ("GE*1*7", "GE*2*7", "GE01", "count"),
        ("GE*1*7", "GE*1*8", "GE02", "control_differs"),
        ("IEA*1*000000001", "IEA*3*000000001", "IEA01", "count"),
        ("IEA*1*000000001", "IEA*1*000000002", "IEA02", "control_differs"),
        ("SE*6*0001~", "", "SE", "no_trailer"),
        ("GE*1*7~", "", "GE", "no_trailer"),
        ("IEA*1*000000001~", "", "IEA", "no_trailer"),
        ("GS*HP", "QQ*HP", "QQ", "stray_segment"),
        ("ST*835*0001", "ST*835*", "ST02", "no_control"),
        ("CLINIC         ", "CLINIC", "ISA06", "header_width"),
    ],
)
def test_one_fault_in_the_envelope_is_named_where_it_is(old: str, new: str, element: str, code: str) -> None:
    whole = file(remittance())
    assert old in whole
    transactions, problems, _ = read(whole.replace(old, new, 1))
    assert (element, code) in [(problem.element, problem.code) for problem in problems]
    assert all(problem.severity is Severity.ERROR for problem in problems)
    assert len(transactions) == 1


def test_a_problem_gives_the_segments_number_and_its_byte() -> None:
    text = file(remittance(), gap="\r\n").replace("SE*6", "SE*5")
    [problem] = read(text)[1]
    assert (problem.segment, problem.offset) == (8, text.index("SE*5"))


def test_healthy_transactions_beside_a_broken_one_are_delivered() -> None:
    text = file(remittance(), remittance("0002"), remittance("0003")).replace("SE*6*0002~", "")
    transactions, problems, _ = read(text)
    assert [(one.control, one.status) for one in transactions] == [
        ("0001", "read"),
        ("0002", "faulty"),
        ("0003", "read"),
    ]
    assert [problem.code for problem in problems] == ["no_trailer"]


def test_a_control_number_used_twice_in_a_group_is_a_fault() -> None:
    assert [problem.code for problem in read(file(remittance(), remittance()))[1]] == ["control_twice"]


def test_what_stands_before_and_between_interchanges_is_passed_over_and_said() -> None:
    text = "From: payer\n" + file(remittance()) + "-- \nsignature\n" + file(remittance())
    transactions, problems, reader = read(text)
    assert (len(transactions), len(reader.interchanges)) == (2, 2)
    assert [(problem.code, problem.offset) for problem in problems] == [
        ("stray_text", 0),
        ("stray_text", text.index("-- ")),
    ]


def test_an_interchange_that_begins_inside_another_is_read_too() -> None:
    text = file(remittance()).replace("IEA*1*000000001~", "") + file(remittance())
    transactions, problems, reader = read(text)
    assert (len(transactions), len(reader.interchanges), [problem.element for problem in problems]) == (2, 2, ["IEA"])


@pytest.mark.parametrize(
    ("set_header", "group", "name"),
    [
        ("ST*837*0001*005010X223A2", "005010X223A2", "837I"),
        ("ST*837*0001*005010X224A2", "005010X224A2", "837D"),
        ("ST*837*0001", "004010X098A1", "837P"),
        ("ST*834*0001", "005010X220A1", "834"),
    ],
)
def test_what_is_not_read_is_recognized_and_only_a_warning(set_header: str, group: str, name: str) -> None:
    text = file(remittance()).replace("ST*835*0001", set_header).replace("005010X221A1", group, 1)
    [one], [problem], _ = read(text)
    assert (one.type, one.status, problem.severity, problem.code) == (name, "unsupported", "warning", "unsupported")


def test_acknowledgments_before_the_first_group_stand_with_their_interchange() -> None:
    text = isa() + "~TA1*000000905*261124*1015*A*000~IEA*0*000000001~"
    transactions, problems, reader = read(text)
    assert (transactions, problems) == ([], [])
    assert reader.interchanges[0].acknowledgments == [["TA1", "000000905", "261124", "1015", "A", "000"]]


@pytest.mark.parametrize(
    "raw", [b"", b"\n\n", b"hello", b"ISA", b"ISA*", b"ISA*00*", b"\xff\xfeI\x00S\x00A\x00", b"ISA" * 99]
)
def test_a_file_that_holds_no_interchange_says_so(raw: bytes) -> None:
    transactions, problems, _ = read(raw)
    assert transactions == []
    assert problems[0].severity is Severity.ERROR


def test_transactions_are_found_whatever_the_size_of_blocks() -> None:
    text = file(*[remittance(f"{number:04}") for number in range(1, 400)], gap="\r\n").encode()

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(random.Random(self.tell()).randint(1, 50))

    problems = Problems()
    assert [one.control for one in Reader(Source(Slow(text)), problems)] == [f"{number:04}" for number in range(1, 400)]
    assert list(problems) == []


def test_problems_beyond_the_most_are_counted() -> None:
    problems = Problems()
    list(Reader(Source(io.BytesIO((isa() + "~" + "QQ~" * (MOST + 50)).encode())), problems))
    assert (len(problems.listed), problems.more, problems.errors) == (MOST, 51, MOST + 51)


ELEMENT = some.text(some.characters(codec="ascii", exclude_characters="*~\r\n\t \x00"), max_size=8)


@given(some.lists(some.lists(ELEMENT, min_size=1, max_size=5).filter(lambda one: one != [""]), max_size=9))
def test_split_undoes_join(segments: list[list[str]]) -> None:
    marks = Delimiters()
    assert split(join(segments, marks, "\r\n"), marks) == segments


@given(some.binary(max_size=300))
def test_no_bytes_are_too_bad_and_every_place_lies_in_the_file(raw: bytes) -> None:
    for whole in (raw, isa().encode() + b"~" + raw):
        _, problems, _ = read(whole)
        assert problems
        assert all(0 <= problem.offset <= len(whole) for problem in problems)


@given(some.data())
def test_no_damage_to_a_good_file_is_too_bad_and_every_place_lies_in_it(data: some.DataObject) -> None:
    raw = bytearray(file(remittance(), remittance("0002"), gap="\n").encode())
    for _ in range(data.draw(some.integers(1, 4))):
        start = data.draw(some.integers(0, len(raw) - 1))
        raw[start : start + data.draw(some.integers(0, 30))] = data.draw(some.binary(max_size=9))
        raw = raw or bytearray(b"x")
    transactions, problems, _ = read(bytes(raw))
    assert all(0 <= problem.offset <= len(raw) for problem in problems)
    for one in transactions:
        for index, piece in enumerate(one.pieces):
            start = one.byte_of(index)
            assert raw[start : start + len(piece)].decode("latin-1") == piece


def test_names_are_read_as_the_sender_meant_them() -> None:
    assert readable("MU\u00c3\u0091OZ") == "MU\u00d1OZ"
    assert readable("MU\u00d1OZ") == "MU\u00d1OZ"


def test_every_sample_is_read_to_its_interchanges_or_to_a_located_problem() -> None:
    if not SAMPLES.is_dir():
        pytest.skip("The samples are not beside the project; its own files are tested.")
    for path in (path for path in SAMPLES.rglob("*") if path.is_file()):
        transactions, problems, reader = read(path.read_bytes())
        assert reader.interchanges or problems, path.name
        assert transactions or problems or any(one.acknowledgments for one in reader.interchanges), path.name
