"""An article for newsrooms as a Word file, read back."""

from datetime import date
from io import BytesIO

from docx import Document

from hoiam.kit.papers import PressArticle, PressPicture, write_article

BODY = (
    "<p>Sáng 05/8, <strong>đoàn</strong> công tác &amp; địa phương.</p><h2>Kết quả</h2><ul><li>Một</li><li>Hai</li></ul>"
    "<ol><li>Ba</li></ol><blockquote><p>Lời nói.</p></blockquote><figure><img src='/anh/x.jpg' alt='a'>"
    "<figcaption>Ảnh một</figcaption></figure><table><tr><th>Việc</th><th>Số</th></tr><tr><td>Xong</td><td>5</td></tr></table>"
)
ARTICLE = PressArticle(
    title="Ra quân cuối năm",
    lead="Cả tỉnh ra quân.",
    body=BODY,
    byline="Lê Thử",
    agency="Thi hành án dân sự tỉnh Thanh Giang",
    day=date(2026, 8, 5),
    notes=("Không đăng trước 20:00 ngày 05/08/2026.",),
    sources=("Nguồn: https://songthanh.example/bai/1/",),
    pictures=(PressPicture("anh-1.jpg", "Đoàn xuống bến.", "Lê Thử"),),
)


def lines(data):
    return [p.text for p in Document(BytesIO(data)).paragraphs if p.text]


def test_every_part_stands_in_its_order():
    assert lines(write_article(ARTICLE)) == [
        "Không đăng trước 20:00 ngày 05/08/2026.",
        "Ra quân cuối năm",
        "Cả tỉnh ra quân.",
        "Sáng 05/8, đoàn công tác & địa phương.",
        "Kết quả",
        "– Một",
        "– Hai",
        "1. Ba",
        "Lời nói.",
        "Ảnh một",
        "Lê Thử",
        "Ảnh gửi kèm",
        "1. Đoàn xuống bến. Ảnh: Lê Thử. (Tệp: anh-1.jpg)",
        "Nguồn: https://songthanh.example/bai/1/",
    ]


def test_bold_stays_bold_and_a_table_a_table():
    document = Document(BytesIO(write_article(ARTICLE)))
    (paragraph,) = [p for p in document.paragraphs if p.text.startswith("Sáng")]
    assert [run.text for run in paragraph.runs if run.bold] == ["đoàn"]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["Việc", "Số"], ["Xong", "5"]]  # fmt: skip


def test_the_same_article_gives_the_same_bytes():
    assert write_article(ARTICLE) == write_article(ARTICLE)


def test_broken_markup_and_signs_word_cannot_hold_do_no_harm():
    data = write_article(PressArticle(title="Tên\x00bài", body="<td>a<p>b\x07c</table></p><li>d"))
    assert lines(data) == ["Tênbài", "a", "bc", "– d"]
