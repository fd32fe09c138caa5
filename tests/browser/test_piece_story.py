"""The whole way of a piece in a real browser: written on a telephone, taken in, made a page by an editor, approved by a second pair of
eyes, read on the portal, printed again by a paper, counted for its writer and for the Scheme."""

import io
import re

from django.utils import timezone
from PIL import Image as Drawing
from playwright.sync_api import Browser, Page

from hoiam.agencies.models import Channel
from hoiam.core.outbox import deliver_due
from hoiam.monitoring.actions.incoming import Incoming
from hoiam.monitoring.actions.intake import take_in
from hoiam.newsroom.jobs.counts import sum_reads
from hoiam.newsroom.jobs.prints import find_prints
from tests.browser.people import sign_in, stranger
from tests.browser.test_whole_story import submit
from tests.newsroom.press_house import story

TITLE = "Mười hộ ở bến Đò Sớm nhận lại tiền"
LEAD = "Sáng nay, Phòng khu vực 2 trao tiền thi hành án tận tay mười hộ ở bến Đò Sớm."
# A browser that says it is run by a program is not counted as a reader.
AS_A_PERSON = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36"
ALT = "Chấp hành viên trao phong bì cho một cụ bà trên bến"


def test_from_a_telephone_to_the_count_of_the_scheme(browser: Browser, house: str) -> None:
    writer = sign_in(browser, house, "ctv-kv2", width=360)
    piece = _written(writer, house)
    editor = sign_in(browser, house, "bien-tap")
    text = _taken_up(editor, house)
    _approved(sign_in(browser, house, "chanh-vp"), text)

    reader = stranger(browser, user_agent=AS_A_PERSON)
    address = _read(reader, house)
    deliver_due(timezone.now())
    _printed_again()

    editor.goto(f"{house}/desk/distribution/prints/")
    editor.click(f"main a:has-text('{TITLE}') >> nth=0")
    if "/prints/" not in editor.url:
        editor.click("main a:has-text('Báo Sông Thanh')")
    assert "Đoạn trùng trên báo" in editor.inner_text("main")
    editor.click("button:has-text('Đúng, báo đăng lại')")
    editor.wait_for_selector("text=Đã xác nhận")
    deliver_due(timezone.now())

    reader.goto(address)
    assert "Báo Sông Thanh" in reader.inner_text("main")
    sum_reads.func(timezone.now())
    writer.goto(piece)
    told = writer.inner_text("main")
    assert re.search(r"Lượt đọc\s+1\b", told) and "Cổng" in told
    _counted(browser, house)


def _written(writer: Page, house: str) -> str:
    """Typed with the thumbs, a picture chosen and told of, sent; the address of its page."""
    writer.goto(f"{house}/desk/writing/new/")
    writer.fill("[name=title]", TITLE)
    writer.fill("[name=lead]", LEAD)
    writer.click(".ha-paperbox")
    writer.keyboard.insert_text(story(1))
    out = io.BytesIO()
    Drawing.new("RGB", (800, 500), "#264").save(out, "JPEG")
    writer.set_input_files("[name=pictures]", {"name": "ben.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()})  # fmt: skip
    writer.select_option("[name=theme]", "3")
    writer.click("button[value=send]")
    # A picture nobody can picture is not sent: the page asks what it shows, and has kept the rest.
    writer.wait_for_selector("text=Còn 1 ảnh chưa có lời tả")
    assert writer.input_value("[name=title]") == TITLE
    writer.fill("[name$=-alt]", ALT)
    assert writer.evaluate("document.documentElement.scrollWidth <= innerWidth")
    writer.click("button[value=send]")
    writer.wait_for_selector("text=Đã gửi")
    writer.goto(f"{house}/desk/writing/")
    writer.click(f"main a:has-text('{TITLE}')")
    assert "Đã gửi" in writer.inner_text("main")
    return writer.url


def _taken_up(editor: Page, house: str) -> str:
    """Taken in at the desk, made a page of the workbench, given a section and sent for review; the address of the decision."""
    editor.goto(f"{house}/desk/pieces/")
    editor.click(f"main a:has-text('{TITLE}')")
    submit(editor, "form[action$='/do/accept_submission/']")
    editor.goto(f"{house}/cms/bai-gui/")
    editor.locator("tr", has_text=TITLE).locator("button").click()
    editor.wait_for_selector("[name=title]")
    assert editor.input_value("[name=title]") == TITLE
    page = re.search(r"/cms/pages/(\d+)/edit/", editor.url)[1]
    editor.click("[role=tab]:has-text('Đăng và hạ')")
    editor.select_option("[name=section]", label="Tin hoạt động")
    editor.click("button.action-save")
    editor.wait_for_selector(".messages .success")
    editor.goto(f"{house}/cms/bai/{page}/gui-duyet/")
    editor.fill("textarea", "Đã xem ảnh và số liệu")
    editor.click("main button[type=submit]:has-text('Gửi duyệt')")
    editor.wait_for_url("**/cms/**")
    decision = f"{house}/cms/bai/{page}/duyet/"
    editor.goto(decision)
    assert "không tự duyệt" in editor.inner_text("main")
    return decision


def _approved(chief: Page, decision: str) -> None:
    chief.goto(decision.partition("/cms/")[0] + "/cms/duyet/")
    chief.click(f"main a:has-text('{TITLE}')")
    assert chief.url == decision
    chief.click("button[name=approve]")
    chief.wait_for_selector("text=Đã đăng.")


def _read(reader: Page, house: str) -> str:
    """On the portal and in the section's feed; the address of the article, once it was read there."""
    reader.goto(f"{house}/chuyen-muc/hoat-dong/")
    # It counts as read when it was on the screen for some seconds.
    with reader.expect_response("**/cong/luot-doc/") as counted:
        reader.click(f"main a:has-text('{TITLE}')")
    assert counted.value.status == 204
    shown = reader.locator(f"main img[alt='{ALT}']")
    shown.scroll_into_view_if_needed()
    reader.wait_for_function("alt => document.querySelector(`main img[alt='${alt}']`).naturalWidth > 0", arg=ALT)  # fmt: skip
    assert LEAD in reader.inner_text("main")
    address = reader.url
    feed = reader.request.get(f"{house}/chuyen-muc/hoat-dong/nguon.rss").text()
    assert f"<title>{TITLE}</title>" in feed and address.removeprefix(house) in feed
    return address


def _printed_again() -> None:
    """What monitoring brings in: the same words in a paper."""
    now = timezone.now()
    channel = Channel.objects.filter(press_agency__name="Báo Sông Thanh").first()
    take_in(
        [
            Incoming(
                title="Niềm vui trên bến Đò Sớm", sapo=LEAD, body=story(1), url="https://songthanh.example/thoi-su/do-som.html",
                outlet="Báo Sông Thanh", published_at=now, first_seen_at=now, channel_id=channel.pk,
            )
        ],
        now=now,
    )  # fmt: skip
    assert find_prints.func(now) == 1


def _counted(browser: Browser, house: str) -> None:
    """In the register of pieces, and as proof of a task of the Scheme, chosen by the unit from what the house knows it did."""
    focal = sign_in(browser, house, "dau-moi")
    focal.goto(f"{house}/desk/contributions/")
    row = focal.locator("tr", has_text=TITLE).inner_text()
    assert "Đào Thị Sim" in row
    focal.goto(f"{house}/desk/tasks/")
    focal.locator("main a[href^='/desk/tasks/parts/']").first.click()
    part = focal.url
    focal.goto(f"{part}?do=add_proof")
    offered = focal.locator("[name=proof] option")
    wanted = offered.filter(has_text=f"Báo Sông Thanh: {TITLE}").get_attribute("value")
    submit(focal, "form[action$='/do/add_proof/']", proof=str(wanted))
    assert f"Báo Sông Thanh: {TITLE}" in focal.inner_text("main")
