"""Dates of a scan: a digit its readings tell apart is "?" and makes no day, no due is invented."""

import pytest
from PIL import Image, ImageDraw

from hoiam.kit.papers import read_paper
from hoiam.kit.papers.reading.dates import due_in
from hoiam.kit.papers.reading.scan_doubts import UNLIKELY, sifted
from hoiam.kit.papers.reading.scan_figures import checked_dates, problem_of, voted
from hoiam.kit.papers.reading.scan_pages import strips_of
from hoiam.kit.papers.reading.scan_words import Word, back_on_lines, box_of, columns_of
from hoiam.kit.vietnamese import fold


def line(text, top=1200, left=300, number="1"):
    """The words of one line, each letter 20 dots wide."""
    words = []
    for said in text.split(" "):
        words.append(Word(left, top, 20 * len(said), 36, ("1", "1", "1", number), 95.0, said))
        left += 20 * len(said) + 20
    return words


def said(words):
    return " ".join(word.text for word in words)


FIRST = "gửi báo cáo trước ngày 31/10/2025, theo mẫu"


@pytest.mark.parametrize(
    ("first", "others", "made"),
    [
        (FIRST, [FIRST, FIRST], FIRST),
        (FIRST, [FIRST, FIRST.replace("2025", "2023")], FIRST),
        (FIRST, [FIRST.replace("2025", "2023")] * 2, FIRST.replace("2025", "2023")),
        (FIRST, ["", FIRST.replace("2025", "2023")], FIRST.replace("2025", "202?")),
        (FIRST, [FIRST.replace("5", "3"), FIRST.replace("31", "21")], FIRST.replace("31/10/2025", "?1/10/202?")),
        (FIRST, ["", ""], FIRST.replace("31/10/2025", "??/??/????")),
        ("ngày 15 tháng 6 năm 2023", ["ngày 15 tháng 8 năm 2023", ""], "ngày 15 tháng ? năm 2023"),
        ("trước ngày l5/1O/2023", ["trước ngày 15/10/2023"] * 2, "trước ngày 15/10/2023"),
        ("1. Gửi ngày 15/6/2023", ["L. Gửi ngày 15/6/2023"] * 2, "1. Gửi ngày 15/6/2023"),
    ],
)  # fmt: skip
def test_each_word_of_figures_is_what_most_readings_tell(first, others, made):
    assert said(voted(line(first), [line(each) if each else [] for each in others])) == made


def test_only_lines_with_a_date_are_read_again_and_doubts_are_named():
    columns = columns_of([*line("Kính gửi các đơn vị"), *line(FIRST, top=1300, number="2")], None)
    asked = []

    def again(lines, _sizes):
        asked.extend(said(each) for each in lines)
        return [[line(FIRST.replace("2025", "2023"))], [line(FIRST.replace("2025", "2028"))]]

    checked = checked_dates(columns, again)
    assert asked == [FIRST, FIRST]  # and once more where two more readings differ
    assert said(checked.columns.below[1]) == FIRST.replace("2025", "202?")
    assert checked.unsure == ("cáo trước ngày 31/10/202?",)
    assert "“cáo trước ngày 31/10/202?”" in problem_of(checked.unsure)[0]
    assert problem_of(()) == ()


def test_a_day_no_calendar_has_is_in_doubt_though_all_tell_it():
    columns = columns_of(line("gửi trước ngày 35/3/2026"), None)
    checked = checked_dates(columns, lambda lines, _: [lines, lines])
    assert said(checked.columns.below[0]) == "gửi trước ngày ??/3/2026"
    assert checked.unsure


@pytest.mark.parametrize(
    "date",
    ["1?/10/2023", "?5/10/2023", "15/1?/2023", "15/10/20?3", "??/??/????", "15 tháng 1? năm 2023", "?5 tháng 10 năm 2023"],
)  # fmt: skip
def test_a_date_in_doubt_is_a_due_without_a_day(date):
    words = f"gửi báo cáo về Sở Tư pháp trước ngày {date} để tổng hợp"
    told = due_in(words, fold(words))
    assert (told.due.words.value, told.due.day, told.due.kind) == (f"trước ngày {date}", None, "before")  # fmt: skip


PAPER = "SỞ TƯ PHÁP\nSố: 12/STP-VP\nThanh Giang, ngày 05 tháng 3 năm 2026\nKính gửi: Sở Nội vụ.\nSở Tư pháp đề nghị Sở Nội vụ gửi báo cáo trước ngày {due}.\nNơi nhận:\n- Như trên;\nGIÁM ĐỐC\nHồ Sỹ Tùng\n"


@pytest.mark.parametrize(
    ("due", "kept"),
    [("20/3/2026", True), ("20/3/2027", True), ("20/3/2025", False), ("20/3/2036", False)],
)
def test_a_due_no_paper_of_that_day_would_set_is_left_empty(due, kept):
    made = sifted(read_paper(PAPER.format(due=due).encode()), ("Hồ Sỹ Tùng",))
    assert (made.obligations[0].due.day is not None) == kept
    assert (UNLIKELY.format(words=f"trước ngày {due}") in made.problems) != kept


def test_lines_read_again_on_one_picture_go_back_to_their_places():
    page = Image.new("L", (2050, 2900), 255)
    ImageDraw.Draw(page).rectangle((600, 1200, 800, 1236), fill=0)
    lines = [line("gửi ngày 15/6/2023", left=300), line("chậm nhất 30/6/2023", top=1500, left=500)]
    for strips in strips_of(page, [box_of(each) for each in lines], (0.8, 1.5)):
        middle = (strips.tops[1] + strips.tops[2]) // 2
        seen = Word(20, middle - 15, 100, 30, ("1", "1", "1", "9"), 90.0, "chậm")
        tail = Word(20, strips.tops[1] + 2, 100, 10, ("1", "1", "1", "8"), 90.0, "g")
        first, second = back_on_lines([seen, tail], strips)
        assert first == []
        assert [word.text for word in second] == ["chậm"]
        assert second[0].left == lines[1][0].left - 36


def test_a_day_of_issue_the_paper_gainsays_judges_no_due():
    paper = PAPER.replace("2026", "2076").format(due="20/3/2026")
    more = paper.replace("Nơi nhận", "Sở Nội vụ gửi danh sách trước ngày 25/3/2026.\nNơi nhận")
    made = sifted(read_paper(more.encode()), ("Hồ Sỹ Tùng",))
    assert made.issued_on is None
    assert [each.due.day.isoformat() for each in made.obligations] == ["2026-03-20", "2026-03-25"]


def test_without_a_day_of_issue_a_due_of_a_year_told_only_there_is_left_empty():
    paper = PAPER.replace("Thanh Giang, ngày 05 tháng 3 năm 2026\n", "").format(due="20/3/2026")
    made = sifted(read_paper(paper.encode()), ("Hồ Sỹ Tùng",))
    assert made.obligations[0].due.day is None
