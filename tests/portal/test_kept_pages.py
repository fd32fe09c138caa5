"""Pages kept by the server: given again while they are true, never one that was withdrawn or whose hour has come."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hoiam.agencies.states import Role
from hoiam.core.outbox import deliver_due
from hoiam.letters.actions import withdraw_legal_answer
from hoiam.letters.models import LegalQuestion, PublishedAnswer
from hoiam.newsroom import actions
from hoiam.newsroom.actions.prints import confirm_print, reject_print
from hoiam.newsroom.models import PartnerPrint
from hoiam.portal.kept import SHELF, Kept, Shelf
from tests import factories as make
from tests.portal.world import World

pytestmark = pytest.mark.django_db
PAGES = ("/", "/tin/", "/chuyen-muc/hoat-dong/", "/tin/nguon.rss", "/api/bai/", "/nhung/hoat-dong/")


@pytest.fixture
def world():
    return World()


def test_the_second_asker_costs_one_query_and_gets_the_same(
    world, client, django_assert_num_queries
):
    world.publish()
    first = client.get("/")
    with django_assert_num_queries(1):
        again = client.get("/")

    assert again.content == first.content
    for header in ("Content-Security-Policy", "X-Frame-Options", "ETag", "Cache-Control"):
        assert again.headers[header] == first.headers[header]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("verb", ["withdraw_article", "take_down_article"])
def test_what_was_withdrawn_or_taken_down_is_gone_at_once(world, client, path, verb):
    article = world.publish("Thông báo về ngôi nhà")
    assert "Thông báo về ngôi nhà" in client.get(path).content.decode()
    getattr(actions, verb)(article, actor=world.editor, now=timezone.now(), reason="Sai")

    assert "Thông báo về ngôi nhà" not in client.get(path).content.decode()
    assert client.get(f"/bai/{article.slug}/").status_code in {200, 410}


def test_a_reprint_is_told_and_taken_back_at_once(world, client):
    article = world.publish()
    page = f"/bai/{article.slug}/"
    found = PartnerPrint.objects.create(article=article, outlet="Báo Sông Thanh", state="found", place="số 31", seen_at=world.now)  # fmt: skip
    assert "Báo Sông Thanh" not in client.get(page).content.decode()
    confirm_print(found, actor=world.editor, now=world.now)
    assert "Báo Sông Thanh" in client.get(page).content.decode()
    reject_print(found, actor=world.editor, now=world.now, reason="Bài khác")
    assert "Báo Sông Thanh" not in client.get(page).content.decode()


@pytest.mark.parametrize("page", ["/", "/hoi-dap/"])
def test_a_legal_answer_withdrawn_is_gone_once_its_message_is_delivered(world, client, page):
    answer = PublishedAnswer.objects.create(
        agency=world.tree.province, slug="phi", question="Ai nộp phí?", answer_html="<p>A.</p>", topic="fees", laws=["Luật"],
        words="ai nop phi", published_at=world.now, reviewed_at=world.now, law_day=world.now.date(),
    )  # fmt: skip
    asked = LegalQuestion.objects.create(
        agency=world.tree.province, year=2026, ordinal=1, code="c", channel="post", received_at=world.now, due_at=world.now, asked="Ai?",
        state="published", published=answer,
    )  # fmt: skip
    assert "Ai nộp phí?" in client.get(page).content.decode()
    head = make.actor(world.tree.province, Role.HEAD, today=world.now.date())
    withdraw_legal_answer(asked, reason="Luật đổi", actor=head, now=world.now)
    deliver_due(world.now)
    assert "Ai nộp phí?" not in client.get(page).content.decode()


def test_the_hour_of_an_article_ends_what_is_kept(world, client, monkeypatch):
    article = world.publish("Chỉ đến trưa", expires_at=timezone.now() + timedelta(seconds=30))
    assert "Chỉ đến trưa" in client.get("/tin/").content.decode()
    later = timezone.now() + timedelta(seconds=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert "Chỉ đến trưa" not in client.get("/tin/").content.decode()
    assert client.get(f"/bai/{article.slug}/").status_code == 410


def test_who_has_the_page_gets_304_from_the_shelf(world, client):
    world.publish()
    tag = client.get("/tin/").headers["ETag"]
    again = client.get("/tin/", headers={"if-none-match": tag})

    assert (again.status_code, again.content) == (304, b"")


def test_caches_outside_ask_again_for_pages_with_articles(world, client):
    world.publish()
    for _ in range(2):
        assert client.get("/tin/").headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_what_was_typed_is_never_kept(world, client):
    world.publish()
    client.get("/tim/?q=doi thoai")
    client.get("/van-ban/?q=doi")
    client.get("/?utm=1")

    assert SHELF._pages == {}


def test_the_shelf_throws_out_the_longest_unread():
    shelf, now = Shelf(room=10), timezone.now()
    page = Kept(1, now, b"12345", (), True)
    for key in ("a", "b"):
        shelf.put(key, page)
    shelf.get("a")
    shelf.put("c", page)

    assert shelf.get("b") is None and shelf.get("a") == page and shelf.get("c") == page
