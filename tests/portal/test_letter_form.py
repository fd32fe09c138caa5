"""The public form of letters and legal questions: the puzzle, floods, files, nothing typed lost, the page of one's own code."""

from datetime import timedelta
from itertools import count

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from hoiam.letters.models import LegalQuestion, LetterFile, ReaderLetter
from hoiam.portal.puzzle import HOLDS, is_answer, is_solved, new_puzzle
from tests.desk.small_world import SmallWorld

URL = "/gui-don/"
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TYPED = {
    "kind": "letter", "title": "Chậm trả lời", "content": "Tôi là Trần Văn Tám, đề nghị trả lời.",
    "name": "Trần Văn Tám", "address": "Bến Sông", "phone": "0912345678", "email": "tam@thu.example",
}  # fmt: skip


@pytest.fixture
def world(db):
    cache.clear()
    return SmallWorld()


@pytest.fixture
def form_url(world):
    return f"{URL}?co-quan={world.province.pk}"


def solved():
    """The hidden fields as a browser fills them."""
    puzzle = new_puzzle("letter", timezone.now())
    number = next(n for n in map(str, count()) if is_answer(puzzle.token, n))
    return {"puzzle_token": puzzle.token, "puzzle_number": number}


def kept():
    return ReaderLetter.objects.system("test")


def test_a_letter_gets_its_number_and_its_page_tells_nothing_of_it(world, client, form_url):
    file = SimpleUploadedFile("tam.pdf", PDF)
    answer = client.post(form_url, {**TYPED, **solved(), "files": [file]}, follow=True)
    letter, text = kept().get(), answer.content.decode()

    assert letter.agency == world.province and letter.channel == "form"
    assert LetterFile.objects.system("test").get(letter=letter).kind == "application/pdf"
    assert letter.number in text and letter.code in text and "Đã nhận đơn" in text
    for secret in ("Trần Văn Tám", "0912345678", "đề nghị trả lời", "Chậm trả lời"):
        assert secret not in text
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert client.get(f"{URL}{letter.code[:-1]}/").status_code == 404


def test_a_question_goes_to_the_legal_questions(client, form_url):
    answer = client.post(form_url, {**TYPED, **solved(), "kind": "question"}, follow=True)
    question = LegalQuestion.objects.system("test").get()
    assert question.number in answer.content.decode() and kept().count() == 0
    assert "Trần Văn Tám" not in question.asked


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"content": ""}, "Còn thiếu: nội dung"),
        ({"email": "khong-phai"}, "Địa chỉ thư chưa đúng"),
        ({"website": "mua hàng"}, "ô phải để trống"),
        ({"kind": "question", "email": "", "phone": ""}, "để nhận giải đáp"),
        ({"kind": "question", "content": "a" * 5001}, "5.000"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, form_url, typed, sentence):
    answer = client.post(form_url, {**TYPED, "address": "Chỗ đã gõ", **solved(), **typed})
    text = answer.content.decode()
    assert answer.status_code == 422 and sentence in text and "Chỗ đã gõ" in text
    assert ": Còn thiếu" not in text  # the field is named once
    assert kept().count() == 0


@pytest.mark.parametrize("data", [b"", b"<html><script>", b"PK\x03\x04nonsense", b"MZ\x90"])
def test_a_file_that_may_hurt_is_refused_with_what_to_do(client, form_url, data):
    file = SimpleUploadedFile("don.docx", data)
    answer = client.post(form_url, {**TYPED, **solved(), "files": [file]})
    assert answer.status_code == 422 and kept().count() == 0
    assert "don.docx" in answer.content.decode() or "rỗng" in answer.content.decode()


def test_without_the_puzzle_one_letter_goes_and_the_next_must_wait(client, form_url):
    assert client.post(form_url, TYPED).status_code == 302
    waits = client.post(form_url, {**TYPED, "content": "Đơn thứ hai đã gõ"})
    assert waits.status_code == 429 and "Đơn thứ hai đã gõ" in waits.content.decode()
    assert client.post(form_url, {**TYPED, "content": "Đơn ba", **solved()}).status_code == 302


def test_even_with_puzzles_one_address_leaves_only_so_many(client, form_url):
    for number in range(10):
        answer = client.post(form_url, {**TYPED, "content": f"Đơn {number}", **solved()})
        assert answer.status_code == 302
    assert client.post(form_url, {**TYPED, "content": "Thêm", **solved()}).status_code == 429
    other = client.post(form_url, {**TYPED, "content": "Nơi khác"}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 302


def test_the_same_letter_twice_is_one(client, form_url):
    one, two = (client.post(form_url, {**TYPED, **solved()}) for _ in range(2))
    assert one.url == two.url and kept().count() == 1


def test_a_puzzle_is_ours_fresh_and_taken_once(db):
    cache.clear()
    now = timezone.now()
    filled = solved()
    token, number = filled["puzzle_token"], filled["puzzle_number"]
    forged = token[:-1] + ("0" if token[-1] != "0" else "1")

    assert not is_solved("letter", forged, number, now)
    assert not is_solved("other", token, number, now)
    assert not is_solved("letter", token, "x", now) and not is_solved("letter", token, "", now)
    assert not is_solved("letter", token, number, now + timedelta(seconds=HOLDS + 60))
    assert is_solved("letter", token, number, timezone.now())
    assert not is_solved("letter", token, number, timezone.now())
    assert not is_solved("letter", "", "", now) and not is_solved("letter", "a.b.c", "1", now)


def test_too_much_at_once_is_turned_away_and_the_token_is_wanted(client, form_url):
    huge = client.post(form_url, {"content": "x"}, CONTENT_LENGTH=str(60_000_000))
    assert huge.status_code == 413
    assert Client(enforce_csrf_checks=True).post(form_url, TYPED).status_code == 403


def test_the_agency_is_chosen_first(world, client):
    text = client.get(URL).content.decode()
    assert "Thi hành án dân sự tỉnh Thanh Giang" in text
    assert 'data-puzzle="' in client.get(f"{URL}?co-quan={world.province.pk}").content.decode()


def test_files_gone_with_a_refusal_are_asked_for_again(client, form_url):
    file = SimpleUploadedFile("tam.pdf", PDF)
    answer = client.post(form_url, {**TYPED, "content": "", **solved(), "files": [file]})
    page = answer.content.decode()
    assert (
        answer.status_code == 422 and "Chọn lại tệp" in page and 'tabindex="-1" autofocus' in page
    )
    without = client.post(form_url, {**TYPED, "content": "", **solved()}).content.decode()
    assert "Chọn lại tệp" not in without
