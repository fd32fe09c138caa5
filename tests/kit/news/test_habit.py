"""The own clock of a source: no alarm through weeks of its usual nights and days off, one soon after it really stops."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.kit.news import DayHours, Habit, learn_habit, silence, unknown_habit
from hoiam.kit.news.habit import awake_time
from hoiam.kit.news.silence import patience
from hoiam.kit.vietnamese import VIETNAM

MONDAY = datetime(2026, 11, 2, tzinfo=VIETNAM)
HOUR, DAY, QUARTER = timedelta(hours=1), timedelta(days=1), timedelta(minutes=15)
PAPER = (
    range(6, 22),
    range(7),
)  # a provincial paper: something every hour from six to nine in the evening
OFFICE = (range(8, 18), range(5))  # a portal kept in office hours


def never(day):
    return False


def mask(hours):
    return sum(1 << hour for hour in hours)


def past(series, days, since=MONDAY):
    hours, weekdays = series
    moments = [since + n * DAY for n in range(days)]
    return [DayHours(at.date(), mask(hours) if at.weekday() in weekdays else 0) for at in moments]


def asleep(hour):
    return hour >= 23 or hour < 5


def alarms(series, days, stop=None, gap=HOUR):
    """When a house that knew nothing on the first Monday was alarmed, asked every quarter of an hour."""
    hours, weekdays = series
    told, last, was_silent = [], MONDAY + hours[0] * HOUR, False
    for n in range(days):
        habit = learn_habit(past(series, n)) or unknown_habit(gap, asleep)
        at = MONDAY + n * DAY
        for _ in range(96):
            at += QUARTER
            on = at.minute == 0 and at.hour in hours and at.weekday() in weekdays
            last = at if on and (stop is None or at < stop) else last
            is_silent = silence(last, habit, at, never) is not None
            if is_silent and not was_silent:
                told.append(at)
            was_silent = is_silent
    return told


@pytest.mark.parametrize("series", [PAPER, OFFICE], ids=["paper", "office"])
def test_six_usual_weeks_from_the_very_first_day_give_no_alarm(series):
    assert alarms(series, 42) == []


@pytest.mark.parametrize(
    ("series", "stop", "told"),
    [
        (PAPER, 28 * DAY + 10 * HOUR, 28 * DAY + 12 * HOUR),
        (PAPER, 28 * DAY + 21 * HOUR, 29 * DAY + 7 * HOUR),
        (OFFICE, 32 * DAY + 13 * HOUR, 32 * DAY + 15 * HOUR),
        (OFFICE, 33 * DAY, 35 * DAY + 10 * HOUR),
    ],
    ids=["by day", "in the evening", "on Friday", "over the weekend"],
)
def test_a_source_that_stops_is_told_once_after_three_hours_in_which_it_should_have_spoken(
    series, stop, told
):
    # The last item came an hour before the stop; one that closes at 18 tells the rest on Monday morning.
    [moment] = alarms(series, 36, stop=MONDAY + stop)
    assert MONDAY + told <= moment <= MONDAY + told + HOUR


def test_a_new_source_is_told_after_some_working_days_only():
    [moment] = alarms(PAPER, 12, stop=MONDAY + 3 * DAY)  # Thursday
    assert MONDAY + 7 * DAY < moment < MONDAY + 8 * DAY


@pytest.mark.parametrize(
    ("series", "words"),
    [
        (PAPER, "thường có tin 06-21 giờ"),
        (OFFICE, "thường có tin 08-17 giờ, thứ Hai đến thứ Sáu"),
        ((range(24), range(7)), "thường có tin cả ngày lẫn đêm"),
        ((range(24), (1, 3)), "thường có tin cả ngày lẫn đêm, thứ Ba, thứ Năm"),
        (((20, 21, 22, 23, 0, 1, 2), range(6)), "thường có tin 20-02 giờ, thứ Hai đến thứ Bảy"),
    ],
)
def test_the_words_say_what_is_usual(series, words):
    assert learn_habit(past(series, 28)).words == words


def test_one_item_at_night_or_on_a_saturday_moves_no_habit():
    days = past(OFFICE, 28)
    days[5] = DayHours(days[5].day, mask([23]))
    assert learn_habit(days).words == "thường có tin 08-17 giờ, thứ Hai đến thứ Sáu"


def test_too_little_is_no_habit():
    assert learn_habit(past(PAPER, 6)) is None
    assert learn_habit(past(((9,), range(1)), 28)) is None  # four items in four weeks
    assert learn_habit([]) is None
    assert unknown_habit(DAY, asleep).words == ""


def test_a_long_stop_in_the_past_is_patience_up_to_ten_usual_gaps():
    days = past(PAPER, 28)
    pause = [DayHours(one.day, 0) for one in days[10:11]]
    habit = learn_habit(days[:10] + pause + days[11:])
    assert habit.longest == 17 * HOUR
    assert 10 * HOUR < patience(habit) < 11 * HOUR


def test_a_slow_source_is_given_one_and_a_half_of_its_longest_pause():
    days = [DayHours(date(2026, 9, 1) + n * DAY, mask([9]) * (n % 3 == 0)) for n in range(56)]
    habit = learn_habit(days)
    assert patience(habit) == 3 * habit.gap
    assert patience(Habit(habit.hours, habit.weekdays, HOUR, 4 * HOUR)) == 6 * HOUR


def test_only_the_own_clock_counts_and_no_day_off():
    habit = learn_habit(past(OFFICE, 28))
    friday, monday = MONDAY + 4 * DAY + 16.5 * HOUR, MONDAY + 7 * DAY + 9.25 * HOUR
    assert awake_time(habit, friday, monday, never) == 2.75 * HOUR
    assert awake_time(habit, friday, monday, lambda day: day == monday.date()) == 1.5 * HOUR
    assert awake_time(habit, monday, friday, never) == 0 * HOUR
