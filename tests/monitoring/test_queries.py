"""Lists: the same number of queries with one row and with three, the right rows under each tab."""

from datetime import date, timedelta

import pytest

from hoiam.core.scope import NotNarrowed
from hoiam.monitoring.models import Item, Source, Story, Warning
from hoiam.monitoring.queries import (
    TAB_STATES,
    counts_by_tab,
    items_by_day,
    items_of,
    province_counts,
    silent_sources,
    sources_listed,
    stories_visible_to,
    triage_list,
    with_what_a_row_shows,
)
from hoiam.monitoring.queries.sources import due_sources
from tests.monitoring.house import GRAVE, NOW, take, warnings_of


def rows(warning, count, **fields):
    """So many more rows like it, each of its own story with the same lead."""
    made = []
    for number in range(count):
        story = Story.objects.create(
            title=f"Vụ {number}", lead_item=warning.story.lead_item, first_at=NOW, last_at=NOW
        )
        values = {"severity": 1, "why": "Thử.", "at": NOW + timedelta(minutes=number)}
        made.append(Warning.objects.create(story=story, agency=warning.agency, **values | fields))
    return made


def draw(actor):
    """All a list row shows."""
    found = with_what_a_row_shows(triage_list(actor, now=NOW))
    return [
        (str(w.agency), w.holder, w.story.lead_item.outlet, [str(a.agency_today) for a in w.story.lead_item.finding.attributions.all()])
        for w in found
    ]  # fmt: skip


@pytest.mark.parametrize("more", [0, 2])
def test_the_list_is_two_queries_whatever_its_length(
    warning, desk, more, django_assert_num_queries
):
    rows(warning, more)
    with django_assert_num_queries(2):
        assert len(draw(desk)) == more + 1


@pytest.mark.parametrize("more", [0, 2])
def test_a_page_of_the_list_is_the_same_rows(
    warning, desk, stranger, more, django_assert_num_queries
):
    rows(warning, more + 1)
    whole = list(triage_list(desk, now=NOW))
    with django_assert_num_queries(2):
        page = with_what_a_row_shows(triage_list(desk, now=NOW))[1:3]
        assert [(w.pk, str(w.agency), w.story.lead_item.finding.kind) for w in page] == [
            (w.pk, "THADS tỉnh Thanh Giang", "phan_anh") for w in whole[1:3]
        ]  # fmt: skip
    assert list(with_what_a_row_shows(triage_list(stranger, now=NOW))[0:5]) == []
    unopened = with_what_a_row_shows(Warning.objects.filter(state="new"))
    with pytest.raises(NotNarrowed):
        list(unopened)
    with pytest.raises(NotNarrowed):
        unopened[0:5]


@pytest.mark.parametrize("more", [0, 2])
def test_other_lists_do_not_grow_either(warning, desk, more, django_assert_num_queries):
    rows(warning, more)
    Source.objects.bulk_create(
        Source(name=f"Nguồn {n}", kind="feed", url=f"https://a.example/{n}", due_at=NOW) for n in range(more + 1)
    )  # fmt: skip
    with django_assert_num_queries(6):
        counts_by_tab(desk, NOW)
        assert len(list(stories_visible_to(desk))) == more + 1
        assert [s.channel for s in sources_listed()] == [None] * (more + 1)
        assert [s.channel for s in due_sources(NOW, 20)] == [None] * (more + 1)
        items_by_day(desk, first=date(2026, 8, 5), last=date(2026, 8, 5))
        province_counts(desk, since=NOW - timedelta(days=1))


@pytest.mark.parametrize("more", [0, 2])
def test_a_storys_items_are_four_queries(warning, more, django_assert_num_queries):
    story = Story.objects.get(pk=warning.story_id)
    for number in range(more):
        Item.objects.create(
            title="Bài", url_key=str(number), first_seen_at=NOW, at=NOW, story=story
        )
    with django_assert_num_queries(4):
        found = list(items_of(story))
        assert [a.agency_today.pk for a in found[0].finding.attributions.all()] == [
            warning.agency_id
        ]
    assert len(found) == more + 1


def test_tabs_and_their_counts_agree(warning, desk, stranger, top):
    for state in ("taken", "read", "dismissed", "duplicate", "cased"):
        rows(warning, 1, state=state, dismissal="other")
    rows(warning, 1, snoozed_until=NOW + timedelta(hours=1))
    rows(warning, 1, snoozed_until=NOW)
    expected = {"open": 3, "new": 2, "taken": 1, "read": 2, "dismissed": 2, "all": 8}
    for actor, wanted in (
        (desk, expected),
        (top, expected),
        (stranger, dict.fromkeys(TAB_STATES, 0)),
    ):
        assert counts_by_tab(actor, NOW) == wanted
        assert {tab: len(triage_list(actor, now=NOW, tab=tab)) for tab in TAB_STATES} == wanted


def test_what_is_due_first_stands_first(warning, desk):
    late, none, soon = rows(warning, 3, due_at=None)
    late.due_at, soon.due_at = NOW + timedelta(days=2), NOW + timedelta(minutes=1)
    late.save(), soon.save()
    assert [w.pk for w in triage_list(desk, now=NOW)] == [soon.pk, warning.pk, late.pk, none.pk]
    assert [w.pk for w in triage_list(desk, now=NOW, severity=2, stance="negative", since=NOW)] == [
        warning.pk
    ]
    assert not triage_list(desk, now=NOW, agency=warning.agency_id + 99)


def test_days_without_reports_are_zero_and_provinces_are_counted(warning, desk, top):
    days = items_by_day(desk, first=date(2026, 8, 4), last=date(2026, 8, 6))
    assert days == [(date(2026, 8, 4), 0), (date(2026, 8, 5), 1), (date(2026, 8, 6), 0)]
    assert province_counts(top, since=NOW) == {"Thanh Giang": 1}


def test_due_and_silent_sources(db):
    base = {"kind": "feed", "due_at": NOW}
    make = Source.objects.create
    due = make(name="đến hạn", url="https://a.example/1", **base)
    make(
        name="đang đọc", url="https://a.example/2", leased_until=NOW + timedelta(seconds=9), **base
    )
    make(name="dừng", url="https://a.example/3", is_paused=True, silent_since=NOW, **base)
    make(name="chưa đến", url="https://a.example/4", kind="feed", due_at=NOW + timedelta(seconds=1))
    quiet = make(name="im", url="https://a.example/5", silent_since=NOW, due_at=None, kind="feed")
    assert list(due_sources(NOW, 10)) == [due]
    assert list(silent_sources()) == [quiet]


def test_grave_is_what_the_helpers_say(province):
    assert warnings_of(take(GRAVE).items[0])[0].agency == province
