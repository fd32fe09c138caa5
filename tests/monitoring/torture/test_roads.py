"""Where an address can lead: in circles, inward, to another scheme, to a name that changes its mind."""

import pytest

from hoiam.core.fetch import RobotsBook
from hoiam.monitoring.models import Recheck
from tests.core.fetch.loopback import whole
from tests.monitoring.newsstand import PLAIN, article, entry, figures
from tests.monitoring.torture.street import OTHER, play, resolver, titled

pytestmark = pytest.mark.django_db(transaction=True)
VAGUE = "Một vụ việc kéo dài nhiều năm ở bến Cồn Én"
INWARD = "Địa chỉ này không nằm trên mạng công cộng nên không được đọc."
ROADS = {
    "in circles": ("/tin-2.html", "Trang chuyển hướng lòng vòng nên không đọc được."),
    "to a private address": ("http://192.168.1.1/admin", INWARD),
    "to the metadata of a cloud": ("http://169.254.169.254/latest/meta-data/", INWARD),
    "to a name that leads inward": ("http://trong.example/", INWARD),
    "to a file": (
        "file:///etc/passwd",
        "Chỉ đọc được địa chỉ bắt đầu bằng http:// hoặc https://.",
    ),
    "with a password": (
        "http://ai:mat@bao-do-moi.example/",
        "Địa chỉ có kèm tên hoặc mật khẩu. Hãy bỏ phần đó đi.",
    ),
    "to nonsense": ("http://[::1", "Trang chuyển hướng tới một địa chỉ viết sai."),
}


@pytest.mark.parametrize("kind", ROADS)
@pytest.mark.parametrize("is_feed", [False, True])
def test_a_road_that_leads_astray_is_told_and_not_taken(province, kind, is_feed):
    location, told = ROADS[kind]

    async def story(it):
        astray = whole(b"", status="302 Found", Location=location)
        if is_feed:
            it.stand.pages["/rss"] = astray if kind != "in circles" else whole(b"", status="302 Found", Location="/rss")  # fmt: skip
            source = await it.read()
            assert (source.problem, figures(source), source.failures) == (told, (0, 0, 0, 1), 1)
            return
        it.stand.three(VAGUE)
        it.stand.pages["/tin-2.html"] = astray
        source = await it.read()
        assert (figures(source), source.failures) == ((3, 2, 3, 1), 0)
        assert (await titled(VAGUE)).problems == [told]
        # What leads inward leads inward tomorrow: asked again is only what may pass.
        assert await Recheck.objects.aexists() == (kind == "to nonsense")

    play(story, lookup=resolver(trong_example="10.0.0.7"))


def test_a_name_that_changes_its_mind_after_the_check_reaches_nothing_inside(province):
    answers = iter(["127.0.0.1"])

    async def story(it):
        port = it.stand.url.rpartition(":")[2]
        it.out._session.connector._use_dns_cache = False
        for number in (1, 2):
            page = article(OTHER, PLAIN)
            it.stand.pages[f"/tin-{number}.html"] = page.replace(b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nConnection: close\r\n")  # fmt: skip
        host = f"http://doi-y.example:{port}"
        it.stand.feed(*(entry(n, f"Tin {n} ở chợ Lam Hải").replace("{url}", host) for n in (1, 2)))
        source = await it.read()
        assert figures(source) == (2, 1, 2, 1)
        assert sum(request.path != "/rss" for request in it.stand.asked) == 1

    play(story, lookup=resolver(doi_y_example=lambda: next(answers, "10.0.0.7")))


def test_robots_that_lead_astray_open_no_door(province):
    async def story(it):
        it.stand.three(VAGUE)
        it.stand.pages["/tin-2.html"] = article(VAGUE, PLAIN)
        it.stand.pages["/robots.txt"] = whole(b"", status="302 Found", Location="http://10.0.0.7/")
        source = await it.read(RobotsBook(it.out, "HoiAm", it.clock))
        assert (source.problem, it.stand.count("/rss")) == (INWARD, 0)

    play(story)
