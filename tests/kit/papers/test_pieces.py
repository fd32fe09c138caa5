"""Word files read as pieces for the press, each made here."""

import io
import zipfile

import pytest
from docx import Document
from docx.shared import Cm
from PIL import Image

from hoiam.kit.papers import PaperError
from hoiam.kit.papers.pieces import read_piece


def png(colour="red", size=(40, 30)):
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "PNG")
    return out.getvalue()


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def with_part(data, name, content, *, types=None):
    """The same Word file with one part more."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            part = old.read(each)
            if types and each == "[Content_Types].xml":
                part = part.replace(*types)
            new.writestr(each, part)
        new.writestr(name, content)
    return out.getvalue()


def test_headings_paragraphs_lists_and_words_marked():
    document = Document()
    document.add_paragraph("Vận động thành công ở bến sông", style="Title")
    document.add_paragraph().add_run("Sau ba lần gặp, hai bên thỏa thuận.").bold = True
    document.add_heading("Ba lần gặp", level=1)
    words = document.add_paragraph("Lần đầu ")
    words.add_run("không").bold = True
    words.add_run(" thành & ")
    words.add_run("gấp").italic = True
    for text in ("nghe", "giải thích"):
        document.add_paragraph(text, style="List Bullet")
    for text in ("một", "hai"):
        document.add_paragraph(text, style="List Number")
    piece = read_piece(saved(document))
    assert piece.title == "Vận động thành công ở bến sông"
    assert piece.lead == "Sau ba lần gặp, hai bên thỏa thuận."
    assert piece.parts == (
        "<h2>Ba lần gặp</h2>",
        "<p>Lần đầu <strong>không</strong> thành &amp; <em>gấp</em></p>",
        "<ul><li>nghe</li><li>giải thích</li></ul>",
        "<ol><li>một</li><li>hai</li></ol>",
    )


def test_a_first_line_that_is_no_title_is_left_in_the_text():
    document = Document()
    document.add_paragraph("Sáng nay trời mưa.")
    document.add_paragraph("Chiều tạnh.")
    piece = read_piece(saved(document))
    assert (piece.title, piece.lead) == ("", "")
    assert piece.parts == ("<p>Sáng nay trời mưa.</p>", "<p>Chiều tạnh.</p>")


def test_a_table_keeps_its_wide_and_tall_cells():
    document = Document()
    table = document.add_table(rows=3, cols=3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 1).merge(table.cell(0, 2)).text = "rộng"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "cao"
    [html] = read_piece(saved(document)).parts
    assert html == (
        '<table><tr><th>00</th><th colspan="2">rộng</th></tr>'
        '<tr><td rowspan="2">cao</td><td>11</td><td>12</td></tr>'
        "<tr><td>21</td><td>22</td></tr></table>"
    )


def test_pictures_stand_in_their_order_with_the_words_under_them():
    document = Document()
    document.add_paragraph("Trước")
    document.add_picture(io.BytesIO(png("red")), width=Cm(4))
    document.add_paragraph("Ảnh: Hai bên bắt tay.")
    document.add_paragraph("Giữa")
    cell = document.add_table(rows=1, cols=2).cell(0, 0)
    cell.paragraphs[0].add_run().add_picture(io.BytesIO(png("blue")))
    document.add_paragraph("Sau")
    piece = read_piece(saved(document))
    assert piece.parts == ("<p>Trước</p>", 0, "<p>Giữa</p>", 1, "<p>Sau</p>")
    assert [picture.data for picture in piece.pictures] == [png("red"), png("blue")]
    assert [picture.caption for picture in piece.pictures] == ["Ảnh: Hai bên bắt tay.", ""]


def test_words_that_were_deleted_are_gone_and_inserted_ones_stay():
    document = Document()
    document.add_paragraph("Giữ lại.")
    data = saved(document)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read("word/document.xml")
    run = b'<w:del w:id="1"><w:r><w:delText>b\xe1\xbb\x8f</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>them</w:t></w:r></w:ins>'
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            part = xml.replace(b"</w:r></w:p>", b"</w:r>" + run + b"</w:p>", 1)
            new.writestr(each, part if each == "word/document.xml" else old.read(each))
    assert read_piece(out.getvalue()).parts == ("<p>Giữ lại.them</p>",)


def with_macro():
    return with_part(saved(Document()), "word/vbaProject.bin", b"x")


def docm():
    kinds = (b"wordprocessingml.document.main+xml", b"ms-word.document.macroEnabled.main+xml")
    return with_part(saved(Document()), "word/x.xml", b"<a/>", types=kinds)


def bomb():
    out = io.BytesIO(saved(Document()))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(4001):
            archive.writestr(f"word/media/{number}.png", b"")
    return out.getvalue()


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (with_macro, "macro"),
        (docm, "macro"),
        (bomb, "quá lớn"),
        (lambda: saved(Document())[:900], "hỏng"),
        (lambda: saved(Document()), "không có chữ"),
    ],
    ids=["macro", "docm", "bomb", "cut", "empty"],
)
def test_what_is_not_read_is_told_in_a_sentence(made, says):
    with pytest.raises(PaperError, match=says):
        read_piece(made())
