"""The own clock of a source: no alarm through weeks of its usual nights and days off, one soon after it really stops."""

import random
from bisect import bisect
from collections import Counter
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median

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


@pytest.mark.parametrize(
    ("hours", "words"),
    [((8,), "thường có tin lúc 8 giờ"), ((0,), "thường có tin lúc 0 giờ"), ((8, 9), "thường có tin 08-09 giờ")],
)  # fmt: skip
def test_one_hour_a_day_is_said_as_one(hours, words):
    assert learn_habit(past((hours, range(7)), 28)).words == words


def test_a_silence_of_which_no_rhythm_is_known_says_so_and_calls_no_source_new():
    told = silence(MONDAY, unknown_habit(DAY, asleep), MONDAY + 9 * DAY, never)
    assert told.words.startswith(
        "Không có tin mới từ 02/11/2026 00:00 (chưa đủ tin để biết nhịp của nguồn). Hãy mở nguồn"
    )


def test_days_before_the_first_item_tell_nothing():
    empty = [DayHours((MONDAY - n * DAY).date(), 0) for n in range(1, 50)]
    assert learn_habit([*empty, *past(PAPER, 6)]) is None
    assert learn_habit([*empty, *past(OFFICE, 21)]) == learn_habit(past(OFFICE, 21))


def test_one_item_at_night_or_on_a_saturday_moves_no_habit():
    days = past(OFFICE, 28)
    days[5] = DayHours(days[5].day, mask([23]))
    assert learn_habit(days).words == "thường có tin 08-17 giờ, thứ Hai đến thứ Sáu"


def test_too_little_is_no_habit():
    assert learn_habit(past(PAPER, 6)) is None
    assert learn_habit(past(((9,), range(1)), 28)) is None  # four items in four weeks
    assert learn_habit([]) is None
    assert unknown_habit(DAY, asleep).words == ""


def test_one_long_stop_in_the_past_is_no_habit():
    days = past(PAPER, 28)
    pause = [DayHours(one.day, 0) for one in days[10:11]]
    habit = learn_habit(days[:10] + pause + days[11:])
    assert (habit.long < 2 * HOUR, patience(habit) < 4 * HOUR) == (True, True)


def test_a_long_stop_among_few_gaps_is_patience_up_to_ten_usual_gaps():
    habit = learn_habit([DayHours(one.day, one.hours * (n < 5 or n > 50)) for n, one in enumerate(past(((9,), range(7)), 56))])  # fmt: skip
    assert patience(habit) <= 10 * habit.gap
    assert patience(Habit(habit.hours, habit.weekdays, HOUR, 40 * HOUR)) == 10 * HOUR


def test_a_slow_source_is_given_more_than_its_long_pauses():
    days = [DayHours(date(2026, 9, 1) + n * DAY, mask([9]) * (n % 3 == 0)) for n in range(56)]
    habit = learn_habit(days)
    last = datetime(2026, 10, 25, 9, tzinfo=VIETNAM)
    assert silence(last, habit, last + 8 * DAY, never) is None
    assert silence(last, habit, last + 11 * DAY, never) is not None
    assert patience(Habit(habit.hours, habit.weekdays, HOUR, 4 * HOUR)) == 6 * HOUR


# Series as chance makes them: a paper misses hours, most of all at the edges of its day


def ramp(rate):
    """So many items an hour by day, fewer the nearer the night is."""
    return [rate * min(1, max(0, min(hour - 5, 23 - hour)) / 4) for hour in range(24)]


SERIES = {
    "8 an hour": (ramp(8), 3.25),
    "10 by day, 0.3 by night": ([0.3] * 6 + [10] * 16 + [0.3] * 2, 4),
    "2 an hour": ([0] * 6 + [2] * 16 + [0] * 2, 5),
    "1 an hour": ([0] * 6 + [1] * 16 + [0] * 2, 8.5),
}
PAST, MORE = 56, 24 * 7  # days


def by_chance(rates, days, seed):
    """Moments of items at these rates an hour, in order."""
    chance, found = random.Random(seed), []
    for n in range(days):
        for hour, rate in enumerate(rates):
            at = chance.expovariate(rate) if rate else 1
            while at < 1:
                found.append(MONDAY + n * DAY + (hour + at) * HOUR)
                at += chance.expovariate(rate)
    return found


def habits(items, days):
    """The habit known on each day after the first eight weeks, learnt anew each week."""
    marks = Counter()
    for day, hour in {(at.date(), at.hour) for at in items}:
        marks[day] += 1 << hour
    days = [MONDAY.date() + n * DAY for n in range(days)]
    told = [DayHours(day, marks[day]) for day in days]
    known = {n: learn_habit(told[n - PAST : n]) for n in range(PAST, len(days), 7)}
    return {days[n]: known[n - n % 7] for n in range(PAST, len(days))}


def told_after(items, habit, day):
    """How long after its last item a paper that stops at ten in the morning is told of."""
    last = items[bisect(items, datetime.combine(day, time(10), VIETNAM)) - 1]
    steps = (n * QUARTER for n in range(200))
    return next(step for step in steps if silence(last, habit, last + step, never))


@pytest.mark.parametrize(("rates", "within"), SERIES.values(), ids=SERIES)
def test_by_chance_a_paper_cries_less_than_once_in_eight_weeks_and_its_stop_is_told_soon(
    rates, within
):
    false, late = 0, []
    for seed in range(3):
        items = by_chance(rates, PAST + MORE, seed)
        known = habits(items, PAST + MORE)
        pairs = [pair for pair in pairwise(items) if pair[1].date() in known]
        false += sum(silence(a, known[b.date()], b, never) is not None for a, b in pairs)
        late += [told_after(items, known[day], day) for day in sorted(known)[::6]]
    assert false < 3 * MORE / PAST
    assert median(late) <= within * HOUR


def test_a_stop_in_thin_hours_waits_for_the_full_ones():
    rates = SERIES["10 by day, 0.3 by night"][0]
    items = by_chance(rates, PAST, seed=1)
    habit = habits(items, PAST + 1)[MONDAY.date() + PAST * DAY]
    night = MONDAY + PAST * DAY + 22 * HOUR
    assert silence(night, habit, night + 8 * HOUR, never) is None
    assert silence(night, habit, night + 12 * HOUR, never) is not None
    assert awake_time(habit, night, night + 8 * HOUR, never) < 3 * HOUR
