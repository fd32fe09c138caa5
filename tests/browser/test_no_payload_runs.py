"""The corpus of payloads through what strangers may send and editors then open: letters, questions, comments of social accounts,
partners' feeds, texts with remarks, pieces and pictures of the workbench. Many payloads a page; not one may run."""

import csv
import io
from collections.abc import Iterator
from urllib.parse import quote

from django.utils import timezone
from playwright.sync_api import Browser, Dialog, Page
from wagtail.images.models import Image
from wagtail.models import Comment

from hoiam.agencies.models import Agency, Official
from hoiam.agencies.queries import actor_on
from hoiam.core.markup import clean
from hoiam.kit.news import Entry
from hoiam.letters.actions import Named, Written, send_letter
from hoiam.letters.models import LegalQuestion, ReaderLetter
from hoiam.newsroom import actions
from hoiam.newsroom.actions import Text
from hoiam.newsroom.actions.partner_feeds import keep_headlines
from hoiam.newsroom.models import PartnerFeed, Section, SocialMessage
from hoiam.workbench.actions import send_for_review
from hoiam.workbench.actions.material import openable
from hoiam.workbench.models import Branch, NewsPage
from tests.browser.people import sign_in, stranger
from tests.browser.test_portal_seen import TOUCH, payloads
from tests.workbench.conftest import upload

WHY = "the pages of what was sent"
# So many stand together in one long text; titles, each with a few, make up the lists.
TOGETHER, IN_A_TITLE = 63, 4
OPEN_ALL = "document.querySelectorAll('details').forEach(each => each.open = true)"


def few_of(words: list[str], size: int) -> Iterator[list[str]]:
    """The payloads, so many at a time."""
    return (words[at : at + size] for at in range(0, len(words), size))


class Alarm:
    """Whatever runs of a payload is noted with the page it ran on."""

    def __init__(self) -> None:
        self.fired: list[str] = []

    def on(self, page: Page) -> Page:
        """The page under watch. Our policy is taken away when it is made: what is tested is what is written."""
        page.expose_function("X", lambda *told: self.fired.append(page.url))
        page.on("dialog", lambda dialog: self._asked(page, dialog))
        return page

    def _asked(self, page: Page, dialog: Dialog) -> None:
        if dialog.type != "beforeunload":  # the workbench asks whether to leave what was touched
            self.fired.append(page.url)
        dialog.accept()


def look(page: Page, address: str) -> None:
    """Open a page, everything folded on it, and give each element the focus once."""
    page.goto(address)
    touch(page)


def touch(page: Page) -> None:
    page.evaluate(OPEN_ALL)
    page.evaluate(TOUCH)


def test_no_payload_runs_on_the_pages_of_letters_comments_and_feeds(browser: Browser, house: str) -> None:  # fmt: skip
    words, alarm = payloads(), Alarm()
    citizen = alarm.on(stranger(browser, bypass_csp=True))
    desk = alarm.on(sign_in(browser, house, "truong", bypass_csp=True))
    for kind in ("letter", "question"):
        _written_in_the_form(citizen, house, words, kind)
    agency = Agency.objects.get(code="thads-thanh-giang")
    long = _letters(agency, words)
    for number in (1, 2, 3, 4):
        look(desk, f"{house}/desk/letters/?tab=all&page={number}&q={quote(words[number])}")
        look(desk, f"{house}/desk/letters/?tab=all&page={number}")
    for row in long:
        look(desk, f"{house}/desk/letters/{row.pk}/")
        desk.fill("[name=reason]", words[row.pk % len(words)][:200])
        desk.click("form[action$='/people/'] button")
        desk.wait_for_selector("h1:has-text('Danh tính')")
        touch(desk)
        look(citizen, f"{house}/gui-don/{row.code}/")
    look(desk, f"{house}/desk/legal-questions/?tab=all")
    look(desk, f"{house}/desk/legal-questions/{LegalQuestion.objects.system(WHY).latest('pk').pk}/")
    _comments(alarm.on(sign_in(browser, house, "dau-moi", bypass_csp=True)), house, words)
    _feeds(words)
    look(desk, f"{house}/desk/portal/")
    look(citizen, f"{house}/tin-don-vi-ban/")
    _nothing_fired(desk, alarm)


def _written_in_the_form(page: Page, house: str, words: list[str], kind: str) -> None:
    """Typed by a stranger: once with a fault, so that all of it comes back, then as it is taken; and the page of its code."""
    agency = Agency.objects.get(code="thads-thanh-giang")
    page.goto(f"{house}/gui-don/?co-quan={agency.pk}")
    page.check(f"[name=kind][value={kind}]")
    text = "\n".join(words)[: 4500 if kind == "question" else 49_000]
    at = 0 if kind == "letter" else 250
    typed = {"title": words[at : at + 7], "name": words[at + 7 : at + 10], "address": words[at + 10 : at + 15], "phone": words[at + 15 : at + 16]}  # fmt: skip
    for name, several in typed.items():
        most = int(page.get_attribute(f"[name={name}]", "maxlength") or 40)
        page.fill(f"[name={name}]", " ".join(several)[:most])
    page.fill("[name=content]", text)
    page.fill("[name=email]", "khong-phai-thu")
    page.wait_for_function("document.querySelector('[name=puzzle_number]').value !== ''")
    page.click("[data-send]")
    page.wait_for_selector("text=Địa chỉ thư chưa đúng")
    touch(page)
    page.fill("[name=email]", "tam@thu.example")
    page.wait_for_function("document.querySelector('[name=puzzle_number]').value !== ''")
    page.click("[data-send]")
    page.wait_for_selector("h1:has-text('Đã gửi')")
    touch(page)


def _letters(agency: Agency, words: list[str]) -> list[ReaderLetter]:
    """Letters whose titles hold all the payloads; given are those few whose texts do."""
    now, long = timezone.now(), []
    for at, few in enumerate(few_of(words, IN_A_TITLE)):
        is_long = at % (TOGETHER // IN_A_TITLE) == 0
        many = words[at * IN_A_TITLE :][:TOGETHER] if is_long else few
        who = Named(few[0][:150], address=few[-1][:250], phone=few[0][:40])
        written = Written(" ".join(few)[:300], f"Đơn {at}\n" + "\n".join(many), [who])
        made = send_letter(agency, written, now=now, sender_key=f"x{at}")
        long += [made] if is_long else []
    return long


def _comments(page: Page, house: str, words: list[str]) -> None:
    """A file of comments, looked at before it is taken in, as a person brings it; then the list and the long ones."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["Nội dung", "Người viết", "Mã"])
    about = "Thi hành án dân sự tỉnh Thanh Giang"
    for at, word in enumerate(words):
        rows.writerow([f"{about} {word}".replace("\0", ""), word[:100].replace("\0", ""), f"m{at}"])
    for at, many in enumerate(few_of(words, TOGETHER)):
        rows.writerow(
            [f"{about} {' '.join(many)}"[:7900].replace("\0", ""), many[0][:100], f"nhieu{at}"]
        )
    page.goto(f"{house}/desk/social/inbox/file/")
    page.select_option("[name=channel]", index=1)
    page.set_input_files("[name=file]", {"name": "x.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode()})  # fmt: skip
    page.click("main form button")
    page.wait_for_selector("main :is(table, form [name=kept])", state="attached")
    touch(page)
    page.click("button:has-text('Nhập')")
    page.wait_for_url("**/inbox/**")
    kept = SocialMessage.objects.system(WHY).filter(text__startswith=about)
    assert kept.count() > len(words) // 2
    for number in range(1, kept.count() // 50 + 2):
        look(page, f"{house}/desk/social/inbox/?tab=all&page={number}")
    for row in kept.filter(platform_id__startswith="nhieu"):
        look(page, f"{house}/desk/social/messages/{row.pk}/")


def _feeds(words: list[str]) -> None:
    now, keeper = timezone.now(), Official.objects.get(username="bien-tap")
    for at, few in enumerate(few_of(words, 12)):
        feed = PartnerFeed.objects.create(
            name=" ".join(few)[:200], url=f"https://ban{at}.example/rss?{quote(few[0])}"[:1000], trouble=" ".join(few)[:300],
            added_by=keeper, added_at=now,
        )  # fmt: skip
        keep_headlines(feed, [Entry(title=word, summary=word, link=f"https://ban.example/{at}", published_at=now) for word in few], now=now)  # fmt: skip


def test_no_payload_runs_in_the_workbench(browser: Browser, house: str) -> None:
    words, alarm = payloads(), Alarm()
    editor = Official.objects.get(username="bien-tap")
    branch = Branch.objects.get(agency__code="thads-thanh-giang")
    texts = [_text(branch, editor, words, at) for at in range(0, len(words), TOGETHER * 2)]
    _sent_in(words)
    for few in few_of(words, 12):
        Image.objects.create(title=" ".join(few)[:255], file=upload(), collection=branch.folder)
    page = alarm.on(sign_in(browser, house, "bien-tap", bypass_csp=True))
    for path in ("", f"pages/{branch.pk}/", "images/", f"pages/search/?q={quote(words[3])}", "duyet/", "bai-gui/", "reports/site-history/"):  # fmt: skip
        look(page, f"{house}/cms/{path}")
    for text in texts:
        look(page, f"{house}/cms/pages/{text.pk}/edit/")
        page.wait_for_selector(".public-DraftEditor-content", state="attached")
        touch(page)
    for path in ("history/", "delete/", "view_draft/", "revisions/compare/earliest...latest/"):
        look(page, f"{house}/cms/pages/{texts[0].pk}/{path}")
    look(page, f"{house}/cms/bai/{texts[0].pk}/duyet/")
    look(page, f"{house}/desk/pieces/")
    for link in page.locator("main td a[href*='/desk/writing/'], main th a[href*='/desk/writing/']").evaluate_all("all => all.slice(0, 3).map(each => each.href)"):  # fmt: skip
        look(page, link)
    _nothing_fired(page, alarm)


def _text(branch: Branch, editor: Official, words: list[str], at: int) -> NewsPage:
    """A draft with payloads in all its fields and many remarks on it, waiting for a decision."""
    many = words[at : at + TOGETHER * 2]
    text = NewsPage(
        title=" ".join(many[:5])[:255], lead="\n".join(many), other_writers="\n".join(many), byline=" ".join(many[5:10])[:300],
        body=[("text", openable(clean("".join(f"<p>{word}</p>" for word in many))))], section=Section.objects.first(), source_name=many[0][:200],
        live=False, owner=editor, writers=[editor.pk],
    )  # fmt: skip
    branch.add_child(instance=text)
    text.save_revision(user=editor)
    text.lead += "\nSửa."
    text.save_revision(user=editor)
    now = timezone.now()
    remarks = [" ".join(few) for few in few_of(many, 6)]
    Comment.objects.bulk_create(
        Comment(
            page=text, user=editor, text=remark, contentpath="lead", created_at=now, updated_at=now
        )
        for remark in remarks
    )
    send_for_review(text, actor=actor_on(editor, timezone.localdate()), now=now, note="\n".join(many)[:2000])  # fmt: skip
    return text


def _sent_in(words: list[str]) -> None:
    """Pieces of a contributor: titles hold all the payloads; half of them taken in, so that they wait in the workbench."""
    now, today = timezone.now(), timezone.localdate()
    writer, editor = (actor_on(Official.objects.get(username=who), today) for who in ("ctv-kv2", "bien-tap"))  # fmt: skip
    agency = Agency.objects.get(code="phong-thads-kv2-thanh-giang")
    for at, few in enumerate(few_of(words, 12)):
        text = Text(title=" ".join(few)[:300], lead="\n".join(few), body="\n".join(words[at : at + 40]), note="\n".join(few))  # fmt: skip
        piece = actions.begin_submission(agency, text, actor=writer, now=now)
        piece = actions.send_submission(piece, actor=writer, now=now)
        if at % 2:
            actions.accept_submission(piece, actor=editor, now=now)


def _nothing_fired(page: Page, alarm: Alarm) -> None:
    assert page.evaluate("typeof X") == "function"
    assert alarm.fired == []
    page.set_content("<img src=x onerror=X(1)>")
    page.wait_for_timeout(200)
    assert len(alarm.fired) == 1  # the alarm itself works
