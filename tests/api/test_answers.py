"""What the API tells, and what it does not tell any more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from hoiam.api.routes import speaking
from hoiam.handling.models import Authorisation
from hoiam.newsroom import actions
from hoiam.newsroom.models import Section
from hoiam.portal.addresses import absolute
from tests.api.conftest import BASE
from tests.portal.world import picture

pytestmark = pytest.mark.django_db


def slugs(told):
    return [row["slug"] for row in told["items"]]


def test_articles_are_narrowed(world, ask):
    for words, expected in (
        ({}, {"thang-cao-diem", "doi-thoai", "ke-hoach", "tin-khu-vuc"}),
        ({"kind": "expert"}, {"luat-su-an"}),
        ({"kind": "document"}, {"ke-hoach"}),
        ({"theme": 3}, {"doi-thoai"}),
        ({"section": "hoat-dong", "theme": 3}, {"doi-thoai"}),
        ({"agency": "TG-KV1"}, {"tin-khu-vuc"}),
        ({"agency": "THADSLH"}, set()),
        ({"campaign": "thang-cao-diem"}, {"doi-thoai"}),
    ):
        assert set(slugs(ask("articles", **words))) == expected, words


def test_an_agency_brings_what_stands_under_it(world, ask):
    assert "tin-khu-vuc" in slugs(ask("articles", agency="THADSTG"))


def test_since_brings_what_was_published_or_changed_later(world, ask):
    since = (world.now - timedelta(minutes=90)).isoformat()
    assert "ke-hoach" not in slugs(ask("articles", since=since))
    world.publish("Tin khu vực", agency=world.tree.region1, hours=0, body="<p>Đã sửa.</p>")

    assert "tin-khu-vuc" in slugs(ask("articles", since=since))
    assert slugs(ask("articles", since="2199-01-01")) == []


def test_one_article_stands_by_itself_on_another_site(world, ask):
    told = ask("articles/doi-thoai")

    assert told["html"].count(absolute("/")) == 2 and '="/' not in told["html"]
    assert "script" not in told["html"]
    assert (told["byline"], told["source"], told["video"]) == ("Mai Thế Dũng", {"name": "Báo Sông Thanh", "url": None}, None)  # fmt: skip
    assert [each["url"] for each in told["pictures"]] == [absolute(f"/anh/{sign * 64}.jpg") for sign in "ab"]  # fmt: skip
    assert told["picture"] == told["pictures"][0]
    assert told["campaign"]["slug"] == "thang-cao-diem"
    assert told["published"].endswith("+07:00")


def test_a_document_has_number_day_and_signer_and_guesses_nothing(world, ask):
    [row] = ask("documents")["items"]

    assert (row["number"], row["dated"], row["signer"]) == ("112/KH-THADS", "2026-03-12", "Đỗ Quốc Tường")  # fmt: skip
    assert row["in_force"] is None and row["file"] == absolute("/bai/ke-hoach/tep/")


@pytest.mark.parametrize("verb", ["withdraw_article", "take_down_article"])
def test_what_came_down_is_gone_everywhere_at_once(world, client, ask, verb):
    campaign = world.publish("Tháng cao điểm", kind="campaign")
    document = world.publish("Văn bản sai", kind="document")
    for article in (campaign, document):
        assert article.slug in slugs(ask("articles"))
        getattr(actions, verb)(article, actor=world.editor, now=timezone.now(), reason="Sai")

        assert article.slug not in client.get(f"{BASE}articles").content.decode()
        assert client.get(f"{BASE}articles/{article.slug}").status_code == 404
    assert document.slug not in slugs(ask("documents"))
    assert ask("articles/doi-thoai")["campaign"] is None
    assert client.get(f"{BASE}articles?campaign={campaign.slug}").status_code == 404


def test_the_hour_of_an_article_ends_it_though_no_job_came_by(world, client, monkeypatch):
    article = world.publish("Chỉ đến trưa", expires_at=timezone.now() + timedelta(seconds=30))
    paths = [f"{BASE}articles", f"{BASE}articles/{article.slug}"]
    assert [client.get(path).status_code for path in paths] == [200, 200]
    later = timezone.now() + timedelta(seconds=31)
    monkeypatch.setattr("django.utils.timezone.now", lambda: later)

    assert "Chỉ đến trưa" not in client.get(paths[0]).content.decode()
    assert client.get(paths[1]).status_code == 404


def test_what_is_to_stand_later_is_not_told(world, client, ask):
    article = world.publish("Ngày mai", hours=-24)
    assert article.slug not in slugs(ask("articles"))
    assert client.get(f"{BASE}articles/{article.slug}").status_code == 404


def test_who_speaks_is_who_the_portal_shows(world, client, ask):
    shown = [card for place in client.get("/nguoi-phat-ngon.json").json()["agencies"] for card in place["spokespersons"]]  # fmt: skip
    told = ask("spokespersons", agency="THADSTG")["items"]

    assert [row["name"] for row in told] == ["Phạm Văn Khoa"]
    assert [{name: row[name] for name in shown[0]} for row in told] == shown
    assert ask("accounts")["items"][0]["url"] == "https://fb.example/tg"
    assert ask("accounts", agency="THADSLH")["total"] == 0


def test_who_may_speak_on_one_matter_is_told_with_the_matter(world, ask, monkeypatch):
    day = world.now.date()
    given = Authorisation(
        agency=world.tree.other, official=world.editor.official, title="Chấp hành viên", from_on=day, to_on=day, matter="Vụ kho gạo",
    )  # fmt: skip
    monkeypatch.setattr(speaking, "public_authorisations", lambda day: [given])
    told = ask("spokespersons")["items"][-1]

    assert (told["kind"], told["matter"], told["phone"], told["until"]) == ("authorised", "Vụ kho gạo", None, day.isoformat())  # fmt: skip


def test_agencies_are_told_with_who_followed_them_and_no_military_office(world, ask, client):
    rows = {row["code"]: row for row in ask("agencies")["items"]}

    assert "QK" not in rows and client.get(f"{BASE}agencies/QK").status_code == 404
    assert client.get(f"{BASE}articles?agency=QK").status_code == 404
    assert rows["CU"]["successors"] == ["THADSTG"] and rows["TG-KV1"]["parent"] == "THADSTG"
    assert [row["code"] for row in ask("agencies", parent="THADSTG")["items"]] == ["TG-KV1", "TG-KV2"]  # fmt: skip
    assert "CU" not in [row["code"] for row in ask("agencies", on="2026-01-01")["items"]]
    assert ask("agencies", level="province", province="Lam Hà")["total"] == 1


def test_withdrawn_answers_and_closed_schemes_are_not_told(world, client, ask):
    assert slugs(ask("legal-answers", q="nop phi", topic="fees")) == ["phi"]
    assert client.get(f"{BASE}legal-answers/da-rut").status_code == 404
    assert [row["title"] for row in ask("schemes")["items"]] == ["Đề án mở"]
    [task] = ask(f"schemes/{world.scheme.pk}")["tasks"]
    assert (task["asked"], task["done"]) == (1, 1)
    assert "Kê biên tài sản" in [row["word"] for row in ask("words", q="ke bien")["items"]]


def test_sections_readers_do_not_see_are_not_told(world, client, ask):
    Section.objects.create(slug="kin", name="Kín", is_shown=False)
    assert slugs(ask("sections")) == ["hoat-dong"]
    assert client.get(f"{BASE}articles?section=kin").status_code == 404


def test_many_rows_cost_no_more_queries_than_one(world, client, django_assert_max_num_queries):
    for number in range(20):
        world.publish(f"Bài {number}", pictures=[picture(f"{number:064d}")], kind="document" if number % 2 else "article")  # fmt: skip
    for path, most in (("articles?size=100", 5), ("documents?size=100", 5), ("agencies?size=100", 5), ("articles/doi-thoai", 4)):  # fmt: skip
        with django_assert_max_num_queries(most):
            assert client.get(f"{BASE}{path}").status_code == 200
