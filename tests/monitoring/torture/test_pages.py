"""What a page can be instead of the article: a wall, another page, a monster, a refusal; never text that is not the paper's."""

from datetime import timedelta

import pytest

from hoiam.monitoring.models import Item, Recheck, Version, Warning
from tests.core.fetch.loopback import MIB, whole
from tests.monitoring.house import NOW
from tests.monitoring.newsstand import HTML, PLAIN, TEXT, TITLE, article, entry, figures
from tests.monitoring.torture.street import OTHER, play, reread, titled, within

pytestmark = pytest.mark.django_db(transaction=True)
VAGUE = "Một vụ việc kéo dài nhiều năm ở bến Cồn Én"
FRONT = "Trang chuyển về trang chủ thay vì mở bài; giữ những gì nguồn tin viết, hệ thống sẽ đọc lại sau."
WALL = "Trang đòi đăng nhập, xác minh hoặc nhận cookie thay vì mở bài; giữ những gì nguồn tin viết, hệ thống sẽ đọc lại sau."
PART = "Trang đòi đăng nhập hoặc xác minh nên có thể chỉ thấy một phần bài; hãy mở địa chỉ bài để đối chiếu."


def leading(path):
    """A redirect."""
    return whole(b"", status="302 Found", Location=path)


def wall(words, title="Báo Sông Thanh"):
    """A page that asks for something before it shows the article."""
    return article(title, words)


WALLS = {
    "a login page": ({"/tin-2.html": wall("Vui lòng đăng nhập để đọc tiếp bài viết này.", "Đăng nhập")}, WALL),
    "a login page elsewhere": (
        {"/tin-2.html": leading("/dang-nhap?ve=/tin-2.html"), "/dang-nhap?ve=/tin-2.html": wall("Bạn cần đăng nhập.")},
        WALL,
    ),
    "a wall of cookies": (
        {"/tin-2.html": leading("/dong-y"), "/dong-y": wall("Hãy chấp nhận cookie để vào trang.")},
        WALL,
    ),
    "proof of being human": ({"/tin-2.html": wall("Checking your browser before accessing.", "Just a moment...")}, WALL),
    "the front page": ({"/tin-2.html": leading("/"), "/": article("Báo Sông Thanh", PLAIN)}, FRONT),
}  # fmt: skip


@pytest.mark.parametrize("kind", WALLS)
def test_a_wall_is_not_taken_for_the_article_which_is_read_when_the_wall_is_gone(province, kind):
    pages, told = WALLS[kind]

    async def story(it):
        it.stand.three(VAGUE)
        it.stand.pages |= pages
        source = await it.read()
        assert figures(source) == (3, 3, 3, 1)
        item = await titled(VAGUE)
        assert (item.body, item.problems, item.capture_id) == ("", [told], None)
        it.stand.pages["/tin-2.html"] = article(VAGUE, TEXT)
        await reread(it)
        item = await titled(VAGUE)
        assert (item.is_relevant, item.body.startswith("Ông Trần")) == (True, True)
        # Nobody edited anything: the page was read for the first time.
        assert [v.kind async for v in Version.objects.order_by("number")] == ["first", "filled"]

    play(story)


def test_a_wall_that_stays_is_asked_again_and_never_becomes_the_text(province):
    async def story(it):
        it.stand.three(VAGUE)
        it.stand.pages |= WALLS["a login page"][0]
        await it.read()
        await reread(it)
        item = await titled(VAGUE)
        recheck = await Recheck.objects.aget(item=item)
        assert (item.body, recheck.times) == ("", 1)
        assert recheck.due_at > it.clock()

    play(story)


def test_a_part_shown_before_the_wall_is_kept_and_said_to_be_one(province):
    async def story(it):
        it.stand.three(TITLE)
        part = "Người được thi hành án khiếu nại Thi hành án dân sự tỉnh Thanh Giang. Vui lòng đăng nhập để đọc tiếp."
        it.stand.pages["/tin-2.html"] = wall(part, TITLE)
        assert figures(await it.read()) == (3, 3, 3, 0)
        item = await titled(TITLE)
        assert PART in item.problems
        assert item.body.startswith("Người được thi hành án")

    play(story)


async def monsters(it, page):
    """One reading with this page in the middle; its item."""
    it.stand.three(VAGUE)
    it.stand.pages["/tin-2.html"] = page
    async with within(8):
        source = await it.read()
    assert (source.seen, source.kept) == (3, 3)
    return await titled(VAGUE)


def page_of(inside, head=""):
    """An article with something beside its text."""
    html = f"<html><head><title>{VAGUE}</title>{head}</head><body><article><h1>{VAGUE}</h1><p>{TEXT}</p></article>{inside}"
    return html.encode()


def test_five_megabytes_of_script_hide_no_text(province):
    script = f"<script>{'var a = `<p>đăng nhập để đọc</p>`;' * (5 * MIB // 38)}</script>"

    async def story(it):
        item = await monsters(it, whole(page_of("", script), Content_Type=HTML))
        assert item.body.startswith("Ông Trần Văn Thử")
        assert "var a" not in item.body

    play(story)


def test_a_hundred_thousand_nested_tags_cost_what_lies_below_them_and_say_so(province):
    async def story(it):
        item = await monsters(it, whole(page_of("<div>" * 100_000), Content_Type=HTML))
        assert item.body.startswith("Ông Trần Văn Thử")
        assert any("lồng quá 400 tầng" in problem for problem in item.problems)

    play(story)


def test_a_page_called_a_picture_is_read_all_the_same(province):
    async def story(it):
        item = await monsters(it, whole(page_of(""), Content_Type="image/png"))
        assert item.body.startswith("Ông Trần Văn Thử")

    play(story)


def test_a_picture_called_a_page_is_told(province):
    async def story(it):
        item = await monsters(
            it, whole(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40, Content_Type=HTML)
        )
        assert (item.body, len(item.problems)) == ("", 1)
        assert "nhị phân" in item.problems[0]

    play(story)


def test_signs_no_database_takes_are_gone_from_text_and_sentences(province):
    async def story(it):
        item = await monsters(
            it, whole(page_of("").replace(b"Tr\xe1\xba\xa7n", b"Tr\xe1\xba\xa7n\x00"), Content_Type=HTML)
        )  # fmt: skip
        assert item.body.startswith("Ông Trần Văn Thử")

    play(story)


def test_a_site_that_flaps_loses_no_article_and_the_office_is_warned_when_its_page_comes(province):
    """Judged by its feed the report names nobody: without a second look the office would never hear of it."""

    async def story(it):
        it.stand.three(VAGUE)
        it.stand.pages["/tin-2.html"] = whole(b"", status="503 Busy")
        source = await it.read()
        assert figures(source) == (3, 2, 3, 1)
        assert not (await titled(VAGUE)).is_relevant
        assert await Warning.objects.system("a test looks").acount() == 0
        row = await Recheck.objects.aget()
        assert row.due_at == NOW + timedelta(minutes=15)
        await reread(it)  # still busy
        row = await Recheck.objects.aget()
        assert (row.failures, "503" in row.problem) == (1, True)
        it.stand.pages["/tin-2.html"] = article(VAGUE, TEXT)
        it.clock.on(hours=2)
        await reread(it)
        warning = await Warning.objects.system("a test looks").select_related("agency").aget()
        assert warning.agency == province
        # From now on it is followed as any report that concerns THADS.
        assert (await Recheck.objects.aget()).due_at > it.clock()

    play(story)


def test_what_concerns_others_is_left_alone_once_its_page_came(province):
    async def story(it):
        it.stand.three(VAGUE)
        it.stand.pages["/tin-2.html"] = whole(b"", status="503 Busy")
        await it.read()
        it.stand.pages["/tin-2.html"] = article(VAGUE, PLAIN)
        await reread(it)
        item, row = await titled(VAGUE), await Recheck.objects.aget()
        assert (item.body.startswith("Tiểu thương"), row.due_at) == (True, None)

    play(story)


def test_a_site_that_asks_for_rest_gets_it_and_every_report_is_kept(province):
    async def story(it):
        count = 40
        titles = [f"Tin số {n} ở chợ Lam Hải" for n in range(count)]
        for number in range(count):
            it.stand.pages[f"/tin-{number}.html"] = article(titles[number], PLAIN)
        it.stand.pages["/tin-12.html"] = whole(b"", status="429 Slow", Retry_After=3600)
        it.stand.feed(*(entry(n, titles[n]) for n in range(count)))
        before = it.clock()
        source = await it.read()
        # What was under way together with the refused one is still answered, nothing after it is asked for.
        assert (source.seen, source.kept, source.fetched, source.failed) == (40, 40, 19, 21)
        assert sum(it.stand.count(f"/tin-{n}.html") for n in range(20, count)) == 0
        assert source.due_at == before + timedelta(hours=1)
        assert await Recheck.objects.acount() == 21
        rested = await Item.objects.aget(title=titles[30])
        assert rested.problems == ["Trang đề nghị đọc thưa hơn nên lượt này không mở bài. Hệ thống sẽ đọc lại sau."]  # fmt: skip
        it.stand.pages["/tin-12.html"] = article(titles[12], PLAIN)
        it.clock.on(hours=1)
        await reread(it)
        assert await Item.objects.filter(body="").acount() == 0
        assert {it.stand.count(f"/tin-{n}.html") for n in range(20, count)} == {1}

    play(story)


def test_a_host_that_rests_lets_no_other_wait(province):
    async def story(it):
        port = it.stand.url.rpartition(":")[2]
        it.stand.pages |= {
            "/tin-1.html": whole(b"", status="429 Slow"),
            "/b.html": article(OTHER, PLAIN),
        }
        lines = [entry(n, f"Tin {n} ở chợ Lam Hải") for n in range(1, 13)]
        link = f"<link>http://bao-do-moi.example:{port}/b.html</link>"
        it.stand.feed(*lines, f"<item><title>{OTHER}</title>{link}</item>")
        await it.read()
        assert [it.stand.count(path) for path in ("/tin-11.html", "/b.html")] == [0, 1]
        assert (await titled(OTHER)).body.startswith("Tiểu thương")

    play(story)


def test_a_fault_of_the_program_itself_at_one_page_costs_that_page_only(province, settings):
    settings.HOIAM_BLOBS = "/nowhere\x00"  # no folder any system would take: keeping evidence raises a fault nobody foresaw

    async def story(it):
        it.stand.three(TITLE)
        it.stand.pages["/tin-2.html"] = article(TITLE, TEXT)
        source = await it.read()
        assert figures(source) == (3, 3, 3, 1)
        item = await titled(TITLE)
        assert item.problems == [
            "Lỗi trong chương trình khi đọc trang của bài; giữ những gì nguồn tin viết, đã ghi nhật ký máy chủ."
        ]
        assert item.is_relevant  # its feed named the office

    play(story)


def test_headers_in_no_charset_reach_no_row_and_stop_no_source(province):
    """Header bytes above 127 are anything: an ETag of them goes back as it came or not at all, and no row chokes on it."""

    async def story(it):
        it.stand.three(TITLE)
        odd = b'ETag: "t\xff\xe9"\r\nLast-Modified: h\xf4m nay\r\nX-Odd: \xff\r\n'
        page = article(TITLE, TEXT).replace(
            b"text/html; charset=utf-8", b"text/html; charset=\xff\xe9"
        )
        it.stand.pages["/tin-2.html"] = page.replace(b"200 OK\r\n", b"200 \xc4\xff\r\n" + odd)
        it.stand.pages["/rss"] = it.stand.pages["/rss"].replace(b"200 OK\r\n", b"200 OK\r\n" + odd)
        source = await it.read()
        assert (figures(source), source.problem, source.failures) == ((3, 3, 3, 0), "", 0)
        item = await titled(TITLE)
        assert (item.capture_id is not None, item.body.startswith("Ông Trần")) == (True, True)
        assert (await it.read()).problem == ""
        it.clock.on(hours=2)
        await reread(it)
        assert (await Recheck.objects.aget(item=item)).problem == ""

    play(story)


def test_a_site_that_asks_for_rest_at_a_second_reading_gets_it_too(province):
    async def story(it):
        titles = [f"Tin số {n} ở chợ Lam Hải" for n in range(8)]
        for number in range(8):
            it.stand.pages[f"/tin-{number}.html"] = whole(b"", status="503 Busy")
        it.stand.feed(*(entry(n, title) for n, title in enumerate(titles)))
        await it.read()
        it.stand.asked.clear()
        it.stand.pages["/tin-0.html"] = article(titles[0], PLAIN)
        it.stand.pages["/tin-1.html"] = whole(b"", status="503 Busy", Retry_After=60)
        await reread(it)
        paths = [request.path for request in it.stand.asked if request.path != "/robots.txt"]
        assert paths == ["/tin-0.html", "/tin-1.html"]
        rows = [row async for row in Recheck.objects.order_by("item__title")]
        assert [row.failures for row in rows] == [0] + [1] * 7
        assert rows[7].problem.startswith("Trang đề nghị đọc thưa hơn")

    play(story)
