"""The committed pages are what `make docs` would write now."""

from datetime import date

import pytest

from hoiam.kit.rulebook import rule
from tools.docs import GENERATED, ROOT, cell, table, time_of


@pytest.mark.parametrize("path", GENERATED, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_committed_page_equals_a_fresh_one(path):
    assert path.read_text(encoding="utf-8") == GENERATED[path](), "run: make docs"


def test_a_cell_cannot_break_its_table():
    made = table(["a", "b"], [["x | y", "one\ntwo"]])
    assert made == "| a | b |\n| --- | --- |\n| x \\| y | one two |\n"
    assert cell("") == "–"


@pytest.mark.parametrize(
    ("rule_id", "day", "expected"),
    [
        ("PN-01", date(2026, 7, 1), "24 giờ"),
        ("TL-02", date(2026, 7, 1), "15 ngày làm việc"),
        ("CC-01", date(2026, 7, 1), "làm ngay"),
        ("HB-01", date(2026, 7, 1), "trước ít nhất 24 giờ"),
        ("HB-03h", date(2017, 1, 1), "10 ngày đầu mỗi quý"),
        ("PN-06", date(2026, 7, 1), "trước ngày 20/12 hằng năm"),
        ("PH-01", date(2026, 7, 1), "tùy loại hình báo chí"),
        ("PH-02", date(2026, 7, 1), "tối đa 2 lượt"),
        ("CC-05", date(2026, 7, 1), "chưa xác minh"),
    ],
)
def test_a_rule_tells_its_time_in_words(rule_id, day, expected):
    assert time_of(rule(rule_id).at(day)) == expected
