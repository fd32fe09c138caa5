"""The portal in a real browser: every page through axe in one of four looks, turn by turn, as pages share their parts; framed in
all of them; large words, a rating; and no payload runs."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page

from hoiam.agencies.models import Agency
from hoiam.kit.news import Entry
from hoiam.newsroom.actions import Picture, Snapshot, publish_article
from hoiam.newsroom.actions.partner_feeds import keep_headlines
from hoiam.newsroom.models import Article, PartnerFeed, Section

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LISTS = [
    "/", "/tin/", "/tin/?trang=2", "/don-vi/", "/don-vi/thads-thanh-giang/", "/chu-de/", "/chu-de/3/", "/dot-truyen-thong/",
    "/tin-don-vi-ban/", "/chuyen-muc/hoat-dong/", "/van-ban/", "/van-ban/?q=zzz", "/thong-cao/", "/hoi-dap/", "/tim/",
    "/tim/?q=doi+thoai", "/tim/?q=zzzz", "/so-do-trang/", "/tai-khoan/", "/giai-thich-tu-ngu/", "/kha-nang-tiep-can/",
    "/cong/so-lieu/", "/nhan-tin/", "/nguoi-phat-ngon/", "/hoi-bao-chi/", "/de-an/", "/khong-co-trang-nay/",
    "/nhung/hoat-dong/",
]  # fmt: skip
# width and ground; 640 stands for a screen of 1,280 at 200 %.
LOOKS = ((1360, "light"), (320, "dark"), (640, "light"), (1360, "dark"))
CORPUS = Path(__file__).parents[1] / "portal" / "xss.txt"
# Every element gets the focus once, which some payloads wait for.
TOUCH = "document.querySelectorAll('main *').forEach(each => each.focus && each.focus())"


def articles() -> list[str]:
    """One article of each kind, with the texts that stood before the corrected one."""
    rows = Article.objects.system("one page of each kind").order_by("kind", "pk")
    firsts = {row.kind: f"/bai/{row.slug}/" for row in rows}
    corrected = rows.exclude(correction="").first()
    assert corrected is not None
    return [*firsts.values(), f"/bai/{corrected.slug}/", f"/bai/{corrected.slug}/cac-ban/"]


def test_every_page_of_the_portal_passes_axe_and_keeps_its_frame(
    browser: Browser, house: str
) -> None:
    page = browser.new_context(locale="vi-VN").new_page()
    outside: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((house, "data:")) else outside.append(asked.url))  # fmt: skip
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    wrong = []
    for place, path in enumerate([*LISTS, *articles()]):
        page.goto(house + path)
        for look, (width, scheme) in enumerate(LOOKS):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            faults = _axe(page) if look == place % 4 else []
            if page.evaluate("document.documentElement.scrollWidth > innerWidth + 1"):
                faults.append("runs sideways")
            wrong += [(path, width, scheme, fault) for fault in faults]
    assert (wrong, outside) == ([], [])
    assert page.context.cookies() == []


def _axe(page: Page) -> list[str]:
    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]} {each['nodes'][0]['failureSummary'][:200]}" for each in found]  # fmt: skip


def test_a_reader_enlarges_words_rates_a_page_and_is_not_known(
    browser: Browser, house: str
) -> None:
    page = browser.new_context(locale="vi-VN", viewport={"width": 1360, "height": 900}).new_page()
    page.on("console", lambda told: pytest.fail(told.text) if "Content Security Policy" in told.text else None)  # fmt: skip
    page.goto(f"{house}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.click(".ha-front h2 a")
    before = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.ha-body')).fontSize)")  # fmt: skip
    page.click(".ha-tools [data-text]")
    after = page.evaluate("parseFloat(getComputedStyle(document.querySelector('.ha-body')).fontSize)")  # fmt: skip
    assert after > before
    page.reload()
    assert page.get_attribute("html", "data-size") == "large"
    page.click(".ha-rate button[value=co]")
    page.wait_for_selector(".ha-rate [role=status]:has-text('Cảm ơn')")
    assert page.context.cookies() == []


def payloads() -> list[str]:
    """The corpus."""
    lines = CORPUS.read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines if not line.startswith("#")]


def test_no_payload_runs_wherever_it_was_written(browser: Browser, house: str) -> None:
    words = payloads()
    assert len(words) >= 300
    fired: list[str] = []
    page = browser.new_context(locale="vi-VN").new_page()
    page.expose_function("X", lambda *told: fired.append(page.url))
    page.on("dialog", lambda dialog: (fired.append(dialog.message), dialog.dismiss()))
    # Our policy would stop most of them by itself: it is taken away, so that what is tested is what is written.
    page.route("**/*", _without_policy)
    section = Section.objects.create(slug="thu", name=words[0][:120], about=words[1][:300])
    paths = ["/chuyen-muc/thu/", "/nhung/thu/", "/tin-don-vi-ban/", "/", "/chuyen-muc/thu/nguon.rss", "/api/bai/?chuyen-muc=thu"]  # fmt: skip
    for number in range(0, len(words), 60):
        paths += _published(words[number : number + 60], number, section)
    fields = ("/tim/", "/van-ban/", "/hoi-dap/", "/nguoi-phat-ngon/", "/giai-thich-tu-ngu/")
    paths += [f"{fields[at % 5]}?{urlencode({'q': word})}" for at, word in enumerate(words[::16])]
    for path in paths:
        page.goto(house + path)
        page.evaluate(TOUCH)
    _write_to_the_press_desk(page, house, words)
    assert page.evaluate("typeof X") == "function"
    assert fired == []
    page.set_content("<img src=x onerror=X(1)>")
    page.wait_for_timeout(200)
    assert len(fired) == 1  # the alarm itself works


def _write_to_the_press_desk(page: Page, house: str, words: list[str]) -> None:
    """A letter full of payloads with a fault in it: the form comes back with all that was typed."""
    agency = Agency.objects.get(code="thads-thanh-giang")
    page.goto(f"{house}/hoi-bao-chi/?co-quan={agency.pk}")
    page.fill("[name=outlet]", words[0][:200])
    page.fill("[name=reporter_name]", words[60][:120])
    page.fill("[name=email]", "khong-phai-thu")
    page.fill("[name=purpose]", "\n".join(words[:40])[:2000])
    page.fill("[name=questions]", "\n".join(words[40:260])[:9900])
    page.evaluate("document.querySelector('[name=questions]').form.noValidate = true")
    page.click("main form button:not([type=button]) >> nth=-1")
    page.wait_for_selector("text=Địa chỉ thư chưa đúng")
    page.evaluate(TOUCH)


def _without_policy(route) -> None:
    answer = route.fetch(max_redirects=0)
    headers = {name: value for name, value in answer.headers.items() if "security-policy" not in name}  # fmt: skip
    route.fulfill(response=answer, headers=headers)


def _published(words: list[str], number: int, section: Section) -> list[str]:
    """Articles that hold these words in title, lead, body, caption, facts; a partner's feed that sends them."""
    now = timezone.now()
    agency = Agency.objects.get(code="thads-thanh-giang")
    shots = [Picture("a" * 64, 1200, 700, alt=word[:300] or "x", caption=word[:500], credit=word[:120]) for word in words]  # fmt: skip
    joined = "\n".join(words)
    made = publish_article(
        Snapshot(
            page_key=f"xss:{number}", kind="document", agency=agency, section=section, title=words[7][:300] or "x", lead=joined,
            body="".join(f"<p>{word}</p>" for word in words) + joined, byline=words[9][:300], pictures=shots,
            source_name=words[3][:200], source_url=words[-1][:1000],
            extra={"number": words[4], "signer": joined, "video_url": words[-2], "file_name": words[-3], "file_blob": "0" * 64},
        ),
        actor=None, now=now,
    )  # fmt: skip
    titles = [
        publish_article(
            Snapshot(page_key=f"xss:{number}:{at}", kind="article", agency=agency, section=section, title=word[:300] or "x", lead=word),
            actor=None, now=now,
        )
        for at, word in enumerate(words[::12])
    ]  # fmt: skip
    feed = PartnerFeed.objects.first()
    assert feed is not None
    keep_headlines(feed, [Entry(title=word, summary=word, link=f"https://ban.example/{number}/{at}", published_at=now) for at, word in enumerate(words)], now=now)  # fmt: skip
    keep_headlines(feed, [Entry(title="x", link=word, published_at=now) for word in words], now=now)
    return [f"/bai/{row.slug}/" for row in (made, *titles)]
