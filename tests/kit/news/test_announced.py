"""Announced days: the cases of the YAML, spans that hold the words, and hostile text that costs no time."""

from datetime import date
from pathlib import Path
from time import process_time

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.news import announced
from hoiam.kit.vietnamese import nfc

CASES = yaml_of((Path(__file__).parent / "cases" / "announced.yaml").read_text(encoding="utf-8"))
ALL = [*CASES["cases"], *CASES["negatives"]]


@pytest.mark.parametrize("case", ALL, ids=[case["label"] for case in ALL])
def test_case(case):
    found = announced([("text", case["text"])], case["published"])
    assert [[each.kind, each.day] for each in found] == case["expected"], case["why"]
    if "hours" in case:
        assert [each.at.isoformat() for each in found] == case["hours"]


def test_spans_hold_the_words_and_the_reason_tells_the_year():
    text = "Mở đầu. Sáng 12/8, tòa mở phiên tòa ở Bến Thóc."
    [found] = announced([("title", ""), ("text", text)], date(2026, 8, 5))
    assert (found.field, nfc(text)[found.start : found.end]) == ("text", "12/8")
    assert nfc(text)[found.trigger_start : found.trigger_end] == "mở phiên tòa"
    assert found.sentence == "Sáng 12/8, tòa mở phiên tòa ở Bến Thóc."
    assert found.why == (
        "Bài viết “mở phiên tòa” cùng câu với “12/8”, hiểu là 12/08/2026 theo ngày đăng bài."
    )


def test_long_text_without_stops_is_read_in_time():
    text = "phiên tòa ngày 12/8 " * 3000
    began = process_time()
    assert len(announced([("text", text)], date(2026, 8, 5))) == 1
    assert process_time() - began < 5
