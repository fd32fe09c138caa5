"""Stories: reports of one event together, sister events apart, every link with its reasons."""

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from benchmarks.stories import bcubed, events, fold
from hoiam.kit.news import StoryIndex, StoryItem, StoryLink
from hoiam.kit.vietnamese import VIETNAM

_ROOT = Path(os.environ.get("HOIAM_SHARED") or Path(__file__).parents[3] / "../shared")
_FOLDER = _ROOT / "data" if (_ROOT / "data").is_dir() else _ROOT
EVENTS = _FOLDER / "events/events-dev.jsonl"
NOW = datetime(2026, 4, 5, 8, 0, tzinfo=VIETNAM)
FIRST = StoryItem(
    "1",
    "Bàn giao khu đất Gò Mây cho người trúng đấu giá Lê Thị Sen",
    "Sau hai năm chờ đợi, bà Lê Thị Sen ở huyện Tân Sông đã nhận khu đất Gò Mây trúng đấu giá năm 2024.",
    published_at=NOW,
)
SECOND = StoryItem(
    "2",
    "Bà Lê Thị Sen nhận đất trúng đấu giá ở Gò Mây",
    "Cơ quan thi hành án huyện Tân Sông giao khu đất Gò Mây cho bà Sen sáng nay, kết thúc hai năm khiếu nại.",
    published_at=NOW + timedelta(hours=3),
)
SISTER = StoryItem(
    "3",
    "Kê biên xưởng gỗ của ông Trần Văn Lũy ở Đò Cũ",
    "Xưởng gỗ của ông Trần Văn Lũy tại xã Đò Cũ bị kê biên để bảo đảm khoản nợ ngân hàng.",
    published_at=NOW + timedelta(hours=4),
)


def test_reports_of_one_event_are_one_story_with_reasons():
    index = StoryIndex()
    index.add(FIRST)
    link = index.add(SECOND)
    assert (link.story, link.duplicate_of) == ("1", None)
    assert {"gò mây", "sen"} & {term for shown in link.shared for term in (shown, *shown.split())}


def test_a_sister_event_is_a_story_of_its_own():
    index = StoryIndex()
    index.add(FIRST)
    assert index.add(SISTER) == StoryLink("3", "3")


def test_a_copy_names_its_original_and_joins_its_story():
    index = StoryIndex()
    index.add(FIRST)
    index.add(SISTER)
    copy = StoryItem("4", FIRST.title, FIRST.sapo, published_at=NOW + timedelta(hours=5))
    link = index.add(copy)
    assert (link.story, link.duplicate_of, link.score) == ("1", "1", 1.0)


def test_after_the_window_the_same_words_start_a_new_story():
    index = StoryIndex(window_hours=96)
    index.add(FIRST)
    later = StoryItem("5", SECOND.title, SECOND.sapo, published_at=NOW + timedelta(hours=97))
    assert index.add(later).story == "5"


def test_items_without_time_are_folded_too():
    index = StoryIndex()
    index.add(StoryItem("1", FIRST.title, FIRST.sapo))
    assert index.add(StoryItem("2", SECOND.title, SECOND.sapo)).story == "1"


@pytest.mark.skipif(not EVENTS.exists(), reason="the gold events are not on this machine")
def test_gold_events_are_folded_well():
    pairs = events(EVENTS)
    precision, recall, f1 = bcubed(fold([item for item, _ in pairs]), {i.id: e for i, e in pairs})
    assert f1 >= 0.90
    assert min(precision, recall) >= 0.85
