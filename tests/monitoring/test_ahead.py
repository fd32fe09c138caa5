"""The week ahead as the press shows it: growth, announced days, marks, rhythm."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hoiam.monitoring.models import Story
from hoiam.monitoring.queries.ahead import (
    anniversaries,
    announced_events,
    growing_stories,
    last_two_weeks,
    rhythm,
)
from hoiam.monitoring.queries.periods import week_of
from tests import factories as make

WEEK = week_of(date(2026, 8, 10))  # the week of Monday 10/8
MONDAY = WEEK.first


@pytest.fixture
def tree(db):
    return make.tree()


def report(day, body="", title="Chuyện ở bến sông"):
    at = datetime(2026, 8, day, 5, tzinfo=UTC)
    return make.item(title, at=at, body=body, outlet="Báo Sông Thanh", is_relevant=True)


def events_of(agency, today=MONDAY):
    found = announced_events(agency, WEEK, today=today, until=WEEK.last + timedelta(days=7))
    return [(event.found.kind, event.found.day, event.outlet) for event in found]


def test_a_story_grows_when_last_week_had_more_than_the_week_before(tree):
    grown = make.warning(tree.province, make.story(report(1), report(4), report(5)), severity=1)
    graver = make.warning(tree.province, make.story(report(6), report(7)), severity=3)
    make.warning(tree.province, make.story(report(1), report(2), report(4), report(5)))
    make.warning(tree.province, make.story(report(5)))
    make.warning(tree.province, make.story(report(5), report(6)), severity=0)
    make.warning(tree.other, make.story(report(5), report(6)))
    found = growing_stories(*last_two_weeks(tree.province, WEEK))
    assert [(g.story.pk, g.before, g.items) for g in found] == [
        (graver.story_id, 0, 2),
        (grown.story_id, 1, 2),
    ]


def test_announced_days_of_this_week_and_the_next_are_found_once(tree):
    told = "Phiên tòa sẽ mở lúc 8 giờ ngày 12/8."
    make.warning(tree.province, make.story(report(4, told), report(5, told)))
    make.warning(tree.region1, make.story(report(6, "Tổ chức đấu giá vào ngày 20/8.")))
    make.warning(tree.province, make.story(report(6, "Phiên tòa mở ngày 30/9.")))
    make.warning(tree.other, make.story(report(6, "Phiên tòa mở ngày 13/8.")))
    assert events_of(tree.province) == [
        ("trial", date(2026, 8, 12), "Báo Sông Thanh"),
        ("auction", date(2026, 8, 20), "Báo Sông Thanh"),
    ]


def test_what_the_week_itself_brought_is_read_when_it_is_made_anew(tree):
    make.warning(tree.province, make.story(report(11, "Ngày 14/8 tiến hành cưỡng chế.")))
    assert events_of(tree.province) == []
    assert events_of(tree.province, today=date(2026, 8, 11)) == [
        ("enforcement", date(2026, 8, 14), "Báo Sông Thanh")
    ]


def test_marks_of_stories_that_had_to_be_answered(tree):
    def story(day, severity):
        made = make.warning(tree.province, make.story(make.item(f"Cũ {day}", at=day))).story
        Story.objects.filter(pk=made.pk).update(first_at=day, severity=severity)
        return made.pk

    year = story(datetime(2025, 8, 12, 5, tzinfo=UTC), 3)
    story(datetime(2025, 8, 13, 5, tzinfo=UTC), 1)
    story(datetime(2025, 9, 13, 5, tzinfo=UTC), 3)
    month = story(datetime(2026, 7, 10, 5, tzinfo=UTC), 2)
    assert [(m.story, m.day, m.words) for m in anniversaries(tree.province, WEEK)] == [
        (month, date(2026, 8, 10), "tròn một tháng"),
        (year, date(2026, 8, 12), "tròn một năm"),
    ]
    assert anniversaries(tree.other, WEEK) == []


def weekly(tree, counts):
    """New stories a week, the last figure being the last week's."""
    for back, count in enumerate(reversed(counts), start=1):
        for _ in range(count):
            at = WEEK.start - timedelta(weeks=back) + timedelta(days=2)
            made = make.story(make.item("Chuyện", at=at))
            make.warning(tree.province, made)
    return rhythm(tree.province, WEEK)


def test_an_even_rhythm_is_not_unusual(tree):
    found = weekly(tree, [2, 3, 2, 1, 2, 3])
    assert (found.usual, found.unusual, found.last_is_unusual) == (2.0, (), False)
    assert len(found.weeks) == 13


def test_a_burst_is_unusual(tree):
    found = weekly(tree, [1, 1, 0, 1, 1, 9])
    assert found.unusual == (MONDAY - timedelta(weeks=1),)
    assert found.last_is_unusual is True


def test_the_first_weeks_of_a_watch_are_not_called_unusual(tree):
    found = weekly(tree, [5, 6])
    assert (found.usual, found.unusual) == (5.0, ())


def test_a_quiet_office_has_no_rhythm_to_break(tree):
    found = rhythm(tree.province, WEEK)
    assert (found.usual, found.unusual, found.last_is_unusual) == (0.0, (), False)
