"""Two letters in a real browser: one that a paper sent on, answered and told to the paper; a question asked from a telephone, with
its puzzle worked out, answered by three people and read on the portal."""

import io
import re

import docx
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from hoiam.core.jobs.models import OutgoingMail
from hoiam.letters.models import LegalQuestion, ReaderLetter
from hoiam.portal.puzzle import is_answer
from tests.browser.people import sign_in, stranger
from tests.browser.test_whole_story import step, submit, unfold

NAME = "Trần Văn Tám"
ASKED = "Bao lâu sau khi bán tài sản thì tôi được nhận tiền thi hành án?"
PUBLISHED = "Bán đấu giá xong bao lâu thì người được thi hành án nhận tiền?"


def today() -> str:
    return f"{timezone.localtime():%d/%m/%Y}"


def test_a_letter_of_a_paper_is_answered_and_the_paper_is_told(browser: Browser, house: str) -> None:  # fmt: skip
    clerk, focal, head, region = (sign_in(browser, house, who) for who in ("van-thu", "dau-moi", "truong", "truong-kv2"))  # fmt: skip
    letter = _entered(clerk, house)
    assert NAME not in clerk.content()

    step(focal, letter, "classify", kind="petition", condition="met", competence="ours")
    step(head, letter, "accept")
    focal.goto(f"{letter}?do=assign")
    holder = focal.locator("[name=official] option", has_text="Phan Văn Lựu").get_attribute("value")
    submit(focal, "form[action$='/do/assign/']", official=str(holder))

    step(region, letter, "draft_answer", text="Đã chi trả đủ ngày 12.", measures="Rà soát hồ sơ tồn")  # fmt: skip
    assert region.locator("form[action$='/do/approve_answer/']").count() == 0
    step(head, letter, "approve_answer")
    step(clerk, letter, "answer", number="45/THADSTG-VP", on=today())
    clerk.goto(f"{letter}?do=close")
    unfold(clerk, "form[action$='/do/close/']")
    clerk.locator("form[action$='/do/close/'] button").last.click()
    clerk.wait_for_selector(".ha-errors:has-text('Chưa báo kết quả cho')")

    step(clerk, letter, "tell_press", what="result", number="46/THADSTG-VP", on=today())
    with clerk.expect_download() as got:
        clerk.click("#van-ban a[href$='/word/measures/']")
    told = "\n".join(p.text for p in docx.Document(io.BytesIO(got.value.path().read_bytes())).paragraphs)  # fmt: skip
    assert "Đã chi trả đủ ngày 12." in told and NAME not in told
    step(clerk, letter, "tell_citizen", way="email")
    step(clerk, letter, "close")
    assert "văn bản 46/THADSTG-VP" in clerk.inner_text("#bao")

    row = ReaderLetter.objects.system("its public page").get(pk=letter.rstrip("/").rpartition("/")[2])  # fmt: skip
    mail = OutgoingMail.objects.get(key__startswith=f"letter:{row.pk}:")
    assert (mail.address, "45/THADSTG-VP" in mail.text) == ("tam@thu.example", True)
    citizen = stranger(browser)
    citizen.goto(f"{house}/gui-don/{row.code}/")
    seen = citizen.inner_text("main")
    assert "Đã trả lời" in seen and "Đã kết thúc" in seen
    assert NAME not in seen and "chi trả" not in seen


def _entered(clerk: Page, house: str) -> str:
    """A letter written into the register as a paper sent it on; the address of its page."""
    clerk.goto(f"{house}/desk/letters/new/")
    press = clerk.locator("[name=press_agency] option").nth(1).get_attribute("value")
    submit(
        clerk, "main form", channel="press", press_agency=str(press), forward_number="31/CV-BĐ", forward_on=today(),
        title="Chậm chi trả tiền thi hành án", content=f"Tôi là {NAME}, đề nghị chi trả tiền.", name=NAME,
        address="Bến Sông", email="tam@thu.example",
    )  # fmt: skip
    assert re.search(r"/desk/letters/\d+/$", clerk.url)
    return clerk.url


def test_a_question_from_a_telephone_is_answered_on_the_portal(browser: Browser, house: str) -> None:  # fmt: skip
    citizen = stranger(browser, width=360)
    citizen.goto(f"{house}/gui-don/")
    citizen.fill("main [name=q]", "thanh giang")
    citizen.keyboard.press("Enter")
    citizen.click("main li a:has-text('tỉnh Thanh Giang')")
    citizen.check("[name=kind][value=question]")
    citizen.fill("[name=content]", f"Tôi là {NAME}. {ASKED}")
    citizen.fill("[name=name]", NAME)
    citizen.fill("[name=phone]", "0912345678")
    expect(citizen.locator("[name=puzzle_number]")).not_to_have_value("")
    token, number = (citizen.input_value(f"[name=puzzle_{part}]") for part in ("token", "number"))
    assert is_answer(token, number)
    citizen.click("[data-send]")
    citizen.wait_for_selector("h1:has-text('Đã gửi')")
    state = citizen.url.partition("?")[0]
    assert citizen.evaluate("document.documentElement.scrollWidth <= innerWidth")

    lawyer, checker, head = (sign_in(browser, house, who) for who in ("dau-moi", "chanh-vp", "truong"))  # fmt: skip
    kept = LegalQuestion.objects.system("its page").get(code=state.rstrip("/").rpartition("/")[2])
    lawyer.goto(f"{house}/desk/legal-questions/")
    lawyer.click(f"main a[href='/desk/legal-questions/{kept.pk}/']")
    question = lawyer.url
    assert ASKED in lawyer.inner_text("main") and NAME not in lawyer.content()
    step(
        lawyer, question, "draft_legal_answer", question=PUBLISHED, topic="procedure", law_day=today(),
        answer="Trong 10 ngày kể từ ngày thu được tiền.\n\nTheo luật.", laws="Luật Thi hành án dân sự 106/2025/QH15",
    )  # fmt: skip
    citizen.goto(f"{house}/hoi-dap/")
    assert PUBLISHED not in citizen.content()
    step(checker, question, "check_legal_answer", note="Đã đối chiếu")
    step(head, question, "publish_legal_answer")

    citizen.goto(f"{house}/hoi-dap/?q=ban dau gia xong")
    citizen.click(f"main a:has-text('{PUBLISHED}')")
    seen = citizen.inner_text("main")
    assert "Trong 10 ngày" in seen and "106/2025/QH15" in seen and NAME not in seen
    citizen.goto(state)
    assert "Đã đăng giải đáp" in citizen.inner_text("main") and NAME not in citizen.content()
