"""The CSV reader: whatever Excel saved is read or refused with a sentence; nothing is guessed."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoiam.agencies.actions.agency_file import COLUMNS, AgencyRow, read
from hoiam.core.errors import InvalidInput

HEAD = "code,name,level,province,parent,valid_from,valid_to,predecessors,districts"
REGION = "phong-kv-1-tg,Phòng THADS khu vực 1 - Thanh Giang,region,Thanh Giang,thads-tg,01/07/2025,,chi-cuc-a; chi-cuc-b,Sông Thanh; Đò Mới"
ROW = AgencyRow(
    row=2,
    code="phong-kv-1-tg",
    name="Phòng THADS khu vực 1 - Thanh Giang",
    level="region",
    province="Thanh Giang",
    parent="thads-tg",
    valid_from=date(2025, 7, 1),
    valid_to=None,
    predecessors=("chi-cuc-a", "chi-cuc-b"),
    districts=("Sông Thanh", "Đò Mới"),
)


def csv(*lines):
    return "\n".join(lines)


def said(*lines):
    """Row, column, what stood there, and the sentence of each problem."""
    _, problems = read(csv(*lines).encode())
    return [(p.row, p.column, p.said, p.sentence) for p in problems]


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("UTF-8", csv(HEAD, REGION).encode()),
        ("UTF-8 with Excel's mark", csv(HEAD, REGION).encode("utf-8-sig")),
        ("UTF-16 of Excel's Unicode text", csv(HEAD, REGION).replace(",", "\t").encode("utf-16")),
        ("Windows' lines", csv(HEAD, REGION).replace("\n", "\r\n").encode()),
        ("lines of an old Mac", csv(HEAD, REGION).replace("\n", "\r").encode()),
        ("blank lines between and after", csv(HEAD, "", REGION, ",,,,,,,,", "").encode()),
    ],
)
def test_what_excel_saves_is_read(why, data):
    rows, problems = read(data)
    assert problems == []
    assert [row.code for row in rows] == ["phong-kv-1-tg"]
    assert (rows[0].name, rows[0].valid_from) == (ROW.name, ROW.valid_from)


def test_a_row_holds_all_its_columns():
    assert read(csv(HEAD, REGION).encode()) == ([ROW], [])


def test_vietnamese_headings_and_the_semicolon_of_a_vietnamese_excel():
    head = "Mã cơ quan;Tên cơ quan;Cấp;Tỉnh, thành phố;Trực thuộc;Hiệu lực từ"
    row = (
        "phong-kv-1-tg;Phòng THADS khu vực 1 - Thanh Giang;Khu vực;Thanh Giang;thads-tg;2025-07-01"
    )
    rows, problems = read(csv(head, row).encode())
    assert problems == []
    assert (rows[0].level, rows[0].parent, rows[0].valid_from) == (
        "region",
        "thads-tg",
        date(2025, 7, 1),
    )


def test_cp1258_is_read_with_its_combining_marks():
    # In cp1258 most marked letters are a base letter and a mark of its own.
    text = csv(
        "code,name,level,province",
        "thads-tg,THADS ti\u0309nh Tha\u0300nh Giang,province,Thanh Giang",
    )
    rows, problems = read(text.encode("cp1258"))
    assert problems == []
    assert rows[0].name == "THADS tỉnh Thành Giang"


def test_tcvn3_is_read():
    # "tỉnh Sông Thanh" as a TCVN3 (ABC) font writes it: ỉ is 0xD8, ô is 0xAB.
    line = b"thads-tg,Thi h\xb5nh \xb8n d\xa9n s\xf9 t\xd8nh S\xabng Thanh,province,S\xabng Thanh"
    rows, problems = read(b"code,name,level,province\n" + line)
    assert problems == []
    assert rows[0].name == "Thi hành án dân sự tỉnh Sông Thanh"


@pytest.mark.parametrize(
    ("why", "data", "sentence"),
    [
        ("an .xlsx renamed .csv", b"PK\x03\x04\x14\x00", "Đây là tệp Excel hoặc Word. Trong Excel hãy chọn Lưu thành… → CSV UTF-8 rồi tải lại."),
        ("an old .xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "Đây là tệp Excel hoặc Word. Trong Excel hãy chọn Lưu thành… → CSV UTF-8 rồi tải lại."),
        ("a picture", b"\x89PNG\r\n\x1a\n\x00\x00", "Không đọc được bảng mã của tệp. Hãy lưu lại thành CSV UTF-8."),
        ("half a UTF-16", b"\xff\xfea", "Không đọc được bảng mã của tệp. Hãy lưu lại thành CSV UTF-8."),
        ("nothing", b"", f"Tệp thiếu cột code, name, level, province. Dòng đầu phải là tên cột: {', '.join(COLUMNS)}."),
        ("a heading too few", b"code,name,province\na,b,c", f"Tệp thiếu cột level. Dòng đầu phải là tên cột: {', '.join(COLUMNS)}."),
        ("a cell without end", HEAD.encode() + b"\n" + b"x" * 200_000, "Tệp có dấu ngoặc kép không khép hoặc ô quá dài. Hãy mở bằng Excel rồi lưu lại thành CSV UTF-8."),
    ],
)  # fmt: skip
def test_what_is_no_list_is_refused(why, data, sentence):
    with pytest.raises(InvalidInput) as refusal:
        read(data)
    assert (str(refusal.value), refusal.value.field) == (sentence, "file")


MERGED = "Ô trống. Nếu tệp có ô gộp, hãy bỏ gộp và điền đủ từng dòng."
DATE = "Ngày phải viết dd/mm/yyyy, ví dụ 01/07/2025 (không phải số của Excel)."


@pytest.mark.parametrize(
    ("why", "line", "expected"),
    [
        ("a merged cell", "tg,THADS tỉnh Thanh Giang,province,", [(2, "province", "", MERGED)]),
        ("nothing but a code", "tg,,,", [(2, "name", "", MERGED), (2, "level", "", MERGED), (2, "province", "", MERGED)]),
        ("an unknown level", "tg,X,xã,Y", [(2, "level", "xã", "Cấp phải là một trong: centre, province, district, region, military.")]),
        ("a serial number of Excel", "tg,X,province,Y,,45839", [(2, "valid_from", "45839", DATE)]),
        ("a date in words", "tg,X,province,Y,,từ tháng 7", [(2, "valid_from", "từ tháng 7", DATE)]),
        ("a day that does not exist", "tg,X,province,Y,,31/02/2025", [(2, "valid_from", "31/02/2025", DATE)]),
        ("an American date", "tg,X,province,Y,,07/13/2025", [(2, "valid_from", "07/13/2025", DATE)]),
        ("dates the wrong way round", "tg,X,province,Y,,01/07/2025,30/06/2025", [(2, "valid_to", "30/06/2025", "Ngày hết hiệu lực trước ngày có hiệu lực.")]),
        ("an office of nobody", "kv,X,region,Y", [(2, "parent", "", "Phòng khu vực phải ghi mã THADS tỉnh quản lý nó, ví dụ thads-ha-noi.")]),
        ("its own parent", "kv,X,region,Y,kv", [(2, "parent", "kv", "Cơ quan không thể trực thuộc chính nó.")]),
        ("its own predecessor", "tg,X,province,Y,,,,tg", [(2, "predecessors", "tg", "Cơ quan không thể là tiền thân của chính nó.")]),
        ("a comma in a bare name", "tg,X, Y,province,Y,,,,,đông,tây", [(2, "level", "Y", "Cấp phải là một trong: centre, province, district, region, military."), (2, "", "đông tây", "Dòng có nhiều ô hơn số cột. Ô có dấu phẩy phải đặt trong ngoặc kép.")]),
        ("a code nobody types again", "Thanh Giang,X,province,Y", [(2, "code", "Thanh Giang", "Mã chỉ gồm chữ không dấu, chữ số và gạch nối, ví dụ thads-ha-noi.")]),
        ("a name without end", f"tg,{'x' * 201},province,Y", [(2, "name", "x" * 80, "Dài quá 200 chữ. Hãy rút gọn.")]),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_named(why, line, expected):
    assert said(HEAD, line) == expected


def test_a_heading_nobody_understands_is_named_not_left_out():
    head, row = (
        "code,name,level,province,Ghi chú",
        "thads-tg,THADS tỉnh Thanh Giang,province,Thanh Giang,sáp nhập",
    )
    assert [(line, said) for line, _, said, _ in said(head, row)] == [(1, "Ghi chú")]


def test_a_file_of_headings_alone_is_refused():
    with pytest.raises(InvalidInput, match="chỉ có dòng tên cột"):
        read(csv(HEAD, ",,,,,,,,").encode())


def test_a_code_given_twice_names_the_first_line():
    lines = ["tg,X,province,Y", "lh,X,province,Y", "TG,X,province,Y"]
    assert said(HEAD, *lines) == [(4, "code", "tg", "Mã này đã có ở dòng 2.")]


def test_rows_are_counted_as_the_spreadsheet_counts_them():
    assert [row for row, *_ in said(HEAD, ",,,", "tg,X,province,")] == [3]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_in_words(data):
    try:
        rows, problems = read(data)
    except InvalidInput as refusal:
        assert str(refusal).endswith(".")
    else:
        assert all(row.code and row.name and row.level for row in rows)
        assert all(problem.sentence for problem in problems)


CELL = st.text(
    st.characters(blacklist_categories=("Cs",), blacklist_characters="\x00"), max_size=30
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(CELL, max_size=10), max_size=5))
def test_any_cells_give_rows_or_problems(lines):
    quoted = [
        ",".join(f'"{cell.replace(chr(34), chr(34) * 2)}"' for cell in line) for line in lines
    ]
    try:
        rows, problems = read(csv(HEAD, *quoted).encode())
    except InvalidInput as refusal:
        assert refusal.field == "file"
    else:
        assert all(found.row >= 2 for found in [*rows, *problems])
        assert len({row.row for row in rows}) == len(rows)
