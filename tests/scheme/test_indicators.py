"""I1–I6 of NĐ 244/2026: both terms from the record, the list behind each, the roll-up, the edges of the period."""

from datetime import date, datetime, timedelta

import pytest

from hoiam.agencies.queries import tree as shape
from hoiam.handling.models import Briefing, Enquiry, Obligation, PressConference, Statement
from hoiam.handling.states import (
    ClockState,
    ConferenceState,
    EnquiryChannel,
    EnquiryKind,
    EnquiryState,
    PaperState,
    PartyRole,
)
from hoiam.kit.vietnamese import VIETNAM
from hoiam.scheme.queries import counted_rows, report_period, report_period_of, terms_of, unit_rows
from hoiam.scheme.queries.indicators import TITLES, scope_of
from tests import factories as make
from tests.factories import NOW

YEAR = report_period_of(2026)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def duty(case, *letters, result=""):
    for letter in letters:
        Obligation.objects.create(
            case=case, letter=letter, confirmed_by=case.opened_by, opened_at=NOW, result=result
        )


def spoken(case):
    Statement.objects.create(
        case=case,
        at=NOW,
        form="written",
        spokesperson="Ông A",
        text="x",
        recorded_by=case.opened_by,
        recorded_at=NOW,
    )


def enquiry(place, number=1, **more):
    first = {
        "agency": place, "year": 2026, "ordinal": number, "code": f"{place.pk}-{number}",
        "outlet": "Báo Sông Thanh", "reporter_name": "Lê A", "contact": "a@songthanh.example",
        "kind": EnquiryKind.INFORMATION, "channel": EnquiryChannel.EMAIL, "purpose": "x",
        "questions": "y", "received_at": NOW, "state": EnquiryState.RECEIVED,
    }  # fmt: skip
    return Enquiry.objects.create(**{**first, **more})


def terms(place):
    return terms_of(place, YEAR)


def test_cases_keep_both_terms(tree):
    in_time, late, silent, asked, wrong, quiet = (make.case(tree.province) for _ in range(6))
    for case in (in_time, late):
        duty(case, "e", "f")  # two duties of one case count once
        spoken(case)
    make.clock(in_time, "PN-01", NOW + HOUR, state=ClockState.DONE, ended_at=NOW)
    # A clock that stood on a moment later corrected is not held against anybody.
    make.clock(in_time, "PN-01", NOW - DAY, state=ClockState.CANCELLED, ended_at=NOW)
    make.clock(late, "PN-01", NOW - HOUR, state=ClockState.DONE, ended_at=NOW)
    duty(silent, "f")
    make.clock(silent, "PN-02", NOW + HOUR)
    duty(asked, "g", result="answered")
    for case in (wrong, quiet):
        duty(case, "h")
    make.paper(wrong, PaperState.DELIVERED)
    make.paper(wrong, PaperState.SENT, kind="correction_demand")
    make.paper(quiet, PaperState.APPROVED)
    theirs = make.case(tree.other)
    duty(theirs, "e", "h")
    found = terms(tree.province)
    assert {code: found[code] for code in ("I4", "I5", "I6")} == {
        "I4": (3, 4), "I5": (1, 3), "I6": (1, 2),
    }  # fmt: skip
    whole = terms(tree.centre)
    assert (whole["I4"], whole["I5"], whole["I6"]) == ((3, 5), (1, 4), (1, 3))


def test_a_wrong_report_counts_in_i6_and_never_in_i4(tree):
    case = make.case(tree.province)
    duty(case, "h")
    spoken(case)
    found = terms(tree.province)
    assert (found["I4"], found["I6"]) == ((0, 0), (0, 1))


def test_a_request_counts_once_whether_it_stands_in_the_register_or_only_on_a_case(tree):
    registered, only_on_case = make.case(tree.province), make.case(tree.province)
    duty(registered, "b")
    duty(only_on_case, "b", result="published")
    enquiry(tree.province, 1, case=registered)
    enquiry(tree.province, 2, answered_at=NOW, state=EnquiryState.ANSWERED)
    enquiry(tree.province, 3, acknowledged_at=NOW)  # acknowledged is not answered
    enquiry(tree.province, 4, state=EnquiryState.DISCARDED, discarded_reason="thư rác")
    assert terms(tree.province)["I3"] == (2, 4)


def test_what_the_press_had_reported_before_counts_in_i4(tree):
    case = make.case(tree.province)
    duty(case, "a", result="answered")
    assert terms(tree.province)["I4"] == (0, 0)
    enquiry(tree.province, case=case, is_reported_matter=True)
    assert terms(tree.province)["I4"] == (1, 1)


def conference(place):
    return PressConference.objects.create(
        agency=place, title="Kết quả sáu tháng", state=ConferenceState.HELD, held_at=NOW,
        planned_by=make.official("lich", place), planned_at=NOW,
    )  # fmt: skip


def briefing(place, number, **more):
    return Briefing.objects.create(
        agency=place, at=NOW, organiser="Tỉnh ủy", topics="x", speaker="Ông A",
        recorded_by=make.official(f"gb{number}", place), recorded_at=NOW, **more,
    )  # fmt: skip


def test_conferences_and_briefings_are_counts(tree):
    conference(tree.province)
    briefing(tree.province, 1, on_own_initiative=True)
    briefing(tree.province, 2)
    briefing(tree.province, 3, on_own_initiative=True, withdrawn_at=NOW)
    found = terms(tree.province)
    assert (found["I1"], found["I2"]) == ((1, None), (1, None))


def test_the_period_holds_its_first_and_last_day_by_the_moment_of_receiving(tree):
    for moment in (
        datetime(2025, 12, 14, 23, 59, tzinfo=VIETNAM),
        datetime(2025, 12, 15, 0, 0, tzinfo=VIETNAM),
        datetime(2026, 12, 14, 23, 59, tzinfo=VIETNAM),
        datetime(2026, 12, 15, 0, 0, tzinfo=VIETNAM),
    ):
        duty(make.case(tree.province, opened_at=moment), "e")
    assert terms(tree.province)["I4"] == (0, 2)
    # Received on the last day, opened the day after: it belongs to the year in which it was received.
    late = make.case(tree.province, opened_at=datetime(2026, 12, 15, 8, tzinfo=VIETNAM))
    make.moment(late, datetime(2026, 12, 14, 20, tzinfo=VIETNAM))
    duty(late, "e")
    assert terms(tree.province)["I4"] == (0, 3)


@pytest.fixture
def full(tree):
    """Some of everything, at two provinces and the centre."""
    for place in (tree.province, tree.other, tree.centre):
        for number in range(3):
            case = make.case(place)
            duty(case, "e", "h")
            if number:
                spoken(case)
                make.paper(case, PaperState.SENT)
            answered = {"answered_at": NOW, "state": EnquiryState.ANSWERED} if number else {}
            enquiry(place, number + 1, **answered)
    asked = make.case(tree.province)
    duty(asked, "b")
    conference(tree.other)
    return tree


@pytest.mark.parametrize("code", TITLES)
def test_the_list_behind_a_figure_has_as_many_rows_as_the_figure_says(full, code):
    for place in (full.province, full.other, full.centre):
        part, whole = terms(place)[code]
        rows = counted_rows(code, scope_of(place), YEAR)
        assert sum(row.counts for row in rows) == part
        assert len(rows) == (part if whole is None else whole)
        assert all(row.why for row in rows)


def test_the_rows_of_the_provinces_add_up_to_the_system(full):
    whole = terms(full.centre)
    rows = unit_rows(full.centre, YEAR)
    assert rows[0].agency == full.centre
    for code in TITLES:
        assert sum(row.terms[code][0] for row in rows) == whole[code][0]
        assert sum(row.terms[code][1] or 0 for row in rows) == (whole[code][1] or 0)


def test_a_region_shows_the_cases_that_concern_it(full):
    case = make.case(full.province)
    duty(case, "e")
    make.party(case, full.region1, PartyRole.LEAD)
    make.party(case, full.region1, PartyRole.COORDINATING, make.official("ai", full.region1))
    rows = {row.agency: row.terms for row in unit_rows(full.province, YEAR)}
    assert rows[full.region1]["I4"] == (0, 1)  # named twice, counted once
    assert rows[full.region2]["I4"] == (0, 0)


def test_the_number_of_queries_does_not_grow(full, django_assert_num_queries):
    shape()  # read once a minute in any process
    with django_assert_num_queries(2):
        terms(full.province)
    with django_assert_num_queries(3):
        unit_rows(full.centre, YEAR)


@pytest.mark.parametrize(
    ("today", "first", "last"),
    [
        (date(2026, 8, 5), date(2025, 12, 15), date(2026, 12, 14)),
        (date(2026, 12, 14), date(2025, 12, 15), date(2026, 12, 14)),
        (date(2026, 12, 15), date(2026, 12, 15), date(2027, 12, 14)),
        (date(2027, 1, 1), date(2026, 12, 15), date(2027, 12, 14)),
    ],
)
def test_the_yearly_period_is_the_law_s(today, first, last):
    period = report_period(today)
    assert (period.first, period.last, period.send_before) == (first, last, "20/12")
    assert period.source == "NĐ 244/2026 Đ10"
    assert period.last_day_to_send == date(last.year, 12, 19)  # "trước 20/12" ends with the 19th
