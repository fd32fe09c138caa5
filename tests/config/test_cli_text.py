"""`recognise`, `extract`, `read-feed`, `stories`: the shapes others build on."""

import io
import json
from datetime import datetime

import pytest

from hoiam.config.cli import main

TITLE = "Chi cục THADS huyện Sông Mây chậm giao tài sản trúng đấu giá"
ITEM = {"id": "a1", "title": TITLE, "text": f"{TITLE}. Người mua khiếu nại.", "khac": {"x": [1]}}
RECOGNISED = {"id", "relevant", "relevance", "agencies", "provinces", "stance", "kind", "severity", "reasons"}  # fmt: skip
EXTRACTED = {"id", "url", "canonical_url", "title", "sapo", "body", "author", "outlet", "published_at",
             "published_from", "modified_at", "tier", "problems"}  # fmt: skip
ENTRY = {"id", "link", "title", "summary", "author", "published_at", "published_raw", "problems"}
PAGE = """<html><head><title>Họp báo quý III</title>
<link rel="canonical" href="https://songthanh.example/hop-bao.html">
<meta property="article:published_time" content="2026-10-05T14:05:00+07:00"></head>
<body><article><h1>Họp báo quý III</h1><p>Sáng 5/10, cơ quan thi hành án dân sự tổ chức họp báo quý III tại trụ sở.</p>
<p>Người phát ngôn trả lời từng câu hỏi của phóng viên các báo về tiến độ giải quyết.</p></article></body></html>"""
FEED = """<rss version="2.0"><channel><title>Báo Sông Thanh</title>{}</channel></rss>"""
GOOD = """<item><guid>1</guid><title>Họp báo</title><link>https://songthanh.example/1</link>
<pubDate>Mon, 05 Oct 2026 14:05:00 +0700</pubDate></item>"""


@pytest.fixture
def ask(capsys, tmp_path):
    """A verb run on a file's content: its exit code, the JSON it printed, what it said."""

    def asked(verb: str, content: str, *words: str):
        file = tmp_path / "vao"
        file.write_text(content, encoding="utf-8")
        code = main([verb, *words, str(file)])
        said = capsys.readouterr()
        one = verb in {"recognise", "extract"} and "--jsonl" not in words
        found = (
            [json.loads(said.out)]
            if one and said.out
            else [json.loads(x) for x in said.out.splitlines()]
        )
        return code, found, said.err

    return asked


@pytest.mark.parametrize("words", [[], ["--jsonl"]])
def test_recognise_gives_the_contracts_shape(ask, words):
    code, [found], said = ask("recognise", json.dumps(ITEM), *words)
    assert (code, said) == (0, "")
    assert set(found) == RECOGNISED | {"khac"}
    assert (found["id"], found["khac"], found["relevant"]) == ("a1", {"x": [1]}, True)
    assert 0 <= found["relevance"] <= 1 and found["severity"] in {0, 1, 2, 3}
    assert found["stance"] in {"negative", "neutral", "positive", None}
    for agency in found["agencies"]:
        assert set(agency) == {"name", "code", "level", "province", "today", "confidence", "spans"}
        assert agency["level"] in {"centre", "province", "district", "region", "military"}
    for reason in found["reasons"]:
        assert set(reason) == {"rule", "field", "start", "end", "text", "weight"}
        assert ITEM[reason["field"]][reason["start"] : reason["end"]] == reason["text"]


@pytest.mark.parametrize(
    ("known", "name"),
    [
        ({"outlet": "Báo Bắc Giang"}, "Cục THADS tỉnh Bắc Giang"),
        ({"url": "https://m.baobacgiang.vn/a-1.html"}, "Cục THADS tỉnh Bắc Giang"),
        (
            {"url": "https://baobacgiang.vn/a", "published_at": "2026-08-03T08:00:00+07:00"},
            "THADS tỉnh Bắc Ninh",
        ),
        ({"outlet": "Báo Bắc Giang", "home_province": "Hà Tĩnh"}, "Cục THADS tỉnh Hà Tĩnh"),
        ({"outlet": "Báo Bắc Giang", "home_province": None}, "Cục THADS tỉnh Bắc Giang"),
    ],
)
def test_recognise_knows_the_home_of_an_outlet_unless_it_is_given(ask, known, name):
    given = {"id": 1, "title": "Cục THADS tỉnh họp", "published_at": "2024-05-06", "lo": 7, **known}
    _, [found], _ = ask("recognise", json.dumps(given))
    assert [agency["name"] for agency in found["agencies"]] == [name]
    assert set(found) == RECOGNISED | {"lo"}


def test_recognise_takes_no_home_from_the_name_of_an_account(ask):
    given = {"title": "Cục THADS tỉnh họp", "published_at": "2024-05-06", "outlet": "Báo Bắc Giang"}
    _, [found], _ = ask("recognise", json.dumps(given | {"url": "https://www.facebook.com/a/1"}))
    assert "Cục THADS tỉnh Bắc Giang" not in [agency["name"] for agency in found["agencies"]]


@pytest.mark.parametrize(("field", "code"), [("url", 0), ("home_province", 2)])
def test_recognise_with_a_number_for_a_word_never_breaks(ask, field, code):
    answer, _, said = ask("recognise", json.dumps({"title": "Cục THADS tỉnh họp", field: 5}))
    assert (answer, "phải là chữ" in said) == (code, code == 2)


def test_recognise_without_an_id_says_null(ask):
    _, [found], _ = ask("recognise", '{"title": "Giá vàng hôm nay"}')
    assert (found["id"], found["relevant"], found["agencies"]) == (None, False, [])


def test_extract_reads_a_page(ask):
    code, [found], said = ask(
        "extract", PAGE, "--url", "https://songthanh.example/hop-bao.html?utm=1"
    )
    assert (code, said) == (0, "")
    assert set(found) >= EXTRACTED
    assert found["title"] == "Họp báo quý III"
    assert found["canonical_url"] == "https://songthanh.example/hop-bao.html"
    assert found["published_at"] == "2026-10-05T14:05:00+07:00"
    assert found["tier"] in {"site", "fast", "full"}


def test_extract_reads_lines_and_carries_what_it_does_not_know(ask):
    line = json.dumps({"id": 7, "url": "https://songthanh.example/a", "html": PAGE, "lo": "x"})
    code, [found], _ = ask("extract", line, "--jsonl")
    assert (code, found["id"], found["lo"], "html" in found) == (0, 7, "x", False)


def test_extract_refuses_html_that_is_no_text(ask):
    code, found, said = ask("extract", '{"id": 1, "html": 5}', "--jsonl")
    assert (code, found) == (2, [])
    assert said == "Dòng 1: Trường “html” phải là chữ; hãy sửa dòng này rồi chạy lại.\n"


def test_read_feed_gives_entries(ask):
    code, [found], said = ask("read-feed", FEED.format(GOOD))
    assert (code, said) == (0, "")
    assert set(found) == ENTRY
    assert datetime.fromisoformat(found["published_at"]) == datetime.fromisoformat(
        "2026-10-05T14:05+07:00"
    )


def test_read_feed_ends_with_1_when_a_time_is_not_read(ask):
    code, [found], _ = ask("read-feed", FEED.format(GOOD.replace("Mon, 05 Oct 2026", "hôm nào đó")))
    assert (code, found["published_at"]) == (1, None)
    assert "hôm nào đó" in found["published_raw"]


def test_read_feed_ends_with_1_when_an_entry_has_neither_title_nor_link(ask):
    items = [
        {"url": "https://songthanh.example/1", "title": "Giá rau"},
        {"content_text": "Một tin không tên."},
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "items": items}
    code, found, said = ask("read-feed", json.dumps(feed))
    assert (code, len(found), found[1]["summary"]) == (1, 2, "Một tin không tên.")
    assert said == (
        "Có 1 mục không có cả tiêu đề lẫn liên kết; khi thu thập sẽ bỏ qua vì không biết đó là tin gì.\n"
    )


def test_read_feed_ends_with_2_when_it_is_no_feed(ask):
    code, found, said = ask("read-feed", PAGE)
    assert (code, found, said.count("\n")) == (2, [], 1)


def test_stories_gives_the_contracts_shape(ask):
    items = [ITEM | {"id": n, "published_at": f"2026-10-0{n}T08:00:00+07:00"} for n in (1, 2)]
    code, found, said = ask("stories", "\n".join(map(json.dumps, items)), "--jsonl")
    assert (code, said) == (0, "")
    assert [(one["id"], one["story"], one["duplicate_of"]) for one in found] == [
        (1, 1, None),
        (2, 1, 1),
    ]
    for one in found:
        assert set(one) == {"id", "story", "duplicate_of", "score", "shared", "khac"}
        assert isinstance(one["score"], int | float) and isinstance(one["shared"], list)


def test_stdin_of_another_program_is_read(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(json.dumps(ITEM).encode())))
    assert main(["recognise"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "a1"
