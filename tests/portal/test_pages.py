"""Every page of the portal: valid HTML, light, no cookie, found by people and by search, and what they hold."""

import gzip
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from hoiam.core import search
from hoiam.kit.vietnamese import fold
from hoiam.letters.models import PublishedAnswer
from hoiam.newsroom import actions
from hoiam.newsroom.jobs.searching import every_article, index_article
from hoiam.newsroom.models import CountKind, PartnerFeed, PartnerItem, PortalCount, Section
from tests.portal.html_rules import faults
from tests.portal.world import World, picture

pytestmark = pytest.mark.django_db
STANDING = [
    "/", "/tin/", "/chuyen-muc/hoat-dong/", "/don-vi/", "/don-vi/THADSTG/", "/chu-de/", "/chu-de/3/", "/dot-truyen-thong/",
    "/tin-don-vi-ban/", "/bai/doi-thoai/", "/bai/doi-thoai/cac-ban/", "/bai/anh-o-cho/", "/bai/da-rut/", "/bai/chien-dich/",
    "/bai/ke-hoach/", "/van-ban/", "/van-ban/?q=112", "/van-ban/?q=zzz", "/thong-cao/", "/hoi-dap/", "/hoi-dap/?q=zzz",
    "/hoi-dap/phi/", "/tim/", "/tim/?q=doi+thoai", "/tim/?q=zzzz", "/so-do-trang/", "/tai-khoan/", "/giai-thich-tu-ngu/",
    "/giai-thich-tu-ngu/?q=zzz", "/kha-nang-tiep-can/", "/cong/so-lieu/", "/nhan-tin/", "/nguoi-phat-ngon/", "/hoi-bao-chi/",
    "/de-an/", "/nhung/hoat-dong/", "/api/v1/",
]  # fmt: skip
GONE = {"/bai/da-go/": 410, "/bai/khong-co/": 404, "/chuyen-muc/khong-co/": 404, "/don-vi/KHONG/": 404, "/hoi-dap/khong/": 404, "/chu-de/9/": 404}  # fmt: skip
BUDGET = 60_000


@pytest.fixture
def world():
    made = World()
    table = "<h2>Mục</h2><table><tbody><tr><td>Ô</td></tr></tbody></table><p>Hết.</p>"
    campaign = made.publish("Chiến dịch", kind="campaign", pictures=[picture("c" * 64)])
    made.publish("Đối thoại", theme=3, pictures=[picture()], campaign=campaign, body=table)
    made.publish("Đối thoại", theme=3, pictures=[picture()], campaign=campaign, body=f"{table}<p>Mới</p>", hours=0)  # fmt: skip
    made.publish("Ảnh ở chợ", kind="photos", pictures=[picture("d" * 64), picture("e" * 64)])
    made.publish("Kế hoạch", kind="document", extra={"number": "112/KH-THADS", "dated": "12/3/2026", "signer": "Đỗ Quốc Tường"}, body="<p>Mỗi phòng một bài.</p>")  # fmt: skip
    made.publish("Thông cáo", kind="release", extra={"number": "06/TCBC"})
    made.publish("Nộp đơn ở đâu?", kind="question")
    for title, verb in (("Đã rút", actions.withdraw_article), ("Đã gỡ", actions.take_down_article)):
        verb(made.publish(title), actor=made.editor, now=made.now, reason="Sai")
    PublishedAnswer.objects.create(
        agency=made.tree.province, slug="phi", question="Ai nộp phí?", answer_html="<p>Người được thi hành án.</p>", topic="fees",
        laws=["Luật THADS"], words=fold("Ai nộp phí?"), published_at=made.now, reviewed_at=made.now, law_day=made.now.date(),
        is_under_review=True, review_reason="Luật vừa sửa.",
    )  # fmt: skip
    feed = PartnerFeed.objects.create(name="Sở bạn", url="https://ban.example/rss", added_by=made.editor.official, added_at=made.now)  # fmt: skip
    PartnerItem.objects.create(feed=feed, url="https://ban.example/1", url_key="1", title="Tin bạn", published_at=made.now, taken_at=made.now)  # fmt: skip
    search.put_many(every_article())
    return made


def test_every_page_is_valid_html_sets_no_cookie_and_reads_none(world, client):
    wrong = {}
    for path in STANDING:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert path == "/hoi-bao-chi/" or answer.cookies == {}, path
        assert "Cookie" not in answer.headers.get("Vary", ""), path
        wrong |= {path: found} if (found := faults(answer.content.decode())) else {}
    for path, status in GONE.items():
        answer = client.get(path)
        assert (answer.status_code, answer.cookies) == (status, {}), path
        wrong |= {path: found} if (found := faults(answer.content.decode())) else {}
    assert wrong == {}


def test_the_checker_finds_what_browsers_mend():
    for bad in ("<p><div></div></p>", "<ul><p>a</p></ul>", '<a href="/"><button>a</button></a>', "<img src=x>", "<b id=a></b><b id=a></b>", "<p>a", "<p>a &copy b</p>", "<table><b>a</b></table>"):  # fmt: skip
        good = '<!doctype html><html lang="vi"><head><title>a</title></head><body><main><h1>a</h1>{}</main></body></html>'
        assert faults(good.format("")) == [] and faults(good.format(bad)) != []


def test_a_page_with_all_it_needs_is_light(world, client):
    for number in range(30):
        world.publish(f"Bài số {number} về công tác của đơn vị", pictures=[picture(f"{number:064d}")], lead="Một câu dẫn vừa phải. " * 12)  # fmt: skip
    parts = [finders.find(name) for name in ("desk/desk.css", "portal/portal.css", "portal/portal.js")]  # fmt: skip
    shared = sum(len(gzip.compress(Path(str(part)).read_bytes(), 9)) for part in parts)
    for path in ("/", "/tin/", "/bai/doi-thoai/", "/van-ban/", "/nguoi-phat-ngon/"):
        page = len(gzip.compress(client.get(path).content, 9))
        assert page + shared <= BUDGET, path
        assert page <= 15_000


@pytest.mark.parametrize("query", ["doi thoai", "đối thoại", "ddoois thoaij", "KE HOACH 112", '"mỗi phòng"'])  # fmt: skip
def test_search_needs_no_marks_and_forgives_telex(world, client, query):
    page = client.get("/tim/", {"q": query}).content.decode()
    wanted = "Kế hoạch" if "112" in query or "phòng" in query else "Đối thoại"

    assert f">{wanted}</a>" in page


def test_what_came_down_is_not_found_though_the_index_still_has_it(world, client):
    article = world.publish("Danh sách tạm", expires_at=timezone.now() + timedelta(seconds=1))
    index_article(article, "article_published", world.now)
    assert "Danh sách tạm" in client.get("/tim/?q=danh+sach+tam").content.decode()
    actions.withdraw_article(article, actor=world.editor, now=timezone.now(), reason="Sai")
    assert ">Danh sách tạm</a>" not in client.get("/tim/?q=danh+sach+tam").content.decode()
    article.refresh_from_db()
    index_article(article, "article_withdrawn", world.now)
    assert search.find("danh sach tam", scope={"public"}) == []


def test_nothing_found_is_counted_and_what_was_typed_is_kept_nowhere(world, client):
    client.get("/tim/", {"q": "khongcogi"})
    client.get("/tim/", {"q": "doi thoai"})
    rows = {row.kind: (row.place, row.count) for row in PortalCount.objects.all()}

    assert rows == {CountKind.MISSED: ("search", 1), CountKind.SEARCH: ("search", 1)}


def test_documents_show_number_day_and_signer_and_are_found_among_themselves(world, client):
    page = client.get("/van-ban/?q=tuong").content.decode()
    for words in ("112/KH-THADS", "12/3/2026", "Đỗ Quốc Tường"):
        assert words in page
    assert "Kế hoạch" not in client.get("/van-ban/?q=doi+thoai").content.decode().split("<main")[1]


def test_an_answer_names_its_law_and_day_and_that_it_is_looked_at_again(world, client):
    page = client.get("/hoi-dap/phi/").content.decode()
    for words in ("Luật THADS", "Theo pháp luật ngày", "Đang rà soát lại", "Luật vừa sửa."):
        assert words in page


def test_pages_of_a_list_and_what_is_beyond_them(world, client):
    for number in range(25):
        world.publish(f"Bài {number}")
    assert "Trang 1 / 2" in client.get("/tin/").content.decode()
    for asked in ("2", "99", "-1", "x"):
        assert client.get(f"/tin/?trang={asked}").status_code == 200


@pytest.mark.parametrize("path", ["/", "/tin/", "/chuyen-muc/hoat-dong/", "/tin/nguon.rss", "/api/bai/"])  # fmt: skip
def test_many_articles_take_no_more_queries(world, client, path, django_assert_max_num_queries):
    for number in range(40):
        world.publish(f"Bài {number}", pictures=[picture()])
    with django_assert_max_num_queries(28 if path == "/" else 10):
        client.get(f"{path}?x=1")


def test_the_menu_is_one_line_without_empty_or_doubled_words_and_all_the_rest_unfolds(
    world, client
):
    Section.objects.create(slug="trong", name="Mục chưa có bài")
    twin = Section.objects.create(slug="van-ban", name="Văn bản")
    world.publish("Văn bản mới", section=twin)
    page = client.get("/van-ban/").content.decode()
    line, everything = re.search(
        r'<div class="ha-seg">(.*?)</div>(.*?)</details>', page, re.S
    ).groups()
    assert re.findall(r">([^<]+)</a>", line) == [
        "Trang đầu", "Tin hoạt động", "Thông cáo báo chí", "Văn bản", "Hỏi đáp pháp luật", "Người phát ngôn"
    ]  # fmt: skip
    assert '<a href="/van-ban/" aria-current="page">' in line
    assert "Mục chưa có bài" not in page and "/chuyen-muc/van-ban/" not in page
    for address in ("/gui-don/", "/hoi-bao-chi/", "/de-an/", "/so-do-trang/", "/van-ban/"):
        assert f'href="{address}"' in everything
