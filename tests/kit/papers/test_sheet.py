"""One table as an Excel file: words stay words, figures figures, odd characters break nothing."""

import io
import zipfile
from xml.etree import ElementTree as ET

import pytest

from hoiam.core.filekinds import admitted
from hoiam.kit.papers.sheet import write_sheet

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        parts = {name: archive.read(name) for name in archive.namelist()}
    trees = {name: ET.fromstring(part) for name, part in parts.items()}
    rows = trees["xl/worksheets/sheet1.xml"].iter(f"{MAIN}row")
    return [["".join(cell.itertext()) for cell in row] for row in rows], trees


def test_what_goes_in_comes_out():
    rows = [["Đơn vị", "Xong"], ["THADS tỉnh Thanh Giang", 1234], ["", None], ["a < b & “c”", 1.5]]
    found, trees = cells(write_sheet(rows, name="Ma trận"))
    assert found == [["Đơn vị", "Xong"], ["THADS tỉnh Thanh Giang", "1234"], ["", ""], ["a < b & “c”", "1.5"]]  # fmt: skip
    sheet = next(trees["xl/workbook.xml"].iter(f"{MAIN}sheet"))
    assert sheet.get("name") == "Ma trận"


@pytest.mark.parametrize(
    "typed", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\x00\x0b=1\ud800"]
)
def test_nothing_typed_is_a_formula(typed):
    data = write_sheet([[typed]])
    _, trees = cells(data)
    [cell] = trees["xl/worksheets/sheet1.xml"].iter(f"{MAIN}c")
    assert cell.get("t") == "inlineStr" and cell.find(f"{MAIN}f") is None


@pytest.mark.parametrize("name", ["", "[*]:?/\\", "'", "Đề án rất dài " * 9])
def test_any_title_names_the_sheet(name):
    _, trees = cells(write_sheet([["a"]], name=name))
    told = next(trees["xl/workbook.xml"].iter(f"{MAIN}sheet")).get("name")
    assert 0 < len(told) <= 31 and not set(told) & set("[]:*?/\\")


def test_the_house_takes_its_own_file_and_it_is_the_same_every_day():
    data = write_sheet([["a", 1]], paper="A3")
    assert admitted(data, "bang.xlsx", office=True).endswith("spreadsheetml.sheet")
    assert data == write_sheet([["a", 1]], paper="A3")
    assert b'paperSize="8"' in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
