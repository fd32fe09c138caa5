"""Each kind of source read as the real web gives it: indexes, old addresses, rules that stop matching, alert mails."""

import asyncio
import shutil
from datetime import timedelta

import pytest

from hoiam.core.fetch import AddressGuard, RobotsBook
from hoiam.monitoring.jobs.collector import read_source
from hoiam.monitoring.models import Collection, Item, Recheck, Source, SourceDay
from hoiam.monitoring.queries.sources import due_sources
from tests.core.fetch.loopback import fetcher, whole
from tests.core.fetch.postbox import USER, Postbox, certificate, serving
from tests.kit.news.test_notices import mail
from tests.monitoring.house import NOW
from tests.monitoring.newsstand import (
    PLAIN,
    TEXT,
    TITLE,
    XML,
    article,
    entry,
    figures,
    play,
    stand_of_three,
)

pytestmark = pytest.mark.django_db(transaction=True)
MAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def urls(*rows):
    """A sitemap of (path, lastmod) pairs."""
    inner = "".join(
        f"<url><loc>{{url}}{path}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</url>"
        for path, when in rows
    )
    return f"<urlset {MAP}>{inner}</urlset>"


def index(*rows):
    """A sitemap index of (path, lastmod) pairs."""
    return urls(*rows).replace("urlset", "sitemapindex").replace("url>", "sitemap>")


def put(stand, path, text):
    stand.pages[path] = whole(text.replace("{url}", stand.url).encode(), Content_Type=XML)


async def turn(it, **fields):
    """Make the stand's source one of another kind."""
    await Source.objects.filter(pk=it.source.pk).aupdate(**fields)


def test_an_index_leads_to_its_news_and_fresh_sitemaps_only(province):
    async def story(it):
        await turn(it, kind="sitemap")
        put(
            it.stand,
            "/rss",
            index(("/cu.xml", "2024-01-01"), ("/sitemap-news.xml", ""), ("/moi.xml", "2026-08-05")),
        )
        put(
            it.stand,
            "/sitemap-news.xml",
            urls(("/tin-1.html", "2026-08-05T08:00:00+07:00"), ("/cu-1.html", "2025-01-01")),
        )
        put(it.stand, "/moi.xml", urls(("/tin-2.html", "")))
        it.stand.pages |= {
            "/tin-1.html": article(TITLE, TEXT),
            "/tin-2.html": article("Giá rau", PLAIN),
        }
        source = await it.read()
        assert (figures(source), source.problem) == ((2, 2, 2, 0), "")
        assert [it.stand.count(p) for p in ("/cu.xml", "/cu-1.html")] == [0, 0]
        told = (await Collection.objects.aget()).problems
        assert told == [
            "Chỉ mục có 3 sơ đồ con; lượt này đọc 2 sơ đồ mới nhất.",
            "Bỏ qua 1 địa chỉ trang ghi cũ hơn 3 ngày.",
        ]
        # The index did not change, but what it leads to may have: it is asked again.
        put(it.stand, "/moi.xml", urls(("/tin-2.html", ""), ("/tin-3.html", "")))
        it.stand.pages["/tin-3.html"] = article("Thuyền rồng", PLAIN)
        assert (await it.read()).kept == 3

    play(story)  # fmt: skip


def test_a_broken_child_costs_only_itself_and_an_index_inside_an_index_is_read_once(province):
    async def story(it):
        await turn(it, kind="sitemap")
        put(it.stand, "/rss", index(("/khong-co.xml", ""), ("/vong.xml", ""), ("/moi.xml", "")))
        put(it.stand, "/vong.xml", index(("/rss", ""), ("/trong.xml", "")))
        put(it.stand, "/moi.xml", urls(("/tin-1.html", "")))
        put(it.stand, "/trong.xml", urls(("/tin-2.html", "")))
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        it.stand.pages["/tin-2.html"] = article("Giá rau", PLAIN)
        source = await it.read()
        assert (source.kept, source.failures, it.stand.count("/rss")) == (2, 0, 1)
        assert source.problem == (
            f"Sơ đồ con {it.stand.url}/khong-co.xml: Trang không còn ở địa chỉ này (mã 404)."
        )

    play(story)


LIST = '<div class="tin"><h3><a href="/tin-{n}.html">{title}</a></h3><i class="gio">08:00 05/08/2026</i></div>'


def listing(*titles):
    blocks = "".join(LIST.format(n=n, title=t) for n, t in enumerate(titles, start=1))
    return whole(f"<html><body>{blocks}</body></html>".encode(), Content_Type="text/html; charset=utf-8")  # fmt: skip


def test_a_listing_is_read_by_its_rule_and_a_rule_that_stops_matching_says_so(province):
    async def story(it):
        await turn(it, kind="listing", rule={"item": "div.tin", "link": "h3 a", "time": ".gio"})
        it.stand.pages["/rss"] = listing(TITLE)
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        source = await it.read()
        assert (figures(source), source.problem) == ((1, 1, 1, 0), "")
        item = await Item.objects.aget()
        assert item.published_at.isoformat() == "2026-08-05T01:00:00+00:00"
        it.stand.pages["/rss"] = whole("<p>Giao diện mới</p>".encode())
        source = await it.read()
        assert source.problem.startswith("Quy tắc trang không còn khớp")
        assert (source.failures, source.last_success_at) == (1, NOW)

    play(story)


@pytest.fixture(scope="module")
def tls(tmp_path_factory):
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def box(tls, monkeypatch):
    if not shutil.which("openssl"):
        pytest.skip("needs the openssl command")
    context, path = tls
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with serving(context, Postbox()) as made:
        monkeypatch.setenv("HOIAM_MAILBOX_CANH_BAO", box_url(made))
        yield made


def box_url(box, password="mat-khau-dai-1"):
    return f"imaps://{USER.replace('@', '%40')}:{password}@localhost:{box.port}/INBOX"


def mailbox(box):
    return {
        "kind": "mailbox",
        "url": f"imaps://x@localhost:{box.port}/INBOX",
        "rule": {"variable": "HOIAM_MAILBOX_CANH_BAO"},
    }


def test_letters_are_read_kept_and_only_then_marked(province, box):
    async def story(it):
        await turn(it, **mailbox(box))
        link = f"{it.stand.url}/tin-1.html"
        box.letters = {
            1: mail(html=f'<a href="{link}">{TITLE}</a>'),
            2: mail("Chào anh chị.", subject="Thư ngỏ"),
        }
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        source = await it.read()
        assert (figures(source), source.problem, source.failures) == ((1, 1, 1, 0), "", 0)
        assert (await Item.objects.aget()).url == link
        assert box.seen == {1, 2}
        told = (await Collection.objects.aget()).problems
        assert told == ["Thư “Thư ngỏ” không có liên kết bài nào; hãy mở hộp thư kiểm tra."]
        box.heard.clear()
        await it.read()
        assert [told for told in box.heard if told.startswith("UID STORE")] == []

    play(story)


def test_letters_stay_unread_when_another_collector_took_over(province, box):
    async def story(it):
        await turn(it, **mailbox(box), lease_owner="máy khác")
        box.letters = {1: mail(html=f'<a href="{it.stand.url}/tin-1.html">{TITLE}</a>')}
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        held = await Source.objects.aget(pk=it.source.pk)
        held.lease_owner = "máy chậm"
        await read_source(held, fetcher=it.out, robots=None, clock=it.clock)
        assert box.seen == set()
        await it.read()
        assert (box.seen, await Item.objects.acount()) == ({1}, 1)

    play(story)


def test_a_mailbox_without_its_password_says_which_variable_and_no_secret_is_kept(
    province, box, monkeypatch
):
    async def story(it):
        await turn(it, **mailbox(box))
        monkeypatch.delenv("HOIAM_MAILBOX_CANH_BAO")
        source = await it.read()
        assert source.problem == (
            "Máy chủ chưa có hộp thư này: quản trị đặt biến môi trường HOIAM_MAILBOX_CANH_BAO rồi khởi động lại."
        )
        monkeypatch.setenv("HOIAM_MAILBOX_CANH_BAO", box_url(box, "sai-bet"))
        source = await it.read()
        assert source.problem.startswith("Hộp thư không nhận tên hoặc mật khẩu.")
        rows = [
            *[vars(row) async for row in Source.objects.all()],
            *[vars(row) async for row in Collection.objects.all()],
        ]
        assert "sai-bet" not in str(rows)

    play(story)


def test_a_mailbox_behind_the_wall_is_refused(province, box):
    async def story(it):
        await turn(it, **mailbox(box))
        held = await Source.objects.aget(pk=it.source.pk)
        async with fetcher(guard=AddressGuard(ports=None)) as out:
            source = await read_source(held, fetcher=out, robots=None, clock=it.clock)
        assert source.problem == "Địa chỉ này không nằm trên mạng công cộng nên không được đọc."
        assert box.heard == []

    play(story)


def test_a_changed_title_or_a_later_lastmod_hastens_one_reading(province):
    async def story(it):
        stand_of_three(it.stand)
        await it.read()
        it.stand.feed(entry(1, TITLE + " (cập nhật)"), entry(2, "Giá rau ở chợ Lam Hải lại tăng"))
        source = await it.read()
        row = await Recheck.objects.select_related("item").aget()
        # What concerned others is not read again; what concerns THADS is, at once.
        assert (source.changed, row.item.title, row.due_at) == (1, TITLE, source.last_tried_at)
        it.stand.feed(entry(1, TITLE + " (cập nhật)"), entry(2, "Giá rau ở chợ Lam Hải"), ETag="2")
        assert (await it.read()).changed == 1
        await turn(it, kind="sitemap", url=f"{it.stand.url}/map")
        put(
            it.stand,
            "/map",
            urls(
                ("/tin-1.html", "2026-08-05T09:30:00+07:00"),
                ("/tin-3.html", "2026-08-05T08:00:00+07:00"),
            ),
        )
        assert (await it.read()).changed == 2

    play(story)  # fmt: skip


def test_another_feed_with_another_title_is_no_sign(province):
    async def story(it):
        stand_of_three(it.stand)
        await it.read()
        put(it.stand, "/khac", f"<rss><channel>{entry(1, 'Tít rút gọn')}</channel></rss>")
        other = await Source.objects.acreate(name="Khác", kind="feed", url=f"{it.stand.url}/khac")
        after = await read_source(other, fetcher=it.out, robots=None, clock=it.clock)
        assert (after.seen, after.kept, after.changed) == (1, 0, 0)

    play(story)


def test_the_day_has_its_ledger(province):
    async def story(it):
        stand_of_three(it.stand)
        del it.stand.pages["/tin-3.html"]
        await it.read()
        await it.read()
        it.clock.on(hours=15)
        await it.read()
        days = [day async for day in SourceDay.objects.order_by("day")]
        assert [(f"{d.day}", d.readings, d.seen, d.fetched, d.kept, d.failed) for d in days] == [
            ("2026-08-05", 2, 3, 2, 3, 1), ("2026-08-06", 1, 0, 0, 0, 0),
        ]  # fmt: skip

    play(story)


def test_reprints_and_damaged_letters_are_counted(province):
    async def story(it):
        long = "Tin thử về một con thuyền rồng ở bến Cồn Én hôm qua"
        for number in (1, 2):
            it.stand.pages[f"/tin-{number}.html"] = article(long, PLAIN)
        it.stand.pages["/tin-3.html"] = whole(
            b"<html><body><h1>Tin \xe1\xba</h1><p>"
            + b"\xff\xfe\x80 abc " * 40
            + b"</p></body></html>",
            Content_Type="text/html; charset=utf-8",
        )
        it.stand.feed(entry(1, long), entry(2, long), entry(3, "Tin ba ở chợ Lam Hải"))
        source = await it.read()
        assert (source.kept, source.reprints, source.garbled) == (3, 1, 1)

    play(story)


def test_crawl_delay_paces_the_articles(province):
    async def story(it):
        stand_of_three(it.stand)
        it.stand.pages["/robots.txt"] = whole(b"User-agent: *\nCrawl-delay: 0.2\n")
        clock = asyncio.get_running_loop().time
        start = clock()
        source = await it.read(RobotsBook(it.out, "HoiAm", it.clock))
        assert source.kept == 3
        assert clock() - start >= 0.6
        agents = {request.headers["user-agent"] for request in it.stand.asked}
        assert agents == {"HoiAm/0.1 (+mailto:quantri@thanhgiang.example)"}

    play(story)


def test_304_on_articles_never_ends_a_feed_and_no_entry_is_left_out(province):
    async def story(it):
        for number in range(60):
            it.stand.pages[f"/tin-{number}.html"] = article(f"Tin số {number} ở chợ", PLAIN)
        it.stand.pages["/tin-0.html"] = b"HTTP/1.1 304 Not Modified\r\n\r\n"
        it.stand.feed(*(entry(n, f"Tin số {n} ở chợ") for n in range(60)))
        source = await it.read()
        assert (source.seen, source.kept) == (60, 60)
        assert (await Item.objects.aget(title="Tin số 0 ở chợ")).body == ""

    play(story)


def test_uploaded_lists_are_never_due(db):
    Source.objects.create(
        name="Đơn vị giám sát", kind="vendor", due_at=NOW, url="https://a.example/x"
    )
    assert list(due_sources(NOW + timedelta(hours=1), 5)) == []
