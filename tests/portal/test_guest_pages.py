"""Pages behind a link: sending a piece, answering a question, links that open nothing any more."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hoiam.agencies.states import Role
from hoiam.newsroom import actions
from hoiam.newsroom.actions import Question, Wish
from hoiam.newsroom.actions.guest_links import make_link
from hoiam.newsroom.models import FactCheck, Submission
from tests import factories as make
from tests.newsroom.test_submission_files import jpeg, word

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_counts():
    cache.clear()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def editor(tree, now):
    return make.actor(tree.province, Role.EDITOR, today=now.date())


@pytest.fixture
def wish(tree, editor, now):
    return actions.ask_for_piece(
        tree.province, Wish("Ba mươi năm một nghề", editor.today + timedelta(days=3)),
        actor=editor, now=now, name="Ông Lê Văn Sông", email="song@viet.example",
    )  # fmt: skip


@pytest.fixture
def address(wish, now):
    return f"/gui-bai/{make_link(wish, actor=None, now=now)[1]}/"


def pieces():
    return list(Submission.objects.system("test"))


def test_the_form_tells_what_is_asked_and_is_kept_by_nobody(client, address):
    answer = client.get(address)
    assert "Ba mươi năm một nghề" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "no-referrer"
    assert "noindex" in answer["X-Robots-Tag"]


def test_sent_once_with_a_word_file_and_a_picture(client, address):
    typed = {
        "title": "Nghề của tôi", "word": SimpleUploadedFile("a.docx", word()),
        "picture_1": SimpleUploadedFile("a.jpg", jpeg()), "alt_1": "Cây cầu cũ",
    }  # fmt: skip
    assert "Đã nhận bài" in client.post(address, typed).content.decode()
    [piece] = pieces()
    assert (piece.state, piece.pictures.count(), piece.files.count()) == ("sent", 1, 1)
    again = client.post(address, {"title": "Lần hai", "body": "Chữ"})
    assert again.status_code == 404 and "đã dùng" in again.content.decode()
    assert len(pieces()) == 1


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"title": "", "body": "Chữ tôi gõ"}, "Còn thiếu: tên bài"),
        ({"title": "Tin", "body": ""}, "chưa có nội dung"),
        ({"title": "Tin", "body": "Chữ tôi gõ", "note_box": "spam"}, "ô phải để trống"),
        ({"title": "Tin", "body": "Chữ tôi gõ", "picture_1": "jpeg"}, "Ghi một câu ảnh cho thấy gì"),
        ({"title": "Tin", "body": "Chữ tôi gõ", "picture_1": "svg", "alt_1": "Ảnh"}, "Không nhận tệp|không phải"),
    ],
)  # fmt: skip
def test_a_refusal_keeps_what_was_typed_and_the_link(client, address, typed, says):
    files = {"jpeg": ("a.jpg", jpeg()), "svg": ("a.svg", b"<svg onload=alert(1)>")}
    if "picture_1" in typed:
        typed = {**typed, "picture_1": SimpleUploadedFile(*files[typed["picture_1"]])}
    answer = client.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert any(part in page for part in says.split("|"))
    assert typed["body"] in page
    assert pieces() == []
    assert client.get(address).status_code == 200


def test_a_link_to_nothing_and_one_of_another_kind_open_nothing(client, address):
    assert client.get("/gui-bai/" + "x" * 43 + "/").status_code == 404
    other = client.get(address.replace("gui-bai", "kiem-chung"))
    assert other.status_code == 404 and "không dùng để trả lời" in other.content.decode()


def test_too_many_pressings_are_stopped_and_the_text_stays(client, address):
    for _ in range(20):
        client.post(address, {"title": "Tin", "body": ""})
    answer = client.post(address, {"title": "Tin", "body": "Chữ tôi gõ"})
    assert "quá nhiều lần gửi" in answer.content.decode()
    assert "Chữ tôi gõ" in answer.content.decode()
    assert pieces() == []


def test_a_question_is_answered_without_an_account(client, tree, editor, now):
    asked = Question("workbench:1", "Tin", "Ngày <20/6> đã giao nhà.", "Đúng không?")
    check = actions.ask_fact_check(tree.province, tree.region1, asked, actor=editor, now=now)
    address = f"/kiem-chung/{make_link(check, actor=None, now=now)[1]}/"
    assert "Ngày &lt;20/6&gt; đã giao nhà." in client.get(address).content.decode()
    assert client.post(address, {"name": "Sen", "kind": "wrong"}).status_code == 422
    told = {"name": "Trần Thị Sen, văn thư", "kind": "wrong", "answer": "Ngày 22/6."}
    assert "Đã gửi câu trả lời" in client.post(address, told).content.decode()
    found = FactCheck.objects.system("test").get()
    assert (found.verdict, found.answered_name) == ("wrong", "Trần Thị Sen, văn thư")
    assert client.get(address).status_code == 404
