"""The box for a piece's text in a real browser: what is pasted from Word keeps its shape, runs nothing, and is what is saved."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.people import sign_in

WORD = """<html><body><!--StartFragment--><h1 style="color:red">Ba lần gặp</h1>
<p class="MsoNormal" onclick="window.fired=1"><b>Đậm</b> và thường</p><ul><li>một</li></ul>
<script>window.fired=1</script><img src=x onerror="window.fired=1"><a href="javascript:window.fired=1">nối</a></body></html>"""
PASTE = """(html) => {
  const paper = document.querySelector('.ha-paperbox');
  paper.focus();
  document.getSelection().selectAllChildren(paper);
  const data = new DataTransfer();
  data.setData('text/html', html);
  paper.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def test_pasted_from_word_on_a_phone_saved_and_read_again(browser: Browser, house: str) -> None:
    page = sign_in(browser, house, "ctv-kv2")
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{house}/desk/writing/new/")
    page.fill("[name=title]", "Dán từ Word")
    page.evaluate(PASTE, WORD)
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    assert [each["id"] for each in found.response["violations"]] == []
    page.click("text=Lưu, chưa gửi")
    page.wait_for_selector("text=Đã lưu bài.")
    paper = page.inner_html(".ha-paperbox")
    assert "<h2>Ba lần gặp</h2>" in paper and "<li>một</li>" in paper
    assert "onclick" not in paper and "javascript:" not in paper and "style=" not in paper
    assert page.evaluate("window.fired") is None
    page.goto(page.url.split("edit/", maxsplit=1)[0])
    assert page.inner_text("article h2") == "Ba lần gặp"
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
