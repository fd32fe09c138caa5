"""Pictures and Word files of a piece."""

import io
import zipfile

import pytest
from docx import Document
from PIL import Image

from hoiam.agencies.actions.files import SentFile
from hoiam.agencies.states import Role
from hoiam.core.errors import InvalidInput, NotAllowed, WrongState
from hoiam.core.jobs import run_due
from hoiam.core.outbox import deliver_due
from hoiam.newsroom import actions, queries
from hoiam.newsroom.actions import PictureWords, Text
from hoiam.newsroom.jobs.words import read_word
from hoiam.newsroom.models import SubmissionFile
from hoiam.newsroom.states.submissions import ReadingState
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def jpeg(colour="red"):
    out = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(out, "JPEG")
    return out.getvalue()


def word(*pictures, title="Một ngày ở kho vật chứng"):
    document = Document()
    if title:
        document.add_paragraph(title, style="Title")
    document.add_paragraph("Đoạn mở đầu.")
    for data in pictures:
        document.add_picture(io.BytesIO(data))
    document.add_paragraph("Đoạn kết.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def writer(tree):
    return make.actor(tree.region1, Role.CONTRIBUTOR)


@pytest.fixture
def piece(tree, writer):
    return actions.begin_submission(tree.region1, Text(), actor=writer, now=NOW)


def send(piece, data, writer, name="bai.docx"):
    return actions.send_word(piece, SentFile(name, data), actor=writer, now=NOW)


def test_a_word_file_fills_an_empty_piece_and_its_pictures_ask_for_words(piece, writer):
    file = send(piece, word(jpeg("red"), jpeg("blue")), writer)
    assert file.state == ReadingState.WAITING
    with pytest.raises(InvalidInput):
        actions.send_submission(piece, actor=writer, now=NOW)
    deliver_due(NOW)
    assert run_due(NOW) == 1

    piece.refresh_from_db()
    file.refresh_from_db()
    first, second = piece.pictures.all()
    assert (file.state, file.done, file.total) == (ReadingState.READ, 2, 2)
    assert piece.title == "Một ngày ở kho vật chứng"
    assert piece.body == (
        f'<p>Đoạn mở đầu.</p><p><img src="/anh/{first.blob}.jpg"></p>'
        f'<p><img src="/anh/{second.blob}.jpg"></p><p>Đoạn kết.</p>'
    )
    with pytest.raises(InvalidInput, match="2 ảnh chưa có lời tả"):
        actions.send_submission(piece, actor=writer, now=NOW)


def test_read_twice_it_is_there_once(piece, writer):
    file = send(piece, word(), writer)
    assert read_word(file.pk, now=NOW) is True
    assert read_word(file.pk, now=NOW) is False
    piece.refresh_from_db()
    assert piece.body == "<p>Đoạn mở đầu.</p><p>Đoạn kết.</p>"


def test_what_was_typed_stays_and_the_file_comes_after_it(piece, writer):
    actions.write_submission(piece, Text("Tên của tôi", body="Đã gõ."), actor=writer, now=NOW)
    read_word(send(piece, word(), writer).pk, now=NOW)
    piece.refresh_from_db()
    assert piece.title == "Tên của tôi"
    assert piece.body == "<p>Đã gõ.</p><p>Đoạn mở đầu.</p><p>Đoạn kết.</p>"


def test_a_picture_that_cannot_be_shown_is_named_and_the_rest_is_read(piece, writer):
    data = io.BytesIO(word(jpeg()))
    out = io.BytesIO()
    with zipfile.ZipFile(data) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            broken = each.startswith("word/media/")
            new.writestr(each, b"\x01\0\0\0 no picture" if broken else old.read(each))
    file = send(piece, out.getvalue(), writer)
    read_word(file.pk, now=NOW)
    file.refresh_from_db()
    assert file.state == ReadingState.READ
    assert file.said.startswith("Ảnh 1: ")
    assert not piece.pictures.exists()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.docx", b"", "macro"),
        ("a.docm", b"PK", "macro"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", "đời cũ"),
        ("a.pdf", b"%PDF-1.7 x", "không phải tệp Word"),
        ("a.docx", b"PK\x03\x04broken", "hỏng"),
    ],
    ids=["macro", "docm", "password", "old", "pdf", "broken"],
)  # fmt: skip
def test_a_file_that_is_not_taken_leaves_the_draft_as_it_was(piece, writer, name, data, says):
    actions.write_submission(piece, Text("Tên", body="Đã gõ."), actor=writer, now=NOW)
    if not data:
        out = io.BytesIO(word())
        with zipfile.ZipFile(out, "a") as archive:
            archive.writestr("word/vbaProject.bin", b"x")
        data = out.getvalue()
    with pytest.raises(InvalidInput, match=says):
        send(piece, data, writer, name)
    piece.refresh_from_db()
    assert (piece.title, piece.body) == ("Tên", "<p>Đã gõ.</p>")


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("IMG_1.HEIC", b"\0\0\0\x18ftypheic" + b"\0" * 40, "HEIC"),
        ("x.svg", b"<svg onload=alert(1)>", "SVG|Không nhận|không phải"),
        ("x.jpg", b"\xff\xd8\xff broken", "hỏng"),
        ("to.jpg", b"\xff\xd8\xff" + bytes(26 * 1024 * 1024), "lớn hơn 25 MB"),
    ],
)
def test_a_picture_that_cannot_be_taken_is_told_why(piece, writer, name, data, says):
    with pytest.raises(InvalidInput, match=says):
        actions.add_picture(piece, SentFile(name, data), actor=writer, now=NOW)
    assert not piece.pictures.exists()


def test_a_picture_is_described_or_dropped_with_its_place_in_the_text(piece, writer):
    kept = actions.add_picture(piece, SentFile("a.jpg", jpeg("red")), actor=writer, now=NOW)
    gone = actions.add_picture(piece, SentFile("b.jpg", jpeg("blue")), actor=writer, now=NOW)
    body = f'<p>Chữ</p><img src="/anh/{gone.blob}.jpg">'
    actions.write_submission(piece, Text("Tên", body=body), actor=writer, now=NOW)
    words = {kept.pk: PictureWords("Hai bên bắt tay"), gone.pk: PictureWords(is_dropped=True)}
    piece = actions.describe_pictures(piece, words, actor=writer, now=NOW)
    assert [row.alt for row in piece.pictures.all()] == ["Hai bên bắt tay"]
    assert queries.material_of(piece).body_html == "<p>Chữ</p>"


def test_the_same_picture_twice_is_one(piece, writer):
    for _ in range(2):
        actions.add_picture(piece, SentFile("a.jpg", jpeg()), actor=writer, now=NOW)
    assert piece.pictures.count() == 1


def test_one_file_is_read_at_a_time_and_the_writer_may_stop_waiting(piece, writer):
    file = send(piece, word(), writer)
    with pytest.raises(WrongState):
        send(piece, word(), writer)
    actions.stop_reading(file, actor=writer, now=NOW)
    assert read_word(file.pk, now=NOW) is False
    send(piece, word(), writer)
    assert SubmissionFile.objects.count() == 2


def test_nobody_else_adds_to_a_piece(piece, tree):
    other = make.actor(tree.region2, Role.CONTRIBUTOR)
    with pytest.raises(NotAllowed):
        send(piece, word(), other)
    with pytest.raises(NotAllowed):
        actions.add_picture(piece, SentFile("a.jpg", jpeg()), actor=other, now=NOW)
