"""What a feed can be: endless, broken, hostile, in a lost charset, full of doubles and of times that cannot be."""

import json
import threading
import time
from itertools import pairwise

import pytest

from hoiam.kit.news import Report, chains
from hoiam.kit.vietnamese.charsets import TCVN3
from hoiam.monitoring.jobs.collector import read_source
from hoiam.monitoring.models import Collection, Item, Source, Story, Warning
from tests.core.fetch.loopback import whole
from tests.monitoring.house import NOW
from tests.monitoring.newsstand import PLAIN, TEXT, TITLE, XML, article, entry, figures, rss
from tests.monitoring.torture.street import play, titled, within

pytestmark = pytest.mark.django_db(transaction=True)
PRICES = "Giá rau ở chợ Lam Hải"


def put(it, text, content_type=XML):
    """This feed, its addresses filled in."""
    body = text if isinstance(text, bytes) else text.replace("{url}", it.stand.url).encode()
    it.stand.pages["/rss"] = whole(body, Content_Type=content_type)


@pytest.mark.fault
def test_fifty_thousand_entries_are_all_seen_and_no_page_is_fetched_twice(province):
    """Forty articles in 1,250 spellings each: trackers, fragments, hosts in capitals."""

    async def story(it):
        port = it.stand.url.rpartition(":")[2]
        spelled = (
            f"<item><title>Tin số {n % 40} ở chợ</title><link>http://{'Bao-Do-Moi' if n % 3 else 'bao-do-moi'}.example:"
            f"{port}/tin-{n % 40}.html?utm_source=rss&amp;utm_campaign={n}#doan-{n}</link></item>"
            for n in range(50_000)
        )
        for number in range(40):
            page = article(f"Tin số {number} ở chợ", PLAIN)
            it.stand.pages |= {
                f"/tin-{number}.html?utm_source=rss&utm_campaign={n}": page
                for n in range(number, 50_000, 40)
            }
        put(it, rss(*spelled))
        async with within(40):
            source = await it.read()
        assert figures(source) == (50_000, 40, 40, 0)
        assert (source.lost, source.problem, await Item.objects.acount()) == (0, "", 40)
        assert len(it.stand.asked) == 1 + 40

    play(story, seconds=60)


def test_the_loop_goes_on_while_a_hostile_feed_is_read(province):
    """A feed is parsed beside the loop: other sources are read meanwhile, the lease is kept."""

    async def story(it):
        put(it, "<rss><channel>" + "<item>" * 200_000)
        beats, done = [], threading.Event()

        def beat():
            while not done.is_set():
                beats.append(time.monotonic())
                time.sleep(0.05)

        thread = threading.Thread(target=beat)
        thread.start()
        source = await it.read()
        done.set()
        thread.join()
        # What nests beyond the depth that is read says nothing; of so many only a few are kept to be seen.
        assert (source.seen < 1_000, source.kept, source.lost) == (True, 0, 200_000)
        assert max(b - a for a, b in pairwise(beats)) < 5

    play(story, seconds=60)


NESTED = "<div>" * 100_000
BOMB = '<!DOCTYPE r [<!ENTITY a "hahaha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">]>'
HOSTILE = {
    "an entity bomb": (f"{BOMB}{{feed}}", f"{PRICES} &b; &f;", "tự định nghĩa ký hiệu"),
    "a nesting bomb": (f"{{feed}}|{NESTED}", PRICES, "lồng quá 256 tầng"),
    "NUL signs": ("\x00{feed}\x00", PRICES + "\x00", ""),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_feed_gives_its_honest_items_and_says_what_it_is(province, kind):
    frame, title, told = HOSTILE[kind]

    async def story(it):
        it.stand.pages["/tin-1.html"] = article(PRICES, PLAIN)
        frame_of_feed, _, behind = frame.partition("|")
        feed = rss(entry(1, title)).replace("</channel>", f"{behind}</channel>")
        put(it, frame_of_feed.replace("{feed}", feed))
        async with within(8):
            source = await it.read()
        assert source.kept == 1
        assert told in source.problem
        item = await Item.objects.aget()
        assert item.title.startswith(PRICES)
        assert ("hahaha" in item.title, "\x00" in item.title) == (False, False)

    play(story)


OF_TCVN3 = {letter: code for code, letter in TCVN3.items()}
CHARSETS = {
    "windows-1258 called UTF-8": ("windows-1258", "utf-8"),
    "UTF-16 called UTF-8": ("utf-16", "utf-8"),
    "UTF-8 called windows-1258": ("utf-8", "windows-1258"),
    "TCVN3 called windows-1252": ("tcvn3", "windows-1252"),
}


def encoded(text, encoding):
    """The bytes an old editor would have written; windows-1258 knows tones only as signs of their own."""
    if encoding == "tcvn3":
        return "".join(OF_TCVN3.get(letter, letter) for letter in text).encode("latin-1")
    return (_with_loose_tones(text) if encoding == "windows-1258" else text).encode(encoding)


def _with_loose_tones(text):
    import unicodedata

    out = []
    for letter in text:
        apart = unicodedata.normalize("NFD", letter)
        tones = [sign for sign in apart if sign in "\u0300\u0301\u0303\u0309\u0323"]
        base = unicodedata.normalize("NFC", "".join(s for s in apart if s not in tones))
        out += [base, *tones]
    return "".join(out)


@pytest.mark.parametrize("kind", CHARSETS)
def test_a_charset_that_is_not_the_declared_one_damages_no_title(province, kind):
    encoding, declared = CHARSETS[kind]

    async def story(it):
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        # An honest feed of that time has more than one headline to be told by.
        lines = rss(
            entry(1, TITLE), entry(2, "Cưỡng chế kê biên nhà đất của người phải thi hành án")
        )
        put(
            it,
            encoded(lines.replace("{url}", it.stand.url), encoding),
            f"text/xml; charset={declared}",
        )
        source = await it.read()
        assert source.kept == 2
        assert await Item.objects.filter(title=TITLE).aexists()

    play(story)  # fmt: skip


def test_signs_no_database_takes_reach_no_row(province):
    """JSON can say NUL and halves of characters; PostgreSQL refuses both, in text and in JSON."""

    async def story(it):
        it.stand.pages["/tin-1.html"] = article("Giá rau", PLAIN)
        told = {
            "url": f"{it.stand.url}/tin-1.html",
            "title": "Giá\x00 rau\ud800 ở chợ Lam Hải",
            "date_published": "hôm\x00 qua\ud83d",
        }
        bad = {"title": "Tin \x00 hai", "url": "javascript:\x00\ud800"}
        feed = {"version": "https://jsonfeed.org/version/1.1", "items": [told, bad]}
        put(it, json.dumps(feed), "application/feed+json")
        source = await it.read()
        assert (source.kept, source.failed) == (2, 0)
        rows = [vars(row) async for row in Item.objects.all()]
        rows += [vars(row) async for row in Collection.objects.all()]
        written = repr([{k: v for k, v in row.items() if k != "_state"} for row in rows])
        assert ("\\x00" in written, "\\ud8" in written) == (False, False)
        assert (await titled(PRICES)).published_at is None

    play(story)


def test_entries_of_no_name_and_no_address_are_counted_not_dropped(province):
    async def story(it):
        it.stand.pages["/tin-1.html"] = article("Giá rau", PLAIN)
        nameless = "<item><description>Một tin không tên.</description></item>"
        put(it, rss(entry(1, PRICES), nameless, nameless))
        source = await it.read()
        assert (source.seen, source.kept, source.lost) == (3, 1, 2)
        told = (await Collection.objects.aget()).problems
        assert told[0] == (
            "Bỏ 2 mục không có cả tiêu đề lẫn liên kết; không thể biết đó là tin gì."
        )

    play(story)


def test_one_guid_for_two_articles_hides_neither(province):
    async def story(it):
        guid = '<guid isPermaLink="false">1</guid></item>'
        lines = [entry(1, PRICES), entry(2, "Thuyền rồng ở bến Cồn Én")]
        for number in (1, 2):
            it.stand.pages[f"/tin-{number}.html"] = article("Tin", PLAIN)
        put(it, rss(*(line.replace("</item>", guid) for line in lines)))
        assert figures(await it.read()) == (2, 2, 2, 0)

    play(story)


@pytest.mark.parametrize(
    "date",
    [
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Thu, 01 Jan 1970 07:00:00 +0700",
        "Mon, 01 Jan 0001 00:00:00 GMT",
        "Fri, 05 Aug 2039 08:00:00 +0700",
    ],
)
def test_a_time_that_cannot_be_is_unknown_and_never_the_present(province, date):
    async def story(it):
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        put(it, rss(entry(1, TITLE, date)))
        await it.read()
        item = await Item.objects.aget()
        # Unknown, with its words kept; in lists it stands where the house saw it.
        assert (item.published_at, item.published_from, item.at) == (None, "", NOW)
        assert date[5:16] in item.published_raw
        assert any("không thể có" in told or "Không đọc được" in told for told in item.problems)

    play(story)


def test_hosts_in_capitals_and_in_vietnamese_are_one_host(province):
    async def story(it):
        port = it.stand.url.rpartition(":")[2]
        hosts = (
            "báo-sông-thanh.example",
            "BÁO-Sông-Thanh.Example",
            "xn--bo-sng-thanh-q9a4j.example",
        )
        idna = "báo-sông-thanh.example".encode("idna").decode()
        it.stand.pages["/tin-1.html"] = article(PRICES, PLAIN)
        lines = (
            f"<item><title>{PRICES}</title><link>http://{host}:{port}/tin-1.html</link></item>"
            for host in (*hosts[:2], idna)
        )
        put(it, rss(*lines))
        source = await it.read()
        assert (source.seen, source.kept, source.failed) == (3, 1, 0)
        assert it.stand.count("/tin-1.html") == 1

    play(story)


def test_one_wire_copy_at_three_papers_is_one_story_one_warning_and_a_chain(province):
    async def story(it):
        port = it.stand.url.rpartition(":")[2]
        papers = ("bao-song-thanh", "bao-do-moi", "tap-chi-nang-ha")
        it.stand.pages["/tin-1.html"] = article(TITLE, TEXT)
        for number, paper in enumerate(papers):
            link = f"http://{paper}.example:{port}/tin-1.html"
            date = f"Wed, 05 Aug 2026 0{7 + number}:00:00 +0700"
            line = entry(1, TITLE, date).replace("{url}/tin-1.html", link)
            it.stand.pages[f"/rss-{number}"] = whole(rss(line).encode(), Content_Type=XML)
            source = await Source.objects.acreate(
                name=paper, kind="feed", url=f"{it.stand.url}/rss-{number}", home_province="Thanh Giang"
            )  # fmt: skip
            after = await read_source(source, fetcher=it.out, robots=None, clock=it.clock)
            assert (after.kept, after.reprints) == (1, int(number > 0))
        items = [item async for item in Item.objects.order_by("pk")]
        assert [item.duplicate_of_id for item in items] == [None, items[0].pk, items[0].pk]
        assert len({item.outlet for item in items}) == 3
        assert await Story.objects.acount() == 1
        assert await Warning.objects.system("a test looks").acount() == 1
        first = str(items[0].pk)
        (chain,) = chains(
            Report(
                str(one.pk), one.outlet, one.at, one.body, first if one.duplicate_of_id else None
            )
            for one in items
        )
        assert (chain.first, len(chain.copies)) == (first, 2)

    play(story)


def test_the_feeds_time_stands_in_for_one_of_the_page_that_cannot_be(province):
    async def story(it):
        meta = '<meta property="article:published_time" content="1970-01-01T00:00:00Z">'
        page = (
            article(TITLE, TEXT)
            .partition(b"\r\n\r\n")[2]
            .decode()
            .replace("<head>", f"<head>{meta}")
        )
        it.stand.pages["/tin-1.html"] = whole(
            page.encode(), Content_Type="text/html; charset=utf-8"
        )
        put(it, rss(entry(1, TITLE)))
        await it.read()
        item = await Item.objects.aget()
        assert (f"{item.published_at:%d/%m/%Y %H:%M}", item.published_from) == (
            "05/08/2026 01:00",
            "feed",
        )

    play(story)  # fmt: skip
