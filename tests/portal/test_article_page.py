"""The page of one article: what stands, what was corrected, withdrawn or taken down, and an editor's preview."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from hoiam.core import blobs
from hoiam.newsroom import actions
from hoiam.newsroom.actions import Snapshot
from hoiam.newsroom.models import PartnerPrint
from hoiam.portal.addresses import absolute
from hoiam.portal.reading import draw
from tests.portal.world import World, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return World()


def text_of(client, article):
    return client.get(f"/bai/{article.slug}/").content.decode()


def test_a_standing_article_shows_its_text_people_and_machine_words(world, client):
    article = world.publish(pictures=[picture(caption="Buổi đối thoại", credit="Văn phòng")], byline="Mai Thế Dũng")  # fmt: skip
    page = text_of(client, article)

    for words in ("Đối thoại ở xã Vạn Điền", "Mai Thế Dũng", "THADS tỉnh Thanh Giang", "Buổi đối thoại", "Ảnh: Văn phòng"):  # fmt: skip
        assert words in page
    told = json.loads(re.search(r'ld\+json">(.*?)</script>', page)[1])
    assert (told["@type"], told["headline"]) == ("NewsArticle", "Đối thoại ở xã Vạn Điền")
    assert told["image"] == [absolute(f"/anh/{'a' * 64}.jpg")]
    assert 'property="og:title" content="Đối thoại ở xã Vạn Điền"' in page
    assert f"/anh/{'a' * 64}-320.jpg 320w" in page and 'alt="Hội trường xã"' in page


def test_a_correction_stands_above_the_text(world, client):
    article = world.publish()
    actions.correct_article(article, actor=world.editor, now=world.now, notice="Số đúng là 16.")
    page = text_of(client, article)

    assert page.index("Số đúng là 16.") < page.index("Phòng khu vực tổ chức")


def test_a_withdrawn_article_says_why_and_shows_none_of_its_text(world, client):
    article = world.publish()
    actions.withdraw_article(article, actor=world.editor, now=world.now, reason="Sai tên xã.")
    page = text_of(client, article)

    assert "Bài này đã được rút" in page and "Sai tên xã." in page
    assert "Phòng khu vực tổ chức" not in page and "sáu mươi người" not in page


def test_taken_down_answers_410_and_gives_nothing_away(world, client):
    article = world.publish("Danh sách người phải thi hành án")
    actions.take_down_article(article, actor=world.editor, now=world.now, reason="Theo yêu cầu")
    answer = client.get(f"/bai/{article.slug}/")

    assert answer.status_code == 410
    assert "Danh sách người" not in answer.content.decode() and "Theo yêu cầu" not in answer.content.decode()  # fmt: skip


def test_past_its_hour_it_is_gone_though_no_job_came_by(world, client):
    article = world.publish(expires_at=timezone.now() - timedelta(minutes=5))
    answer = client.get(f"/bai/{article.slug}/")

    assert answer.status_code == 410 and "hết hạn" in answer.content.decode()
    assert client.get(f"/bai/{article.slug}/cac-ban/").status_code == 410
    assert client.get(f"/api/bai/{article.slug}/").status_code == 404


def test_the_texts_that_stood_before_are_kept_and_shown(world, client):
    article = world.publish()
    world.publish(body="<p>Bản mới.</p>", hours=0)
    page = text_of(client, article)
    told = client.get(f"/bai/{article.slug}/cac-ban/").content.decode()

    assert "Xem các bản trước" in page and "Bản mới." in page
    assert "Bản mới." in told and "Phòng khu vực tổ chức" in told


def test_a_preview_is_the_same_page_framed_by_ours_alone_and_kept_by_nobody(world):
    draft = Snapshot(
        page_key="w:1", kind="article", agency=world.tree.province, section=world.section,
        title="Chưa đăng", body=f'<p>Thử</p><img src="/anh/{"b" * 64}.jpg" alt="Nhà">',
        pictures=[picture("b" * 64)],
    )  # fmt: skip
    answer = draw(draft, is_preview=True, pictures_at="/cms/anh/")
    page = answer.content.decode()

    assert "Bản xem trước" in page and f'src="/cms/anh/{"b" * 64}.jpg"' in page
    assert "data-count" not in page and "ld+json" not in page and "Chưa đăng" in page
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
    assert "no-store" in answer.headers["Cache-Control"]


def test_markup_of_a_row_is_cleaned_once_more(world, client):
    article = world.publish(body="<p>Chữ</p><script>alert(1)</script><img src=x onerror=alert(1)>")
    page = text_of(client, article)

    assert "alert(1)" not in page and "<p>Chữ</p>" in page


def test_an_article_takes_few_queries(world, client, django_assert_max_num_queries):
    article = world.publish(pictures=[picture()])
    for number in range(8):
        world.publish(f"Bài {number}")
    with django_assert_max_num_queries(14):
        client.get(f"/bai/{article.slug}/")


def test_the_full_text_of_a_document_is_saved_as_a_file_while_it_stands(world, client):
    blob = blobs.put(b"%PDF-1.4 toan van").sha256
    article = world.publish(kind="document", extra={"file_blob": blob, "file_name": "qd-12.pdf"})
    assert f'href="/bai/{article.slug}/tep/"' in text_of(client, article)
    answer = client.get(f"/bai/{article.slug}/tep/")
    assert b"".join(answer) == b"%PDF-1.4 toan van"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="qd-12.pdf"'

    actions.take_down_article(article, actor=world.editor, now=world.now, reason="Đăng nhầm")
    assert client.get(f"/bai/{article.slug}/tep/").status_code == 404


def test_an_article_without_a_file_has_none(world, client):
    article = world.publish()
    assert client.get(f"/bai/{article.slug}/tep/").status_code == 404


def test_a_paper_seen_in_print_alone_is_named_without_a_link(world, client):
    article = world.publish()
    PartnerPrint.objects.create(article=article, outlet="Báo Sông Thanh", state="confirmed", place="số 31", seen_at=world.now)  # fmt: skip
    assert "<li>Báo Sông Thanh" in text_of(client, article)


def test_papers_that_printed_it_again_are_named_once_a_person_confirmed(world, client):
    article = world.publish()
    for outlet, state in (("Báo Sông Thanh", "confirmed"), ("Báo Cồn Én", "found")):
        PartnerPrint.objects.create(
            article=article, outlet=outlet, state=state, url="https://songthanh.example/1", seen_at=world.now
        )  # fmt: skip
    page = text_of(client, article)
    assert "Báo Sông Thanh" in page and "Báo Cồn Én" not in page
