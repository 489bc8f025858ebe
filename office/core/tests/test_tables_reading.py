"""Reading tables: encodings, dialects, workbooks, and what hostile or careless files hold."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from office.core.tables.reading import MOST_COLUMNS, Row, Unreadable, guarded, open_table, unguarded
from office.core.tests.workbooks import write_sheet, write_workbook

Written = Callable[[bytes], Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    def write(data: bytes) -> Path:
        path = tmp_path / "export.csv"
        path.write_bytes(data)
        return path

    return write


def read(path: Path) -> tuple[list[str], list[Row], str]:
    with open_table(path) as table:
        return table.header, list(table.rows()), table.encoding


@pytest.mark.parametrize(
    ("encoding", "named"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("cp1252", "windows-1252"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_reads_accents_in_every_usual_encoding(written: Written, encoding: str, named: str) -> None:
    header, rows, found = read(written("Name,City\nMuñoz,Bogotá\n".encode(encoding)))
    assert (header, [row.cells for row in rows], found) == (["Name", "City"], [["Muñoz", "Bogotá"]], named)


def test_reads_a_file_that_two_programs_wrote_line_by_line(written: Written) -> None:
    _, rows, encoding = read(written(b"Name,City\n" + "Muñoz,A\n".encode() + "Peña,B\n".encode("cp1252")))
    assert [row.cells[0] for row in rows] == ["Muñoz", "Peña"]
    assert encoding == "utf-8 and windows-1252"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_finds_the_delimiter_although_others_stand_in_cells(written: Written, delimiter: str) -> None:
    text = io.StringIO()
    out = csv.writer(text, delimiter=delimiter)
    out.writerows([["Name", "Note", "City"], ["Smith, John; Jr", "a|b", "X"], ["Doe, Ana; Ms", "c, d", "Y"]])
    header, rows, _ = read(written(text.getvalue().encode()))
    assert header == ["Name", "Note", "City"]
    assert [row.cells[0] for row in rows] == ["Smith, John; Jr", "Doe, Ana; Ms"]


def test_keeps_line_numbers_through_titles_blank_lines_and_cells_of_several_lines(written: Written) -> None:
    _, rows, _ = read(written(b'Patient list\n\nName,Note\nAna,"two\nlines"\n\nBo,x\n'))
    assert [(row.line, row.cells) for row in rows] == [(4, ["Ana", "two\nlines"]), (7, ["Bo", "x"])]


def test_a_quotation_mark_never_closed_costs_one_row(written: Written) -> None:
    lines = [b"Name,Note", b'Ana,"open', *(b"P%d,x" % n for n in range(200)), b'Bo,"fine"']
    _, rows, _ = read(written(b"\n".join(lines)))
    assert [row.line for row in rows if row.fault] == [2]
    assert len(rows) == 202


def test_a_ragged_row_is_a_fault_of_its_own(written: Written) -> None:
    _, rows, _ = read(written(b"A,B,C\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n"))
    assert [bool(row.fault) for row in rows] == [False, True, True, False]
    assert rows[1].fault == "has 2 cells, the header 3"


def test_zero_bytes_and_giant_cells_are_faults_and_stop_nothing(written: Written) -> None:
    giant = b"x" * 3_000_000
    _, rows, _ = read(written(b"A,B\na\0b,1\n" + giant + b",1\n" + b"y" * 20_000 + b",2\nfine,3\n"))
    assert [bool(row.fault) for row in rows] == [True, True, True, False]
    assert rows[-1].cells == ["fine", "3"]


def test_names_columns_apart(written: Written) -> None:
    header, _, _ = read(written(b"Phone,Phone,,Phone\na,b,c,d\n"))
    assert header == ["Phone", "Phone (2)", "column 3", "Phone (3)"]


def test_reads_what_excel_wrote_to_keep_zeros(written: Written) -> None:
    _, rows, _ = read(written(b'sep=;\nZIP;Name\n="01234";Ana\n'))
    assert rows[0].cells == ["01234", "Ana"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n\n",
        b"\xd0\xcf\x11\xe0old",
        b"PK\x03\x04nonsense",
        b",".join(b"c%d" % n for n in range(10_000)) + b"\n",
    ],
    ids=["empty", "blank", "old Excel", "damaged", "10,000 columns"],
)
def test_says_why_a_file_is_no_table(written: Written, data: bytes) -> None:
    with pytest.raises(Unreadable):
        read(written(data))
    assert MOST_COLUMNS < 10_000


def test_reads_a_workbook_with_the_sheets_own_row_numbers(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [["Name", "DOB", "Sum"], [], ["Muñoz, Ana", 21000, 3.5]])
    header, rows, _ = read(path)
    assert (header, rows) == (["Name", "DOB", "Sum"], [Row(3, ["Muñoz, Ana", "21000", "3.5"])])


def test_refuses_a_workbook_that_would_fill_the_memory(tmp_path: Path) -> None:
    cells = ('<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')
    far = f"<sheetData>{''.join(cells)}</sheetData>"
    with pytest.raises(Unreadable):
        read(write_sheet(tmp_path / "far.xlsx", far))


def test_refuses_a_zip_that_unfolds_without_end(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/workbook.xml", b" " * 300_000_000)
    with pytest.raises(Unreadable):
        read(path)


@given(st.text(alphabet=st.sampled_from("'=+-@ab1.\t"), max_size=8))
def test_guarding_undoes_itself_and_leaves_no_formula(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell
    assert not guarded(cell).startswith(("=", "@"))
