"""Pages of pieces: the writer's form, the editors' list, pieces asked for, questions, who wrote what."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from hoiam.agencies.states import Role
from hoiam.core.jobs import run_due
from hoiam.core.outbox import deliver_due
from hoiam.newsroom import actions
from hoiam.newsroom.actions import Author, Question, Snapshot, Text, Wish
from hoiam.newsroom.models import Article, Commission, FactCheck, Section, Submission
from tests import factories as make
from tests.newsroom.test_submission_files import jpeg, word

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make.tree()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def writer(tree, now):
    return make.actor(tree.region1, Role.CONTRIBUTOR, today=timezone.localdate(now))


@pytest.fixture
def editor(tree, now):
    return make.actor(tree.province, Role.EDITOR, today=timezone.localdate(now))


@pytest.fixture
def as_writer(client, writer):
    client.force_login(writer.official)
    return client


@pytest.fixture
def piece(tree, writer, now):
    text = Text("Vận động ở bến sông", body="Đoạn một.")
    return actions.begin_submission(tree.region1, text, actor=writer, now=now)


@pytest.fixture
def sent(piece, writer, now):
    return actions.send_submission(piece, actor=writer, now=now)


def only():
    return Submission.objects.system("test").get()


def page_of(answer):
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_typed_saved_and_sent_from_one_form(as_writer):
    typed = {"title": "Tin mới", "body": "Dòng một\nDòng hai", "theme": "2", "do": "save"}
    answer = as_writer.post(reverse("desk-writing-new"), typed)
    made = only()
    assert answer.url == f"{reverse('desk-writing-edit', args=[made.pk])}?xong=1"
    assert (made.body, made.theme, made.state) == ("<p>Dòng một</p><p>Dòng hai</p>", 2, "draft")
    again = {**typed, "title": "Tin mới nhất", "version": made.version, "do": "send"}
    as_writer.post(reverse("desk-writing-edit", args=[made.pk]), again)
    assert (only().title, only().state) == ("Tin mới nhất", "sent")
    assert "Tin mới nhất" in page_of(as_writer.get(reverse("desk-writing")))


def test_what_keeps_it_from_being_sent_is_said_and_the_draft_is_kept(as_writer, piece):
    typed = {"title": "Tin", "body": "Chữ", "version": piece.version, "do": "send"}
    typed["pictures"] = [
        SimpleUploadedFile("a.jpg", jpeg()),
        SimpleUploadedFile("b.heic", b"\0\0\0\x18ftypheic" + bytes(40)),
    ]
    page = page_of(
        as_writer.post(reverse("desk-writing-edit", args=[piece.pk]), typed, follow=True)
    )
    assert "HEIC" in page
    assert (only().state, only().title, only().pictures.count()) == ("draft", "Tin", 1)
    typed = {"title": "Tin", "body": "Chữ", "version": only().version, "do": "send"}
    page = page_of(
        as_writer.post(reverse("desk-writing-edit", args=[piece.pk]), typed, follow=True)
    )
    assert "1 ảnh chưa có lời tả" in page
    row = only().pictures.get()
    typed |= {"version": only().version, f"p{row.pk}-alt": "Hai bên bắt tay"}
    as_writer.post(reverse("desk-writing-edit", args=[piece.pk]), typed)
    assert only().state == "sent"


def test_a_word_file_shows_how_far_it_is_read_and_then_the_form(as_writer, piece, now):
    address = reverse("desk-writing-edit", args=[piece.pk])
    typed = {"title": "", "body": "", "version": piece.version, "do": "save"}
    as_writer.post(address, typed | {"word": SimpleUploadedFile("bai.docx", word(jpeg()))})
    assert "Đang chờ đến lượt đọc" in page_of(as_writer.get(address))
    deliver_due(now + timedelta(seconds=5))
    run_due(now + timedelta(seconds=5))
    page = page_of(as_writer.get(address))
    assert "Đoạn mở đầu." in page and "Ảnh cho thấy gì" in page
    picture = only().pictures.get()
    shown = as_writer.get(reverse("desk-writing-picture", args=[piece.pk, picture.pk]))
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    kept = as_writer.get(reverse("desk-writing-word", args=[piece.pk, piece.files.get().pk]))
    assert "attachment" in kept["Content-Disposition"]


def test_saved_over_a_newer_text_what_was_typed_stays_on_the_page(as_writer, piece, writer, now):
    actions.write_submission(piece, Text("Từ máy khác"), actor=writer, now=now)
    typed = {"title": "Từ máy này", "version": piece.version, "do": "save"}
    answer = as_writer.post(reverse("desk-writing-edit", args=[piece.pk]), typed)
    assert answer.status_code == 422
    assert "vừa được lưu từ nơi khác" in answer.content.decode()
    assert "Từ máy này" in answer.content.decode()
    assert only().title == "Từ máy khác"
    assert f'name="version" value="{only().version}"' in answer.content.decode()


def test_old_letters_are_offered_converted(as_writer, piece, writer, now):
    actions.write_submission(piece, Text("Tin", body="Thi hµnh ¸n d©n sù"), actor=writer, now=now)
    page = page_of(as_writer.get(reverse("desk-writing-edit", args=[piece.pk])))
    assert "TCVN3" in page
    as_writer.post(reverse("desk-writing-convert", args=[piece.pk]))
    assert only().body == "<p>Thi hành án dân sự</p>"


def test_a_script_in_a_piece_never_reaches_the_page(as_writer, piece, writer, now):
    body = '<p onclick="x()">Chữ<script>alert(1)</script><img src=x onerror=alert(2)></p>'
    actions.write_submission(piece, Text("<b>Tin</b>", body=body), actor=writer, now=now)
    page = page_of(as_writer.get(reverse("desk-writing-piece", args=[piece.pk])))
    assert "alert(" not in page and "onclick=" not in page and "&lt;b&gt;Tin" in page


def test_editors_decide_and_a_refusal_stands_at_its_field(client, editor, sent):
    client.force_login(editor.official)
    assert sent.title in page_of(client.get(reverse("desk-pieces")))
    act = reverse("desk-writing-act", args=[sent.pk, "return_submission"])
    answer = client.post(act, {"reason": ""})
    assert answer.status_code == 422 and "Còn thiếu: cần sửa gì" in answer.content.decode()
    client.post(act, {"reason": "Thêm ngày tháng"})
    assert (only().state, only().reason) == ("returned", "Thêm ngày tháng")
    assert sent.title not in page_of(client.get(reverse("desk-pieces")))
    assert sent.title in page_of(client.get(reverse("desk-pieces"), {"state": "all", "q": "bến"}))


def test_an_editor_goes_on_from_a_piece_taken_in_to_where_its_page_is_made(client, editor, sent):
    client.force_login(editor.official)
    page = reverse("desk-writing-piece", args=[sent.pk])
    assert "Soạn ở bàn biên tập" not in page_of(client.get(page))
    client.post(reverse("desk-writing-act", args=[sent.pk, "accept_submission"]))
    assert 'href="/cms/bai-gui/">Soạn ở' in client.get(page).content.decode()
    sent.refresh_from_db()
    sent.page_key = "workbench:12"
    sent.save()
    assert 'href="/cms/pages/12/edit/">Soạn ở' in client.get(page).content.decode()


def test_another_province_finds_nothing(client, tree, sent, now):
    client.force_login(make.actor(tree.other, Role.EDITOR, today=timezone.localdate(now)).official)
    for name in ("desk-writing-piece", "desk-writing-edit"):
        assert client.get(reverse(name, args=[sent.pk])).status_code == 404
    for name in ("desk-pieces", "desk-writers", "desk-writing"):
        assert sent.title not in page_of(client.get(reverse(name), {"state": "all"}))


def test_a_piece_is_asked_for_begun_and_found_again(client, tree, editor, writer):
    client.force_login(editor.official)
    due = (editor.today + timedelta(days=9)).strftime("%d/%m/%Y")
    typed = {"title": "Ba mươi năm", "official": writer.pk, "due_on": due}
    answer = client.post(reverse("desk-commission-new"), typed)
    wish = Commission.objects.system("test").get()
    assert answer.url == reverse("desk-commission", args=[wish.pk])
    assert client.post(reverse("desk-commission-new"), {"title": "x"}).status_code == 422
    client.force_login(writer.official)
    assert "Ba mươi năm" in page_of(client.get(reverse("desk-writing")))
    client.post(reverse("desk-commission-begin", args=[wish.pk]))
    assert (only().title, only().commission) == ("Ba mươi năm", wish)


def test_a_question_is_asked_on_a_piece_and_answered_beside_it(client, tree, editor, sent, now):
    client.force_login(editor.official)
    address = f"{reverse('desk-fact-check-new')}?piece={sent.pk}"
    asked = {"asked": tree.region1.pk, "excerpt": "Đoạn một.", "question": "Đúng không?"}
    client.post(address, asked)
    check = FactCheck.objects.system("test").get()
    client.force_login(
        make.actor(tree.region1, Role.HEAD_OF_REGION, today=timezone.localdate(now)).official
    )
    assert "Đoạn một." in page_of(client.get(reverse("desk-fact-check", args=[check.pk])))
    act = reverse("desk-fact-check-act", args=[check.pk, "answer_fact_check"])
    assert client.post(act, {"verdict": "wrong"}).status_code == 422
    client.post(act, {"verdict": "wrong", "answer": "Ba lần."})
    client.force_login(editor.official)
    assert "Ba lần." in page_of(client.get(reverse("desk-writing-piece", args=[sent.pk])))


def test_who_wrote_what_with_readers_as_a_page_and_as_excel(
    client, tree, editor, writer, sent, now
):
    piece = actions.accept_submission(sent, actor=editor, now=now)
    section = Section.objects.create(slug="tin", name="Tin tức")
    authors = [Author(str(writer), writer.pk, tree.region1.pk)]
    article = actions.publish_article(
        Snapshot("w:1", "article", tree.province, section, piece.title, authors=authors),
        actor=editor, now=now,
    )  # fmt: skip
    actions.tie_to_article(piece, article, now=now)
    Article.objects.system("test").update(reads=1234)
    client.force_login(editor.official)
    page = page_of(client.get(reverse("desk-writers")))
    assert "1 bài, 1 bài đã đăng, 1.234 lượt đọc" in page
    book = load_workbook(io.BytesIO(client.get(reverse("desk-writers-excel")).content))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["Người viết", str(writer)]
    assert rows[1][-1] == 1234
    actions.withdraw_article(article, actor=editor, now=now, reason="Sai")
    assert "0 bài đã đăng, 0 lượt đọc" in page_of(client.get(reverse("desk-writers")))


@pytest.mark.parametrize("name", ["desk-writing", "desk-pieces", "desk-writers"])
@pytest.mark.parametrize("count", [1, 4])
def test_lists_take_few_queries_however_long(
    client, tree, writer, editor, now, name, count, django_assert_max_num_queries
):
    for number in range(count):
        text = Text(f"Tin {number}", body="Chữ")
        made = actions.begin_submission(tree.region1, text, actor=writer, now=now)
        actions.send_submission(made, actor=writer, now=now)
    client.force_login(editor.official)
    client.get(reverse(name))
    with django_assert_max_num_queries(15):
        client.get(reverse(name))


def test_pages_of_one_take_few_queries(client, tree, editor, sent, now, django_assert_max_num_queries):  # fmt: skip
    question = Question(f"submission:{sent.pk}", "Tin", "Đoạn", "Đúng?")
    check = actions.ask_fact_check(tree.province, tree.region1, question, actor=editor, now=now)
    wish = actions.ask_for_piece(
        tree.province, Wish("Tin", editor.today), actor=editor, now=now, name="A", email="a@b.example"
    )  # fmt: skip
    client.force_login(editor.official)
    for name, pk in (("desk-writing-piece", sent.pk), ("desk-fact-check", check.pk), ("desk-commission", wish.pk)):  # fmt: skip
        client.get(reverse(name, args=[pk]))
        with django_assert_max_num_queries(15):
            page_of(client.get(reverse(name, args=[pk])))


def test_a_picture_far_too_large_is_not_read_and_what_was_typed_is_saved(as_writer, piece, monkeypatch):  # fmt: skip
    monkeypatch.setattr("hoiam.desk.views.writing.verbs.add_picture", lambda *a, **k: pytest.fail("read"))  # fmt: skip
    monkeypatch.setattr("hoiam.desk.views.writing.LARGEST_PICTURE", 1000)
    typed = {"title": "Tên tôi gõ", "body": "Chữ tôi gõ", "version": piece.version}
    typed["pictures"] = SimpleUploadedFile("to.jpg", b"\xff\xd8\xff" + bytes(2000))
    told = as_writer.post(reverse("desk-writing-edit", args=[piece.pk]), typed, follow=True)
    shown = told.content.decode()
    assert "“to.jpg” lớn hơn" in shown and "Phần đã gõ vẫn được lưu" in shown
    piece.refresh_from_db()
    assert (piece.title, piece.body) == ("Tên tôi gõ", "<p>Chữ tôi gõ</p>")
