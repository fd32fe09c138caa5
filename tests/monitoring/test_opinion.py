"""What the press wrote in a period: scope, divisions, the period before, the most covered."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoiam.monitoring.models import Finding
from hoiam.monitoring.queries.opinion import (
    GRADES,
    by_kind,
    by_outlet,
    by_place,
    by_severity,
    by_stance,
    opinion_of,
    tally,
)
from hoiam.monitoring.queries.periods import Period, month_of, week_of
from hoiam.monitoring.states import WarningState
from tests import factories as make

WEEK = week_of(date(2026, 8, 5))


@pytest.fixture
def tree(db):
    return make.tree()


def report(day, outlet="Báo Sông Thanh", kind="phan_anh", stance="negative", severity=2, hour=5):
    item = make.item(
        f"Chuyện ngày {day}", at=datetime(2026, 8, day, hour, tzinfo=UTC), outlet=outlet, is_relevant=True
    )  # fmt: skip
    Finding.objects.create(item=item, at=make.NOW, kind=kind, stance=stance, severity=severity)
    return item


def shown(rows):
    return [(row.name, row.items, row.stories, row.before) for row in rows]


def test_a_week_begins_on_monday_and_the_month_before_a_month_is_a_month():
    assert (WEEK.first, WEEK.last) == (date(2026, 8, 3), date(2026, 8, 9))
    assert WEEK.before == Period(date(2026, 7, 27), date(2026, 8, 2))
    assert month_of(date(2026, 12, 5)).before == Period(date(2026, 11, 1), date(2026, 11, 30))
    assert month_of(date(2026, 3, 1)).before == Period(date(2026, 2, 1), date(2026, 2, 28))


def test_days_are_those_of_viet_nam(tree):
    late = report(9, hour=17)  # 00:00 of the 10th in Viet Nam
    early = report(2, hour=17)  # 00:00 of the 3rd
    make.warning(tree.province, make.story(early, late))
    assert opinion_of(tree.province, WEEK).by_day()[0] == (date(2026, 8, 3), 1)
    assert len(opinion_of(tree.province, WEEK).reports) == 1


def test_divisions_count_reports_and_stories_beside_the_period_before(tree):
    make.item("Cũ", at=datetime(2026, 7, 1, tzinfo=UTC))
    make.warning(tree.province, make.story(report(3), report(4, "Báo Đò Mới", severity=1)))
    make.warning(tree.region1, make.story(report(5, kind="dau_gia", stance="neutral", severity=0)))
    make.warning(tree.province, make.story(report(1, "Tạp chí Nắng Hạ")))
    here, there = opinion_of(tree.province, WEEK), opinion_of(tree.province, WEEK.before)
    assert shown(tally(here, there, by_kind)) == [
        ("Phản ánh, khiếu nại", 2, 1, 1),
        ("Đấu giá tài sản", 1, 1, 0),
    ]
    assert shown(tally(here, there, by_stance)) == [("Bất lợi", 2, 1, 1), ("Trung tính", 1, 1, 0)]
    assert shown(tally(here, there, by_severity, GRADES)) == [
        ("Cần xác minh", 1, 1, 1),
        ("Lưu ý", 1, 1, 0),
        ("Không phải trả lời", 1, 1, 0),
    ]
    assert shown(tally(here, there, by_place)) == [
        ("THADS tỉnh Thanh Giang", 2, 1, 1),
        ("Phòng THADS khu vực 1 - Thanh Giang", 1, 1, 0),
    ]
    assert shown(tally(here, there, by_outlet)) == [
        ("Báo Sông Thanh", 2, 2, 0),
        ("Báo Đò Mới", 1, 1, 0),
        ("Tạp chí Nắng Hạ", 0, 0, 1),
    ]


def test_a_province_counts_its_own_subtree_the_centre_the_nation_by_province(tree):
    make.warning(tree.region1, make.story(report(3)))
    make.warning(tree.other, make.story(report(4), report(5)))
    assert len(opinion_of(tree.province, WEEK).reports) == 1
    assert len(opinion_of(tree.other, WEEK).reports) == 2
    whole = opinion_of(tree.centre, WEEK)
    assert shown(tally(whole, whole, by_place)) == [("Lam Hà", 2, 1, 2), ("Thanh Giang", 1, 1, 1)]  # fmt: skip


def test_what_was_dismissed_or_never_relevant_is_not_counted(tree):
    make.warning(tree.province, make.story(report(3)), state=WarningState.DISMISSED, dismissal="court")  # fmt: skip
    make.warning(tree.province, make.story(make.item("Ngoài ngành")))
    assert opinion_of(tree.province, WEEK).reports == ()


def test_a_time_nobody_watched_is_no_comparison(tree):
    make.warning(tree.province, make.story(report(4)))
    there = opinion_of(tree.province, WEEK.before)
    assert there.was_watched is False
    assert shown(tally(opinion_of(tree.province, WEEK), there, by_stance)) == [("Bất lợi", 1, 1, None)]  # fmt: skip
    make.item("Cũ", at=WEEK.before.start)
    assert opinion_of(tree.province, WEEK.before).was_watched is True


def test_the_most_covered_stand_first_then_the_gravest(tree):
    small = make.warning(tree.province, make.story(report(3)), severity=3).story
    big = make.warning(tree.province, make.story(report(4), report(5, "Báo Đò Mới"))).story
    plain = make.warning(tree.province, make.story(report(6)), severity=1).story
    rows = opinion_of(tree.province, WEEK).most_covered(3)
    assert [(story.pk, items, outlets) for story, items, outlets in rows] == [
        (big.pk, 2, 2),
        (small.pk, 1, 1),
        (plain.pk, 1, 1),
    ]


def test_queries_do_not_grow_with_rows(tree):
    counts = []
    for day in (3, 4, 5):
        make.warning(tree.province, make.story(report(day)))
        with CaptureQueriesContext(connection) as seen:
            opinion_of(tree.province, WEEK)
        counts.append(len(seen))
    assert counts == [4, 4, 4]


def test_periods_refuse_nothing_and_give_their_words():
    assert str(Period(date(2026, 8, 5), date(2026, 8, 5))) == "ngày 05/08/2026"
    assert str(WEEK) == "từ ngày 03/08/2026 đến ngày 09/08/2026"
    assert WEEK.end - WEEK.start == timedelta(days=7)
