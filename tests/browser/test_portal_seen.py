"""Public pages in a real browser: each by its address through axe and the frame in every look, valid as it was sent; large words,
a rating; and no payload runs."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.test.signals import template_rendered
from django.urls import get_resolver
from django.utils import timezone
from playwright.sync_api import Browser, Page

import hoiam.desk
import hoiam.portal
from hoiam.agencies.models import Agency
from hoiam.kit.news import Entry
from hoiam.newsroom.actions import Picture, Snapshot, publish_article
from hoiam.newsroom.actions.partner_feeds import keep_headlines
from hoiam.newsroom.models import PartnerFeed, Section
from tests.browser import looks, public_pages
from tests.portal import html_rules

# What most people see, beside the narrow looks.
WIDE = ((1360, "light"), (1360, "dark"))
PORTAL = Path(hoiam.portal.__file__).parent / "templates"
ACCOUNT = Path(hoiam.desk.__file__).parent / "templates" / "account"
# Pages for who is signed in; they are seen with the desk's.
SIGNED_IN = {f"account/{name}.html" for name in ("logout", "password_change", "password_set", "reauthenticate")}  # fmt: skip
CORPUS = Path(__file__).parents[1] / "portal" / "xss.txt"
# Every element gets the focus once, which some payloads wait for.
TOUCH = "document.querySelectorAll('main *').forEach(each => each.focus && each.focus())"


def test_every_public_page_passes_axe_in_every_look_and_is_valid_html(
    browser: Browser, house: str
) -> None:
    drawn: set[str] = set()
    template_rendered.connect(lambda template, **_: drawn.add(template.name), weak=False, dispatch_uid="seen")  # fmt: skip
    page = browser.new_context(locale="vi-VN").new_page()
    outside: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith((house, "data:")) else outside.append(asked.url))  # fmt: skip
    page.on("pageerror", lambda error: pytest.fail(f"script error: {error}"))
    opened = public_pages.opened()
    named = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    public = {name for name in named if name.startswith("portal-")} | {"home"}
    assert {*opened, *public_pages.NO_PAGE} >= public
    wrong = []
    for place, path in enumerate(path for paths in opened.values() for path in paths):
        answer = page.goto(house + path)
        wrong += [(path, *fault) for fault in _seen(page, answer.body(), place)]
    assert page.context.cookies() == [] or {each["name"] for each in page.context.cookies()} <= {"csrftoken", "sessionid"}  # fmt: skip
    for place, (what, body) in enumerate(public_pages.sent(opened)):
        page.goto(f"{house}/kha-nang-tiep-can/", wait_until="commit")
        page.set_content(body.decode(), wait_until="load")
        wrong += [(what, *fault) for fault in _seen(page, body, place)]
    assert (wrong, outside) == ([], [])
    ours = {str(file.relative_to(folder)) for folder in (PORTAL, ACCOUNT.parent) for file in (*folder.glob("portal/*.html"), *folder.glob("account/*.html"))}  # fmt: skip
    assert ours - drawn == SIGNED_IN


def _seen(page: Page, body: bytes, place: int) -> list[tuple]:
    """Faults in the looks of this run, and of the page as it was sent."""
    return [*looks.faults(page, looks.turn(looks.LOOKS + WIDE, place)), *[("sent", "", told) for told in html_rules.faults(body.decode())]]  # fmt: skip


def test_a_reader_enlarges_words_rates_a_page_and_is_not_known(
    browser: Browser, house: str
) -> None:
    page = browser.new_context(locale="vi-VN", viewport={"width": 1360, "height": 900}).new_page()
    page.on("console", lambda told: pytest.fail(told.text) if "Content Security Policy" in told.text else None)  # fmt: skip
    page.goto(f"{house}/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    page.click(".ha-front h2 a")
    page.wait_for_selector(".ha-body")
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
