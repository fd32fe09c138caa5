"""Days announced on the desk hold everywhere working days are counted: mornings, office hours, screening, the press desk."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.agencies.states import Role
from hoiam.handling import actions
from hoiam.handling.actions.enquiry_content import ask_unit
from hoiam.handling.jobs.schedules import periodic_digests
from hoiam.handling.queries.calendars import forget_calendar
from hoiam.kit.rulebook import national_calendar
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.actions.warn import grow
from hoiam.monitoring.calendars import calendar_in_use
from hoiam.monitoring.hours import is_office_hour, next_change, office_time
from hoiam.monitoring.jobs.schedules import first_untold, is_sending_day, morning_digests
from hoiam.monitoring.models import Digest, Route, Routing
from hoiam.monitoring.queries.routing import told_later
from tests import factories as make
from tests.factories import NOW
from tests.handling.press_desk import enquiry

THURSDAY, FRIDAY = date(2026, 8, 6), date(2026, 8, 7)
DAY = timedelta(days=1)


def at(day, hour=7, minute=10):
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=VIETNAM)


@pytest.fixture
def centre(tree):
    return make.actor(tree.centre, Role.ADMINISTRATOR)


def announce(centre, day=THURSDAY, kind="off"):
    row = actions.announce_day(
        day=day, kind=kind, name="nghỉ hoán đổi", source="Thông báo 1/TB", actor=centre, now=NOW
    )
    forget_calendar()  # as at the end of the transaction, which a test never sees
    return row


def test_no_digest_goes_on_a_day_off_announced_and_one_does_on_a_day_worked(tree, centre, focal):
    assert (is_sending_day(THURSDAY), is_sending_day(THURSDAY + 2 * DAY)) == (True, False)
    row = announce(centre)
    announce(centre, THURSDAY + 2 * DAY, "work")
    assert (is_sending_day(THURSDAY), is_sending_day(THURSDAY + 2 * DAY)) == (False, True)
    assert morning_digests(at(THURSDAY), at(THURSDAY).isoformat()) == 0
    assert morning_digests(at(FRIDAY), at(FRIDAY).isoformat()) >= 1
    told = Digest.objects.system("test").get(agency=tree.province, kind="day")
    assert told.day == THURSDAY

    actions.withdraw_day(row, reason="thông báo bị thu hồi", actor=centre, now=NOW)
    forget_calendar()
    assert is_sending_day(THURSDAY)


def test_the_digest_after_days_off_begins_with_the_last_working_day(tree, centre):
    announce(centre)
    assert first_untold(tree.province, THURSDAY) == THURSDAY - DAY


def test_the_weeks_outlook_waits_for_the_first_working_day(tree, centre, focal):
    monday = date(2026, 8, 10)
    announce(centre, monday)
    assert periodic_digests(at(monday), at(monday).isoformat()) == 0
    assert periodic_digests(at(monday + DAY), at(monday + DAY).isoformat()) > 0


def test_office_hours_and_time_waited_leave_the_day_out(tree, centre):
    noon = at(THURSDAY, 10, 0)
    before = calendar_in_use()
    announce(centre)
    now = calendar_in_use()
    assert (is_office_hour(noon, before), is_office_hour(noon, now)) == (True, False)
    assert next_change(noon, now) == at(FRIDAY, 7, 30)
    spent = office_time(at(THURSDAY, 8, 0), at(FRIDAY, 9, 0), now)
    assert spent == timedelta(hours=1, minutes=30)
    assert national_calendar().is_working(THURSDAY)  # what ships is not touched


def test_a_warning_is_routed_and_screened_by_the_days_announced(tree, centre, focal):
    unit = Routing.objects.create(agency=tree.province, saved_at=NOW, saved_by=focal.official)
    Route.objects.create(routing=unit, severity=2, recipient="focal_point", hours="office")
    evening, noon = at(THURSDAY - DAY, 16, 30), at(THURSDAY, 10, 0)
    plain = make.warning(tree.province, due_at=None)
    grow(plain, 2, "tin nặng hơn", now=evening)
    assert told_later(tree.province, 2, noon) is None
    announce(centre)

    assert told_later(tree.province, 2, noon) == at(FRIDAY, 7, 30)
    moved = make.warning(tree.province, due_at=None)
    grow(moved, 2, "tin nặng hơn", now=evening)
    assert (plain.due_at.date(), moved.due_at.date()) == (THURSDAY, FRIDAY)


def test_times_of_the_press_desk_leave_the_day_out(tree, centre, focal):
    plain = enquiry(tree.province, focal)
    announce(centre)
    moved = enquiry(tree.province, focal)
    assert moved.answer_due_at - plain.answer_due_at == DAY
    asked = ask_unit(moved, unit=tree.region1, what="Biên bản", actor=focal, now=NOW)
    assert asked.due_at.date() == FRIDAY
