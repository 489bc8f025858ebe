"""Workbooks for tests, as small as XLSX allows."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

_OFFICE = "http://schemas.openxmlformats.org"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_OFFICE}/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_OFFICE}/spreadsheetml/2006/main" '
    f'xmlns:r="{_OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets>'
    "</workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_OFFICE}/package/2006/relationships"><Relationship Id="r1" '
    f'Type="{_OFFICE}/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
}


def letters(place: int) -> str:
    name = ""
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(65 + rest) + name
    return name


def write_workbook(path: Path, rows: Iterable[Sequence[str | int | float]]) -> Path:
    """Write rows of texts and numbers as an XLSX file."""
    body = "".join(
        f'<row r="{line}">{"".join(_cell(line, place, value) for place, value in enumerate(row, 1))}</row>'
        for line, row in enumerate(rows, 1)
    )
    return write_sheet(path, f"<sheetData>{body}</sheetData>")


def write_sheet(path: Path, xml: str) -> Path:
    """Write a workbook whose one sheet holds this XML."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in _PARTS.items():
            file.writestr(name, text)
        file.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{_OFFICE}/spreadsheetml/2006/main">{xml}</worksheet>'
        )
    return path


def _cell(line: int, place: int, value: str | float) -> str:
    where = f'r="{letters(place)}{line}"'
    if isinstance(value, str):
        return f'<c {where} t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""
    return f"<c {where}><v>{value}</v></c>"
