"""The level of a week from its signs, and the marks of earlier stories."""

from datetime import date

import pytest

from hoiam.kit.news import mark_in, risk_level

MONDAY, SUNDAY = date(2026, 8, 3), date(2026, 8, 9)


@pytest.mark.parametrize(
    ("signs", "code", "first"),
    [
        ({}, "calm", None),
        ({"due_clocks": 0, "events": 0}, "calm", None),
        ({"due_clocks": 2}, "watch", "2 hạn đến trong tuần"),
        ({"due_clocks": 2, "late_clocks": 1}, "ready", "1 hạn đã quá mà việc chưa xong"),
        ({"due_clocks": 1, "events": 1, "growing": 1}, "watch", "1 hạn đến trong tuần"),
        ({"due_clocks": 1, "events": 1, "growing": 1, "unusual": 1}, "ready", "1 hạn đến trong tuần"),
    ],
)  # fmt: skip
def test_the_level_follows_its_strongest_sign_and_many_together(signs, code, first):
    level = risk_level(signs)
    assert (level.code, level.reasons[0] if level.reasons else None) == (code, first)
    assert len(level.reasons) == sum(count > 0 for count in signs.values())


@pytest.mark.parametrize(
    ("happened", "day", "words"),
    [
        (date(2026, 7, 5), date(2026, 8, 5), "tròn một tháng"),
        (date(2025, 8, 9), date(2026, 8, 9), "tròn một năm"),
        (date(2016, 8, 3), date(2026, 8, 3), "tròn mười năm"),
    ],
)
def test_a_mark_falls_into_the_week(happened, day, words):
    mark = mark_in(happened, MONDAY, SUNDAY)
    assert (mark.day, mark.words) == (day, words)


@pytest.mark.parametrize("happened", [date(2026, 8, 5), date(2025, 8, 10), date(2022, 8, 5)])
def test_other_days_have_no_mark(happened):
    assert mark_in(happened, MONDAY, SUNDAY) is None


def test_the_last_day_of_a_month_stays_the_last():
    assert mark_in(date(2026, 1, 31), date(2026, 2, 23), date(2026, 3, 1)).day == date(2026, 2, 28)
