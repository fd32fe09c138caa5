"""What a person decided about folding holds: for later reports, for a run from the beginning, until it is undone."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hoiam.core import ledger
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.kit.news import StoryIndex, StoryItem
from hoiam.monitoring.actions.decisions import decisions_since
from hoiam.monitoring.actions.stories import merge_stories, split_item, undo_merge, undo_split
from hoiam.monitoring.models import FoldingDecision, Item, Story, Warning
from hoiam.monitoring.states import WarningState
from tests.monitoring.house import GRAVE, NOW, fresh, take, warnings_of

LAND = replace(
    GRAVE,
    title="Người mua đấu giá ở Cồn Én chưa được giao đất",
    url="https://nang-ha.example/con-en-1.html",
    sapo="Bà Lê Thị Sen trúng đấu giá khu đất Cồn Én từ năm 2024.",
    body="Bà Lê Thị Sen nói Thi hành án dân sự tỉnh Thanh Giang hẹn giao khu đất Cồn Én đã bốn lần vì người thuê không dời máy.",
    outlet="Tạp chí Nắng Hạ",
)
AGAIN = replace(
    LAND,
    title="Bà Lê Thị Sen vẫn chờ khu đất Cồn Én trúng đấu giá",
    url="https://do-moi.example/con-en-2.html",
    sapo="Khu đất Cồn Én bà Lê Thị Sen trúng đấu giá chưa bàn giao.",
    body="Thi hành án dân sự tỉnh Thanh Giang nói sẽ giao khu đất Cồn Én cho bà Lê Thị Sen sau khi người thuê dời máy bơm.",
    outlet="Báo Đò Mới",
    published_at=LAND.published_at + timedelta(minutes=40),
)
THIRD = replace(
    AGAIN,
    title="Cồn Én: giao đất trúng đấu giá cho bà Lê Thị Sen còn vướng người thuê",
    url="https://song-thanh.example/con-en-3.html",
    outlet="Báo Sông Thanh",
    published_at=LAND.published_at + timedelta(minutes=50),
)


def item_of(incoming):
    return Item.objects.get(url=incoming.url)


def story_of(incoming):
    return item_of(incoming).story_id


@pytest.fixture
def folded(province, desk):
    """Two reports of one event, folded by the house."""
    take(LAND)
    take(AGAIN)
    assert story_of(LAND) == story_of(AGAIN)
    return Story.objects.get(pk=story_of(LAND))


@pytest.fixture
def two(province, desk):
    """Two events before the province."""
    take(GRAVE)
    take(LAND)
    assert story_of(GRAVE) != story_of(LAND)
    return Story.objects.get(pk=story_of(GRAVE)), Story.objects.get(pk=story_of(LAND))


def from_the_beginning():
    """The stories a fresh run over all items gives, by address."""
    index = StoryIndex(decisions=decisions_since(NOW - timedelta(days=4)))
    rows = Item.objects.filter(is_relevant=True).order_by("at", "id")
    return {
        row.url: index.add(StoryItem(str(row.pk), row.title, row.sapo, row.body, row.at)).story for row in rows
    }  # fmt: skip


def test_a_later_copy_follows_the_report_a_person_took_out(folded, desk):
    own = split_item(item_of(AGAIN), actor=desk, now=NOW)
    take(replace(AGAIN, url="https://nang-ha.example/chep.html", outlet="Tạp chí Nắng Hạ", published_at=THIRD.published_at))  # fmt: skip
    assert Item.objects.latest("pk").story_id == own.pk


def test_a_later_report_joins_where_a_person_merged(two, desk):
    grave, land = two
    merge_stories(land, into=grave, actor=desk, now=NOW)
    take(AGAIN)
    assert story_of(AGAIN) == grave.pk


def test_a_run_from_the_beginning_obeys_both(folded, desk):
    take(GRAVE)
    split_item(item_of(AGAIN), actor=desk, now=NOW)
    merge_stories(Story.objects.get(pk=story_of(GRAVE)), into=folded, actor=desk, now=NOW)
    found = from_the_beginning()
    assert found[AGAIN.url] != found[LAND.url] == found[GRAVE.url]


def test_without_decisions_the_run_gives_what_the_texts_say(folded):
    take(GRAVE)
    found = from_the_beginning()
    assert found[AGAIN.url] == found[LAND.url] != found[GRAVE.url]


def test_the_later_decision_about_two_items_holds(folded, desk):
    own = split_item(item_of(AGAIN), actor=desk, now=NOW)
    merge_stories(own, into=folded, actor=desk, now=NOW)
    row = FoldingDecision.objects.get()
    assert (row.together, row.by) == (True, desk.official)


# Undone


def test_undoing_a_merge_gives_both_stories_back_whole(two, desk):
    grave, land = two
    rows = {warnings_of(item_of(one))[0].pk: one for one in (GRAVE, LAND)}
    merge_stories(land, into=grave, actor=desk, now=NOW)
    story = undo_merge(land, actor=desk, now=NOW)
    assert (story_of(LAND), story_of(GRAVE), story.merged_into) == (land.pk, grave.pk, None)
    assert {w.pk for w in Warning.objects.system("look").filter(state=WarningState.NEW)} == set(rows)  # fmt: skip
    assert FoldingDecision.objects.count() == 0
    assert ledger.of(grave).last().step == "undo_merge"


def test_a_row_that_moved_along_comes_home(two, desk, other):
    grave, land = two
    extra = Warning.objects.create(story=land, agency=other, why="Thử.", at=NOW)
    merge_stories(land, into=grave, actor=desk, now=NOW)
    assert fresh(extra).story_id == grave.pk
    undo_merge(land, actor=desk, now=NOW)
    assert fresh(extra).story_id == land.pk


def test_a_merge_is_undone_once_and_in_turn(two, desk):
    grave, land = two
    with pytest.raises(InvalidInput, match="không còn gộp"):
        undo_merge(land, actor=desk, now=NOW)
    merge_stories(land, into=grave, actor=desk, now=NOW)
    take(replace(AGAIN, title="Thuyền rồng ở bến Gò Mây", sapo="THADS tỉnh Thanh Giang góp một đội đua.", body="Đua thuyền."))  # fmt: skip
    third = Story.objects.get(pk=story_of(AGAIN))
    assert third.pk != grave.pk
    merge_stories(grave, into=third, actor=desk, now=NOW)
    with pytest.raises(InvalidInput, match="gộp tiếp"):
        undo_merge(land, actor=desk, now=NOW)


def test_undoing_a_split_puts_the_item_back(folded, desk):
    own = split_item(item_of(AGAIN), actor=desk, now=NOW)
    old = undo_split(own, actor=desk, now=NOW)
    assert (old.pk, story_of(AGAIN), FoldingDecision.objects.count()) == (folded.pk, folded.pk, 0)
    with pytest.raises(InvalidInput, match="không phải do tách"):
        undo_split(own, actor=desk, now=NOW)


def test_a_split_story_that_grew_is_not_undone(folded, desk):
    own = split_item(item_of(AGAIN), actor=desk, now=NOW)
    take(replace(AGAIN, url="https://nang-ha.example/chep.html", published_at=THIRD.published_at))
    assert Item.objects.latest("pk").story_id == own.pk
    with pytest.raises(InvalidInput, match="thêm bài khác"):
        undo_split(own, actor=desk, now=NOW)


def test_a_stranger_undoes_nothing(two, desk, stranger):
    grave, land = two
    merge_stories(land, into=grave, actor=desk, now=NOW)
    with pytest.raises(NotAllowed):
        undo_merge(land, actor=stranger, now=NOW)


def test_reprints_repeat_no_warning(folded, desk):
    before = Warning.objects.system("look").count()
    raised = ledger.of(warnings_of(item_of(LAND))[0]).filter(step="raise_warning").count()
    take(replace(LAND, url="https://khac.example/in-lai.html", outlet="Báo Đò Mới", title="In lại: " + LAND.title,
                 body=LAND.body + "\n\n(Theo Tạp chí Nắng Hạ)", published_at=THIRD.published_at))  # fmt: skip
    reprint = Item.objects.latest("pk")
    assert (reprint.story_id, reprint.duplicate_of_id) == (folded.pk, item_of(LAND).pk)
    assert Warning.objects.system("look").count() == before
    row = warnings_of(reprint)[0]
    assert ledger.of(row).filter(step="raise_warning").count() == raised
