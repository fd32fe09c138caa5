"""Each kind as LibreOffice prints it, measured against NĐ 30/2020/NĐ-CP, Phụ lục I (lengths in mm, type in points)."""

import fcntl
import io
import pickle
from dataclasses import dataclass
from itertools import pairwise

import pytest
from pdfminer.high_level import extract_pages
from pdfminer.layout import LTChar, LTLine, LTTextContainer

from hoiam.kit.papers import describe, kind, kinds, write
from hoiam.kit.papers.office import office, to_pdf

pytestmark = pytest.mark.skipif(
    office() is None,
    reason="máy này không có LibreOffice (soffice): cài libreoffice-writer-nogui, fonts-liberation2",
)
MM = 25.4 / 72
CODES = [each.code for each in kinds()]
TEMPLATED = [code for code in CODES if not kind(code).sheet]
LETTERS = [code for code in CODES if kind(code).form == "letter"]
NAMED = [code for code in CODES if kind(code).name]
ROWS = (9, 26, 40, 41)
LEFT, RIGHT, TOP, BOTTOM = 30, 195, 20, 277
HEAD_LEFT, HEAD_RIGHT, FOOT_RIGHT, MIDDLE = 62.5, 145, 152.5, 112.5  # middles of the columns
FONTS = ("LiberationSerif", "TimesNewRoman")


@dataclass(frozen=True)
class Line:
    """One printed line: its text, where it stands, its first letter's type."""

    text: str
    left: float
    right: float
    top: float
    size: float
    font: str

    @property
    def middle(self):
        return (self.left + self.right) / 2

    @property
    def style(self):
        return ("bold " * ("Bold" in self.font) + "italic" * ("Italic" in self.font)).strip()


@dataclass(frozen=True)
class Printed:
    """One page: its lines from the top, its rules as (left, right, top), its size."""

    lines: list
    rules: list
    size: tuple

    def line(self, start):
        found = [line for line in self.lines if line.text.startswith(start)]
        assert found, f"“{start}” is not on the page"
        return found[0]


def printed(data):
    return [page_of(page) for page in extract_pages(io.BytesIO(data))]


def page_of(page):
    lines, rules = [], set()
    for part in page:
        if isinstance(part, LTTextContainer):
            lines += [line for each in part if (line := line_of(each, page.height))]
        elif isinstance(part, LTLine):
            at = (part.x0 * MM, part.x1 * MM, (page.height - part.y0) * MM)
            rules.add(tuple(round(value, 1) for value in at))
    lines.sort(key=lambda line: (line.top, line.left))
    return Printed(lines, sorted(rules), (page.width * MM, page.height * MM))


def line_of(row, height):
    letters = [letter for letter in row if isinstance(letter, LTChar)]
    text = row.get_text().strip()
    if not text:
        return None
    # A box or a bar is drawn by whatever font has it; letters tell the type.
    first = next((x for x in letters if x.get_text().isalnum()), letters[0])
    seen = [letter for letter in letters if letter.get_text().strip()]
    return Line(
        " ".join(text.split()),
        min(letter.x0 for letter in seen) * MM,
        max(letter.x1 for letter in seen) * MM,
        (height - row.y1) * MM,
        round(first.size, 1),
        first.fontname.split("+")[-1],
    )


def papers():
    """What is printed: each kind's example, and reports whose tables end anywhere on a page."""
    for code in CODES:
        yield code, write(code, describe(code)["example"])
    report = describe("superior_report")["example"]
    for count in ROWS:
        rows = (report["facts"] * count)[:count]
        yield f"rows-{count}", write("superior_report", report | {"facts": rows})
    long = {"title": "Danh sách “kèm theo”", "text": "Một dòng của phụ lục.\n" * 60}
    yield "annexed", write("superior_report", report | {"annexes": [long, long]})
    urgent = {
        "urgency": "HỎA TỐC",
        "signing_form": "KT",
        "signing_for": "Trưởng Thi hành án dân sự",
    }
    letter = describe("response")["example"] | urgent | {"signer_title": "Phó Trưởng"}
    yield "urgent", write("response", letter)
    yield "draft", write("response", {**letter, "draft": True})


@pytest.fixture(scope="session")
def pages(tmp_path_factory, worker_id="master"):
    """Every paper printed by one start of LibreOffice, once for all workers of a run."""
    place = tmp_path_factory.getbasetemp()
    shared = (place.parent if place.name.startswith("popen") else place) / "printed.pickle"
    with shared.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not shared.exists():
            made = to_pdf(dict(papers()), seconds=900)
            shared.write_bytes(pickle.dumps({name: printed(pdf) for name, pdf in made.items()}))
        return pickle.loads(shared.read_bytes())


def near(value, wanted, by=0.6):
    return abs(value - wanted) <= by


@pytest.mark.parametrize("code", CODES)
def test_paper_font_and_margins(pages, code):
    for page in pages[code]:
        assert near(page.size[0], 210) and near(page.size[1], 297)
        assert {x.font.split("-")[0] for x in page.lines if any(map(str.isalnum, x.text))} <= set(
            FONTS
        )
        text = [line for line in page.lines if line.top > TOP - 1]
        assert min(line.left for line in text) >= LEFT - 0.3
        assert max(line.right for line in text) <= RIGHT + 0.5
        assert max(line.top + line.size * MM for line in text) <= BOTTOM + 1


@pytest.mark.parametrize("code", CODES)
def test_state_name_and_motto(pages, code):
    page = pages[code][0]
    state, motto = page.line("CỘNG HÒA XÃ HỘI"), page.line("Độc lập - Tự do - Hạnh phúc")
    assert (state.size, state.style, motto.size, motto.style) == (12, "bold", 13, "bold")
    assert near(state.middle, HEAD_RIGHT) and near(motto.middle, HEAD_RIGHT)
    assert near(state.top, TOP) and motto.top > state.top
    below = [
        rule for rule in page.rules if near(rule[0], motto.left) and near(rule[1], motto.right)
    ]
    assert below and motto.top < below[0][2] < motto.top + 8


@pytest.mark.parametrize("code", CODES)
def test_issuer_with_its_rule(pages, code):
    page = pages[code][0]
    bold = [line for line in page.lines if line.right < 98 and line.style == "bold"]
    issuer = [line for line in bold if line.top < 45 and line.text.isupper()]
    assert issuer and {line.size for line in issuer} == {12}
    assert all(near(line.middle, HEAD_LEFT) for line in issuer)
    last = issuer[-1]
    under = [r for r in page.rules if r[1] < 98 and last.top < r[2] < last.top + 9]
    assert under
    share = (under[0][1] - under[0][0]) / (last.right - last.left)
    assert 1 / 3 <= share <= 1 / 2


@pytest.mark.parametrize("code", [code for code in CODES if kind(code).numbered])
def test_number_stands_on_the_line_of_place_and_day(pages, code):
    page = pages[code][0]
    number, place = page.line("Số:"), page.line("Thanh Giang, ngày")
    assert (number.size, number.style, place.size, place.style) == (13, "", 13, "italic")
    assert near(number.top, place.top, 0.8)
    assert near(number.middle, HEAD_LEFT) and near(place.middle, HEAD_RIGHT)
    assert number.text.startswith("Số: 05/") and " " not in number.text.removeprefix("Số: ")
    assert place.text == "Thanh Giang, ngày 05 tháng 8 năm 2026"


@pytest.mark.parametrize("code", LETTERS)
def test_a_letter_says_what_it_is_about_under_its_number(pages, code):
    page = pages[code][0]
    number, about = page.line("Số:"), page.line("V/v")
    assert (about.size, about.style) == (12, "")
    assert near(about.middle, HEAD_LEFT)
    assert near(about.top - (number.top + 13 * 1.15 * MM), 6 * MM, 1.0)


@pytest.mark.parametrize("code", NAMED)
def test_a_named_paper_has_its_name_and_subject_in_the_middle(pages, code):
    page = pages[code][0]
    name = page.line(kind(code).name)
    subject = next(line for line in page.lines if line.top > name.top)
    assert (name.size, name.style, subject.size, subject.style) == (14, "bold", 14, "bold")
    assert near(name.middle, MIDDLE) and near(subject.middle, MIDDLE)


@pytest.mark.parametrize("code", TEMPLATED)
def test_the_body_is_indented_and_justified(pages, code):
    lines = [line for page in pages[code] for line in page.lines if line.size == 14]
    body = [
        line
        for line in lines
        if not line.style and (near(line.left, LEFT) or near(line.left, 42.7))
    ]
    first = [line for line in body if near(line.left, 42.7)]
    assert first, "no paragraph opens with an indent of 12.7 mm"
    carried = [
        line for line, after in pairwise(body) if near(after.left, LEFT) and after.top > line.top
    ]
    assert [line.text for line in carried if not near(line.right, RIGHT)] == []


@pytest.mark.parametrize("code", [code for code in TEMPLATED if kind(code).signed])
def test_recipients_stand_left_of_the_signature(pages, code):
    page = pages[code][-1]
    heading, archive = page.line("Nơi nhận:"), page.line("- Lưu: VT")
    signer = next(line for line in reversed(page.lines) if "Nguyễn Văn Thử" in line.text)
    assert (heading.size, heading.style, archive.size, archive.style) == (12, "bold italic", 11, "")
    assert near(heading.left, LEFT) and near(archive.left, LEFT)
    assert (signer.size, signer.style) == (14, "bold") and near(signer.middle, FOOT_RIGHT)
    title = [x for x in page.lines if x.left > 100 and x.text.isupper() and x.top < signer.top][-1]
    assert (title.size, title.style) == (14, "bold") and near(title.middle, FOOT_RIGHT)
    assert signer.top - title.top > 25, "no room for the signature and the seal"
    if not kind(code).cosigned:
        assert any(near(heading.top, x.top, 1.2) for x in page.lines if near(x.middle, FOOT_RIGHT))


@pytest.mark.parametrize("code", [*CODES, *(f"rows-{count}" for count in ROWS)])
def test_page_numbers_stand_in_the_top_margin_but_on_the_first_page(pages, code):
    first, *others = pages[code]
    assert [line for line in first.lines if line.top < TOP - 2] == []
    for count, page in enumerate(others, start=2):
        number = page.lines[0]
        assert (number.text, number.size, number.style) == (str(count), 14, "")
        assert near(number.middle, MIDDLE) and number.top < TOP - 2


@pytest.mark.parametrize("code", [*CODES, *(f"rows-{count}" for count in ROWS)])
def test_no_page_is_blank_and_the_signature_is_never_alone(pages, code):
    """A report of 40 rows once left a blank page before its signature."""
    for page in pages[code]:
        text = [line for line in page.lines if line.top > TOP - 1]
        said = [line for line in text if line.text not in {"TT", "Báo nêu", "Thực tế", "Chứng cứ"}]
        assert said
    of = kind("superior_report" if code.startswith("rows") else code)
    if not of.signed or of.sheet:
        return
    last = pages[code][-1]
    foot = [
        line for line in last.lines if line.text == "Nơi nhận:" or "Nguyễn Văn Thử" in line.text
    ]
    with_it = [
        x for x in last.lines if TOP - 1 < x.top < min(y.top for y in foot) - 2 and not x.style
    ]
    assert with_it, "the signature stands alone on its page"


def test_a_table_begins_again_with_its_head(pages):
    heads = [[line.text for line in page.lines].count("Báo nêu") for page in pages["rows-40"]]
    assert heads == [1] * len(heads) and len(heads) == 3


def test_annexes_open_pages_of_their_own_numbered_from_one(pages):
    found = [
        page for page in pages["annexed"] if any(x.text.startswith("Phụ lục") for x in page.lines)
    ]
    assert [page.lines[0].text for page in found] == ["Phụ lục I", "Phụ lục II"]
    assert {(x.size, x.style) for page in found for x in page.lines[:1]} == {(14, "bold")}
    after = pages["annexed"][pages["annexed"].index(found[0]) + 1]
    assert after.lines[0].text == "2"


def test_the_stamp_of_urgency_has_its_legal_size(pages):
    page = pages["urgent"][0]
    stamp = page.line("HỎA TỐC")
    assert (stamp.size, stamp.style) == (13, "bold")
    box = [
        rule
        for rule in page.rules
        if near(rule[0], HEAD_LEFT - 15) and near(rule[1], HEAD_LEFT + 15)
    ]
    assert near(max(rule[2] for rule in box) - min(rule[2] for rule in box), 8)
    assert min(rule[2] for rule in box) < stamp.top < max(rule[2] for rule in box)


def test_the_post_signed_for_stands_over_the_signer(pages):
    page = pages["urgent"][-1]
    said = " ".join(x.text for x in page.lines if near(x.middle, FOOT_RIGHT) and x.text.isupper())
    assert said.endswith("KT. TRƯỞNG THI HÀNH ÁN DÂN SỰ PHÓ TRƯỞNG")


def test_a_draft_says_so_on_its_first_page_only(pages):
    first, *others = pages["draft"]
    assert first.line("DỰ THẢO").top < TOP
    assert all(line.text != "DỰ THẢO" for page in others for line in page.lines)
