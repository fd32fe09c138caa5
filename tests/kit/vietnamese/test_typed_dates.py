"""What a person types for a day, and how days are shown back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoiam.kit.vietnamese import (
    VIETNAM,
    read_date,
    show_date,
    show_datetime,
    show_long_date,
    show_weekday,
)

TODAY = date(2026, 4, 1)  # a Wednesday
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("5/4", date(2026, 4, 5)),
        ("5-4-26", date(2026, 4, 5)),
        ("05/04/2026", date(2026, 4, 5)),
        ("5.4.2026", date(2026, 4, 5)),
        ("2026-04-05", date(2026, 4, 5)),
        ("ngày 5 tháng 4", date(2026, 4, 5)),
        ("ngày 05 tháng 4 năm 2026", date(2026, 4, 5)),
        ("31/12/2026", date(2026, 12, 31)),
        (" hôm  nay ", TODAY),
        ("Hôm qua", date(2026, 3, 31)),
        ("hom nay", TODAY),
        ("ngày mai", date(2026, 4, 2)),
        ("mai", date(2026, 4, 2)),
        ("hôm kia", date(2026, 3, 30)),
        ("ngày kia", date(2026, 4, 3)),
        ("+3", date(2026, 4, 4)),
        ("-1", date(2026, 3, 31)),
        ("+ 10 ngày", date(2026, 4, 11)),
        ("thứ tư", TODAY),
        ("thứ sáu", date(2026, 4, 3)),
        ("thứ hai", date(2026, 4, 6)),
        ("thứ hai tuần này", date(2026, 3, 30)),
        ("thứ hai tuần sau", date(2026, 4, 6)),
        ("T7", date(2026, 4, 4)),
        ("chủ nhật", date(2026, 4, 5)),
        ("CN", date(2026, 4, 5)),
    ],
)
def test_reads_what_is_typed(typed, expected):
    assert read_date(typed, TODAY) == expected


@pytest.mark.parametrize(
    "typed",
    ["", "abc", "31/2", "31/2/2026", "13/13/2026", "4/31/26", "29/2/2025", "0912.345.678", "12", "năm 2026", "05/04/2026 14:05",
     "thứ chín", "1/2/3/4", "++3"],
)  # fmt: skip
def test_refuses_what_is_no_day(typed):
    assert read_date(typed, TODAY) is None


def test_shows_days():
    day = date(2026, 4, 5)
    assert show_date(day) == "05/04/2026"
    assert show_long_date(day) == "ngày 05 tháng 4 năm 2026"
    assert show_long_date(date(2026, 1, 15)) == "ngày 15 tháng 01 năm 2026"
    assert show_long_date(date(2026, 12, 1)) == "ngày 01 tháng 12 năm 2026"


def test_shows_weekdays():
    monday = date(2026, 3, 30)
    assert [show_weekday(monday + timedelta(days=n)) for n in range(7)] == [
        "thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật",
    ]  # fmt: skip


def test_moments_are_shown_in_viet_nam():
    moment = datetime(2026, 4, 4, 20, 5, tzinfo=UTC)
    assert show_datetime(moment) == "05/04/2026 03:05"
    assert show_date(moment) == "05/04/2026"
    assert show_weekday(moment) == "Chủ nhật"
    assert show_long_date(moment) == "ngày 05 tháng 4 năm 2026"
    assert show_datetime(datetime(2026, 4, 5, 3, 5, tzinfo=VIETNAM)) == "05/04/2026 03:05"


@given(DAYS)
def test_reads_back_what_is_shown(day):
    assert read_date(show_date(day), TODAY) == day
    assert read_date(show_long_date(day), TODAY) == day


@given(st.integers(-999, 999))
def test_steps_are_calendar_days(days):
    assert read_date(f"{days:+d}", TODAY) == TODAY + timedelta(days=days)
