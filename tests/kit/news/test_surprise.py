"""Surprise and silence, in figures and in words."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from hoiam.kit.news import Habit, group_rate, silence, surprise, unknown_habit
from hoiam.kit.vietnamese import VIETNAM

NOW = datetime(2026, 4, 5, 14, 0, tzinfo=VIETNAM)


def test_five_items_at_a_quiet_office_are_unusual():
    found = surprise([0] * 55 + [1] + [0] * 4, 5)
    assert (found.is_unusual, found.count) == (True, 5)
    assert found.words.startswith("thường 0,2 tin/tuần; 24 giờ qua 5 tin; khả năng ngẫu nhiên 1/")


def test_a_busy_office_is_not_surprised_by_its_usual_day():
    found = surprise([4, 5, 6, 5, 4, 6] * 10, 6)
    assert (found.is_unusual, found.words) == (False, "thường 33 tin/tuần; 24 giờ qua 6 tin")


def test_no_item_is_never_a_surprise():
    assert surprise([3] * 30, 0).chance == 1.0


def test_the_prior_keeps_a_new_office_calm():
    assert surprise([], 1, prior_per_day=0.03).is_unusual is False


def test_one_story_is_never_a_burst_however_quiet_the_office():
    alone = surprise([0] * 90, 1, prior_per_day=0.0001)
    assert (alone.chance < 0.0164, alone.is_unusual) == (True, False)
    assert surprise([0] * 90, 2, prior_per_day=0.0001).is_unusual is True


def test_a_quiet_province_leans_on_the_nation_and_a_busy_one_on_itself():
    nation = 0.03
    assert group_rate(0, 0, above=nation) == pytest.approx(nation)
    assert group_rate(0, 600, above=nation) < nation / 5
    assert group_rate(600, 600, above=nation) > 0.9


def test_a_busy_provinces_offices_are_harder_to_surprise():
    calm, busy = group_rate(0, 900, above=0.03), group_rate(450, 900, above=0.03)
    assert surprise([], 2, prior_per_day=calm).is_unusual is True
    assert surprise([], 2, prior_per_day=busy).is_unusual is False


def test_more_items_are_less_likely():
    chances = [surprise([1] * 30, count).chance for count in range(1, 9)]
    assert chances == sorted(chances, reverse=True)


ALWAYS = Habit(frozenset(range(24)), frozenset(range(7)), timedelta(hours=8))
BY_DAY = Habit(frozenset(range(6, 22)), frozenset(range(7)), timedelta(hours=2))


def never(day):
    return False


@pytest.mark.parametrize(
    ("hours", "alarm"), [(23, False), (24, False), (25, True)], ids=["within", "limit", "beyond"]
)
def test_a_source_is_silent_after_three_usual_intervals(hours, alarm):
    found = silence(NOW - timedelta(hours=hours), ALWAYS, NOW, never)
    assert (found is not None) is alarm


def test_silence_says_since_when_what_was_usual_and_what_to_do():
    found = silence(NOW - timedelta(days=3), BY_DAY, NOW, never)
    assert found.words == (
        "Không có tin mới từ 02/04/2026 14:00, đã qua 48 giờ lẽ ra có tin "
        "(thường có tin 06-21 giờ). Hãy mở nguồn và kiểm tra địa chỉ."
    )


def test_silence_of_a_source_without_a_rhythm_says_that_nothing_is_known_of_it():
    new = unknown_habit(timedelta(hours=1), lambda hour: hour < 5)
    found = silence(NOW - timedelta(days=9), new, NOW, never)
    assert "(chưa đủ tin để biết nhịp của nguồn)" in found.words


def test_a_chatty_source_may_pause_for_some_hours():
    chatty = replace(BY_DAY, gap=timedelta(minutes=60))
    assert silence(NOW - timedelta(hours=3), chatty, NOW, never) is None
    assert silence(NOW - timedelta(hours=4), chatty, NOW, never) is not None
