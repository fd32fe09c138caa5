"""Corrections and carried responses: the cases of the YAML, spans that hold the words, links, hostile text."""

from datetime import date
from pathlib import Path
from time import process_time

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.news import Page
from hoiam.kit.news.corrections import (
    Wanted,
    correction_links,
    find_carried,
    judge_answer,
    section_guesses,
)

DATA = yaml_of((Path(__file__).parent / "cases" / "corrections.yaml").read_text(encoding="utf-8"))
TEXTS = [*DATA["cases"], *DATA["negatives"]]


def wanted(name):
    row = {key: tuple(v) if isinstance(v, list) else v for key, v in DATA["asked"][name].items()}
    return Wanted(**row)


@pytest.mark.parametrize("case", TEXTS, ids=[case["label"] for case in TEXTS])
def test_case(case):
    found = find_carried(wanted(case["wanted"]), case["title"], "", case["body"])
    assert found.result == case["expected"], (case["why"], found.sentence)
    if case["expected"] != "none":
        missing = list(dict.fromkeys(lack.element for lack in found.missing))
        assert missing == case.get("missing", []), found.sentence
    assert found.sentence


@pytest.mark.parametrize("case", DATA["pages"], ids=[case["label"] for case in DATA["pages"]])
def test_page(case):
    page = Page(title=case.get("title", ""), body=case.get("body", ""))
    more = {key: case[key] for key in ("status", "asked", "final", "is_article") if key in case}
    found = judge_answer(wanted(case["wanted"]), page, **more)
    assert found.result == case["expected"], (case["why"], found.sentence)


def test_there_are_enough_cases():
    assert len(TEXTS) + len(DATA["pages"]) >= 50
    assert len({case["label"] for case in [*TEXTS, *DATA["pages"]]}) == len(TEXTS) + len(DATA["pages"])  # fmt: skip


def test_spans_hold_the_words():
    case = DATA["cases"][0]
    texts = {"title": case["title"], "body": case["body"]}
    found = find_carried(wanted("correction"), case["title"], "", case["body"])
    held = {mark.element: texts[mark.field][mark.start : mark.end] for mark in found.found}
    assert all(texts[m.field][m.start : m.end] == m.text for m in found.found)
    assert held["heading"] == "Thông tin cải chính, xin lỗi"
    assert held["day"] == "3/8/2026"
    assert held["title"].strip("“”, ").startswith("Thi hành án dân sự Thanh Giang")
    assert "đã được chi trả cho ông Thử ngày 20/6/2026" in held["right"]


def test_the_sentence_names_what_is_missing():
    case = next(c for c in DATA["cases"] if c["label"] == "no day")
    found = find_carried(wanted("correction"), case["title"], "", case["body"])
    assert found.sentence.endswith("thiếu ngày đăng 03/08/2026.")


HOME = """<html><body><nav><a href="/">Trang chủ</a><a href="/cai-chinh">Cải chính</a></nav>
<a href="/tin-1.html">Giá rau tăng</a><a href="/tin-2.html">Thông tin cải chính, xin lỗi về giá nước</a>
<a href="/tin-3.html">Thông tin cải chính, xin lỗi: Thi hành án dân sự Thanh Giang ôm tiền của dân suốt hai năm</a>
<a href="https://khac.example/cai-chinh.html">Cải chính</a><a href="javascript:void(0)">Xin lỗi</a></body></html>""".encode()


def test_links_of_a_home_page_ours_first_and_only_of_the_site():
    ours = wanted("correction").title
    found = correction_links(HOME, url="https://songthanh.example/", title=ours)
    assert found == (
        "https://songthanh.example/tin-3.html",
        "https://songthanh.example/cai-chinh",
        "https://songthanh.example/tin-2.html",
    )


def test_the_section_of_corrections_is_guessed():
    assert section_guesses(HOME, url="https://songthanh.example/") == (
        "https://songthanh.example/cai-chinh",
    )
    assert section_guesses(b"", url="https://songthanh.example/") == ()


@pytest.mark.parametrize(
    "unit", ["xin lỗi bạn đọc ", "cải chính, ", "1,2 tỷ đồng của ông Thử ", "“"]
)
def test_hostile_text_is_read_in_time(unit):
    began = process_time()
    find_carried(wanted("two"), unit * 50, "", unit * 8000)
    assert process_time() - began < 3


def test_nothing_known_of_the_work_is_not_asked_for():
    bare = Wanted(kind="correction", day=date(2026, 8, 5), url="https://a.example/1")
    found = find_carried(bare, "Thông tin cải chính, xin lỗi", "", "Về bài https://a.example/1")
    assert found.result == "complete"
