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
        (
            "outlets-3-by-copies",
            "4 cơ quan báo chí đã đưa tin, trong đó 3 chỉ đăng lại bài đã có",
            True,
        )
    ]


@pytest.mark.parametrize(
    ("own", "copying", "expected"),
    [
        (2, 1, ["outlets-3-by-copies"]),
        (3, 1, ["outlets-3"]),
        # Copies alone made the second doubling, papers of their own the first.
        (3, 3, ["outlets-6-by-copies", "outlets-3"]),
        (5, 1, ["outlets-6-by-copies", "outlets-3"]),
        (6, 3, ["outlets-6"]),
        (6, 6, ["outlets-12-by-copies", "outlets-6"]),
    ],
)
def test_a_doubling_that_only_copies_make_is_another_than_that_of_own_reports(
    own, copying, expected
):
    made = [*papers(own), *papers(own + copying, is_copy=True)[own:]]
    found = spread(made, NOW)
    assert [one.name for one in found] == expected
    assert [one.is_by_copies for one in found] == ["copies" in name for name in expected]


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
        [("Báo Sông Thanh", True, 5), ("Báo Lam", None, 2)],  # what is not known is not central
    ],
)
def test_no_leap(reports):
    made = [Publication(name, NOW - timedelta(hours=h), place) for name, place, h in reports]
    assert spread(made, NOW) == []


def test_a_leap_by_a_mere_copy_is_told_as_one_and_by_an_own_report_as_another():
    local = Publication("Báo Sông Thanh", LONG_AGO, is_local=True)
    copy = Publication("Báo Đò Mới", NOW - timedelta(hours=3), is_local=False, is_copy=True)
    own = Publication("Báo Lam", NOW - timedelta(hours=2), is_local=False)
    assert [(one.name, one.words, one.is_by_copies) for one in spread([local, copy], NOW)] == [
        (
            "national-by-copies",
            "từ báo địa phương đã lan lên báo trung ương (Báo Đò Mới), chỉ đăng lại bài đã có",
            True,
        )
    ]
    found = [one for one in spread([local, copy, own], NOW) if one.name.startswith("national")]
    assert [(one.name, one.words, one.is_by_copies) for one in found] == [
        ("national", "từ báo địa phương đã lan lên báo trung ương (Báo Lam)", False)
    ]


@pytest.mark.parametrize(
    ("copying", "name", "words"),
    [
        (0, "speed", "5 bài trong 1 giờ qua"),
        (1, "speed", "5 bài trong 1 giờ qua, trong đó 1 bài đăng lại"),
        (2, "speed-by-copies", "5 bài trong 1 giờ qua, trong đó 2 bài đăng lại"),
    ],
)
def test_four_reports_of_their_own_make_the_speed_and_copies_one_of_their_own(copying, name, words):
    made = [
        Publication(f"Báo {n % 2}", NOW - timedelta(minutes=9 * n), is_copy=n < copying)
        for n in range(5)
    ]
    assert [(one.name, one.words) for one in spread(made, NOW)] == [(name, words)]


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


def test_a_bare_day_says_nothing_of_speed():
    # Where it stands is when it was looked at: after a pause all of a day are met within one hour.
    bare = [Publication(f"Báo {n % 2}", NOW, is_day_only=True) for n in range(4)]
    timed = [Publication(f"Báo {n % 2}", NOW) for n in range(4)]
    assert spread(bare, NOW) == []
    assert [one.words for one in spread(bare + timed, NOW)] == ["4 bài trong 1 giờ qua"]
