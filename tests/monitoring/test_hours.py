"""Quiet hours across midnight, and how much of a span an office works."""

from datetime import UTC, datetime, time, timedelta

import pytest

from hoiam.kit.rulebook import national_calendar
from hoiam.kit.vietnamese import VIETNAM
from hoiam.monitoring.hours import is_office_hour, next_change, office_time, quiet_until

NIGHT = (time(22), time(6))


def at(text):
    """A moment of August 2026, Vietnam time: "05 21:59" (the 5th is a Wednesday)."""
    return datetime.strptime(f"2026-08-{text}", "%Y-%m-%d %H:%M").replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("span", "now", "until"),
    [
        (NIGHT, "05 21:59", None),
        (NIGHT, "05 22:00", "06 06:00"),
        (NIGHT, "05 23:59", "06 06:00"),
        (NIGHT, "06 00:00", "06 06:00"),
        (NIGHT, "06 05:59", "06 06:00"),
        (NIGHT, "06 06:00", None),
        ((time(12), time(13, 30)), "05 12:30", "05 13:30"),
        ((time(12), time(13, 30)), "05 13:30", None),
        ((time(6), time(6)), "05 06:00", None),
        ((None, None), "05 03:00", None),
        ((time(22), None), "05 23:00", None),
        ((time(22), time(0)), "31 23:00", "32"),
    ],
)
def test_quiet_hours_end_at_their_end_whatever_side_of_midnight(span, now, until):
    expected = (
        None
        if until is None
        else at("31 00:00") + timedelta(days=1)
        if until == "32"
        else at(until)
    )
    assert quiet_until(*span, at(now)) == expected


def test_quiet_hours_are_of_the_vietnamese_clock_whatever_zone_the_moment_has():
    assert quiet_until(*NIGHT, at("05 23:00").astimezone(UTC)) == at("06 06:00")


@pytest.mark.parametrize(
    ("now", "works"),
    [
        ("05 09:00", True),
        ("05 12:15", False),
        ("05 20:00", False),
        ("08 09:00", False),  # Saturday
        ("09 09:00", False),  # Sunday
    ],
)
def test_an_office_works_in_its_hours_on_working_days(now, works):
    assert is_office_hour(at(now), national_calendar()) is works


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("05 09:00", "05 10:00", 60),
        ("05 18:00", "06 06:00", 0),
        ("07 16:00", "10 08:30", 120),  # Friday afternoon to Monday morning
        ("05 10:00", "05 09:00", 0),  # the clock went back
    ],
)
def test_time_outside_the_hours_of_an_office_does_not_count(start, end, minutes):
    assert office_time(at(start), at(end), national_calendar()) == timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("now", "change"),
    [
        ("05 06:00", "05 07:30"),
        ("05 07:30", "05 11:30"),
        ("05 12:00", "05 13:00"),
        ("05 20:00", "06 07:30"),
        ("07 17:00", "10 07:30"),  # Friday evening to Monday morning
    ],
)
def test_the_next_change_of_office_hours(now, change):
    assert next_change(at(now), national_calendar()) == at(change)
