"""Chains of copies: the first by time of publication, who repeats whom, and why it is believed."""

from datetime import UTC, datetime, timedelta

import pytest

from hoiam.kit.news import Credit, Report, Reprint, chains, credit_of, earliest, firsts
from hoiam.kit.vietnamese import VIETNAM

EIGHT = datetime(2026, 8, 5, 8, 12, tzinfo=VIETNAM)
TEXT = "Ông Trần Văn Thử chưa nhận được tiền thi hành án."


def report(id, outlet, minutes, text=TEXT, copy_of=None, share=0.9, known=True):
    return Report(id, outlet, EIGHT + timedelta(minutes=minutes), text, copy_of, share, known)


def of_day(id, outlet, days=0, copy_of=None):
    """A report of which only the day is known: it is kept as that day's first moment."""
    midnight = EIGHT.replace(hour=0, minute=0) + timedelta(days=days)
    return Report(id, outlet, midnight, TEXT, copy_of, 0.9, is_day_only=True)


def test_the_chain_begins_with_who_published_first_not_with_who_was_read_first():
    # Báo Đò Mới was collected first; the folding calls the older text its copy.
    read_first = report("1", "Báo Đò Mới", 50)
    older = report("2", "Báo Sông Thanh", 0, copy_of="1", share=0.97)
    (chain,) = chains([read_first, older])
    assert (chain.first, chain.copies) == ("2", (Reprint("1", "2", 0.97, 50),))


def test_a_credit_tells_whom_a_copy_repeats():
    first = report("1", "Báo Sông Thanh", 0)
    second = report("2", "Báo Đò Mới", 20, copy_of="1")
    third = report("3", "Tạp chí Nắng Hạ", 90, TEXT + "\n\n(Theo Báo Đò Mới)", "1", 0.8)
    (chain,) = chains([third, first, second])
    assert [(copy.id, copy.of, copy.minutes) for copy in chain.copies] == [("2", "1", 20), ("3", "2", 70)]  # fmt: skip
    assert chain.copies[1].credit.name == "Báo Đò Mới"


def test_an_unknown_time_never_makes_a_paper_the_first():
    unknown = report("1", "Báo Đò Mới", -300, known=False)
    known = report("2", "Báo Sông Thanh", 0, copy_of="1")
    assert chains([unknown, known])[0].first == "2"


def test_a_bare_day_never_comes_before_a_minute_of_the_same_day():
    rows = [of_day("1", "Báo Đò Mới"), report("2", "Báo Sông Thanh", 0, copy_of="1")]
    assert (earliest(rows).id, firsts(rows)) == ("2", {"1": "2"})
    assert [(copy.id, copy.minutes) for copy in chains(rows)[0].copies] == [("1", 0)]
    # The hour before midnight in Viet Nam is of that day, whatever day it is in London.
    late = Report("3", "C", EIGHT.replace(hour=23).astimezone(UTC))
    assert earliest([of_day("1", "A"), late]).id == "3"


def test_a_bare_day_comes_before_a_minute_of_the_next_and_after_one_of_the_day_before():
    day, minute = of_day("1", "A"), report("2", "B", 0)
    assert earliest([minute, of_day("1", "A", days=-1)]).id == "1"
    assert earliest([of_day("1", "A", days=1), minute]).id == "2"
    assert earliest([report("3", "C", -3000, known=False), day]) == day


def test_copies_of_copies_are_one_chain_and_a_lone_report_none():
    rows = [
        report("1", "A", 0),
        report("2", "B", 1, copy_of="1"),
        report("3", "C", 2, copy_of="2"),
        report("4", "D", 3),
    ]
    assert [[copy.id for copy in chain.copies] for chain in chains(rows)] == [["2", "3"]]


def test_copies_of_an_item_outside_the_story_and_rings_do_no_harm():
    assert chains([report("5", "A", 0, copy_of="99")]) == ()
    ring = [report("1", "A", 0, copy_of="2"), report("2", "B", 1, copy_of="1")]
    assert [chain.first for chain in chains(ring)] == ["1"]


def test_a_report_that_leads_into_a_ring_is_of_its_text():
    ring = [report("2", "A", 0, copy_of="3"), report("3", "B", 1, copy_of="2")]
    assert firsts([report("1", "C", 2, copy_of="3"), *ring]) == {"3": "2", "1": "2"}


def test_two_copies_of_a_text_that_stands_elsewhere_are_one_text_here():
    rows = [report("5", "A", 0, copy_of="99"), report("6", "B", 9, copy_of="99", share=0.8)]
    (chain,) = chains(rows)
    assert (chain.first, chain.copies) == ("5", (Reprint("6", "5", 0.8, 9),))
    assert firsts(rows) == {"6": "5"}


def test_reports_of_one_minute_stay_in_the_order_given_whatever_their_ids():
    rows = [report("9", "A", 0), report("10", "B", 0, copy_of="9")]
    assert (chains(rows)[0].first, firsts(rows), earliest(rows).id) == ("9", {"10": "9"}, "9")


def test_the_first_of_each_text_is_no_copy_and_the_order_is_that_of_the_chain():
    rows = [
        report("1", "A", 50),
        report("2", "B", 0, copy_of="1"),
        report("3", "C", -5, copy_of="1", known=False),
        report("4", "D", 3),
    ]
    assert firsts(rows) == {"1": "2", "3": "2"}
    assert [[chain.first, *(copy.id for copy in chain.copies)] for chain in chains(rows)] == [["2", "1", "3"]]  # fmt: skip
    assert earliest(rows).id == "2"


@pytest.mark.parametrize(
    ("text", "name", "is_wire"),
    [
        (TEXT + "\n\n(Theo TTXVN)", "TTXVN", True),
        (TEXT + "\n\nTheo Báo Sông Thanh", "Báo Sông Thanh", False),
        (TEXT + "\nNguồn: Tạp chí Nắng Hạ.", "Tạp chí Nắng Hạ", False),
        ("Theo báo Sông Thanh, ông Thử chưa nhận tiền. Việc kéo dài.", "Sông Thanh", False),
        ("Dẫn lời Thông tấn xã Việt Nam, cơ quan này hẹn lại.", "Thông tấn xã Việt Nam", True),
    ],
)
def test_credits_are_found_where_they_stand(text, name, is_wire):
    found = credit_of(text, ["Sông Thanh"])
    assert (found.name, found.is_wire, text[found.start : found.end]) == (name, is_wire, name)


@pytest.mark.parametrize(
    "text",
    [
        "Theo đơn của ông Thử, tiền chưa được trả.",
        TEXT + "\n\nTheo quy định của Luật Thi hành án dân sự thì cơ quan thi hành án phải chi trả trong mười ngày.",
        "",
        "Theo",
    ],
)  # fmt: skip
def test_the_word_theo_alone_credits_nobody(text):
    assert credit_of(text, ["Báo Sông Thanh"]) is None


def test_a_chain_of_wire_copies_says_so():
    first = report("1", "Báo Sông Thanh", 0, TEXT + "\n\n(Theo TTXVN)")
    second = report("2", "Báo Đò Mới", 5, TEXT + " (TTXVN)", "1")
    (chain,) = chains([first, second])
    at = len(TEXT) + len("\n\n(Theo ")
    assert chain.credit == Credit("TTXVN", at, at + 5, is_wire=True)
