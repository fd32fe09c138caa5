"""After approval: sending moves the case and ends clocks, delivery starts the outlet's clock, its reply ends it."""

from datetime import datetime, timedelta

import pytest

from hoiam.agencies.states import MediaType
from hoiam.core.errors import InvalidInput, WrongState
from hoiam.handling import actions
from hoiam.handling.models import Case, Evidence
from hoiam.handling.states import CaseState, ClockState, PaperState
from hoiam.kit.rulebook import BADGE
from hoiam.kit.vietnamese import VIETNAM
from tests import factories as make
from tests.factories import NOW

HOUR = timedelta(hours=1)
END_OF_FRIDAY = datetime(2026, 8, 7, 23, 59, 59, tzinfo=VIETNAM)


def sent(case, media=MediaType.ONLINE, kind="response", period=None, **fields):
    channel = make.channel(media, name=f"Báo {media} {kind}", period_days=period)
    return make.paper(case, PaperState.SENT, kind=kind, channel=channel, **fields)


def test_sending_an_answer_issues_the_case_with_the_reason_for_steps_passed_over(tree, clerk):
    case = make.case(tree.province, CaseState.VERIFIED)
    paper = make.paper(case, PaperState.APPROVED, symbol="1/THADSTG-VP")
    with pytest.raises(InvalidInput, match="bỏ qua bước"):
        actions.mark_sent(paper, actor=clerk, now=NOW, how="bưu điện")
    paper.refresh_from_db()
    assert paper.state == PaperState.APPROVED
    moved = actions.mark_sent(paper, actor=clerk, now=NOW, how="bưu điện", reason="việc gấp")
    assert (moved.case.state, moved.sent_at, moved.sent_how) == (
        CaseState.ISSUED,
        NOW,
        "bưu điện",
    )


def test_sending_a_second_answer_leaves_the_case_where_it_is(tree, clerk):
    case = make.case(tree.province, CaseState.WATCHING)
    paper = make.paper(case, PaperState.APPROVED)
    assert actions.mark_sent(paper, actor=clerk, now=NOW, how="tay").case.state == "watching"


def test_the_report_upward_is_a_step_of_its_own(tree, clerk):
    case = make.case(tree.province, CaseState.VERIFIED)
    clock = make.clock(case, "MD-05", NOW + HOUR)
    paper = make.paper(case, PaperState.APPROVED, kind="superior_report", symbol="2/BC-THADSTG")
    moved = actions.mark_sent(paper, actor=clerk, now=NOW, how="eOffice")
    clock.refresh_from_db()
    assert (moved.case.state, clock.state) == (CaseState.REPORTED, ClockState.DONE)


def test_a_report_sent_before_the_facts_are_in_ends_its_clock_all_the_same(tree, clerk):
    case = make.case(tree.province, CaseState.ASSIGNED)
    clock = make.clock(case, "MD-05", NOW + HOUR)
    paper = make.paper(case, PaperState.APPROVED, kind="superior_report")
    moved = actions.mark_sent(paper, actor=clerk, now=NOW, how="eOffice")
    clock.refresh_from_db()
    assert (moved.case.state, clock.state) == (CaseState.ASSIGNED, ClockState.DONE)


@pytest.mark.parametrize(
    ("kind", "rule"), [("answer", "TL-01"), ("measures_notice", "TL-02"), ("refusal", "PN-08")]
)
def test_the_paper_that_was_due_ends_its_clock(tree, clerk, kind, rule):
    case = make.case(tree.province, CaseState.PLANNED)
    due, other = make.clock(case, rule, NOW - HOUR), make.clock(case, "TL-03", NOW + HOUR)
    paper = make.paper(case, PaperState.APPROVED, kind=kind)
    actions.mark_sent(paper, actor=clerk, now=NOW, how="thư điện tử")
    due.refresh_from_db()
    other.refresh_from_db()
    assert (due.state, due.is_late, other.state) == ("done", True, "run")


@pytest.mark.parametrize(
    ("media", "period", "rule", "due"),
    [
        (MediaType.ONLINE, None, "CC-01", None),
        (MediaType.NETWORK_CHANNEL, None, "CC-01", None),
        (MediaType.SOCIAL, None, "CC-01", None),
        (MediaType.DAILY_PRINT, None, "CC-02", END_OF_FRIDAY),
        (MediaType.RADIO, None, "CC-02", END_OF_FRIDAY),
        (MediaType.TELEVISION, None, "CC-02", END_OF_FRIDAY),
        (MediaType.WEEKLY_PRINT, None, "CC-03", None),
        (MediaType.MAGAZINE, 30, "CC-03", None),
        (MediaType.MAGAZINE, 90, "CC-04", END_OF_FRIDAY),
    ],
)
def test_delivery_starts_the_outlets_clock_by_media_type(tree, clerk, media, period, rule, due):
    case = make.case(tree.province, CaseState.WATCHING)
    notice = sent(case, media, "conclusion_notice", period)
    actions.mark_delivered(notice, actor=clerk, now=NOW, at=NOW)
    clock = case.clocks.get()
    assert (clock.rule, clock.due_at, clock.started_at) == (rule, due, NOW)


@pytest.mark.parametrize(
    ("media", "due"), [(MediaType.ONLINE, None), (MediaType.DAILY_PRINT, END_OF_FRIDAY)]
)
def test_a_response_is_due_as_a_correction_would_be(tree, clerk, media, due):
    case = make.case(tree.province, CaseState.WATCHING)
    actions.mark_delivered(sent(case, media), actor=clerk, now=NOW, at=NOW)
    clock = case.clocks.get()
    assert (clock.rule, clock.due_at) == ("PH-01", due)


@pytest.mark.parametrize(
    ("media", "kind"),
    [
        (MediaType.AGGREGATOR, "response"),
        (MediaType.AGGREGATOR, "conclusion_notice"),
        (MediaType.AGGREGATOR, "correction_demand"),
        (MediaType.ONLINE, "superior_report"),
    ],
)
def test_what_obliges_nobody_by_a_time_starts_no_clock(tree, clerk, media, kind):
    case = make.case(tree.province, CaseState.WATCHING)
    paper = actions.mark_delivered(sent(case, media, kind), actor=clerk, now=NOW, at=NOW)
    assert (paper.state, case.clocks.count()) == (PaperState.DELIVERED, 0)


def test_a_demand_that_carries_our_opinion_opens_the_outlets_time_by_default(tree, clerk):
    case = make.case(tree.province, CaseState.WATCHING)
    paper = sent(case, MediaType.DAILY_PRINT, "correction_demand")
    actions.mark_delivered(paper, actor=clerk, now=NOW, at=NOW)
    clock = case.clocks.get()
    assert (clock.rule, clock.badge, clock.source) == ("PH-01", BADGE, "NĐ 237/2026 Đ21.1")
    assert any("MD-34" in step for step in clock.steps)


def test_before_july_2026_the_earlier_law_binds_the_outlet(tree, clerk):
    case = make.case(tree.province, CaseState.WATCHING)
    at = datetime(2026, 6, 30, 10, 0, tzinfo=VIETNAM)
    actions.mark_delivered(
        sent(case, MediaType.DAILY_PRINT, sent_at=at), actor=clerk, now=NOW, at=at
    )
    assert case.clocks.get().rule == "PH-01h"


@pytest.mark.parametrize(
    ("at", "sentence"), [(NOW + HOUR, "ở phía trước"), (NOW - HOUR, "trước lúc gửi")]
)
def test_delivery_lies_between_sending_and_now(tree, clerk, at, sentence):
    paper = sent(make.case(tree.province, CaseState.WATCHING), sent_at=NOW)
    with pytest.raises(InvalidInput, match=sentence) as refused:
        actions.mark_delivered(paper, actor=clerk, now=NOW, at=at)
    assert refused.value.field == "at"


def test_delivery_in_the_minute_of_sending_is_told_to_the_minute(tree, clerk):
    paper = sent(make.case(tree.province, CaseState.WATCHING), sent_at=NOW + timedelta(seconds=30))
    done = actions.mark_delivered(paper, actor=clerk, now=NOW + HOUR, at=NOW)
    assert done.delivered_at == NOW


def evidence(case):
    return Evidence.objects.create(
        case=case,
        title="Giấy báo phát",
        file_name="phat.pdf",
        content_type="application/pdf",
        blob="0" * 64,
        size=1,
        added_by=case.opened_by,
        added_at=NOW,
    )


def test_evidence_of_another_case_proves_nothing_here(tree, clerk):
    case, theirs = make.case(tree.province, CaseState.WATCHING), make.case(tree.other)
    with pytest.raises(InvalidInput, match="không thuộc hồ sơ") as refused:
        actions.mark_delivered(sent(case), actor=clerk, now=NOW, at=NOW, evidence=evidence(theirs))
    assert refused.value.field == "evidence"


@pytest.mark.parametrize(
    ("reply", "ends"),
    [
        ("published", True),
        ("corrected", True),
        ("removed", True),
        ("refused", True),
        ("answered", True),
        ("not_found", False),
        ("incomplete", False),
    ],
)
def test_a_final_reply_ends_the_outlets_clock(tree, focal, reply, ends):
    case = make.case(tree.province, CaseState.WATCHING)
    paper = sent(case, MediaType.DAILY_PRINT)
    actions.mark_delivered(paper, actor=focal, now=NOW, at=NOW)
    seen = actions.record_check(
        paper,
        actor=focal,
        now=NOW + 5 * HOUR,
        reply=reply,
        url="https://songthanh.example/cai-chinh",
        published_at=NOW + 3 * HOUR,
        note="thiếu tên tác phẩm",
    )
    clock = case.clocks.get()
    assert seen.reply == reply
    assert (clock.state, clock.ended_at) == (
        (ClockState.DONE, NOW + 3 * HOUR) if ends else (ClockState.RUNNING, None)
    )


def test_one_outlets_reply_leaves_the_others_clock_running(tree, focal):
    case = make.case(tree.province, CaseState.WATCHING)
    first, second = sent(case, MediaType.DAILY_PRINT), sent(case, MediaType.RADIO)
    for paper in (first, second):
        actions.mark_delivered(paper, actor=focal, now=NOW, at=NOW)
    actions.record_check(first, actor=focal, now=NOW + HOUR, reply="published")
    assert [c.state for c in case.clocks.order_by("pk")] == ["done", "run"]


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reply": "maybe"}, "reply"),
        ({"reply": "refused"}, "note"),
        ({"reply": "incomplete"}, "note"),
        ({"reply": "published", "published_at": NOW + HOUR}, "published_at"),
        ({"reply": "published", "url": "javascript:x"}, "url"),
        ({"reply": "published", "url": "https://a.example/" + "x" * 1000}, "url"),
    ],
)
def test_a_check_that_cannot_stand_is_refused_at_its_field(tree, focal, fields, field):
    paper = sent(make.case(tree.province, CaseState.WATCHING))
    with pytest.raises(InvalidInput) as refused:
        actions.record_check(paper, actor=focal, now=NOW, **fields)
    assert (refused.value.field, paper.checks.count()) == (field, 0)


def test_what_was_not_sent_is_not_watched(tree, focal):
    stale = make.paper(make.case(tree.province), PaperState.APPROVED)
    with pytest.raises(InvalidInput, match="chưa gửi"):
        actions.record_check(stale, actor=focal, now=NOW, reply="not_found")


def test_delivery_from_a_stale_page_starts_one_clock(tree, clerk):
    case = make.case(tree.province, CaseState.WATCHING)
    stale = sent(case)
    actions.mark_delivered(stale, actor=clerk, now=NOW, at=NOW)
    with pytest.raises(WrongState):
        actions.mark_delivered(stale, actor=clerk, now=NOW, at=NOW)
    assert Case.objects.system("test").get(pk=case.pk).clocks.count() == 1
