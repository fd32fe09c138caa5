"""Files that cannot be read, or only with care: one sentence each, never more."""

import io
import os
import shutil
import struct
import subprocess
import time
import zipfile
import zlib

import pytest
from docx import Document

from hoiam.kit.papers import PaperError, read_paper
from hoiam.kit.papers.office import office
from hoiam.kit.papers.reading import pdf_bounds
from hoiam.kit.papers.reading.rtf_bounds import refuse_endless
from tests.kit.papers.reading.making import cases, file_of, word_of
from tests.kit.papers.signed_pdfs import pdf_of

LETTER = file_of(cases()["17-cong-van-don-doc"])
WORD = word_of(["Số: 12/KH-UBND", "Kính gửi: Sở Tư pháp"])


def packed(extra=(), drop=(), data=WORD):
    """The Word file with parts added or taken out."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if part.filename not in drop:
                new.writestr(part.filename, old.read(part))
        for name, content in extra:
            new.writestr(name, content)
    return out.getvalue()


def bomb():
    """A Word file whose words unpack to more than any paper."""
    return packed(
        [("word/document.xml", b"<w>" + b" " * (70 * 1024 * 1024) + b"</w>")], ["word/document.xml"]
    )


def laughs():
    """A Word file whose XML would grow without end."""
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9))
    xml = f'<!DOCTYPE w [<!ENTITY a0 "ha">{levels}]><w xmlns="x">&a8;</w>'
    return packed([("word/document.xml", xml)], ["word/document.xml"])


def encrypted_pdf():
    """A PDF that asks for a password."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(io.BytesIO(pdf_of("Số: 1/KH-A"))))
    writer.encrypt("bi-mat", "bi-mat")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "beginning"),
    [
        (b"", "Tệp trống"),
        (b"\0\0 \n\0", "Tệp trống"),
        (bomb(), "Tệp giải nén ra quá lớn"),
        (packed([("word/vbaProject.bin", b"x")]), "Tệp Word có macro"),
        (packed(drop=["word/document.xml"]), "Tệp này không phải Word"),
        (WORD[:-300], "Tệp hỏng"),
        (laughs(), "Tệp hỏng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "Tệp có mật khẩu"),
        (encrypted_pdf(), "Tệp có mật khẩu"),
        (b"%PDF-1.7\nkhong phai", "Tệp hỏng"),
        (b"\x7fELF\x02\x01", "Tệp này không phải Word"),
        (bytes(range(256)) * 20, "Tệp này không phải Word"),
        (b"... --- ...", "Tệp không có chữ nào"),
        (b"<html><body><script>x()</script></body></html>", "Tệp không có chữ nào"),
        (b"a" * (51 * 1024 * 1024), "Tệp lớn hơn 50 MB"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_told_in_one_sentence(data, beginning):
    with pytest.raises(PaperError) as refused:
        read_paper(data, "van-ban.docx")
    assert str(refused.value).startswith(beginning)
    assert "\n" not in str(refused.value)


def test_a_scan_without_text_says_so(monkeypatch):
    monkeypatch.setenv("PATH", "/khong-co")
    with pytest.raises(PaperError, match="Bản quét chưa có chữ"):
        read_paper(pdf_of(""))
    with pytest.raises(PaperError, match="Bản quét chưa có chữ"):
        read_paper(b"\x89PNG\r\n\x1a\n" + b"0" * 99)


def test_a_scan_is_read_by_the_machine_where_it_can_and_marked(tmp_path, monkeypatch):
    for name, body in (
        ("tesseract", "printf 'Số: 12/KH-UBND\\nKính gửi: Sở Tư pháp.\\n'"),
        ("pdftoppm", 'for last; do :; done; echo x > "$last-1.png"'),
    ):
        tool = tmp_path / name
        tool.write_text(f"#!/bin/sh\n{body}\n")
        tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    for data in (pdf_of(""), b"\x89PNG\r\n\x1a\n" + b"0" * 99):
        reading = read_paper(data)
        assert reading.is_machine_read
        assert reading.number.value == "12/KH-UBND"
        assert "máy đọc" in reading.problems[0]


def test_a_machine_without_vietnamese_is_no_reader(tmp_path, monkeypatch):
    tool = tmp_path / "tesseract"
    tool.write_text('#!/bin/sh\n[ "$1" = --list-langs ] && { echo eng; exit 0; }\nexit 1\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    with pytest.raises(PaperError, match="Bản quét chưa có chữ"):
        read_paper(b"\x89PNG\r\n\x1a\n" + b"0" * 99)


def test_a_picture_of_more_dots_than_memory_is_refused(tmp_path, monkeypatch):
    tool = tmp_path / "tesseract"
    tool.write_text("#!/bin/sh\necho x\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/bin")
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 1, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(b"0")),
    )
    png = b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )
    with pytest.raises(PaperError, match="Ảnh quét quá lớn"):
        read_paper(png)


def _reads_scans():
    tool = shutil.which("tesseract")
    if tool is None or shutil.which("pdftoppm") is None:
        return False
    told = subprocess.run([tool, "--list-langs"], capture_output=True, check=False)
    return b"vie" in told.stdout.split()


@pytest.mark.skipif(not _reads_scans(), reason="máy này không có tesseract tiếng Việt và pdftoppm")
def test_a_real_scan_is_read_as_the_paper_it_is_of(tmp_path):
    case = cases()["45-cong-van-in-pdf"]
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(file_of(case))
    subprocess.run(
        ["pdftoppm", "-r", "150", "-gray", "-png", str(printed), str(tmp_path / "page")], check=True
    )
    reading = read_paper(next(tmp_path.glob("page*.png")).read_bytes())
    told, truth = reading.as_json(), case["truth"]
    assert reading.is_machine_read and "máy đọc" in reading.problems[0]
    assert [told[name] for name in ("number", "issued_on", "signer")] == [
        truth["number"],
        str(truth["issued_on"]),
        truth["signer"],
    ]
    assert [each["due"] for each in told["obligations"]] == ["2026-03-25", "2026-03-30"]


def test_an_old_word_file_without_libreoffice_is_to_be_saved_anew(monkeypatch):
    monkeypatch.setenv("PATH", "/khong-co")
    with pytest.raises(PaperError, match=r"lưu lại thành \.docx"):
        read_paper(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600)


@pytest.mark.skipif(office() is None, reason="máy này không có LibreOffice để chuyển tệp .doc")
def test_a_rich_text_file_is_read_through_libreoffice():
    rtf = rb"{\rtf1\ansi {\par So: 05/BNV-VP \par Kinh gui: So Noi vu}}"
    reading = read_paper(rtf)
    assert (reading.format, reading.number.value) == ("doc", "05/BNV-VP")
    assert ".doc" in reading.problems[0]


@pytest.mark.parametrize(
    "charset", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1258"]
)
def test_a_text_file_of_any_charset_is_read(charset):
    import unicodedata

    words = "Số: 12/KH-UBND\nKính gửi: Sở Tư pháp tỉnh An Bình, để biết và phối hợp thực hiện những nội dung sau đây.\n"
    if charset == "cp1258":  # letters and tone marks apart, as that charset writes them
        words = "".join(_split(char) for char in unicodedata.normalize("NFC", words))
    reading = read_paper(words.encode(charset))
    assert reading.number.value == "12/KH-UBND"
    assert reading.addressees[0].value.startswith("Sở Tư pháp tỉnh An Bình")


def _split(char):
    import unicodedata

    parts = unicodedata.normalize("NFD", char)
    tones = [part for part in parts if part in "\u0300\u0301\u0303\u0309\u0323"]
    rest = unicodedata.normalize("NFC", "".join(part for part in parts if part not in tones))
    return rest + "".join(tones)


def test_a_wrong_ending_does_not_matter():
    assert read_paper(WORD, "anh.png").format == "docx"
    assert read_paper(LETTER, "van-ban.docx").format == "txt"


def test_zero_bytes_between_words_are_blanks():
    assert read_paper(LETTER.replace(b" ", b"\0 ", 5)).number.value == "940/CTH-NV1"


def test_tables_in_tables_without_end_are_read():
    document = Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for _ in range(60):
        cell = cell.add_table(1, 1).cell(0, 0)
    cell.text = "sâu"
    document.add_paragraph("Số: 12/KH-UBND")
    out = io.BytesIO()
    document.save(out)
    assert read_paper(out.getvalue()).number.value == "12/KH-UBND"


def drawn_pdf(content, pages=1):
    """A PDF with this drawing on its page, or on each of its pages."""
    more = range(6, 5 + pages)
    kids = b" ".join(b"%d 0 R" % each for each in (3, *more))
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, pages),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    parts += [parts[2]] * len(more)
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF"
        % (len(parts) + 1, table, len(parts) + 1, len(out))
    )


def packed_pdf(content, times=1):
    """A PDF of one page whose drawing is packed so many times."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    filters = b"/FlateDecode " * times
    plain = drawn_pdf(content)
    return plain.replace(b"<</Length %d>>" % len(content), b"<</Length %d/Filter[%s]>>" % (len(content), filters))  # fmt: skip


@pytest.mark.parametrize("times", [1, 2])
def test_a_pdf_that_unpacks_to_more_than_any_page_is_refused_before_it_is(times):
    with pytest.raises(PaperError, match="giải nén ra quá lớn"):
        read_paper(packed_pdf(b" " * 120 * 1024 * 1024, times))
    assert read_paper(packed_pdf(LETTERS, times)).number.value == "5/A-B"


@pytest.mark.parametrize(
    "drawing", [b"BT /F 1 Tf (%s) Tj ET" % (b"a" * 70_000), b"0 0 m 9 9 l S " * 70_000]
)
def test_a_pdf_page_of_more_letters_or_strokes_than_papers_have_is_refused(drawing):
    with pytest.raises(PaperError, match="quá nhiều chữ hoặc nét vẽ"):
        read_paper(drawn_pdf(drawing))


@pytest.mark.parametrize("make", [drawn_pdf, packed_pdf])
def test_a_pdf_string_that_never_closes_is_refused_before_it_is_read(make):
    start = time.process_time()
    with pytest.raises(PaperError, match="quá nhiều chữ hoặc nét vẽ"):
        read_paper(make(b"(" * 1_000_000))
    assert time.process_time() - start < 5


def test_pdf_figures_that_draw_each_other_twice_at_each_level_are_refused(monkeypatch):
    monkeypatch.setattr("hoiam.kit.papers.reading.pdf_bounds.MOST_FIGURES", 3)
    monkeypatch.setattr("pdfminer.converter.PDFLayoutAnalyzer.begin_figure", lambda *_: None)
    device = pdf_bounds._Counted(None)
    with pytest.raises(PaperError, match="quá nhiều chữ hoặc nét vẽ"):
        for _ in range(4):
            device.begin_figure("X", (0, 0, 9, 9), (1, 0, 0, 1, 0, 0))


def pages_pdf(count, monkeypatch, seconds):
    """What is read of a PDF of so many pages within so many seconds of computing."""
    monkeypatch.setattr("hoiam.kit.papers.reading.pdf.SECONDS", seconds)
    words = (
        b"BT /F 9 Tf 12 TL 30 780 Td " + b"(So Tu phap bao cao ket qua thuc hien) ' " * 8 + b"ET"
    )
    return read_paper(drawn_pdf(words, count))


def test_of_a_pdf_that_takes_too_long_the_first_pages_are_read_and_the_rest_is_said_unread(
    monkeypatch,
):
    whole = pages_pdf(6, monkeypatch, 60.0)
    assert not any("chưa đọc" in each for each in whole.problems)
    cut = pages_pdf(6, monkeypatch, 0.0)
    assert any("chỉ đọc đến trang 1;" in each for each in cut.problems)
    assert whole.text.count("So Tu phap") == 6 * cut.text.count("So Tu phap") > 0
    assert not any("chưa đọc" in each for each in pages_pdf(1, monkeypatch, 0.0).problems)


@pytest.mark.parametrize(
    ("rtf", "words"),
    [
        (rb"{\rtf1\ansi " + b"{" * 300 + b"a" + b"}" * 300 + b"}", "lồng quá nhiều lớp"),
        (rb"{\rtf1\ansi " + b"{}" * 200_001 + b"}", "lồng quá nhiều lớp"),
        (rb"{\rtf1\ansi " + rb"\par a" * 60_001 + b"}", "quá dài"),
        (rb"{\rtf1\ansi {\bin2000000000 a} So: 1/A-B}", "hỏng"),
    ],
)
def test_an_rtf_file_no_office_could_open_in_time_is_refused_before_it_tries(
    monkeypatch, rtf, words
):
    monkeypatch.setattr("hoiam.kit.papers.reading.opening.office", lambda: "soffice")
    monkeypatch.setattr("hoiam.kit.papers.reading.opening.from_old_word", lambda _: pytest.fail())
    with pytest.raises(PaperError, match=words):
        read_paper(rtf)


def test_an_rtf_file_of_ordinary_shape_is_within_its_bounds():
    said = (
        rb"{\rtf1\ansi " + b"{" * 150 + b"}" * 150 + rb"\{\}\pard\par a" * 20_000 + rb"{\bin3 abc}}"
    )
    assert refuse_endless(said) is None


def test_a_word_file_of_more_elements_than_papers_have_is_refused():
    xml = b'<w:document xmlns:w="x"><w:body>' + b"<w:p/>" * 1_600_000 + b"</w:body></w:document>"
    with pytest.raises(PaperError, match="giải nén ra quá lớn"):
        read_paper(packed([("word/document.xml", xml)], ["word/document.xml"]))


def test_an_endless_line_is_never_joined_again_into_one():
    start = time.process_time()
    read_paper(("Số: 1/A-B\n" + "a" * 500_000).encode())
    assert time.process_time() - start < 10
    with pytest.raises(PaperError, match="dài quá 2"):
        read_paper(("Số: 1/A-B\n" + "a b " * 600_000).encode())


LETTERS = b"BT /F 1 Tf %s ET" % b"".join(
    b"1 0 0 1 %d %d Tm (So: 5/A-B) Tj " % (n % 60 * 10, n // 60 * 10) for n in range(2400)
)
GRID = b"".join(
    b"0 %d m 600 %d l S %d 0 m %d 800 l S " % (n * 4, n * 4, n * 4, n * 4) for n in range(190)
)
SQUARES = b"".join(
    b"%d %d 9 9 re S %d %d 9 4 re S " % (2 * (n % 40 * 14, n // 40 * 14)) for n in range(900)
)


@pytest.mark.fault
@pytest.mark.parametrize(
    "drawing", [LETTERS, GRID + LETTERS, SQUARES + LETTERS], ids=["letters", "grid", "squares"]
)
def test_a_pdf_of_thousands_of_tiny_things_ends_in_good_time(drawing):
    start = time.process_time()
    assert read_paper(drawn_pdf(drawing)).format == "pdf"
    assert time.process_time() - start < 20


@pytest.mark.fault
@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<div>" * 50_000 + b"a",
        ("Sở Tư pháp, " * 8_000).encode(),
        b"(" * 100_000 + b"a",
        ("yêu cầu các " * 8_000).encode(),
        b"1.1.1.1.1. a\n" * 5_000,
        b"Kinh gui:\n" + b"- a;\n" * 20_000,
        b"a" + b" " * 1_000_000 + b"b",
        b"1" * 1_000_000,
        b"So: 1/A-B\n" + b"\n" * 1_000_000,
        "Căn cứ Luật Báo chí; ".encode() * 20_000,
        b"Noi nhan:\n" * 40_000,
    ],
    ids=[
        "nested",
        "names",
        "brackets",
        "asks",
        "numbers",
        "addressees",
        "blanks",
        "digits",
        "empty lines",
        "bases",
        "feet",
    ],
)
def test_hostile_text_ends_in_good_time(data):
    start = time.process_time()
    try:
        read_paper(data)
    except PaperError as refused:
        assert str(refused)
    assert time.process_time() - start < 10


@pytest.mark.parametrize(
    ("data", "beginning"),
    [
        (drawn_pdf(b"[" * 3_000), "Một trang của PDF có quá nhiều"),
        (drawn_pdf(b"<</A " * 3_000), "Một trang của PDF có quá nhiều"),
        (b"<html><body " + b"a=1 b=2 " * 3_000 + b">a", "Trang web có thẻ dài bất thường"),
        (b"%PDF-1.4\n" + b"a" * 5_000_000, "Một trang của PDF có quá nhiều"),
        (b"a\n\n" * 40_001, "Văn bản dài quá 40.000 dòng"),
    ],
    ids=["arrays", "dictionaries", "attributes", "one line", "lines"],
)
def test_what_would_take_all_memory_or_time_is_refused_before_it_does(data, beginning):
    with pytest.raises(PaperError, match=beginning):
        read_paper(data)


def test_tokens_of_a_pdf_are_not_read_past_the_time(monkeypatch):
    drawing = LETTERS + b" 1" * 2_000
    assert read_paper(drawn_pdf(drawing)).number.value == "5/A-B"
    monkeypatch.setattr("hoiam.kit.papers.reading.pdf.SECONDS", -10.0)
    with pytest.raises(PaperError, match="Một trang của PDF có quá nhiều"):
        read_paper(drawn_pdf(drawing))


def test_a_file_that_takes_all_memory_ends_in_a_sentence(monkeypatch):
    def full(*_):
        raise MemoryError

    monkeypatch.setattr("hoiam.kit.papers.reading.opening.opened", full)
    with pytest.raises(PaperError, match="quá nhiều bộ nhớ"):
        read_paper(b"a")
