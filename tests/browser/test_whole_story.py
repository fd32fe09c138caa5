"""From headline to answered case in a real browser: keyboard triage, clock, facts, Word paper, four eyes, digest."""

import io
import re

import docx
from django.utils import timezone
from playwright.sync_api import Browser, Page

from hoiam.monitoring.models import Story
from tests.browser.people import sign_in


def step(page: Page, case: str, verb: str, /, **typed: str | list[str]) -> None:
    """Take one step of the case as its form offers it."""
    page.goto(f"{case}?do={verb}")
    submit(page, f"form[action$='/do/{verb}/']", **typed)


def submit(page: Page, form: str, /, **typed: str | list[str]) -> None:
    """Fill a form by the names of its fields and send it; a refusal fails the test with its words."""
    unfold(page, form)
    for name, value in typed.items():
        field = page.locator(f"{form} [name={name}]").first
        kind = field.get_attribute("type") or field.evaluate("field => field.type")
        if kind in {"radio", "checkbox"}:
            for one in [value] if isinstance(value, str) else value:
                page.check(f"{form} [name={name}][value='{one}']")
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(str(value))
    with page.expect_navigation():
        page.locator(f"{form} button").last.click()
    wrong = page.locator(".ha-errors, .ha-msg.is-error").all_inner_texts()
    assert wrong == [], wrong


def unfold(page: Page, inside: str) -> None:
    """Open what is folded over and under a place by clicking it, as a person without scripts must."""
    for path in (f"details:not([open]):has({inside})", f"{inside} details:not([open])"):
        while page.locator(path).count():
            page.locator(path).first.locator("summary").first.click()


def answer(browser: Browser, house: str, focal: Page, *, scripts: bool = True) -> None:
    """From the form that opens the case to the closed case: every step by the person whose step it is."""
    submit(focal, "main form:has([name=received_at])")
    assert re.search(r"/desk/cases/\d+/$", focal.url)
    case = focal.url

    step(focal, case, "screen", letters=["f", "h"], severity="2", reason="Nhiều ý kiến trái chiều")
    head = sign_in(browser, house, "truong", scripts=scripts)
    step(head, case, "determine_impact", has_impact="yes", reason="Ba báo cùng nêu")
    assert "PN-02" in head.content()
    with head.expect_navigation():
        head.locator("a", has_text="Tính thế nào?").first.click()
    assert "NĐ 244/2026" in head.content()

    head.goto(f"{case}?do=assign")
    lead = head.locator("form[action$='/do/assign/'] [name=lead] option").last.get_attribute(
        "value"
    )
    submit(head, "form[action$='/do/assign/']", lead=str(lead))

    step(
        focal,
        case,
        "write_fact",
        claim="Đơn vị không trả lời người dân",
        truth="Đã trả lời bằng văn bản hai lần",
        evidence="Công văn số 12 và số 19",
        is_claim_right="no",
    )
    step(focal, case, "complete_verification")
    said = timezone.localtime().strftime("%d/%m/%Y %H:%M")
    step(
        focal,
        case,
        "record_statement",
        at=said,
        form="portal",
        spokesperson="Trịnh Mai Lan",
        text="Đơn vị đã trả lời đủ, sẽ thông tin tiếp khi có kết quả.",
    )

    # The paper: chosen with its legal ground, filled, submitted; the drafter cannot approve it.
    focal.goto(f"{case}papers/new/?conclusion=no")
    with focal.expect_navigation():
        focal.click("button[name=kind][value=response]")
    paper = focal.url
    unfold(focal, "form:has(button[name=then])")
    if not focal.input_value("[name=section]"):
        focal.fill("[name=section]", "Bạn đọc")
    with focal.expect_navigation():
        focal.locator("button[name=then]").click()
    assert focal.locator("form[action$='/do/approve_paper/']").count() == 0
    assert "Chờ duyệt" in focal.content()

    head.goto(paper)
    submit(
        head, "form[action$='/do/approve_paper/']", signer_title="Trưởng Thi hành án dân sự tỉnh"
    )
    with head.expect_download() as got:
        head.click("text=Tải Word")
    word = docx.Document(io.BytesIO(got.value.path().read_bytes()))
    whole = "\n".join(p.text for p in word.paragraphs)
    assert "Đã trả lời bằng văn bản hai lần" in whole

    clerk = sign_in(browser, house, "van-thu", scripts=scripts)
    clerk.goto(paper)
    submit(
        clerk,
        "form[action$='/do/mark_sent/']",
        how="Thư điện tử công vụ",
        reason="Báo cáo cấp trên và phương án gộp trong văn bản này",
    )
    clerk.goto(paper)
    submit(
        clerk,
        "form[action$='/do/mark_delivered/']",
        at=timezone.localtime().strftime("%d/%m/%Y %H:%M"),
    )

    step(focal, case, "start_watch", reason="Đã công bố cùng lúc với văn bản")
    focal.goto(paper)
    submit(
        focal,
        "form[action$='/do/record_check/']",
        reply="published",
        url="https://songthanh.example/phan-hoi",
    )
    step(
        head,
        case,
        "close",
        result="published",
        result_f="answered",
        result_h="published",
        link="https://songthanh.example/phan-hoi",
        note="Báo đã đăng phản hồi",
    )
    assert "Đã đóng" in head.content()


def answered(browser: Browser, house: str, *, scripts: bool = True) -> str:
    """What the centre's overview says of I6: reports answered, of those wrong with proof."""
    centre = sign_in(browser, house, "trung-uong", scripts=scripts)
    centre.goto(f"{house}/desk/overview/")
    return centre.locator(".ha-kpi", has=centre.locator("strong", has_text="I6")).inner_text()


def see_it_counted(
    browser: Browser, house: str, title: str, before: str, *, scripts: bool = True
) -> None:
    """The centre finds the case in the figures, in the digest of the report's day and by searching."""
    assert _numbers(answered(browser, house, scripts=scripts)) == [n + 1 for n in _numbers(before)]
    centre = sign_in(browser, house, "trung-uong", scripts=scripts)
    day = timezone.localtime(Story.objects.get(title=title).first_at).strftime("%d/%m/%Y")
    centre.goto(f"{house}/desk/digests/")
    submit(centre, "main form:has([name=day])", day=day)
    told = centre.locator(".ha-paper article", has_text=title)
    assert told.count() == 1
    assert re.search(r"HS \d+/\d{4}: Đã đóng", told.inner_text())
    centre.goto(f"{house}/desk/search/?q={title}")
    assert title in centre.content()


def _numbers(kpi: str) -> list[int]:
    """The figures of "4 / 7", the code of the indicator left out."""
    return [int(number) for number in re.findall(r"(\d+)\s*/\s*(\d+)", kpi)[0]]


def test_from_headline_to_answered_case(browser: Browser, house: str) -> None:
    focal = sign_in(browser, house, "dau-moi")

    # The list by keyboard: j marks a row, x asks for a reason, the row can be taken back.
    focal.goto(f"{house}/desk/watch/?tab=new")
    before = focal.locator("[data-row]").count()
    title = focal.locator("[data-row] h3").first.inner_text()
    focal.keyboard.press("j")
    focal.keyboard.press("x")
    focal.check("[data-row] details[open] [value=court]")
    focal.locator("[data-row] details[open] button").click()
    focal.wait_for_selector(".ha-row--undo")
    assert focal.locator("[data-row]").count() == before - 1
    focal.click(".ha-row--undo button")
    focal.wait_for_selector(".ha-msg:has-text('trở lại danh sách')")
    assert focal.locator("[data-row]").count() == before

    # n takes the row; it becomes a case with its clock.
    focal.keyboard.press("j")
    focal.keyboard.press("n")
    focal.wait_for_selector(".ha-msg:has-text('Đã nhận')")
    focal.goto(f"{house}/desk/watch/?tab=taken")
    focal.locator("[data-row]", has_text=title).locator("a", has_text="Mở hồ sơ").first.click()
    focal.wait_for_selector("h1:has-text('Mở hồ sơ xử lý')")
    before_it = answered(browser, house)
    answer(browser, house, focal)
    see_it_counted(browser, house, title, before_it)


def test_the_same_loop_without_scripts(browser: Browser, house: str) -> None:
    focal = sign_in(browser, house, "dau-moi", scripts=False)

    # The list by its buttons: not relevant with a reason, taken back, then taken.
    focal.goto(f"{house}/desk/watch/?tab=new")
    before = focal.locator("[data-row]").count()
    row = focal.locator("[data-row]").first
    title = row.locator("h3").inner_text()
    row.locator("summary", has_text="Không liên quan").click()
    row.locator("details[open] [value=court]").check()
    with focal.expect_navigation():
        row.locator("details[open] button").last.click()
    assert focal.locator("[data-row]").count() == before - 1
    with focal.expect_navigation():
        focal.locator("button", has_text="Hoàn tác").first.click()
    assert focal.locator("[data-row]").count() == before
    row = focal.locator("[data-row]", has_text=title)
    with focal.expect_navigation():
        row.locator("button", has_text="Nhận").first.click()
    focal.goto(f"{house}/desk/watch/?tab=taken")
    with focal.expect_navigation():
        focal.locator("[data-row]", has_text=title).locator("a", has_text="Mở hồ sơ").first.click()
    before_it = answered(browser, house, scripts=False)
    answer(browser, house, focal, scripts=False)
    see_it_counted(browser, house, title, before_it, scripts=False)
