"""Silence by the ledger: no night, no day off, no standing collector makes a source silent; a real stop stays told."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.sources import note_collection
from hoiam.monitoring.jobs.schedules import look_for_silence
from hoiam.monitoring.models import Collection, Signal, Source, SourceDay
from hoiam.monitoring.queries.source_pasts import pasts_of
from hoiam.monitoring.queries.sources import rhythms
from tests.monitoring.house import NOW, TODAY, note_past

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OFFICE = {"hours": range(8, 18), "weekdays": range(5)}


def at(month, day, hour, minute=0, year=2026):
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


def source(name="Báo Sông Thanh", last=NOW, **fields):
    return Source.objects.create(
        name=name, kind="feed", url=f"https://songthanh.example/{name}", last_new_at=last, **fields
    )


def silent(now):
    return look_for_silence.func(now=now)


def told():
    return Signal.objects.system("a test looks").filter(kind="silence")


@pytest.mark.parametrize(
    ("name", "hours", "weekdays"), [("báo tỉnh", range(6, 22), range(7)), ("cổng", range(8, 18), range(5))]
)  # fmt: skip
def test_days_and_a_weekend_raise_nothing_and_a_stop_is_one_signal(name, hours, weekdays):
    one = source(name, last=at(8, 6, hours[-1]))
    note_past(one, hours=hours, weekdays=weekdays, ahead=-1, today=TODAY + 2 * DAY)
    moment = at(8, 7, 0)  # Friday; the stop comes on Monday night
    while moment < at(8, 11, 0):
        gives = moment.hour in hours and moment.weekday() in weekdays
        note_collection(one, Collection(seen=1, kept=int(gives)), now=moment)
        assert silent(moment + HOUR / 4) == 0, moment
        moment += HOUR
    assert not told()
    while moment < at(8, 11, 18):
        note_collection(one, Collection(seen=1), now=moment)
        silent(moment + HOUR / 4)
        moment += HOUR
    [signal] = told()
    due = at(8, 11, 8) if 5 in weekdays else at(8, 11, 9)
    assert due < signal.at.astimezone(VIETNAM) < due + 3 * HOUR


def test_a_portal_is_not_silent_on_a_public_holiday_and_is_after_it():
    one = source(last=at(8, 28, 16, 30))  # Friday; offices open again on Thursday 3 September
    note_past(one, today=at(8, 29, 0).date(), **OFFICE)
    asked = [at(8, 31, 17), at(9, 1, 17), at(9, 2, 17), at(9, 3, 12)]
    assert [silent(moment) for moment in asked] == [0, 0, 0, 1]


def test_a_collector_that_stands_still_makes_no_source_silent():
    one = source(last=NOW - HOUR, last_tried_at=NOW - HOUR / 2)
    note_past(one, ahead=0)
    assert silent(NOW + 9 * HOUR) == 0
    # Two days later it runs again: the days between say nothing, today's hours do.
    Source.objects.update(last_tried_at=NOW + 2 * DAY)
    SourceDay.objects.create(source=one, day=TODAY + 2 * DAY, readings=1)
    SourceDay.objects.filter(day=TODAY).delete()
    assert silent(NOW + 2 * DAY) == 0
    Source.objects.update(last_tried_at=NOW + 2 * DAY + 2 * HOUR)
    assert silent(NOW + 2 * DAY + 2 * HOUR) == 1


def test_long_silence_does_not_become_the_habit():
    one = source(last=NOW - DAY, usual_gap_seconds=30 * 86_400)
    note_past(one, ahead=90)
    assert [silent(NOW + n * DAY) for n in (0, 20, 50, 90)] == [1, 1, 1, 1]
    assert told().get().closed_at is None


def test_a_source_without_history_does_not_cry_over_its_first_weekend():
    new = source(last=at(8, 7, 16), usual_gap_seconds=600)  # Friday
    for n in (0, 1, 2, 3):
        SourceDay.objects.create(source=new, day=at(8, 7 + n, 0).date(), readings=96)
    assert silent(at(8, 10, 9)) == 0


def test_days_before_hours_were_written_down_tell_no_habit():
    one = source(last=at(8, 4, 21))
    note_past(one)
    SourceDay.objects.filter(day__lt=TODAY - 9 * DAY).update(hours=0)
    assert silent(NOW) == 1  # four hours of its own clock
    SourceDay.objects.update(hours=0)
    assert rhythms([one], TODAY)[one.pk].hours == ""


def upgraded(one, days, gives=lambda day: day.weekday() < 5):
    """The ledger of a source whose hours are written down for so many days only, after eight weeks in which they were not."""
    for n in range(-56, 0):
        day = TODAY + n * DAY
        on, told = gives(day), n >= -days
        mask = sum(1 << hour for hour in range(9, 15)) if on and told else 0
        SourceDay.objects.create(source=one, day=day, readings=96, kept=6 * on, hours=mask)


@pytest.mark.parametrize("days", [0, 1, 3, 6])
def test_on_the_days_after_an_upgrade_nothing_is_known_yet(days):
    one = source()
    upgraded(one, days)
    assert rhythms([one], TODAY)[one.pk].hours == ""


def test_a_week_after_an_upgrade_old_days_without_news_tell_nothing():
    one, fresh = source("cũ"), source("mới")
    upgraded(one, 21, lambda day: day.toordinal() % 2)
    upgraded(fresh, 21, lambda day: day.toordinal() % 2)
    SourceDay.objects.filter(source=fresh, day__lt=TODAY - 21 * DAY).delete()
    pasts = pasts_of([one, fresh], TODAY)
    assert pasts[one.pk].habit == pasts[fresh.pk].habit is not None
    assert pasts[one.pk].habit.weekdays == frozenset(range(7))


def test_the_page_says_what_is_usual():
    one = source()
    note_past(one, **OFFICE)
    assert rhythms([one], TODAY)[one.pk].hours == "thường có tin 08-17 giờ, thứ Hai đến thứ Sáu"


def test_all_sources_are_judged_by_one_question_more_than_the_list():
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            silent(NOW)
        return len(seen)

    note_past(source("một"))
    asked()  # the calendar is read once
    one = asked()
    note_past(source("hai")), note_past(source("ba"))
    assert (asked(), one) == (one, one)
