"""What was taken in before an upgrade: mended for the last ninety days, once, and nobody is told."""

from dataclasses import replace
from datetime import timedelta

import pytest

from hoiam.agencies.actions import load_press, press_rows
from hoiam.core import search
from hoiam.core.models import LedgerEntry, OutboxMessage
from hoiam.core.search.models import SearchDocument
from hoiam.kit.news import sentences
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.folding import renew
from hoiam.monitoring.actions.mending import Mended, mend_recent
from hoiam.monitoring.models import Item, Story, Version
from tests.monitoring.house import GRAVE, NOW, take
from tests.monitoring.test_turning import HOUR, ORIGINAL, TURNED, links

DAY = timedelta(days=1)
KNOWN = {"url": "https://baobacgiang.vn/cham-tra-0.html", "outlet": "Báo Bắc Giang"}


def as_before(lead, copy):
    """The rows as the house left them: who was read first leads, and nothing says how exact a time is."""
    Item.objects.filter(pk=lead.pk).update(duplicate_of=None)
    Item.objects.filter(pk=copy.pk).update(duplicate_of=lead)
    Item.objects.update(channel=None, published_precision="minute")
    Story.objects.update(lead_item=lead, title=lead.title)


@pytest.fixture
def before(province):
    """A story led by the copy that was read first, its original tied to no channel."""
    load_press(press_rows())
    copy, original = (take(one).items[0] for one in (GRAVE, replace(ORIGINAL, **KNOWN)))
    as_before(copy, original)
    return copy, original


def test_leads_and_channels_of_the_last_days_are_mended(before):
    _, original = before
    assert mend_recent(now=NOW) == Mended(items=1, stories=1)
    story = Story.objects.get()
    assert (story.lead_item, story.title) == (original, ORIGINAL.title)
    assert links() == {"Báo Bắc Giang": None, "Báo Sông Thanh": "Báo Bắc Giang"}
    original.refresh_from_db()
    assert original.channel.host == "baobacgiang.vn"


def test_twice_gives_the_same_and_nobody_is_told(before):
    told = OutboxMessage.objects.count()
    mend_recent(now=NOW)
    written = LedgerEntry.objects.count()
    assert mend_recent(now=NOW + HOUR) == Mended()
    assert (OutboxMessage.objects.count(), LedgerEntry.objects.count()) == (told, written)


def test_what_is_older_than_ninety_days_stays(before):
    assert mend_recent(now=NOW + 91 * DAY) == Mended()
    assert Story.objects.get().lead_item == before[0]


def test_a_bare_day_is_known_again_by_what_was_said_of_its_page(province):
    midnight = GRAVE.published_at.astimezone(VIETNAM).replace(hour=0)
    bare = replace(
        ORIGINAL, published_at=midnight, published_from="page", problems=(sentences.PAGE_DAY_ONLY,)
    )
    lead, copy = (take(one).items[0] for one in (bare, GRAVE))
    as_before(lead, copy)
    Item.objects.filter(pk=lead.pk).update(at=midnight)
    assert mend_recent(now=NOW) == Mended(items=1, stories=1)
    lead.refresh_from_db()
    assert (lead.is_day_only, lead.at, lead.duplicate_of) == (True, NOW, copy)
    story = Story.objects.get()
    assert (story.lead_item, story.first_at) == (copy, GRAVE.published_at)


MIDNIGHT = GRAVE.published_at.astimezone(VIETNAM).replace(hour=0)


@pytest.fixture
def alone(province):
    """A story of one bare day without any copy, at midnight as the house left it; its item."""
    bare = replace(
        GRAVE, published_at=MIDNIGHT, published_from="page", problems=(sentences.PAGE_DAY_ONLY,)
    )
    item = take(bare).items[0]
    assert item.at == Story.objects.get().first_at == standing(item) == MIDNIGHT
    return item


def standing(item):
    """Where search has the item."""
    return SearchDocument.objects.get(kind="item", key=str(item.pk)).at


def test_the_story_of_a_bare_day_and_its_place_in_search_follow(alone):
    assert mend_recent(now=NOW) == Mended(items=1, stories=1)
    story = Story.objects.get()
    assert (story.first_at, story.last_at, standing(alone)) == (NOW, NOW, NOW)
    assert mend_recent(now=NOW) == Mended()


def test_a_house_that_an_upgrade_left_half_mended_is_mended_whole(alone):
    Item.objects.update(published_precision="day", at=NOW)
    assert mend_recent(now=NOW) == Mended(items=0, stories=1)
    assert (Story.objects.get().first_at, standing(alone)) == (NOW, NOW)


def test_a_bare_day_between_two_reports_moves_in_search_though_its_story_spans_the_same(alone):
    sides = [{"at": MIDNIGHT - HOUR}, {"at": NOW + HOUR}]
    for number, side in enumerate(sides):
        Item.objects.create(
            url_key=str(number), first_seen_at=NOW, story=alone.story, is_relevant=True, **side
        )
    renew(Story.objects.get())
    assert mend_recent(now=NOW) == Mended(items=1, stories=0)
    assert standing(alone) == NOW


def test_what_is_put_in_search_anew_keeps_its_former_words(alone):
    for number, title in enumerate(["Đầu đề cũ thuyền rồng", GRAVE.title], start=1):
        Version.objects.create(item=alone, number=number, kind="changed", title=title, at=NOW)
    mend_recent(now=NOW)
    assert [hit.key for hit in search.find("thuyền rồng", scope=None)] == [str(alone.pk)]


def test_a_house_that_is_right_is_left_alone(province):
    take(GRAVE, ORIGINAL)
    written = LedgerEntry.objects.count()
    assert mend_recent(now=NOW) == Mended()
    assert (links(), LedgerEntry.objects.count()) == (TURNED, written)
