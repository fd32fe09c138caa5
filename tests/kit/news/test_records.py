"""The command line's shapes, exactly as the contract writes them."""

from hoiam.kit.news import extract_record, has_losses, read_feed_lines, story_records

FEED = "<rss><channel><item><title>Tin</title><link>/1</link><pubDate>05/04/2026 08:00</pubDate></item></channel></rss>"
PAGE_KEYS = [
    "id", "url", "note", "canonical_url", "title", "sapo", "body", "author", "outlet", "published_at", "published_from",
    "modified_at", "section", "tier", "problems",
    "published_precision", "modified_from", "author_from", "section_from", "rule", "rules_missed",
]  # fmt: skip


def test_feed_lines_follow_the_contract():
    lines, feed = read_feed_lines(FEED.encode(), "https://bst.example/rss")
    assert [line["link"] for line in lines] == ["https://bst.example/1"]
    assert list(lines[0]) == [
        "id", "link", "title", "summary", "author", "published_at", "published_raw", "problems"
    ]  # fmt: skip
    assert has_losses(feed) is False


def test_an_unread_time_is_a_finding():
    _, feed = read_feed_lines(FEED.replace("05/04/2026 08:00", "hôm nọ").encode())
    assert has_losses(feed) is True


def test_a_page_record_carries_unknown_keys():
    answer = extract_record(
        {"id": 7, "url": "https://bst.example/1", "html": "<h1>Tin</h1>", "note": "giữ"}
    )
    assert list(answer) == PAGE_KEYS
    assert (answer["id"], answer["note"], answer["title"]) == (7, "giữ", "Tin")


def test_story_records_answer_as_they_come():
    records = (
        {"id": str(n), "title": "Giao đất Gò Mây cho bà Lê Thị Sen ở huyện Tân Sông", "tag": n}
        for n in range(2)
    )
    assert list(story_records(records)) == [
        {"id": "0", "tag": 0, "story": "0", "duplicate_of": None, "score": 1.0, "shared": []},
        {"id": "1", "tag": 1, "story": "0", "duplicate_of": "0", "score": 1.0, "shared": SHARED},
    ]


SHARED = ["lê thị sen", "tân sông", "gò mây", "giao đất", "đất gò", "bà lê"]
