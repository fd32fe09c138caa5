"""One table as an Excel file: words stay words, so that nothing typed by a person is ever run as a formula."""

import io
import re
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

Cell = str | int | float | None
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# What XML 1.0 cannot hold.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# The same file for the same table on any day.
_WHEN = (1980, 1, 1, 0, 0, 0)
LONGEST_NAME, LONGEST_CELL = 31, 32767


def write_sheet(rows: Sequence[Sequence[Cell]], *, name: str = "Bảng", paper: str = "A4") -> bytes:
    """The .xlsx bytes of one sheet: first row bold and kept in sight, first column too, printed across A4 or A3.

    >>> write_sheet([["Đơn vị", "Xong"], ["THADS tỉnh Thanh Giang", 5]])[:2]
    b'PK'
    """
    out = io.BytesIO()
    parts = {
        "[Content_Types].xml": _types(),
        "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
        "xl/workbook.xml": _workbook(name),
        "xl/_rels/workbook.xml.rels": _relations(
            "worksheet", "worksheets/sheet1.xml", "styles", "styles.xml"
        ),
        "xl/styles.xml": _styles(),
        "xl/worksheets/sheet1.xml": _sheet(rows, 8 if paper == "A3" else 9),
    }
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, text in parts.items():
            archive.writestr(zipfile.ZipInfo(path, _WHEN), _HEAD + text, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _types() -> str:
    told = "".join(
        f'<Override PartName="/xl/{path}.xml" ContentType="{_KIND}.{kind}+xml"/>'
        for path, kind in (
            ("workbook", "sheet.main"),
            ("worksheets/sheet1", "worksheet"),
            ("styles", "styles"),
        )
    )
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{told}</Types>'
    )


def _relations(*pairs: str) -> str:
    told = "".join(
        f'<Relationship Id="r{n}" Type="{_REL}/{kind}" Target="{path}"/>'
        for n, (kind, path) in enumerate(zip(pairs[::2], pairs[1::2], strict=True), 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{told}</Relationships>'


def _workbook(name: str) -> str:
    plain = re.sub(r"[\[\]:*?/\\]", " ", _legal(name)).strip("' ")[:LONGEST_NAME] or "Bảng"
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_REL}"><sheets>'
        f'<sheet name="{escape(plain, {chr(34): "&quot;"})}" sheetId="1" r:id="r1"/></sheets></workbook>'
    )


def _styles() -> str:
    return (
        f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>'
        '<font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
        '<cellXfs count="2"><xf applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>'
        '<xf fontId="1" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>'
    )


def _sheet(rows: Sequence[Sequence[Cell]], paper: int) -> str:
    lines = "".join(
        f"<row>{''.join(_cell(value, int(not number)) for value in row)}</row>"
        for number, row in enumerate(rows)
    )
    return (
        f'<worksheet xmlns="{_MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
        '<sheetView workbookViewId="0"><pane xSplit="1" ySplit="1" topLeftCell="B2" state="frozen"/></sheetView></sheetViews>'
        '<cols><col min="1" max="1" width="38" customWidth="1"/></cols>'
        f'<sheetData>{lines}</sheetData><pageSetup paperSize="{paper}" orientation="landscape" fitToHeight="0"/></worksheet>'
    )


def _cell(value: Cell, style: int) -> str:
    if value is None or value == "":
        return f'<c s="{style}"/>'
    if isinstance(value, int | float):
        return f'<c s="{style}"><v>{value}</v></c>'
    text = escape(_legal(value)[:LONGEST_CELL])
    return f'<c s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'


def _legal(text: str) -> str:
    return _ILLEGAL.sub("", text)
