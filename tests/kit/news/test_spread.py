"""How a story spreads: by publishers, out of its province, by the hour; and what the words own up to."""

from datetime import datetime, timedelta

import pytest

from hoiam.kit.news import Publication, spread
from hoiam.kit.vietnamese import VIETNAM

NOW = datetime(2026, 8, 5, 14, 0, tzinfo=VIETNAM)
LONG_AGO = NOW - timedelta(hours=5)


def papers(count, **fields):
    """One report each of so many papers, hours ago."""
    return [Publication(f"Báo {n}", LONG_AGO, **fields) for n in range(count)]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, []),
        (2, []),
        (3, ["outlets-3"]),
        (5, ["outlets-3"]),
        (6, ["outlets-6"]),
        (13, ["outlets-12"]),
    ],
)
def test_each_doubling_of_publishers_is_one_step(count, expected):
    assert [one.name for one in spread(papers(count), NOW)] == expected


def test_three_products_of_one_press_agency_are_one_publisher():
    assert spread([Publication("Báo Sông Thanh", LONG_AGO)] * 3, NOW) == []


def test_reports_of_nobody_count_for_nobody():
    assert spread([Publication("", LONG_AGO)] * 5, NOW) == []


def test_reprints_count_by_publisher_and_the_words_say_so():
    found = spread([*papers(1), *papers(4, is_copy=True)[1:]], NOW)
    assert [(one.name, one.words, one.is_by_copies) for one in found] == [
        ("outlets-3", "4 cơ quan báo chí đã đưa tin, trong đó 3 chỉ đăng lại bài đã có", True)
    ]


def test_three_that_wrote_themselves_make_more_than_copies():
    copy = Publication("Báo 9", LONG_AGO, is_copy=True)
    assert spread([*papers(3), copy], NOW)[0].is_by_copies is False


def test_a_paper_that_also_wrote_itself_does_not_only_reprint():
    both = Publication("Báo 1", LONG_AGO, is_copy=True)
    assert spread([*papers(3), both], NOW)[0].words == "3 cơ quan báo chí đã đưa tin"


def test_the_leap_from_local_to_central_is_told_with_names():
    local = Publication("Báo Sông Thanh", LONG_AGO, is_local=True)
    central = Publication("Báo Đò Mới", NOW - timedelta(hours=2), is_local=False)
    assert [(one.name, one.words) for one in spread([central, local], NOW)] == [
        ("national", "từ báo địa phương đã lan lên báo trung ương (Báo Đò Mới)")
    ]


@pytest.mark.parametrize(
    "reports",
    [
        [("Báo Đò Mới", False, 5), ("Báo Sông Thanh", True, 2)],  # a central paper began
        [("Báo Sông Thanh", True, 5), ("Báo Lam", True, 2)],  # all local
        [("Báo Đò Mới", None, 5), ("Báo Lam", None, 2)],  # nobody knows
    ],
)
def test_no_leap(reports):
    made = [Publication(name, NOW - timedelta(hours=h), place) for name, place, h in reports]
    assert spread(made, NOW) == []


@pytest.mark.parametrize(
    ("minutes", "names", "expected"),
    [
        ((5, 20, 40, 60), "ABAB", ["speed"]),
        ((5, 20, 40, 61), "ABAB", []),
        ((5, 20, 40, 60), "AAAA", []),  # one paper that updates itself
        ((-5, 20, 40, 60), "ABAB", []),  # a clock ahead of ours proves nothing
    ],
)
def test_speed_is_four_reports_of_two_papers_within_the_hour(minutes, names, expected):
    made = [
        Publication(name, NOW - timedelta(minutes=m))
        for name, m in zip(names, minutes, strict=True)
    ]
    assert [one.name for one in spread(made, NOW)] == expected
