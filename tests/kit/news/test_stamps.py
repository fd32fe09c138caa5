"""Times of feeds: the quick reader is a short cut of the slow one, never another opinion."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hoiam.kit.news.feeds.stamps import _quick, read_stamp
from hoiam.kit.vietnamese import read_moment

SHAPES = [
    "%a, %d %b %Y %H:%M:%S {zone}",
    "%d %b %Y %H:%M {zone}",
    "%a, %d %b %Y %H:%M:%S GMT",
    "%a, %d %b %Y %H:%M:%S GMT+7",
    "%Y-%m-%dT%H:%M:%S",
    "%Y-%m-%d %H:%M",
    "%Y-%m-%dT%H:%M:%S{colon}",
    "%Y-%m-%d %H:%M:%SZ",
    "%Y-%m-%dT%H:%M:%S.123456{colon}",
    "%d/%m/%Y %H:%M",
    "%d/%m/%Y %H:%M:%S",
    "%d/%m/%Y %H:%M GMT+7",
]
READ = [
    ("Wed, 06 Sep 2023 14:05:00 +0700", "2023-09-06T14:05:00+07:00"),
    ("Wed, 6 Sep 2023 14:05:00 GMT", "2023-09-06T14:05:00+00:00"),
    ("2023-09-06T07:05:33Z", "2023-09-06T07:05:33+00:00"),
    ("2023-09-06T14:05:33.250+07:00", "2023-09-06T14:05:33+07:00"),
    ("06/09/2023 14:05", "2023-09-06T14:05:00+07:00"),
    ("06/09/2023 14:05 GMT+7", "2023-09-06T14:05:00+07:00"),
    ("Thứ Tư, 06/09/2023, 14:05 (GMT+7)", "2023-09-06T14:05:00+07:00"),
]
UNREAD = [
    "31/02/2023 14:05",
    "Wed, 31 Feb 2023 14:05:00 +0700",
    "2023-02-30T08:00:00Z",
    "hôm nọ",
    "0",
]


@pytest.mark.parametrize(("stamp", "iso"), READ)
def test_a_time_is_read(stamp, iso):
    assert read_stamp(stamp).isoformat() == iso


@pytest.mark.parametrize("stamp", UNREAD)
def test_what_is_no_time_stays_unread(stamp):
    assert read_stamp(stamp) is None


def zones(minutes):
    """One offset as mail and as the web write it."""
    shown = datetime(2026, 1, 1, tzinfo=timezone(timedelta(minutes=minutes))).strftime("%z")
    return shown, f"{shown[:3]}:{shown[3:]}"


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    when=st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31)),
    shape=st.sampled_from(SHAPES),
    minutes=st.integers(-48, 52).map(lambda quarter: quarter * 15),
)
def test_the_quick_reader_says_what_the_slow_one_says(when, shape, minutes):
    zone, colon = zones(minutes)
    stamp = when.strftime(shape).format(zone=zone, colon=colon)

    quick = _quick(stamp)

    assert quick is not None
    assert (quick, quick.utcoffset()) == (
        read_moment(stamp).value,
        read_moment(stamp).value.utcoffset(),
    )


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text("0123456789/-:TZ+ ,.GMTAprSun", max_size=32))
def test_no_words_break_it(stamp):
    moment = read_moment(stamp)
    assert read_stamp(stamp) == (moment.value if moment else None)


def test_a_time_keeps_its_offset():
    assert read_stamp("2026-04-05T08:00:00-05:00").astimezone(UTC).hour == 13
