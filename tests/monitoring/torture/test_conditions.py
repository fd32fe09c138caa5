"""Conditional answers that lie: "not modified" for ever, tags that do not follow the text, and 304 on every article."""

from datetime import timedelta

import pytest
from asgiref.sync import sync_to_async

from hoiam.core.fetch import RobotsBook
from hoiam.monitoring.jobs.schedules import look_for_silence
from hoiam.monitoring.models import Item, Recheck, Source
from tests.core.fetch.loopback import head, whole
from tests.monitoring.newsstand import PLAIN, TITLE, article, entry, figures
from tests.monitoring.torture.street import play

pytestmark = pytest.mark.django_db(transaction=True)
MOMENT = "Wed, 05 Aug 2026 01:00:00 GMT"


def conditional(answer):
    """A server that says "not modified" to whoever sends a condition, whatever happened meanwhile."""

    def answers(request):
        asked = request.headers.keys() & {"if-modified-since", "if-none-match"}
        return head("304 Not Modified") if asked else answer

    return answers


def many(it, count):
    for number in range(count):
        page = article(f"Tin số {number} ở chợ Lam Hải", PLAIN)
        it.stand.pages[f"/tin-{number}.html"] = conditional(page)
    it.stand.feed(
        *(entry(n, f"Tin số {n} ở chợ Lam Hải") for n in range(count)), Last_Modified=MOMENT
    )


def test_articles_that_answer_304_to_a_condition_are_never_sent_one(province):
    """A peer sends the feed's Last-Modified to each article, and one 304 ends the whole feed: 0 of 30 kept."""

    async def story(it):
        many(it, 30)
        source = await it.read()
        assert figures(source) == (30, 30, 30, 0)
        assert source.modified == MOMENT
        # The second reading fetches the one new article and no other.
        many(it, 31)
        await it.read()
        asked = [it.stand.count(f"/tin-{n}.html") for n in range(31)]
        assert (asked, await Item.objects.exclude(body="").acount()) == ([1] * 31, 31)

    play(story)


def test_304_on_every_article_unasked_keeps_every_report_and_asks_again(province):
    async def story(it):
        many(it, 30)
        for number in range(30):
            it.stand.pages[f"/tin-{number}.html"] = head("304 Not Modified")
        source = await it.read()
        assert figures(source) == (30, 0, 30, 30)
        assert await Recheck.objects.acount() == 30
        assert (source.failures, source.problem) == (0, "")

    play(story)


def test_a_feed_that_says_not_modified_for_ever_is_asked_whole_once_an_hour(province):
    async def story(it):
        it.stand.pages["/tin-1.html"] = article("Giá rau ở chợ Lam Hải", PLAIN)
        it.stand.feed(entry(1, "Giá rau ở chợ Lam Hải"), ETag='"mot"')
        await it.read()
        it.stand.pages["/tin-2.html"] = article(TITLE, PLAIN)
        it.stand.feed(entry(1, "Giá rau ở chợ Lam Hải"), entry(2, TITLE), ETag='"mot"')
        it.stand.pages["/rss"] = conditional(it.stand.pages["/rss"])
        kept = [(await it.read()).kept for _ in range(3)]
        assert kept == [1, 1, 2]  # 09:20, 09:40, 10:00

    play(story)


@pytest.mark.parametrize(
    ("tag", "titles", "kept"),
    [
        ('"mot"', ("Giá rau ở chợ Lam Hải", TITLE), 2),  # the same tag, another body
        ('"hai"', ("Giá rau ở chợ Lam Hải",), 1),  # another tag, the same body
    ],
)
def test_the_body_counts_and_not_its_tag(province, tag, titles, kept):
    async def story(it):
        for number, title in enumerate(titles, start=1):
            it.stand.pages[f"/tin-{number}.html"] = article(title, PLAIN)
        it.stand.feed(entry(1, titles[0]), ETag='"mot"')
        await it.read()
        it.stand.feed(*(entry(n, t) for n, t in enumerate(titles, start=1)), ETag=tag)
        source = await it.read()
        assert (source.kept, source.seen, source.problem) == (kept, kept * 2 - 1, "")
        assert it.stand.count("/tin-1.html") == 1

    play(story)


def test_a_feed_that_died_and_rose_again_gives_all_it_has(province):
    async def story(it):
        it.stand.three(TITLE)
        it.stand.pages["/tin-2.html"] = article(TITLE, PLAIN)
        alive = it.stand.pages["/rss"]
        states = []
        for answer in (
            alive,
            whole(b"", status="503 Busy"),
            whole(b"", status="404 Gone"),
            None,
            alive,
        ):
            it.stand.pages["/rss"] = answer or whole(b"")
            source = await it.read()
            states.append((source.kept, source.failures, source.problem != ""))
        assert states == [(3, 0, False), (3, 1, True), (3, 2, True), (3, 3, True), (3, 0, False)]

    play(story)  # fmt: skip


def test_a_site_whose_robots_cannot_be_read_is_left_alone_for_an_hour_and_says_why(province):
    async def story(it):
        it.stand.three(TITLE)
        it.stand.pages["/tin-2.html"] = article(TITLE, PLAIN)
        it.stand.pages["/robots.txt"] = whole(b"", status="500 Oh")
        robots = RobotsBook(it.out, "HoiAm", it.clock)
        source = await it.read(robots)
        assert source.problem.startswith("Không đọc được tệp robots.txt của trang")
        assert (it.stand.count("/rss"), source.failures) == (0, 1)
        it.stand.pages["/robots.txt"] = whole(b"User-agent: *\nDisallow:\n")
        it.clock.on(hours=1)
        assert figures(await it.read(robots)) == (3, 3, 3, 1)

    play(story)


def test_silence_is_a_fault_though_every_answer_is_200(province):
    async def story(it):
        it.stand.three(TITLE)
        it.stand.pages["/tin-2.html"] = article(TITLE, PLAIN)
        first = await it.read()
        for _ in range(7):  # Wednesday to Wednesday
            it.clock.on(days=1)
            quiet = await it.read()
        assert await sync_to_async(look_for_silence.func)(now=it.clock()) == 1
        told = await Source.objects.aget(pk=quiet.pk)
        assert (first.silent_since, told.silent_since) == (None, quiet.last_new_at)
        assert quiet.last_new_at <= it.clock() - timedelta(days=7)

    play(story)
