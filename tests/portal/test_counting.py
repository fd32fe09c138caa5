"""What is counted without knowing anybody: reads, ratings, months; programs and other houses' pages are not counted."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from hoiam.newsroom.jobs.counts import sum_reads
from hoiam.newsroom.models import CountKind, PortalCount
from tests.portal.world import World

pytestmark = pytest.mark.django_db
READER = {"sec-fetch-site": "same-origin", "user-agent": "Mozilla/5.0 (X11; Linux) Gecko/20100101 Firefox/140.0"}  # fmt: skip


@pytest.fixture
def world():
    return World()


def read(client, key, address="203.0.113.7", **headers):
    return client.post("/cong/luot-doc/", {"bai": key}, headers={**READER, **headers}, REMOTE_ADDR=address)  # fmt: skip


def counts(kind):
    return {row.place: row.count for row in PortalCount.objects.filter(kind=kind)}


def test_a_read_is_counted_once_a_screen_and_summed_by_the_job(world, client):
    article = world.publish()
    for address in ("203.0.113.7", "203.0.113.7", "203.0.113.8"):
        answer = read(client, article.pk, address)
        assert (answer.status_code, answer.cookies) == (204, {})
    assert counts(CountKind.READ) == {f"article:{article.pk}": 2}

    assert sum_reads.func(timezone.now()) == 1 and sum_reads.func(timezone.now()) == 0
    article.refresh_from_db()
    assert article.reads == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Googlebot/2.1"},
        {"user-agent": "curl/8.5"},
        {"user-agent": ""},
        {"sec-fetch-site": "cross-site"},
    ],
)
def test_programs_and_pages_of_other_houses_count_nothing(world, client, headers):
    article = world.publish()
    assert read(client, article.pk, **headers).status_code == 204
    assert counts(CountKind.READ) == {}


@pytest.mark.parametrize("key", ["", "x", "0", "999999", "1;drop", "9" * 40])
def test_a_read_of_nothing_is_nothing(world, client, key):
    assert read(client, key).status_code == 204
    assert PortalCount.objects.count() == 0


def test_what_came_down_is_read_no_more(world, client):
    article = world.publish(expires_at=timezone.now() - timedelta(seconds=5))
    read(client, article.pk)
    assert counts(CountKind.READ) == {}


def rated(client, path, said, **headers):
    return client.post("/cong/danh-gia/", {"trang": path, "y": said}, headers={**READER, **headers})


def test_a_page_is_rated_without_a_cookie_and_once_in_a_while(world, client):
    article = world.publish()
    answer = rated(client, f"/bai/{article.slug}/", "co")
    assert "Cảm ơn bạn" in answer.content.decode() and answer.cookies == {}
    rated(client, f"/bai/{article.slug}/", "co")
    rated(client, "/tin/", "chua")

    assert counts(CountKind.HELPFUL) == {f"article:{article.pk}": 1}
    assert counts(CountKind.UNHELPFUL) == {"portal-news": 1}


def test_a_browser_with_scripts_gets_no_page(world, client):
    assert rated(client, "/tin/", "co", **{"x-asked-by": "fetch"}).status_code == 204


@pytest.mark.parametrize(
    ("path", "said"), [("/desk/", "co"), ("/khong/", "co"), ("/tin/", "x"), ("javascript:1", "co")]
)
def test_what_is_no_page_or_no_answer_is_not_counted(world, client, path, said):
    assert rated(client, path, said).status_code == 302
    assert PortalCount.objects.count() == 0


def test_another_house_may_not_rate_our_pages(world, client):
    rated(client, "/tin/", "co", **{"sec-fetch-site": "cross-site"})
    assert PortalCount.objects.count() == 0


def test_the_figures_are_open_by_month(world, client):
    article = world.publish()
    read(client, article.pk)
    rated(client, "/tin/", "co")
    client.get("/tim/?q=khongco")
    told = client.get("/cong/so-lieu.json").json()["months"]

    month = f"{timezone.localdate():%Y-%m}"
    row = next(each for each in told if each["month"] == month)
    assert (row["reads"], row["helpful"], row["missed"]) == (1, 1, 1)
    assert sum(each["articles"] for each in told) == 1
    assert "Lượt đọc" in client.get("/cong/so-lieu/").content.decode()


def test_one_address_leaves_only_so_many_marks_beside_other_limits(world, client):
    cache.clear()
    cache.set("limit:of-another-form", 1, 3600)
    for key in range(1, 400):
        read(client, key)
    assert cache.get("limit:of-another-form") == 1
    assert len(cache._cache) < 130


@pytest.mark.parametrize("path", ["article:abc", "//evil.example/tin/", "https://evil.example/tin/", "javascript://a/tin/", "tin/"])  # fmt: skip
def test_only_a_page_of_ours_is_rated_and_led_back_to(world, client, path):
    answer = client.post("/cong/danh-gia/", {"trang": path, "y": "co"}, headers=READER)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")
    assert PortalCount.objects.count() == 0
