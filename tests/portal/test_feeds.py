"""Feeds, sitemaps and what other portals take: valid, read by our own reader and by feedparser, the same articles in all."""

from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from hoiam.kit.news import read_feed, read_sitemap
from hoiam.newsroom import actions
from hoiam.portal.addresses import absolute
from tests.portal.feed_rules import faults
from tests.portal.world import World, picture

pytestmark = pytest.mark.django_db
CHANNELS = ("/tin/", "/chuyen-muc/hoat-dong/", "/don-vi/THADSTG/", "/chu-de/3/")
ODD = "Ai được <b>nộp</b> & hỏi? “Kê biên” \x0b\u2028 ]]> &amp; xong"


@pytest.fixture
def world():
    made = World()
    made.publish("Đối thoại ở Cửa Triều", theme=3, pictures=[picture()])
    made.publish(ODD, theme=3, lead="Sa pô <script>alert(1)</script> & 1 < 2", hours=2)
    made.publish("Bài của khu vực", theme=3, agency=made.tree.region1, hours=3)
    made.publish("Đã sửa", theme=3, hours=5)
    made.publish("Đã sửa", theme=3, body="<p>Mới</p>", hours=0)
    made.publish("Chuyên gia", kind="expert", theme=3, hours=1)
    return made


@pytest.mark.parametrize("ending", ["rss", "atom", "json"])
@pytest.mark.parametrize("path", CHANNELS)
def test_every_feed_keeps_the_rules_of_its_format(world, client, path, ending):
    answer = client.get(f"{path}nguon.{ending}")

    assert faults(ending, answer.content, absolute(f"{path}nguon.{ending}")) == []
    assert answer.headers["Access-Control-Allow-Origin"] == "*" and answer.cookies == {}


@pytest.mark.parametrize("ending", ["rss", "atom", "json"])
def test_an_empty_feed_is_valid_too(db, client, ending):
    answer = client.get(f"/tin/nguon.{ending}")
    assert faults(ending, answer.content, absolute(f"/tin/nguon.{ending}")) == []


@pytest.mark.parametrize(("short", "ending"), [("/rss", "rss"), ("/atom", "atom"), ("/feed.json", "json")])  # fmt: skip
def test_the_whole_portal_under_the_names_programs_try_first(world, client, short, ending):
    assert client.get(short).content == client.get(f"/tin/nguon.{ending}").content


def test_the_rules_find_what_is_wrong(world, client):
    text = client.get("/tin/nguon.rss").content
    url = absolute("/tin/nguon.rss")
    for good, bad in ((b" GMT</pubDate>", b" +7</pubDate>"), (b'isPermaLink="true"', b'isPermaLink="no"'),
                      (b"<language>vi</language>", b""), (b"<link>http", b"<link>/http")):  # fmt: skip
        assert good in text and faults("rss", text.replace(good, bad), url)


@pytest.mark.parametrize("ending", ["rss", "atom", "json"])
def test_our_own_reader_and_feedparser_see_the_same_articles(world, client, ending):
    data = client.get(f"/tin/nguon.{ending}").content
    ours = read_feed(data, url=absolute(f"/tin/nguon.{ending}"))

    assert len(ours.entries) == 4 and ours.problems == () and ours.lost == 0
    assert "Chuyên gia" not in [entry.title for entry in ours.entries]
    if ending != "json":
        theirs = feedparser.parse(data)
        assert not theirs.bozo
        assert [entry.link for entry in theirs.entries] == [entry.link for entry in ours.entries]
    first = next(entry for entry in ours.entries if "Cửa Triều" in entry.title)
    assert first.link == absolute("/bai/doi-thoai-o-cua-trieu/")
    assert first.published_at == (world.now - timedelta(hours=1)).replace(microsecond=0)


def test_what_was_withdrawn_leaves_every_feed(world, client):
    article = world.publish("Sẽ rút", theme=3)
    actions.withdraw_article(article, actor=world.editor, now=timezone.now(), reason="Sai")
    for path in CHANNELS:
        for ending in ("rss", "atom", "json"):
            assert "Sẽ rút" not in client.get(f"{path}nguon.{ending}").content.decode()


@pytest.mark.parametrize("path", ["/chuyen-muc/khong-co/nguon.rss", "/don-vi/KHONG/nguon.rss", "/chu-de/6/nguon.rss", "/tin/nguon.exe"])  # fmt: skip
def test_no_feed_of_what_is_not_there(world, client, path):
    assert client.get(path).status_code == 404


def test_the_sitemaps_name_every_standing_article_once(world, client):
    index = read_sitemap(client.get("/sitemap.xml").content)
    assert [entry.link.rsplit("/", 1)[1] for entry in index.entries] == ["sitemap-trang.xml", "sitemap-bai-1.xml"]  # fmt: skip
    articles = read_sitemap(client.get("/sitemap-bai-1.xml").content)
    assert len(articles.entries) == 5 and client.get("/sitemap-bai-2.xml").status_code == 404
    pages = [entry.link for entry in read_sitemap(client.get("/sitemap-trang.xml").content).entries]
    assert absolute("/chuyen-muc/hoat-dong/") in pages and len(pages) == len(set(pages))
    news = ElementTree.fromstring(client.get("/sitemap-tin.xml").content)
    space = "{http://www.google.com/schemas/sitemap-news/0.9}"
    titles = [each.text for each in news.iter(f"{space}title")]
    assert len(titles) == 5 and "Đối thoại ở Cửa Triều" in titles
    assert "Sitemap: " in client.get("/robots.txt").content.decode()


def test_every_page_of_the_map_answers(world, client):
    for entry in read_sitemap(client.get("/sitemap-trang.xml").content).entries:
        assert client.get(entry.link.removeprefix(absolute(""))).status_code == 200, entry.link


def test_other_portals_take_articles_as_json_from_any_page(world, client):
    told = client.get("/api/bai/?chuyen-muc=hoat-dong")
    rows = told.json()["articles"]

    assert told.headers["Access-Control-Allow-Origin"] == "*"
    assert rows[0]["url"].startswith("http") and {row["agency"]["code"] for row in rows} == {"THADSTG", "TG-KV1"}  # fmt: skip
    one = client.get(f"/api/bai/{rows[0]['slug']}/").json()
    assert one["html"].startswith("<p>")
    assert client.get("/api/bai/?chuyen-muc=khong-co").status_code == 404
    assert client.get("/api/bai/?chu-de=x").status_code == 404
    assert client.get("/api/chuyen-muc/").json()["sections"][0]["slug"] == "hoat-dong"


def test_one_section_may_be_framed_by_others_and_nothing_else_may(world, client):
    framed = client.get("/nhung/hoat-dong/")

    assert "X-Frame-Options" not in framed.headers
    policy = framed.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "script" not in policy and "form-action 'none'" in policy  # fmt: skip
    assert "<script" not in framed.content.decode() and "Đối thoại" in framed.content.decode()
    for path in ("/", "/tin/", "/bai/doi-thoai-o-cua-trieu/", "/tim/?q=a", "/hoi-bao-chi/"):
        answer = client.get(path)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("number", ["0", "2", "50001", "9" * 12, "9" * 40])
def test_a_map_that_cannot_be_is_not_there(client, db, number):
    assert client.get(f"/sitemap-bai-{number}.xml").status_code == 404
