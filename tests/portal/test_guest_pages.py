"""Pages behind a link: sending a piece, answering a question, links that open nothing any more."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hoiam.agencies.states import Role
from hoiam.core.errors import NotAllowed, WrongState
from hoiam.core.jobs import run_due
from hoiam.core.models import OutgoingMail
from hoiam.core.outbox import deliver_due
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
    return make.actor(tree.province, Role.EDITOR, today=timezone.localdate(now))


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
    # "no-referrer" would make browsers send the form as from nowhere, which the guard of forms refuses.
    assert answer["Referrer-Policy"] == "same-origin"
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


def sent_word(client, address, now):
    """The piece of a Word file with two pictures nobody described, read; and the address of the question by letter."""
    typed = {"title": "Nghề của tôi", "word": SimpleUploadedFile("a.docx", word(jpeg(), jpeg("blue")))}  # fmt: skip
    assert "Đã nhận bài" in client.post(address, typed).content.decode()
    later = now + timedelta(minutes=5)
    deliver_due(later)
    run_due(later)
    deliver_due(later)
    [piece] = pieces()
    letter = OutgoingMail.objects.filter(subject__startswith="Cần lời tả").get()
    assert letter.address == "song@viet.example" and "có 2 ảnh chưa có lời tả" in letter.text
    return piece, re.search(r"/gui-bai/[\w-]+/", letter.text)[0]


def test_pictures_of_a_guest_s_word_file_are_asked_about_before_editors_can_publish(
    client, address, now
):
    piece, question = sent_word(client, address, now)
    first, second = piece.pictures.all()
    page = client.get(question).content.decode()
    assert page.count("Ảnh cho thấy gì") == 2
    seen = client.get(f"{question}anh/{first.pk}/")
    assert (seen.headers["Content-Type"], seen.headers["Cache-Control"]) == ("image/jpeg", "private, no-store")  # fmt: skip
    assert client.get(f"{question}anh/{second.pk + 50}/").status_code == 404

    typed = {f"alt_{first.pk}": "Cây cầu cũ", f"caption_{second.pk}": "Chữ tôi gõ"}
    refused = client.post(question, typed)
    assert refused.status_code == 422
    assert "Ghi một câu ảnh cho thấy gì, hoặc chọn bỏ ảnh." in refused.content.decode()
    assert "Cây cầu cũ" in refused.content.decode() and "Chữ tôi gõ" in refused.content.decode()

    typed |= {f"drop_{second.pk}": "on", f"credit_{first.pk}": "Minh Hạnh"}
    assert "Đã nhận lời tả ảnh" in client.post(question, typed).content.decode()
    assert [(row.alt, row.credit) for row in piece.pictures.all()] == [("Cây cầu cũ", "Minh Hạnh")]
    # Used up, the link shows nothing more: neither the form nor the picture.
    assert client.get(question).status_code == 404
    assert client.get(f"{question}anh/{first.pk}/").status_code == 404


def test_a_piece_given_back_with_untold_pictures_is_sent_again_and_asked_about(
    client, address, now, editor
):
    piece, _ = sent_word(client, address, now)
    later = now + timedelta(minutes=20)
    actions.return_submission(piece, actor=editor, now=later, reason="Thiếu số liệu")
    deliver_due(later)
    letter = OutgoingMail.objects.filter(text__contains="Sửa và gửi lại").get()
    form = re.search(r"/gui-bai/[\w-]+/", letter.text)[0]
    sent = client.post(form, {"title": "Nghề của tôi", "body": "Có số liệu."})
    assert "Đã nhận bài" in sent.content.decode()
    deliver_due(later + timedelta(minutes=1))
    assert OutgoingMail.objects.filter(subject__startswith="Cần lời tả").count() == 2


def test_editors_see_what_is_missing_and_ask_once_more(client, address, now, editor, tree):
    piece, question = sent_word(client, address, now)
    desk = Client()
    desk.force_login(editor.official, "hoiam.config.accounts.DeskBackend")
    page = f"/desk/writing/{piece.pk}/"
    shown = desk.get(page).content.decode()
    assert "Còn 2 ảnh chưa có lời tả nên chưa đăng được" in shown
    do = reverse("desk-writing-act", args=[piece.pk, "ask_for_words"])
    assert do in shown
    assert desk.post(do).status_code == 302
    deliver_due(now + timedelta(minutes=9))
    assert OutgoingMail.objects.filter(subject__startswith="Cần lời tả").count() == 2
    assert "đã được thu hồi" in client.get(question).content.decode()
    with pytest.raises(NotAllowed):
        actions.ask_for_words(piece, actor=make.actor(tree.other, Role.EDITOR), now=now)
    # The question is over once a page is made of the piece: its words are written there.
    Submission.objects.system("test").filter(pk=piece.pk).update(page_key="workbench:1")
    with pytest.raises(WrongState):
        actions.ask_for_words(piece, actor=editor, now=now)
