"""Every printed shape is read exactly or refused with its reason."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hoiam.kit.lists import yaml_of
from hoiam.kit.vietnamese import (
    VIETNAM,
    Moment,
    Unread,
    moment_values,
    nfc,
    read_moment,
    read_moment_or_why,
    show_datetime,
    show_long_date,
)

CASES = yaml_of(Path(__file__).with_name("moments.yaml").read_text("utf-8"))
REFERENCE = datetime(2026, 4, 5, 10, 0, tzinfo=VIETNAM)
DAYS = st.dates(date(1976, 1, 1), date(2100, 12, 31))
TIMES = st.times().map(lambda time: time.replace(second=0, microsecond=0))


def cases(group):
    return [pytest.param(case, id=case["label"]) for case in CASES[group]]


def shown(moment):
    if moment is None:
        return None
    return moment.value.isoformat() if moment.has_time else moment.value.date().isoformat()


def reasons(case):
    if case["reason"] == "ANY":
        return {moment_values.NOTHING, moment_values.DAY_MISSING, moment_values.YEAR_MISSING}
    return {getattr(moment_values, case["reason"])}


def test_the_set_is_large_enough_to_mean_something():
    assert sum(map(len, CASES.values())) >= 120


@pytest.mark.parametrize("case", cases("read"))
def test_reads_what_is_written(case):
    assert shown(read_moment(case["input"])) == case["expected"]


@pytest.mark.parametrize("case", cases("read"))
def test_a_reference_changes_nothing_that_is_fully_written(case):
    assert read_moment(case["input"], REFERENCE) == read_moment(case["input"])


@pytest.mark.parametrize("case", cases("relative"))
def test_reads_relative_words_from_the_reference(case):
    assert shown(read_moment(case["input"], REFERENCE)) == case["expected"]


@pytest.mark.parametrize("case", cases("relative"))
def test_relative_words_without_a_reference_are_refused(case):
    assert read_moment_or_why(case["input"]) == Unread(moment_values.REFERENCE_MISSING)


@pytest.mark.parametrize("case", cases("refused"))
def test_refuses_with_the_reason(case):
    answer = read_moment_or_why(case["input"])
    assert isinstance(answer, Unread)
    assert answer.reason in reasons(case)
    assert read_moment(case["input"]) is None


@pytest.mark.parametrize("case", cases("vague"))
def test_refuses_even_with_a_reference(case):
    assert read_moment_or_why(case["input"], REFERENCE) == Unread(*reasons(case))


@pytest.mark.parametrize("case", cases("read") + cases("relative"))
def test_raw_is_a_piece_of_the_text(case):
    moment = read_moment(case["input"], REFERENCE)
    assert moment.raw in nfc(case["input"])
    assert moment.raw == moment.raw.strip() != ""


def test_the_offset_is_kept_as_written():
    odd = read_moment("Fri, 22 Aug 2025 10:00:00 +07:07").value
    assert odd.utcoffset() == timedelta(hours=7, minutes=7)
    assert odd == datetime(2025, 8, 22, 10, 0, tzinfo=timezone(timedelta(minutes=427)))


def test_a_reference_of_another_zone_counts_in_viet_nam_days():
    late = datetime(2026, 4, 4, 20, 0, tzinfo=UTC)  # already the 5th in Viet Nam
    assert shown(read_moment("hôm qua", late)) == "2026-04-04"


@given(DAYS, TIMES)
def test_reads_back_what_is_shown(day, time):
    moment = datetime.combine(day, time, tzinfo=VIETNAM)
    read = read_moment(show_datetime(moment))
    assert (read.value, read.has_time) == (moment, True)


@given(DAYS)
def test_reads_back_the_long_form(day):
    assert read_moment(f"Thanh Giang, {show_long_date(day)}").value.date() == day


@given(st.datetimes(datetime(1976, 1, 1), datetime(2100, 12, 31)), st.integers(-14 * 60, 14 * 60))
def test_reads_back_iso(naive, offset):
    moment = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=offset)))
    assert read_moment(moment.isoformat()).value == moment


@given(st.text(alphabet="0123456789/-.:hg ngày thán ămTZ+,()|?", max_size=40))
def test_never_crashes_and_always_says_why(text):
    answer = read_moment_or_why(text, REFERENCE)
    assert isinstance(answer, Moment) or answer.reason.endswith(".")


@given(st.from_regex(r"0[0-9]{2,3}[. ]?[0-9]{3}[. ]?[0-9]{3,4}", fullmatch=True))
def test_phone_numbers_are_not_dates(number):
    assert read_moment(f"Điện thoại {number}") is None


@given(st.integers(1, 10**13))
def test_amounts_are_not_dates(amount):
    assert read_moment(f"{amount:,} đồng".replace(",", ".")) is None
