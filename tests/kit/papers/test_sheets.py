"""Tables as Excel and text files: words stay words, figures figures, odd characters break nothing."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from hoiam.core.filekinds import admitted
from hoiam.kit.papers.sheets import csv_table, excel_table, write_sheet

NASTY = ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\x00\x0b=1\ud800"]


def sheet_of(data):
    return load_workbook(io.BytesIO(data)).worksheets[0]


def rows_of(data):
    return [list(row) for row in sheet_of(data).iter_rows(values_only=True)]


def test_what_goes_in_comes_out():
    rows = [
        ["Đơn vị", "Xong"],
        ["THADS tỉnh Thanh Giang", 1234],
        [None, None],
        ["a < b & “c”", 1.5],
    ]
    data = write_sheet(rows, name="Ma trận")
    assert rows_of(data) == rows
    assert sheet_of(data).title == "Ma trận"
    assert sheet_of(data).freeze_panes == "B2"


def test_a_titled_table_has_its_head_and_widths():
    data = excel_table("Điểm", ["Đơn vị", "Lý do"], [["THADS tỉnh Thanh Giang", "chậm"]], [34])
    assert rows_of(data) == [
        ["Điểm", None], [None, None], ["Đơn vị", "Lý do"], ["THADS tỉnh Thanh Giang", "chậm"],
    ]  # fmt: skip
    sheet = sheet_of(data)
    assert (sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width) == (34, 18)
    assert sheet["A4"].alignment.wrap_text


@pytest.mark.parametrize("typed", NASTY)
def test_nothing_typed_is_a_formula(typed):
    for data in (write_sheet([[typed]]), excel_table("", [], [[typed]])):
        xml = zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in xml and b"<f " not in xml
    told = csv_table(["a"], [[typed]]).decode("utf-8-sig", "replace").splitlines()[1].strip('"')
    assert not told.startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("name", ["", "[*]:?/\\", "'", "Đề án rất dài " * 9])
def test_any_title_names_the_sheet(name):
    told = sheet_of(write_sheet([["a"]], name=name)).title
    assert 0 < len(told) <= 31 and not set(told) & set("[]:*?/\\")


def test_a_cell_holds_no_more_than_excel_allows():
    assert len(rows_of(write_sheet([["x" * 40_000]]))[0][0]) == 32_767


def test_the_house_takes_its_own_file():
    data = write_sheet([["a", 1]], paper="A3")
    assert admitted(data, "bang.xlsx", office=True).endswith("spreadsheetml.sheet")
    assert sheet_of(data).page_setup.paperSize == 8
