"""The calendar: working days and hours, holidays of each year, imported files."""

from datetime import date, datetime, time, timedelta

import pytest

from hoiam.kit.rulebook import Calendar, national_calendar, read_calendar, working_sessions
from hoiam.kit.rulebook.files import read_folder
from hoiam.kit.vietnamese import VIETNAM

NATIONAL = national_calendar()
DAY = timedelta(days=1)


def test_examples_of_the_domain():
    assert date(2023, 10, 15).weekday() == 6
    assert NATIONAL.previous_working(date(2023, 10, 14)) == date(2023, 10, 13)
    assert date(2026, 11, 24).weekday() == 1
    assert NATIONAL.previous_working(date(2026, 12, 19)) == date(2026, 12, 18)
    assert NATIONAL.next_working(date(2026, 8, 15)) == date(2026, 8, 17)


LUNAR_NEW_YEAR = {
    2016: date(2016, 2, 8),
    2017: date(2017, 1, 28),
    2018: date(2018, 2, 16),
    2019: date(2019, 2, 5),
    2020: date(2020, 1, 25),
    2021: date(2021, 2, 12),
    2022: date(2022, 2, 1),
    2023: date(2023, 1, 22),
    2024: date(2024, 2, 10),
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
}


@pytest.mark.parametrize("year", LUNAR_NEW_YEAR)
def test_first_three_days_of_tet_are_off(year):
    days = [LUNAR_NEW_YEAR[year] + DAY * count for count in range(3)]

    assert [NATIONAL.is_working(day) for day in days] == [False, False, False]


@pytest.mark.parametrize("year", LUNAR_NEW_YEAR)
def test_fixed_holidays_are_off_and_compensated(year):
    fixed = [date(year, 1, 1), date(year, 4, 30), date(year, 5, 1), date(year, 9, 2)]

    assert [NATIONAL.is_working(day) for day in fixed] == [False] * 4
    assert {day.year for day in NATIONAL.swapped_workdays if day.weekday() < 5} == set()


def test_culture_day_is_off_from_2026_only():
    years = (2023, 2026, 2027)  # 24/11 is a weekday in each

    assert [NATIONAL.is_working(date(year, 11, 24)) for year in years] == [True, False, False]


def test_swapped_days():
    swaps = {date(2018, 12, 31): date(2019, 1, 5), date(2019, 4, 29): date(2019, 5, 4)}
    swaps |= {date(2024, 4, 29): date(2024, 5, 4), date(2025, 5, 2): date(2025, 4, 26)}
    swaps |= {date(2026, 1, 2): date(2026, 1, 10), date(2026, 8, 31): date(2026, 8, 22)}

    assert NATIONAL.swapped_workdays == frozenset(swaps.values())
    assert [NATIONAL.is_working(rest) for rest in swaps] == [False] * len(swaps)


def test_years_say_how_sure_they_are():
    assert {year["year"]: year["confidence"] for year in read_folder("calendar")} == dict.fromkeys(
        range(2016, 2026), "B"
    ) | {2026: "U", 2027: "U"}
    assert (NATIONAL.grade_of(2025), NATIONAL.grade_of(2028)) == ("B", None)


def test_reason_of_a_day_off():
    days = (date(2026, 11, 24), date(2026, 11, 28), date(2026, 11, 25))

    assert [NATIONAL.reason_off(day) for day in days] == [
        "Ngày Văn hóa Việt Nam",
        "nghỉ cuối tuần",
        "",
    ]
    assert Calendar([date(2026, 11, 25)]).reason_off(date(2026, 11, 25)) == "nghỉ lễ"


def test_adding_working_days_goes_both_ways():
    friday = date(2026, 7, 3)

    assert NATIONAL.add_working_days(friday, 1) == date(2026, 7, 6)
    assert NATIONAL.add_working_days(friday, -5) == date(2026, 6, 26)
    assert NATIONAL.add_working_days(friday, 0) == friday
    assert NATIONAL.working_days_between(friday, date(2026, 7, 10)) == 5


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-07-06T07:30", 4, "2026-07-06T11:30"),
        ("2026-07-06T11:00", 4, "2026-07-06T16:30"),
        ("2026-07-06T06:00", 8, "2026-07-06T17:00"),
        ("2026-07-06T17:00", 1, "2026-07-07T08:30"),
        ("2026-07-04T09:00", 9, "2026-07-07T08:30"),
    ],
)
def test_adding_working_hours(start, hours, end):
    assert NATIONAL.add_working_hours(at(start), hours, working_sessions()) == at(end)


def test_working_time_between_two_moments():
    sessions = ((time(7, 30), time(11, 30)), (time(13), time(17)))
    found = NATIONAL.working_time_between(at("2026-11-23T16:00"), at("2026-11-25T08:00"), sessions)

    assert found == timedelta(hours=1, minutes=30)


def test_merged_calendar_takes_the_years_of_the_other():
    own = read_calendar("ngày,loại,tên\n23/11/2026,nghỉ,hoán đổi\n28/11/2026,làm bù,\n").calendar
    merged = NATIONAL.merged(own)

    assert merged.is_working(date(2026, 11, 24))
    assert not merged.is_working(date(2026, 11, 23))
    assert merged.is_working(date(2026, 11, 28))
    assert (merged.grade_of(2026), merged.grade_of(2025)) == ("A", "B")
    assert merged.reason_off(date(2025, 9, 2)) == "Quốc khánh"


def test_csv_is_read_with_semicolons_and_both_date_forms():
    reading = read_calendar("\ufeffTên;Ngày;Loại\nTết;2027-02-11;Nghỉ\n\n;20/02/2027;Làm bù\n")

    assert reading.errors == ()
    assert reading.calendar.days_off == {date(2027, 2, 11)}
    assert reading.calendar.swapped_workdays == {date(2027, 2, 20)}
    assert reading.calendar.names == {date(2027, 2, 11): "Tết"}


def test_csv_rows_that_cannot_be_read_are_told():
    text = "ngày,loại\n30/2/2027,nghỉ\n01/03/2027,đi chơi\n02/03/2027,làm bù\n03/03/2027,nghỉ\n03/03/2027,nghỉ\n04/03/2027\n"

    assert read_calendar(text).errors == (
        "Dòng 2: “30/2/2027” không phải là một ngày; viết ngày dạng 02/09/2026 hoặc 2026-09-02.",
        "Dòng 3: loại “đi chơi” không rõ; ghi “nghỉ” hoặc “làm bù”.",
        "Dòng 4: 02/03/2027 vốn là ngày làm việc; ngày làm bù phải là thứ Bảy hoặc Chủ nhật.",
        "Dòng 6: ngày 03/03/2027 đã ghi ở trên; xóa một dòng.",
        "Dòng 7: loại “” không rõ; ghi “nghỉ” hoặc “làm bù”.",
    )


@pytest.mark.parametrize("text", ["", "tên,gì đó\n"])
def test_csv_without_header_is_told(text):
    assert read_calendar(text).errors == (
        "Dòng 1: cần tiêu đề “ngày,loại,tên”; thêm dòng tiêu đề rồi nhập lại.",
    )


def test_yaml_is_read_with_swaps():
    text = """
year: 2027
confidence: B
days_off:
  - {day: 2027-02-11, name: Tết Nguyên đán}
  - 2027-09-03
swaps:
  - {rest: 2027-02-12, work: 2027-02-20}
"""
    reading = read_calendar(text)

    assert reading.errors == ()
    assert reading.calendar.days_off == {
        date(2027, 2, 11),
        date(2027, 2, 12),
        date(2027, 9, 3),
    }
    assert reading.calendar.swapped_workdays == {date(2027, 2, 20)}
    assert reading.calendar.grade_of(2027) == "B"


def test_no_row_of_the_shipped_files_is_lost():
    years = read_folder("calendar")

    assert len(NATIONAL.names) == sum(len(y["days_off"]) + len(y["swaps"]) for y in years)
    assert len(NATIONAL.swapped_workdays) == sum(len(y["swaps"]) for y in years)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("year: [2027\n", "Không đọc được tệp YAML (gần dòng 2); sửa rồi nhập lại."),
        (
            "days_off:\n  - 2027-02-30\n",
            "Không đọc được tệp YAML (có một ngày không có trong lịch); sửa rồi nhập lại.",
        ),
        ("- Tết\n", "“Tết” không có days_off hay swaps; xem tệp mẫu."),
        (
            "swaps:\n  - Tết\n",
            "swaps, mục 1: “None” không phải là một ngày; "
            "viết ngày dạng 02/09/2026 hoặc 2026-09-02.",
        ),
    ],
)
def test_yaml_that_cannot_be_read_is_told(text, told):
    assert read_calendar(text).errors[0] == told
