"""Forms of reports as Word and Excel files: read back whole, or refused in one clear sentence."""

import io
import zipfile
from decimal import Decimal

import pytest
from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from hoiam.kit.papers.parts import read_parts
from hoiam.kit.papers.report_form import (
    NotThisForm,
    TaskLine,
    cell_text,
    check_report,
    read_excel_form,
    read_word_form,
    spec_of,
    write_excel_form,
    write_word_form,
)

SECTIONS = [
    {"key": "ket-qua", "title": "Kết quả", "kind": "text", "required": True, "help": "Nêu ngắn gọn."},
    {"key": "tong", "title": "Tổng số tin bài", "kind": "figure", "required": True, "parts": ["bao", "mang"]},
    {"key": "bao", "title": "Trên báo", "kind": "figure"},
    {"key": "mang", "title": "Trên mạng", "kind": "figure"},
    {
        "key": "viec", "title": "Nhiệm vụ", "kind": "table", "per_task": True,
        "columns": [
            {"name": "ref", "label": "Mục"},
            {"name": "task", "label": "Nhiệm vụ được giao"},
            {"name": "result", "label": "Kết quả", "required": True},
            {"name": "n", "label": "Số lượng", "kind": "number"},
            {"name": "d", "label": "Ngày xong", "kind": "date"},
        ],
    },
    {
        "key": "chi", "title": "Kinh phí", "kind": "table",
        "columns": [
            {"name": "what", "label": "Khoản"},
            {"name": "all", "label": "Cộng", "kind": "number", "parts": ["a", "b"]},
            {"name": "a", "label": "Ngân sách", "kind": "number"},
            {"name": "b", "label": "Nguồn khác", "kind": "number"},
        ],
    },
    {"key": "tep", "title": "Danh mục", "kind": "annex", "required": True},
]  # fmt: skip
SPEC = spec_of("7", "Mẫu thử", SECTIONS, "Hạn gửi: trước ngày 15/10/2023.")
TASKS = (TaskLine("2.1.1.a", "Biên soạn tài liệu"), TaskLine("2.5", "Tập huấn"))
CONTENT = {
    "ket-qua": "Dòng một.\n=SUM(A1:A9)\n- Dòng ba.",
    "tong": "1.234,5",
    "bao": "1.000",
    "mang": "234,5",
    "viec": [{"ref": "2.1.1.a", "task": "Biên soạn tài liệu", "result": "Xong", "n": "3", "d": "05/04/2023"}],
    "chi": [{"what": "In", "all": "3", "a": "1", "b": "2"}],
}  # fmt: skip
FORMS = {"word": (write_word_form, read_word_form), "excel": (write_excel_form, read_excel_form)}


def changed(data, change):
    """An Excel file after somebody worked on it."""
    book = load_workbook(io.BytesIO(data))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def row_of(sheet, key):
    return next(r for r in range(1, sheet.max_row + 1) if sheet.cell(r, 1).value == key)


def excel():
    return write_excel_form(SPEC, CONTENT, unit="THADS tỉnh Thanh Giang", tasks=TASKS)


def refusal(data, reader=read_excel_form, spec=SPEC):
    with pytest.raises(NotThisForm) as refused:
        reader(spec, data)
    return str(refused.value)


@pytest.mark.parametrize("kind", FORMS)
def test_what_was_written_is_read_back(kind):
    writer, reader = FORMS[kind]
    reading = reader(SPEC, writer(SPEC, CONTENT, unit="THADS tỉnh Thanh Giang", tasks=TASKS))
    assert reading.content == CONTENT
    assert reading.notices == ()


letters = st.text(st.characters(codec="utf-8"), max_size=60)
figures = st.from_regex(r"[1-9][0-9]{0,2}(\.[0-9]{3}){0,2}(,[0-9]{1,2}[1-9])?|0", fullmatch=True)


@pytest.mark.parametrize("kind", FORMS)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_text_and_figures_come_back_as_they_are_kept(kind, data):
    writer, reader = FORMS[kind]
    text = cell_text("\n".join(data.draw(st.lists(letters, max_size=4))))
    figure = data.draw(figures)
    cell = cell_text(data.draw(letters))
    content = {
        "ket-qua": text, "tong": figure, "bao": "", "mang": "", "viec": [],
        "chi": [{"what": cell, "all": figure, "a": "", "b": ""}],
    }  # fmt: skip
    assert reader(SPEC, writer(SPEC, content)).content == content


@pytest.mark.parametrize("kind", FORMS)
def test_a_form_of_another_round_or_of_an_older_form_is_refused(kind):
    writer, reader = FORMS[kind]
    other = spec_of("8", "Mẫu khác", SECTIONS)
    assert "đợt báo cáo khác" in refusal(writer(other, CONTENT), reader)
    older = spec_of("7", "Mẫu thử", SECTIONS[:-1])
    assert "đã được sửa sau khi" in refusal(writer(older, {}), reader)


def test_a_file_that_is_no_form_is_refused():
    book = Workbook()
    saved = io.BytesIO()
    book.save(saved)
    assert "không mang mã mẫu" in refusal(saved.getvalue())
    document, out = Document(), io.BytesIO()
    document.add_paragraph("Báo cáo tự viết")
    document.save(out)
    assert "không mang mã mẫu" in refusal(out.getvalue(), read_word_form)


@pytest.mark.parametrize("reader", [read_excel_form, read_word_form])
@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 8]
)
def test_broken_and_locked_files_are_refused_in_one_sentence(reader, data):
    assert "Hãy mở bằng" in refusal(data, reader)


def test_a_form_that_unpacks_to_too_much_is_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * (41 * 1024 * 1024))
    assert "quá lớn" in refusal(bomb.getvalue())
    assert "quá lớn" in refusal(bomb.getvalue(), read_word_form)


def test_text_dates_are_read_and_wrong_ones_named_with_their_cell():
    def set_day(value):
        return changed(excel(), lambda book: book["Bảng 1"].cell(5, 5, value))

    assert read_excel_form(SPEC, set_day("15/10/2023")).content["viec"][0]["d"] == "15/10/2023"
    told = refusal(set_day("10/15/2023"))
    assert "E5" in told and "Bảng 1" in told and "10/15/2023" in told
    assert "không đọc được là ngày" in refusal(set_day(45214))


def test_a_day_excel_made_of_a_figure_is_named():
    from datetime import datetime

    def change(book):
        sheet = book["Báo cáo"]
        sheet.cell(row_of(sheet, "bao"), 3, datetime(2023, 10, 1))

    assert "là ngày, không phải một con số" in refusal(changed(excel(), change))


def test_a_formula_without_a_value_is_refused_and_one_with_a_value_is_named():
    def change(book):
        sheet = book["Báo cáo"]
        sheet.cell(row_of(sheet, "tong"), 3, "=C8+C9")

    data = changed(excel(), change)
    assert "công thức chưa có kết quả" in refusal(data)
    # As Excel saves it: the formula with the value it last had.
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace(b"<f>C8+C9</f><v></v>", b"<f>C8+C9</f><v>1234.5</v>")
                part = part.replace(b"<f>C8+C9</f><v />", b"<f>C8+C9</f><v>1234.5</v>")
                part = part.replace(b"<f>C8+C9</f><v/>", b"<f>C8+C9</f><v>1234.5</v>")
            target.writestr(name, part)
    reading = read_excel_form(SPEC, out.getvalue())
    assert reading.content["tong"] == "1.234,5"
    assert "là công thức; đã lấy kết quả “1.234,5”" in reading.notices[0]


def test_merged_cells_a_lost_sheet_a_lost_row_and_a_lost_column_are_named():
    def merge(book):
        book["Bảng 2"].merge_cells("A5:A6")

    def lose_sheet(book):
        del book["Bảng 2"]

    def lose_row(book):
        sheet = book["Báo cáo"]
        sheet.delete_rows(row_of(sheet, "ket-qua"))

    def lose_column(book):
        book["Bảng 2"].cell(4, 2, "Tổng cộng")

    assert "ô gộp A5:A6" in refusal(changed(excel(), merge))
    assert "Thiếu trang tính “Bảng 2”" in refusal(changed(excel(), lose_sheet))
    assert "mục “Kết quả”" in refusal(changed(excel(), lose_row))
    assert "cột “Cộng”" in refusal(changed(excel(), lose_column))


def test_several_problems_are_counted():
    def change(book):
        for row in (5, 6):
            book["Bảng 2"].cell(row, 3, "nhiều")

    assert "Còn 1 chỗ nữa cần sửa." in refusal(changed(excel(), change))


def test_merged_cells_and_lost_headings_of_word_are_named():
    def worked(change):
        document, out = Document(io.BytesIO(write_word_form(SPEC, CONTENT))), io.BytesIO()
        change(document)
        document.save(out)
        return out.getvalue()

    def merge(document):
        table = document.tables[-1]
        table.cell(1, 0).merge(table.cell(1, 1))

    def lose_heading(document):
        heading = next(p for p in document.paragraphs if "⟦mang⟧" in p.text)
        heading._p.getparent().remove(heading._p)

    assert "có ô gộp" in refusal(worked(merge), read_word_form)
    assert "Không còn đề mục “Trên mạng”" in refusal(worked(lose_heading), read_word_form)


def test_a_table_broken_in_two_stays_one():
    document, out = Document(io.BytesIO(write_word_form(SPEC, CONTENT))), io.BytesIO()
    table = document.tables[-1]
    from copy import deepcopy

    from docx.oxml import OxmlElement

    second, gap = deepcopy(table._tbl), OxmlElement("w:p")
    table._tbl.addnext(gap)
    gap.addnext(second)
    document.save(out)
    rows = read_word_form(SPEC, out.getvalue()).content["chi"]
    assert [row["what"] for row in rows] == ["In", "In"]


def words_of(content, tasks=()):
    return [finding.words for finding in check_report(SPEC, content, tasks)]


def test_a_whole_report_has_only_its_annex_and_untold_task_to_mend():
    assert words_of(CONTENT, TASKS) == [
        "Chưa báo cáo nhiệm vụ 2.5 “Tập huấn” ở bảng “Nhiệm vụ”.",
        "Thiếu tài liệu kèm theo “Danh mục”.",
    ]
    assert words_of(CONTENT | {"tep": [{"name": "a.pdf"}]}, TASKS[:1]) == []


def test_empty_sections_wrong_figures_and_sums_are_found():
    found = {f.words: f.kind for f in check_report(SPEC, {"tong": "5", "bao": "2", "mang": "2"})}
    assert found["Mục “Kết quả” còn trống."] == "incomplete"
    assert (
        found["Chỉ tiêu “Tổng số tin bài” ghi 5 nhưng cộng (Trên báo, Trên mạng) ra 4."] == "wrong"
    )
    wrong = check_report(SPEC, CONTENT | {"tong": "12.5", "chi": [{"what": "In", "all": "4", "a": "1", "b": "2"}]})  # fmt: skip
    assert [(f.key, f.kind) for f in wrong] == [
        ("tong", "unreadable"), ("chi", "wrong"), ("tep", "incomplete"),
    ]  # fmt: skip


def test_a_long_report_has_numbered_parts_tables_charts_and_lying_annexes():
    from hoiam.kit.papers import describe, write

    data = describe("final_review")["example"] | {
        "parts": [
            {"heading": "Kết quả"},
            {"subheading": "Số liệu"},
            {"chart": "Tin bài", "bars": [["Đơn vị A", "1.200"], ["Đơn vị B", 7]]},
            {"heading": "Đề xuất"},
            {"text": "Một.\nHai."},
            {"annex": "Danh sách"},
            {"table": "", "columns": [{"label": "Đơn vị"}], "rows": [["A"]]},
            {"annex": "Số liệu", "landscape": True},
            {"table": "", "columns": [{"label": "Đơn vị"}], "rows": []},
        ]
    }
    document = Document(io.BytesIO(write("final_review", data)))
    texts = [p.text for p in document.paragraphs]
    for words in (
        "I. KẾT QUẢ",
        "1. Số liệu",
        "II. ĐỀ XUẤT",
        "Phụ lục I",
        "DANH SÁCH",
        "Phụ lục II",
    ):
        assert words in texts
    assert "Ghi chú: 1: Đơn vị A; 2: Đơn vị B." in texts
    shape = document.inline_shapes[0]
    assert "Đơn vị A: 1.200" in shape._inline.docPr.get("descr")
    wide = [section.page_width > section.page_height for section in document.sections]
    assert wide == [False, False, True]
    assert write("final_review", data) == write("final_review", data)


def test_parts_that_cannot_be_drawn_are_named():
    from hoiam.kit.papers import WrongFields, describe, write

    data = describe("final_review")["example"] | {"parts": [{"text": "A"}, {"bars": [["A", "x"]]}]}
    with pytest.raises(WrongFields, match="phần thứ 2"):
        write("final_review", data)


@pytest.mark.parametrize("value", [None, {}, float("nan"), float("inf"), Decimal("1e999999"), Decimal("1e-9999"), "9" * 1000])  # fmt: skip
def test_a_bar_no_chart_can_show_is_a_part_that_cannot_be_read(value):
    parts, problems = read_parts([{"chart": "A", "bars": [["B", value]]}], "Các phần")
    assert (parts, problems) == ((), ["Các phần: phần thứ 1 không đọc được"])
    assert read_parts([{"chart": "A", "bars": [["B", Decimal("1234567890.25")]]}], "")[1] == []


@pytest.mark.parametrize("width", [-50, 1e9, float("inf"), float("nan"), "rộng"])
def test_a_column_no_page_can_hold_is_a_part_that_cannot_be_read(width):
    table = {"table": "A", "columns": [{"label": "B", "width": width}], "rows": [["c"]]}
    assert read_parts([table], "Các phần")[1] == ["Các phần: phần thứ 1 không đọc được"]
    table["columns"] = [{"label": "B"}] * 61
    table["rows"] = [["c"] * 61]
    assert read_parts([table], "Các phần")[1] == ["Các phần: phần thứ 1 không đọc được"]
