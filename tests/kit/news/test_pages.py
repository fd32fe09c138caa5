"""Pages: every layout gives the same article, sapo once, person not house."""

from pathlib import Path

import pytest

from hoiam.kit.lists import yaml_of
from hoiam.kit.news import extract

DATA = yaml_of((Path(__file__).parent / "cases/pages.yaml").read_text("utf-8"))
TEXTS = DATA["texts"]
SENTENCE = "Buổi làm việc kết thúc lúc mười một giờ, các bên ký biên bản và thống nhất lịch bàn giao tiếp theo. "


def filled(html: str) -> str:
    """The page with the article's texts put in."""
    for name, text in TEXTS.items():
        html = html.replace("{" + name + "}", text)
    return html


@pytest.mark.parametrize("case", DATA["cases"], ids=lambda case: case["label"])
def test_a_layout_gives_its_fields(case):
    page = extract(filled(case["html"]), url=case["url"]).as_json()
    assert {name: page[name] for name in case["expected"]} == case["expected"]
    assert page["sapo"] == TEXTS["sapo"]
    assert page["body"] == f"{TEXTS['one']}\n\n{TEXTS['two']}"


def unruled(paragraphs: list[str]) -> str:
    """A page of no known layout."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    menu = "<div class='menu'><a href='/'>Trang chủ</a></div>"
    return f"<html><body>{menu}<h1>Một phiên làm việc</h1><article>{body}</article></body></html>"


VIETNAMESE = [f"Đoạn {n}. {SENTENCE * 3}".strip() for n in range(5)]
FOREIGN = [
    f"Paragraph {n}. " + "The meeting ended at eleven, minutes were signed. " * 4 for n in range(5)
]


@pytest.mark.parametrize(
    ("paragraphs", "asked", "tier"),
    [
        (VIETNAMESE, {}, "fast"),
        (VIETNAMESE, {"thorough": True}, "full"),
        (FOREIGN, {}, "full"),
        (FOREIGN, {"quick": True}, "fast"),
    ],
    ids=["sure", "thorough", "foreign", "quick"],
)
def test_a_page_of_no_known_layout_is_read_by_the_cheapest_tier_that_is_sure(
    paragraphs, asked, tier
):
    page = extract(unruled(paragraphs), url="https://x.example/a", **asked)
    assert (page.tier, page.title, page.rule) == (tier, "Một phiên làm việc", "")
    assert page.body == "\n\n".join(one.strip() for one in paragraphs)


def test_a_rule_that_is_switched_off_reads_nothing():
    html = filled(DATA["cases"][0]["html"])
    url = DATA["cases"][0]["url"]
    ruled = extract(html, url=url)
    rule = ruled.rule.partition("@")[0]
    page = extract(html, url=url, without={rule})
    assert (ruled.tier, page.tier, page.rule) == ("site", "fast", "")
    assert page.body == ruled.body


def test_a_page_without_title_and_time_keeps_its_text_and_says_so():
    page = extract(
        f"<html><body><div><p>{SENTENCE * 4}</p></div></body></html>", url="https://x.example/a"
    )
    assert page.body == (SENTENCE * 4).strip()
    assert page.problems == (
        "Trang không có tiêu đề; hãy bổ sung bằng tay.",
        "Trang không ghi thời gian đăng; hãy bổ sung bằng tay.",
    )


@pytest.mark.parametrize("html", [b"", "", "   ", b"\x00\x00"])
def test_an_empty_page_is_told(html):
    assert extract(html, url="https://x.example/a").problems == (
        "Trang rỗng; hãy mở liên kết bằng trình duyệt và chụp lại.",
    )


def test_a_nesting_bomb_is_cut_and_what_stands_before_is_kept():
    html = (
        f"<html><body><h1>Một tin</h1><article><p>{SENTENCE * 4}</p></article>" + "<div>" * 200_000
    )
    page = extract(html, url="https://x.example/a")
    assert (page.title, page.body) == ("Một tin", (SENTENCE * 4).strip())
    assert "lồng quá" in page.problems[0]


def test_times_that_disagree_are_told():
    html = (
        '<html><head><meta property="article:published_time" content="2026-04-05T08:00:00+07:00"></head>'
        f"<body><h1>Tin</h1><article><p>{SENTENCE * 4}</p></article></body></html>"
    )
    page = extract(html, url="https://x.example/a-20250818132533149.htm")
    assert page.published_from == "meta"
    assert page.problems == (
        "Thời gian đăng không khớp giữa các chỗ trên trang (05/04/2026 08:00; 18/08/2025 13:25); "
        "hãy kiểm tra lại.",
    )


def test_broken_json_ld_still_gives_its_time():
    html = (
        '<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Bà "Sen" nói",'
        '"datePublished":"2026-04-05T08:00:00+07:00"}</script></head>'
        f"<body><h1>Bà Sen nói</h1><article><p>{SENTENCE * 4}</p></article></body></html>"
    )
    page = extract(html, url="https://x.example/a")
    assert (page.published_from, page.published_at.isoformat()) == (
        "json-ld",
        "2026-04-05T08:00:00+07:00",
    )


def test_an_unset_time_of_the_system_is_no_time():
    html = (
        '<html><head><meta property="article:published_time" content="0001-01-01T00:00:00"></head>'
        f"<body><h1>Tin</h1><article><p>{SENTENCE * 4}</p></article></body></html>"
    )
    assert extract(html, url="https://x.example/a").published_at is None


def test_a_logo_in_the_heading_is_not_the_title():
    html = (
        "<html><head><title>Hội nghị sơ kết | Báo Đò Mới</title><meta property='og:site_name' content='Báo Đò Mới'></head>"
        f"<body><h1><a>Báo Đò Mới</a></h1><h2>Hội nghị sơ kết</h2><p>14h05 ngày 5/4/2026</p><div><p>{SENTENCE * 4}</p></div></body></html>"
    )
    page = extract(html, url="https://do-moi.example/a")
    assert (page.title, page.published_from) == ("Hội nghị sơ kết", "page")
    assert page.published_at.isoformat() == "2026-04-05T14:05:00+07:00"


def test_a_page_laid_out_in_a_table_leaves_its_menu_out():
    html = (
        "<html><head><title>Hội nghị sơ kết - Cổng tin</title></head><body><table><tr><td><a href='/'>Trang chủ</a></td>"
        "<td><div class='tieude'>Hội nghị sơ kết</div><div>Ngày đăng: 05/04/2026 14:05</div>"
        f"<div>{SENTENCE * 3}<br><br>{SENTENCE}</div></td></tr></table></body></html>"
    )
    page = extract(html, url="https://cong-tin.example/a.aspx?id=3")
    assert (page.title, page.tier) == ("Hội nghị sơ kết", "fast")
    assert page.body == f"{(SENTENCE * 3).strip()}\n\n{SENTENCE.strip()}"


def test_a_day_yields_to_the_hour_of_the_same_day():
    html = (
        '<html><head><script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2026-04-05"}</script></head>'
        f"<body><h1>Tin</h1><span class='time'>14:05 05/04/2026</span><article><p>{SENTENCE * 4}</p></article></body></html>"
    )
    page = extract(html, url="https://x.example/a")
    assert (page.published_from, page.published_at.isoformat()) == (
        "page",
        "2026-04-05T14:05:00+07:00",
    )


BODY = f"<article><p>{SENTENCE * 2}</p><p>{SENTENCE * 2}</p></article>"
LD = '<script type="application/ld+json">{"@type":"NewsArticle",%s}</script>'
META = '<meta property="article:published_time" content="%s">'
NEAR = "<span class='time'>%s</span>"


def dated(ld: str = "", meta: str = "", near: str = "") -> str:
    """A page that tells its time in up to three places."""
    head = (LD % f'"datePublished":"{ld}"' if ld else "") + (META % meta if meta else "")
    return f"<html><head>{head}</head><body><h1>Tin</h1>{NEAR % near if near else ''}{BODY}</body></html>"


@pytest.mark.parametrize(
    ("places", "url", "source", "moment", "precision", "told"),
    [
        ({"ld": "2026-04-05T08:00:00+07:00", "meta": "2026-04-05T09:00:00+07:00", "near": "10:00 05/04/2026"}, "a", "json-ld", "2026-04-05T08:00", "minute", 0),
        ({"meta": "2026-04-05T09:00:00+07:00", "near": "10:00 05/04/2026"}, "a", "meta", "2026-04-05T09:00", "minute", 0),
        ({"near": "10:00 05/04/2026"}, "tin-20260405113000123.htm", "page", "2026-04-05T10:00", "minute", 0),
        ({}, "tin-20260405113000123.htm", "url", "2026-04-05T11:30", "minute", 0),
        ({"meta": "2026-04-05"}, "a", "meta", "2026-04-05T00:00", "day", 1),
        ({"meta": "4/8/2026 2:05:00 PM", "near": "14:05 - 08/04/2026"}, "a", "meta", "2026-04-08T14:05", "minute", 0),
        ({"meta": "2026-04-05T09:00:00+07:00", "near": "10:00 07/04/2026"}, "a", "meta", "2026-04-05T09:00", "minute", 1),
        ({"ld": "0001-01-01T00:00:00+07:00", "near": "T4, 08/04/2026 - 15:21"}, "a", "page", "2026-04-08T15:21", "minute", 0),
        ({"near": "2 giờ trước"}, "a", None, None, None, 1),
    ],
    ids=["json-ld", "meta", "page", "url", "day", "month first", "apart", "unset", "relative"],
)  # fmt: skip
def test_the_time_is_taken_in_order_and_told_with_its_place(
    places, url, source, moment, precision, told
):
    page = extract(dated(**places), url=f"https://x.example/{url}")
    read = page.published_at.strftime("%Y-%m-%dT%H:%M") if page.published_at else None
    assert (page.published_from, read, page.published_precision) == (source, moment, precision)
    assert len(page.problems) == told


def test_each_field_says_where_it_was_read():
    stated = '"datePublished":"2026-04-05T08:00:00+07:00","dateModified":"2026-04-05T09:00:00+07:00","articleSection":"Thời sự"'
    html = f"<html><head>{LD % stated}</head><body><h1>Tin</h1><span class='author'>Mai Sông</span>{BODY}</body></html>"
    page = extract(html, url="https://x.example/a")
    assert (page.author, page.author_from) == ("Mai Sông", "page")
    assert (page.section, page.section_from) == ("Thời sự", "json-ld")
    assert (page.modified_at.isoformat(), page.modified_from) == (
        "2026-04-05T09:00:00+07:00",
        "json-ld",
    )
    bare = extract(f"<html><body><h1>Tin</h1>{BODY}</body></html>", url="https://x.example/a")
    assert (bare.author_from, bare.section_from, bare.modified_from) == (None, None, None)


def test_the_sapo_of_another_article_is_not_taken():
    other = "Ba tháng đầu năm, toàn tỉnh giải quyết xong bốn nghìn việc, nhờ xử lý được hai khối tài sản."
    box = (
        f"<div class='more'><h3><a href='/b'>Tin khác</a></h3><p class='excerpt'>{other}</p></div>"
    )
    page = extract(
        f"<html><body><div><h1>Tin</h1>{BODY}{box}</div></body></html>", url="https://x.example/a"
    )
    assert (page.sapo, other in page.body) == ("", False)


def test_the_headlines_of_a_video_page_are_no_body():
    links = "".join(
        f"<li><a href='/{n}'>Một tin khác dài vừa đủ số {n}</a></li>" for n in range(20)
    )
    html = f"<html><body><h1>Bản tin tối</h1><video></video><ul>{links}</ul></body></html>"
    page = extract(html, url="https://x.example/a")
    assert page.body == ""
    assert "Không tách được nội dung bài" in page.problems[-1]


LONG = [f"Đoạn {n}. {SENTENCE * 3}".strip() for n in range(6)]


def ruled(inside: list[str], outside: list[str]) -> str:
    """A page whose rule finds only the paragraphs inside its box."""
    inner, outer = ("".join(f"<p>{one}</p>" for one in some) for some in (inside, outside))
    return f'<html><body><h1 data-role="title">Tin</h1><div><div data-role="content">{inner}</div>{outer}</div></body></html>'


def test_a_rule_that_reads_a_small_piece_of_the_text_yields_to_the_fast_tier():
    page = extract(ruled(LONG[:1], LONG[1:]), url="https://x.example/a")
    assert (page.tier, page.rules_missed) == ("fast", ("vccorp@2",))
    assert page.body == "\n\n".join(LONG)


def test_a_short_notice_is_left_to_its_rule():
    notice = f"Tòa soạn xin cải chính và xin lỗi bạn đọc. {SENTENCE}".strip()
    comments = [f"Bạn đọc {n} viết một ý kiến dài hơn cả bài, dài thật dài." * 3 for n in range(4)]
    html = (
        ruled([notice], []) + "<div class='comments'><p>" + "</p><p>".join(comments) + "</p></div>"
    )
    page = extract(html, url="https://x.example/a")
    assert (page.tier, page.rule, page.body) == ("site", "vccorp@2", notice)
