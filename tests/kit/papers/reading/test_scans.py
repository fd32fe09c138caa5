"""Scanned pages: levelled, their columns found, the number and the day read twice, nothing invented."""

import io
import shutil
import subprocess

import pytest
from PIL import Image, ImageChops, ImageDraw

from hoiam.kit.papers import read_paper
from hoiam.kit.papers.reading import scan_heads
from hoiam.kit.papers.reading.scan_doubts import sifted
from hoiam.kit.papers.reading.scan_heads import agreed, checked, day_in, has_state_title, number_in
from hoiam.kit.papers.reading.scan_names import UNSIGNED, names_of
from hoiam.kit.papers.reading.scan_pages import LONG_SIDE, lane_of, prepared
from hoiam.kit.papers.reading.scan_repair import about_of, body_of, mended, office_of
from hoiam.kit.papers.reading.scan_words import Word, columns_of, items_of, words_of
from hoiam.kit.vietnamese import fold
from tests.kit.papers.reading.making import cases, file_of

CASE = cases()["45-cong-van-in-pdf"]
SIZE = (2050, LONG_SIDE)


def line(text, left=300, top=200, sure=95.0, number="1"):
    """The words of one line, 20 dots apart, each letter 20 dots wide."""
    words = []
    for said in text.split(" "):
        words.append(Word(left, top, 20 * len(said), 36, ("1", "1", "1", number), sure, said))
        left += 20 * len(said) + 20
    return words


def page(two_columns=True):
    """A page with lines of black boxes where words would stand."""
    picture = Image.new("L", SIZE, 255)
    draw = ImageDraw.Draw(picture)
    for row in range(5):
        top = 200 + row * 60
        draw.rectangle((300, top, 880, top + 34), fill=0)
        if two_columns:
            draw.rectangle((980, top, 1830, top + 34), fill=0)
    for row in range(20):
        draw.rectangle((300, 620 + row * 65, 1850, 654 + row * 65), fill=0)
    return picture


def test_the_lane_between_the_columns_of_a_letterhead_is_found():
    lane = lane_of(page())
    assert 880 < lane.x < 980
    assert 190 <= lane.top <= 210
    assert 600 <= lane.foot <= 630


def test_a_page_of_one_column_or_of_nothing_has_no_lane():
    assert lane_of(page(two_columns=False)) is None
    assert lane_of(Image.new("L", SIZE, 255)) is None


@pytest.mark.parametrize("angle", [-1.5, 0.7, 1.5])
def test_a_page_laid_askew_is_turned_level(angle):
    askew = page().rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
    ends = [(310, 626), (1840, 626)]  # of the first line that runs across the page
    assert not all(askew.getpixel(place) == 0 for place in ends)
    level = prepared(askew)
    assert all(level.getpixel(place) < 40 for place in ends)
    assert abs(lane_of(level).foot - 620) <= 24


def test_grey_paper_becomes_white_and_faded_ink_black():
    faded = page().point(lambda value: 235 if value else 70)
    made = prepared(faded)
    assert made.getpixel((100, 1500)) == 255
    assert made.getpixel((1000, 640)) < 40


def test_a_red_stamp_below_the_head_goes_and_a_blue_number_in_it_stays():
    colour = page().convert("RGB")
    draw = ImageDraw.Draw(colour)
    draw.rectangle((900, 2300, 1300, 2500), fill=(220, 40, 40))
    draw.rectangle((300, 520, 880, 554), fill=(40, 40, 200))
    made = prepared(colour)
    assert made.getpixel((1100, 2400)) > 200
    assert made.getpixel((600, 537)) < 80


def test_a_picture_of_any_kind_and_size_is_made_ready():
    for mode in ("1", "L", "P", "RGB", "RGBA", "CMYK", "I;16"):
        made = prepared(Image.new(mode, (300, 420)))
        assert (made.mode, made.height) == ("L", LONG_SIDE)
    assert max(prepared(Image.new("L", (5000, 1))).size) == LONG_SIDE


def test_rows_that_are_no_words_are_passed_over():
    table = "level\tpage_num\n5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t96.5\tSố:\n4\t1\t1\t1\t1\t0\t1\t1\t1\t1\t-1\t\n5\t1\t1\t1\t1\t2\tx\t20\t30\t40\t96\tA\nso: 1"
    assert words_of(table) == [Word(10, 20, 30, 40, ("1", "1", "1", "1"), 96.5, "Số:")]


def test_specks_and_the_grain_of_a_stamp_are_no_words():
    words = [*line("Nơi nhận:"), *line("| ,. 3) Wv", top=260, sure=12, number="2")]
    assert [w.text for row in columns_of(words, None).below for w in row] == ["Nơi", "nhận:"]


def test_the_left_column_is_read_before_the_right_one():
    lane = lane_of(page())
    words = [
        *line("SỞ TƯ PHÁP", top=210, number="1"),
        *line("CỘNG HÒA XÃ HỘI", left=990, top=210, number="1"),
        *line("Số: 12/STP-VP", top=270, number="2"),
        *line("Thanh Giang, ngày 05 tháng 3 năm 2026", left=990, top=270, number="2"),
        *line("Kính gửi: Phòng Thi hành án dân sự khu vực 2", left=600, top=640, number="3"),
    ]
    items = items_of(columns_of(words, lane), SIZE)
    assert [each.text.split()[0] for each in items] == ["SỞ", "Số:", "CỘNG", "Thanh", "Kính"]


def test_a_line_that_runs_across_the_lane_ends_the_letterhead():
    lane = lane_of(page())
    words = [
        *line("SỞ TƯ PHÁP", top=210),
        *line("CỘNG HÒA", left=990, top=210),
        *line("Kết quả kiểm tra thông tin báo nêu về vụ việc", left=500, top=400, number="2"),
    ]
    columns = columns_of(words, lane)
    assert len(columns.left) == len(columns.right) == len(columns.below) == 1


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("Số: 318/CQLTHADS-VP", "Số: 318/CQLTHADS-VP"),
        ("S0: O9/KH-THADS", "Số: 09/KH-THADS"),
        ("Sö: 1206/5TP-PBGDPL,", "Số: 1206/STP-PBGDPL"),
        ("- SỐ: l2/2026/NĐ-CP", "Số: 12/2026/NĐ-CP"),
        ("Số: 45—BC", None),
        ("Số: KH-THADS", None),
        ("SỞ TƯ PHÁP", None),
    ],
)
def test_look_alikes_are_mended_only_in_the_shape_of_a_number(said, number):
    told = number_in(line(said))
    assert (told[0] if told else None) == number


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("Thanh Giang, ngày 27 tháng T1 nàm 2025", "Thanh Giang, ngày 27 tháng 11 năm 2025"),
        ("Hà Nội, ngày O5 thang 3 năm 2026", "Hà Nội, ngày 05 tháng 3 năm 2026"),
        ("Hà Nội, ngày 2T tháng 9 năm 2026", None),
        ("Hà Nội, ngày 37 tháng 9 năm 2026", None),
        ("Hà Nội, ngày 05 tháng 3 năm 20285", None),
        ("Hà Nội, ngày tháng năm 2026", None),
    ],
)
def test_a_day_is_told_only_where_one_day_is_left(said, day):
    told = day_in(line(said))
    assert (told[0] if told else None) == day


def test_what_two_readings_tell_apart_is_left_empty():
    lines = [line("SỞ TƯ PHÁP"), line("Số: 12/STP-VP", top=270, sure=70, number="2")]
    columns = columns_of([word for each in lines for word in each], lane_of(page()))
    same, is_unsure = checked(columns, line("Số: 12/STP-VP", top=270), [])
    assert (same.left[-1][0].text, is_unsure) == ("Số: 12/STP-VP", False)
    other, is_unsure = checked(columns, line("Số: 72/STP-VP", top=270, sure=75), [])
    assert (other.left[-1][0].text, is_unsure) == ("Số:", True)
    surer, is_unsure = checked(columns, line("Số: 72/STP-VP", top=270, sure=96), [])
    assert (surer.left[-1][0].text, is_unsure) == ("Số: 72/STP-VP", False)
    assert agreed(("Hà Nội, ngày 05", 60.0), ("Hà Nói, ngày 05", 50.0)) == "Hà Nội, ngày 05"
    alone, is_unsure = checked(columns_of([], lane_of(page())), line("Số: 12/STP", sure=30), [])
    assert (alone.left[-1][0].text, is_unsure) == ("Số:", True)


def test_where_two_readings_differ_more_are_asked_and_most_of_them_count():
    lines = [line("SỞ TƯ PHÁP"), line("Số: 12/STP-VP", top=270, sure=96, number="2")]
    columns = columns_of([word for each in lines for word in each], lane_of(page()))
    other = line("Số: 72/STP-VP", top=270, sure=60)
    asked = []

    def again(said):
        def more(words):
            asked.append(words)
            return [line(each) for each in said]

        return more

    made, is_unsure = checked(columns, other, [], again(["Số: 72/STP-VP", "Số: 72/STP-VP"]))
    assert (made.left[-1][0].text, is_unsure) == ("Số: 72/STP-VP", False)
    made, is_unsure = checked(columns, other, [], again(["Số: 72/STP-VP", "Số: 12/STP-VP"]))
    assert (made.left[-1][0].text, is_unsure) == ("Số:", True)
    asked.clear()
    checked(columns, line("Số: 12/STP-VP", top=270), [], again(["Số: 72/STP-VP"] * 2))
    assert asked == []


def test_a_number_without_its_stroke_is_read_once_more():
    columns = columns_of(line("SỐ: 86CT-UBND", top=270), lane_of(page()))
    made, _ = checked(columns, [], [], lambda _: [line("Số: 86/CT-UBND")] * 2)
    assert made.left[-1][0].text == "Số: 86/CT-UBND"


def columns_with(*below):
    rows = [line(said, left=1100, top=2000 + at * 60, number=str(at)) for at, said in enumerate(below)]  # fmt: skip
    return columns_of([word for row in rows for word in row], None)


@pytest.mark.parametrize(
    ("said", "again", "names"),
    [
        ("Hồ Sý Tùng", ["Hồ Sỹ Tùng", "Hồ Sỹ Tùng"], ["Hồ Sỹ Tùng"]),
        ("Hồ Sý Tùng", ["Hồ Sỹ Tùng", "Hồ Sì Tùng"], []),
        ("Nguyên Đức Thuận", ["Nguyễn Đức Thuận", "x"], ["Nguyễn Đức Thuận"]),
        ("Hồ Sý Tùng", ["x", "y"], []),
        ("Vy MỤpM", ["Vy MỤpM", "Vy MỤpM"], []),
        ("Phạm Quoc Vượng", ["Phạm Quoc Vượng"] * 2, []),
        ("DÂN SƯ", ["DÂN SƯ"] * 2, []),
    ],
)
def test_only_a_personal_name_that_readings_agree_on_is_a_signers(said, again, names):
    told = [line(each) for each in again]
    assert names_of(columns_with("GIÁM ĐỐC", said), SIZE[0], lambda _: told) == names


def test_a_name_that_stands_under_no_office_or_is_never_sure_is_no_signers():
    def sure(_):
        return [line("Hồ Sỹ Tùng")] * 2

    def unsure(_):
        return [line("Hồ Sỹ Tùng", sure=40)] * 2

    assert names_of(columns_with("Nơi nhận", "Hồ Sỹ Tùng"), SIZE[0], sure) == []
    assert names_of(columns_with("GIÁM ĐỐC", "Hồ Sỹ Tùnk"), SIZE[0], unsure) == []


PAPER = "SỞ TƯ PHÁP\nSố: {number}\nThanh Giang, ngày 05 tháng 3 năm {year}\nKính gửi: Sở Nội vụ.\nBáo cáo trước ngày 20/3/2026.\nNơi nhận:\n- Như trên;\nGIÁM ĐỐC\n{signer}\n"


def sifted_paper(number="12/STP-VP", year=2026, signer="Hồ Sỹ Tùng", names=("Hồ Sỹ Tùng",)):
    text = PAPER.format(number=number, year=year, signer=signer)
    return sifted(read_paper(text.encode()), names)


def test_a_scan_that_contradicts_nothing_keeps_its_fields():
    made = sifted_paper()
    assert made.number.value == "12/STP-VP"
    assert made.issued_on.value.year == 2026
    assert made.signer.value == "Hồ Sỹ Tùng"
    assert not {scan_heads.UNSURE, UNSIGNED} & set(made.problems)


@pytest.mark.parametrize(
    ("number", "left"),
    [
        ("12/STF-VP", None),
        ("12/STP-NVI", None),
        ("12/SFP-VP", None),
        ("12/SXP-VP", None),
        ("12/STP-NV1", "12/STP-NV1"),
        ("12/QĐ-STP", "12/QĐ-STP"),
    ],
)
def test_a_symbol_with_a_letter_its_issuer_does_not_have_is_left_empty(number, left):
    made = sifted_paper(number=number)
    assert (made.number.value if made.number else None) == left
    assert (scan_heads.UNSURE in made.problems) == (left is None)


def test_a_year_far_from_all_the_paper_speaks_of_is_left_empty():
    made = sifted_paper(year=2036)
    assert made.issued_on is None
    assert scan_heads.UNSURE in made.problems


def test_a_signer_no_two_readings_tell_is_left_empty_or_the_agreed_one_taken():
    made = sifted_paper(signer="Vỵ Mụ", names=())
    assert made.signer is None
    assert UNSIGNED in made.problems
    assert sifted_paper(signer="Hồ Sý Tùng").signer.value == "Hồ Sỹ Tùng"
    assert sifted_paper(signer="Hồ Sý Tùng", names=("Lê An", "Lý An")).signer is None


def test_a_number_only_the_second_reading_found_stands_in_its_column():
    columns = columns_of([*line("SỞ TƯ PHÁP"), *line("V/v họp báo", top=330, number="3")], lane_of(page()))  # fmt: skip
    made, _ = checked(columns, line("Số: 12/STP-VP", top=270), [])
    assert [row[0].text for row in made.left] == ["SỞ", "Số: 12/STP-VP", "V/v"]


def test_only_a_page_that_opens_with_the_state_title_has_a_letterhead():
    assert has_state_title(line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"))
    assert has_state_title(line("ĐẢNG CỘNG SẢN VIỆT NAM"))
    assert not has_state_title(line("Danh sách người dự họp"))


def test_marks_are_set_again_in_words_of_state_papers_only():
    assert mended("Phòng Thị hành ản dân sự") == "Phòng Thi hành án dân sự"
    assert mended("Bà Thị Hành, chị Ấn") == "Bà Thị Hành, chị Ấn"
    assert mended("biểu thị hành vi") == "biểu thị hành vi"
    assert office_of("KT. CỤC TRƯỚNG") == "KT. CỤC TRƯỞNG"
    assert office_of("TỔỐNG CỤC TRƯỞNG TỔNG CỤC THI HÀNH ÁN DÂN SỰ").startswith("TỔNG CỤC TRƯỞNG T")
    assert body_of("TĨNH THANH GIANG") == "TỈNH THANH GIANG"
    assert body_of("SỞ CÔNG THƯƠNG") == "SỞ CÔNG THƯƠNG"
    assert office_of("ĐẶNG VĂN CỤC") == "ĐẶNG VĂN CỤC"
    assert about_of("V/v rà soát") == "V/v rà soát"


def _reads_scans():
    tool = shutil.which("tesseract")
    if tool is None or shutil.which("pdftoppm") is None:
        return False
    told = subprocess.run([tool, "--list-langs"], capture_output=True, check=False)
    return b"vie" in told.stdout.split()


def scan_of(folder, dpi, skew, quality):
    """The printed letter as an office's machine scans it: grey, askew, grained, with a stamp's ring, JPEG in a PDF."""
    printed = folder / "printed.pdf"
    printed.write_bytes(file_of(CASE))
    subprocess.run(
        ["pdftoppm", "-r", str(dpi), "-gray", "-png", "-singlefile", str(printed), str(folder / "p")],
        check=True,
    )  # fmt: skip
    picture = Image.open(folder / "p.png").convert("L")
    draw = ImageDraw.Draw(picture)
    right, low = picture.width * 0.55, ImageChops.invert(picture).getbbox()[3]
    reach = dpi * 0.7
    draw.ellipse((right - reach, low - 2.2 * reach, right + reach, low - 0.2 * reach), outline=130, width=3)  # fmt: skip
    picture = picture.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.point(lambda value: 45 + value * 190 // 255)
    out = io.BytesIO()
    picture.save(out, "PDF", resolution=dpi, quality=quality)
    return out.getvalue()


@pytest.mark.skipif(not _reads_scans(), reason="máy này không có tesseract tiếng Việt và pdftoppm")
@pytest.mark.parametrize(("dpi", "skew", "quality"), [(200, -1.2, 75), (300, 0.8, 60)])
def test_a_scan_askew_in_a_pdf_is_read(tmp_path, dpi, skew, quality):
    reading = read_paper(scan_of(tmp_path, dpi, skew, quality))
    told, truth = reading.as_json(), CASE["truth"]
    assert reading.is_machine_read
    assert scan_heads.UNSURE not in reading.problems
    for name in ("kind", "number", "signer"):
        assert told[name] == truth[name]
    assert fold(told["issuer"]) == fold(truth["issuer"])  # a mark over a capital may be lost
    assert told["issued_on"] == str(truth["issued_on"])
