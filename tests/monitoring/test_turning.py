"""Copies turn toward the report that was published first, whichever was read first; nobody is told for that."""

import threading
import time
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from hoiam.core import ledger, search
from hoiam.core.jobs.models import OutgoingMail
from hoiam.core.models import OutboxMessage
from hoiam.core.outbox import deliver_due
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions import triage
from hoiam.monitoring.actions.folding import WINDOW, renew
from hoiam.monitoring.actions.intake import Line, take_each
from hoiam.monitoring.actions.reprints import turn_lead, turn_to_first
from hoiam.monitoring.actions.stories import merge_stories, split_item, undo_merge, undo_split
from hoiam.monitoring.models import FoldingDecision, Item, Story, Warning
from hoiam.monitoring.queries.reprints import firsts_of
from tests.monitoring.house import GRAVE, NOW, fresh, take, warnings_of
from tests.monitoring.test_telling import notices

HOUR = timedelta(hours=1)
# The same text at another paper, published before the one the house read first, and at a third, after it.
ORIGINAL = replace(
    GRAVE,
    title="THADS tỉnh Thanh Giang bị phản ánh chậm chi trả tiền thi hành án",
    url="https://nang-ha.example/cham-tra-0.html",
    outlet="Tạp chí Nắng Hạ",
    published_at=GRAVE.published_at - 5 * HOUR,
)
THIRD = replace(
    GRAVE,
    url="https://do-moi.example/cham-tra-9.html",
    outlet="Báo Đò Mới",
    published_at=GRAVE.published_at + HOUR / 2,
)


def item_of(incoming):
    return Item.objects.get(url=incoming.url)


def links():
    """Which paper repeats which, by outlet."""
    rows = Item.objects.filter(is_relevant=True).order_by("at", "pk")
    return {row.outlet: row.duplicate_of.outlet if row.duplicate_of else None for row in rows}


TURNED = {"Tạp chí Nắng Hạ": None, "Báo Sông Thanh": "Tạp chí Nắng Hạ"}


def steps(subject, step="turn_lead"):
    return ledger.of(subject).filter(step=step).count()


def test_the_earlier_original_becomes_the_first_and_leads(warning):
    before = Item.objects.get()
    done = take(ORIGINAL)
    story = Story.objects.get(pk=warning.story_id)
    assert (links(), story.lead_item) == (TURNED, item_of(ORIGINAL))
    assert (story.title, story.first_at) == (ORIGINAL.title, ORIGINAL.published_at)
    # What the caller counts as a reprint is what the record says.
    assert done.items[0].duplicate_of_id is None
    told = ledger.of(story).get(step="turn_lead").data
    assert told == {"item": item_of(ORIGINAL).pk, "was": before.pk}
    # The chain of the page and the record say the same, and so does search.
    assert firsts_of(Item.objects.order_by("at")) == {before.pk: item_of(ORIGINAL).pk}
    scope = {f"agency:{warning.agency_id}"}
    hits = search.find("bi phan anh cham chi tra", kinds=["warning"], scope=scope)
    assert str(warning.pk) in [hit.key for hit in hits]


def test_how_alike_both_are_stays_with_the_copy(warning):
    longer = replace(ORIGINAL, body=f"{GRAVE.body} Ông nói đã chờ hai năm và sẽ gửi đơn lần nữa.")
    take(longer)
    copy, original = item_of(GRAVE), item_of(longer)
    assert copy.duplicate_of == original
    assert 0.5 < copy.story_score < 1
    assert copy.story_score == original.story_score


def test_every_later_copy_points_at_the_first_though_the_line_knew_another(warning):
    line = Line(now=NOW)
    line.folder(NOW)
    take(ORIGINAL)
    take(THIRD, line=line)
    assert links() == {**TURNED, "Báo Đò Mới": "Tạp chí Nắng Hạ"}


def test_a_feed_that_lists_the_newest_first_makes_no_ring(province):
    take(THIRD, GRAVE, ORIGINAL)
    assert links() == {**TURNED, "Báo Đò Mới": "Tạp chí Nắng Hạ"}
    assert Story.objects.get().lead_item == item_of(ORIGINAL)


def test_two_leads_of_the_same_words_but_other_texts_make_no_ring(province):
    # The lead alone is the same: the texts are no copies for the folding.
    other = replace(ORIGINAL, title=GRAVE.title, body="Một câu khác hẳn. " * 40)
    take(GRAVE, other)
    assert links() == TURNED


def test_an_unknown_time_leads_nobody(warning):
    take(replace(ORIGINAL, published_at=None), now=NOW - 10 * HOUR)
    assert links() == {"Tạp chí Nắng Hạ": "Báo Sông Thanh", "Báo Sông Thanh": None}
    assert Story.objects.get().lead_item == item_of(GRAVE)


@pytest.fixture
def of_day():
    """The same text at a paper that tells the day of a report and no hour."""
    midnight = GRAVE.published_at.astimezone(VIETNAM).replace(hour=0)
    return replace(ORIGINAL, published_at=midnight, published_precision="day")


def test_a_copy_of_which_only_the_day_is_known_leads_nobody(warning, of_day):
    take(of_day)
    assert links() == {"Tạp chí Nắng Hạ": "Báo Sông Thanh", "Báo Sông Thanh": None}
    assert Story.objects.get().lead_item == item_of(GRAVE)


def test_read_before_the_original_it_hands_the_lead_over(province, of_day):
    take(of_day, now=NOW - HOUR / 2)
    take(GRAVE)
    assert links() == {"Tạp chí Nắng Hạ": "Báo Sông Thanh", "Báo Sông Thanh": None}
    assert Story.objects.get().title == GRAVE.title


def test_a_report_of_its_own_on_the_same_matter_takes_no_lead(warning):
    own = Item.objects.create(
        url_key="own", title="Bài riêng", outlet="Báo Đò Mới", at=NOW - 9 * HOUR,
        published_at=NOW - 9 * HOUR, first_seen_at=NOW, story=warning.story, is_relevant=True,
    )  # fmt: skip
    take(ORIGINAL)
    assert Story.objects.get().lead_item == item_of(ORIGINAL)
    own.refresh_from_db()
    assert own.duplicate_of is None


def test_turning_twice_writes_nothing(warning, django_assert_num_queries):
    take(ORIGINAL)
    story = Story.objects.get()
    again = item_of(GRAVE)
    with django_assert_num_queries(3):
        turn_to_first(again, copy_of=None, share=1.0, within=WINDOW)
    turn_lead(story, now=NOW + HOUR)
    assert (links(), steps(story), again.duplicate_of_id) == (TURNED, 1, item_of(ORIGINAL).pk)


def test_a_text_of_long_ago_stays_behind_the_first_of_these_days(warning):
    old = Item.objects.create(
        url_key="old", title="Bài cũ", outlet="Báo Cũ", at=NOW - 40 * WINDOW,
        published_at=NOW - 40 * WINDOW, first_seen_at=NOW,
    )  # fmt: skip
    Item.objects.filter(pk=item_of(GRAVE).pk).update(duplicate_of=old)
    take(ORIGINAL)
    assert links() == {"Tạp chí Nắng Hạ": "Báo Cũ", "Báo Sông Thanh": "Tạp chí Nắng Hạ"}


# Nobody is told again


def told():
    return (
        notices().count(),
        OutgoingMail.objects.count(),
        OutboxMessage.objects.count(),
        Warning.objects.system("look").count(),
    )


@pytest.mark.parametrize("state", ["new", "read", "taken", "snoozed"])
def test_what_was_sent_is_not_sent_again_because_the_lead_turned(warning, desk, state):
    deliver_due(NOW)
    before = told()
    match state:
        case "read":
            triage.mark_read(warning, actor=desk, now=NOW)
        case "taken":
            triage.take(warning, actor=desk, now=NOW)
        case "snoozed":
            triage.snooze(warning, actor=desk, now=NOW, until=NOW + 5 * HOUR)
    was = fresh(warning)
    take(ORIGINAL)
    deliver_due(NOW + HOUR)
    row = fresh(warning)
    assert row.story.lead_item == item_of(ORIGINAL)
    assert told() == before
    assert (row.state, row.due_at, row.snoozed_until, row.why) == (
        was.state, was.due_at, was.snoozed_until, was.why,
    )  # fmt: skip
    assert steps(warning, "raise_warning") == 1


# What a person merged or split stays so


def test_a_report_taken_out_by_a_person_leads_no_more_and_is_not_brought_back(warning, desk):
    take(THIRD)
    own = split_item(item_of(THIRD), actor=desk, now=NOW)
    take(ORIGINAL)
    first = item_of(ORIGINAL)
    assert item_of(THIRD).story_id == own.pk != first.story_id
    assert Story.objects.get(pk=own.pk).lead_item == item_of(THIRD)
    assert FoldingDecision.objects.filter(together=False).exists()
    old = undo_split(own, actor=desk, now=NOW)
    assert (item_of(THIRD).story, Story.objects.get(pk=old.pk).lead_item) == (old, first)


@pytest.fixture
def apart(warning, desk):
    """The copy and its original, which a person put into two stories before the second was the first."""
    take(ORIGINAL)
    own = split_item(item_of(ORIGINAL), actor=desk, now=NOW)
    return Story.objects.get(pk=item_of(GRAVE).story_id), own


def test_the_lead_that_was_split_off_leaves_its_story_a_lead_of_its_own(apart):
    old, own = apart
    assert (old.lead_item, old.title, own.lead_item) == (item_of(GRAVE), GRAVE.title, item_of(ORIGINAL))  # fmt: skip


def test_a_merge_turns_the_lead_and_undoing_it_turns_it_back(apart, desk):
    old, own = apart
    into = merge_stories(own, into=old, actor=desk, now=NOW)
    assert (Story.objects.get(pk=into.pk).lead_item, Story.objects.get(pk=into.pk).title) == (item_of(ORIGINAL), ORIGINAL.title)  # fmt: skip
    undo_merge(own, actor=desk, now=NOW + HOUR)
    old.refresh_from_db()
    own.refresh_from_db()
    assert (old.lead_item, old.title) == (item_of(GRAVE), GRAVE.title)
    assert (own.lead_item, own.title) == (item_of(ORIGINAL), ORIGINAL.title)
    assert [item_of(one).story for one in (GRAVE, ORIGINAL)] == [old, own]


@pytest.fixture
def elsewhere(province, desk):
    """Another matter before the province."""
    body = (
        "Thi hành án dân sự tỉnh Thanh Giang hẹn giao khu đất Cồn Én cho bà Lê Thị Sen đã bốn lần."
    )
    land = replace(
        GRAVE, title="Người mua đấu giá ở Cồn Én chưa được giao đất", url="https://con-en.example/1.html",
        sapo="Bà Lê Thị Sen trúng đấu giá khu đất Cồn Én từ năm 2024.", body=body, outlet="Báo Lam",
    )  # fmt: skip
    return take(land).items[0].story


def test_undoing_a_merge_forgets_it_though_the_lead_turned_meanwhile(warning, elsewhere, desk):
    merge_stories(elsewhere, into=warning.story, actor=desk, now=NOW)
    take(ORIGINAL)
    assert Story.objects.get(pk=warning.story_id).lead_item == item_of(ORIGINAL)
    undo_merge(elsewhere, actor=desk, now=NOW + HOUR)
    assert FoldingDecision.objects.count() == 0


def test_undoing_a_duplicate_forgets_it_though_the_lead_turned_meanwhile(warning, elsewhere, desk):
    row = warnings_of(elsewhere.items.get())[0]
    triage.mark_duplicate(row, actor=desk, now=NOW, of=warning)
    deliver_due(NOW)
    assert FoldingDecision.objects.count() == 1
    take(ORIGINAL)
    triage.restore(fresh(row), actor=desk, now=NOW + HOUR)
    assert FoldingDecision.objects.count() == 0


# Two workers


def test_a_worker_with_an_old_copy_of_the_story_takes_no_lead_back(warning):
    stale = Story.objects.get()
    take(ORIGINAL)
    renew(stale, severity=3)
    story = Story.objects.get()
    assert (story.lead_item, story.title, story.severity) == (item_of(ORIGINAL), ORIGINAL.title, 3)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_agree_on_who_was_first(warning):
    second = replace(THIRD, url="https://lam.example/8", outlet="Báo Lam")
    begin = threading.Barrier(2)

    def work(incoming):
        line = Line(now=NOW)
        line.folder(NOW)
        begin.wait(10)
        try:
            # SQLite in memory refuses where it could wait; a source that failed is read again, too.
            while take_each([incoming], now=NOW, line=line).faults:
                time.sleep(0.01)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[one]) for one in (ORIGINAL, second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert links() == {**TURNED, "Báo Lam": "Tạp chí Nắng Hạ"}
    assert Story.objects.get().lead_item == item_of(ORIGINAL)
