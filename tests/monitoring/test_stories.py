"""Merging, splitting, one more agency: who may, what moves, what stays whole."""

from dataclasses import replace

import pytest

from hoiam.core import authority, ledger, search
from hoiam.core.errors import InvalidInput, NotAllowed
from hoiam.monitoring.actions.stories import add_agency, merge_stories, split_item
from hoiam.monitoring.models import Item, Story, Warning
from hoiam.monitoring.queries import items_of, stories_visible_to, story_counts, triage_list
from hoiam.monitoring.states import WarningState
from tests.monitoring.house import GRAVE, NOW, fresh, make_actor, take, warnings_of

SPORT = replace(
    GRAVE, title="Bến phà Cồn Én đón thuyền rồng", url="https://nang-ha.example/thuyen-rong-7.html",
    sapo="THADS tỉnh Thanh Giang góp một đội đua thuyền.", body="Đua thuyền diễn ra trên sông.", outlet="Tạp chí Nắng Hạ",
)  # fmt: skip


@pytest.fixture
def pair(warning):
    """Two stories before the province."""
    item = take(SPORT).items[0]
    item.refresh_from_db()
    if item.story_id == warning.story_id:
        own = Story.objects.create(title=item.title, first_at=NOW, last_at=NOW, lead_item=item)
        Item.objects.filter(pk=item.pk).update(story=own)
        Warning.objects.create(story=own, agency=warning.agency, why="Thử.", at=NOW)
        Story.objects.filter(pk=warning.story_id).update(item_count=1, outlet_count=1)
    return warning, warnings_of(item)[0]


def test_merging_moves_reports_and_folds_the_rows(pair, desk):
    grave, mild = pair
    into = merge_stories(grave.story, into=mild.story, actor=desk, now=NOW)
    assert story_counts(into) == {"item_count": 2, "outlet_count": 2}
    assert (into.item_count, into.severity) == (2, 2)
    assert fresh(grave).state == WarningState.DUPLICATE
    assert fresh(grave).duplicate_of_id == mild.pk
    assert fresh(mild).severity == 2 and fresh(mild).due_at is not None
    assert [row.pk for row in triage_list(desk, now=NOW)] == [mild.pk]
    assert ledger.of(into).last().data == {"merged": grave.story_id}
    scope = {f"agency:{mild.agency_id}"}
    hits = search.find("cham chi tra", kinds=["warning"], scope=scope)
    assert str(mild.pk) in [hit.key for hit in hits]


def test_merging_carries_along_a_row_the_other_lacks(pair, desk, other):
    grave, mild = pair
    extra = Warning.objects.create(story=grave.story, agency=other, why="Thử.", at=NOW)
    merge_stories(grave.story, into=mild.story, actor=desk, now=NOW)
    assert fresh(extra).story_id == mild.story_id


def test_stories_are_merged_once_and_never_in_a_ring(pair, desk):
    one, two = pair[0].story, pair[1].story
    with pytest.raises(InvalidInput, match="hai vụ việc khác nhau"):
        merge_stories(one, into=one, actor=desk, now=NOW)
    merge_stories(one, into=two, actor=desk, now=NOW)
    for story, into in ((two, one), (one, two)):
        with pytest.raises(InvalidInput, match="đã được gộp"):
            merge_stories(story, into=into, actor=desk, now=NOW)


def test_both_stories_must_be_in_sight(pair, desk, stranger, other):
    grave, mild = pair
    Warning.objects.system("set up").filter(pk=mild.pk).update(agency=other)
    for who in (desk, stranger):
        with pytest.raises(NotAllowed):
            merge_stories(grave.story, into=mild.story, actor=who, now=NOW)


def test_policy_and_scope_of_stories_agree(pair, desk, stranger, top, province):
    stories = Story.objects.all()
    for actor in (desk, stranger, top, make_actor(province, "spokesperson")):
        seen = set(stories_visible_to(actor).values_list("pk", flat=True))
        assert seen == {s.pk for s in stories if authority.can(actor, "split_item", s)}


def test_splitting_gives_the_item_a_story_and_a_row(pair, desk):
    grave, mild = pair
    into = merge_stories(mild.story, into=grave.story, actor=desk, now=NOW)
    item = Item.objects.get(url=SPORT.url)
    own = split_item(item, actor=desk, now=NOW)
    item.refresh_from_db()
    assert (item.story_id, item.story_score) == (own.pk, None)
    assert (own.title, own.item_count) == (SPORT.title, 1)
    assert [w.agency for w in warnings_of(item)] == [grave.agency]
    assert Story.objects.get(pk=into.pk).item_count == 1
    with pytest.raises(InvalidInput, match="chỉ có một bài"):
        split_item(item, actor=desk, now=NOW)


def test_splitting_off_the_lead_names_a_new_lead(pair, desk):
    grave, mild = pair
    merge_stories(mild.story, into=grave.story, actor=desk, now=NOW)
    split_item(Item.objects.get(url=GRAVE.url), actor=desk, now=NOW)
    old = Story.objects.get(pk=grave.story_id)
    assert (old.lead_item.url, old.title) == (SPORT.url, SPORT.title)
    assert [i.url for i in items_of(old)] == [SPORT.url]


def test_an_item_without_a_story_cannot_be_split(warning, desk):
    item = Item.objects.get(url=GRAVE.url)
    item.story = None
    with pytest.raises(InvalidInput, match="không thuộc vụ việc"):
        split_item(item, actor=desk, now=NOW)


def test_one_more_agency_settles_nobodys_row(warning, top, other):
    Warning.objects.system("set up").filter(pk=warning.pk).update(agency=None)
    raised = add_agency(warning.story, agency=other, actor=top, now=NOW)
    assert (raised.agency, raised.severity, raised.state) == (other, 2, WarningState.NEW)
    assert fresh(warning).state == WarningState.READ
    with pytest.raises(InvalidInput, match="đã có tin này"):
        add_agency(warning.story, agency=other, actor=top, now=NOW)


def test_a_stranger_adds_no_agency(warning, stranger, other):
    with pytest.raises(NotAllowed):
        add_agency(warning.story, agency=other, actor=stranger, now=NOW)
